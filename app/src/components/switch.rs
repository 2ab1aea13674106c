//! Acting for another of one's organisations.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    answered::HERE,
    api::SwitchOrganisation,
    contract::MembershipView,
    request::{use_language, use_link},
    words::{say, text},
};

/// Lets the session act for `one` from now on, and goes where the work for that one begins. If it can't, the page of
/// the account says so, which names all of them.
#[component]
pub fn SwitchForm(
    one: MembershipView,
    /// The page to go to instead.
    #[prop(optional, into)]
    next: Option<String>,
    /// What its button says instead, where that is what the page is for.
    #[prop(optional, into)]
    words: Option<String>,
) -> impl IntoView {
    let language = use_language();
    let name = text(language, &one.name);
    let class = if words.is_some() { "button" } else { "button small quiet" };
    let words = words.unwrap_or_else(|| say!(language, session.act_for, name = name.as_str()).to_string());
    view! {
        <form class="switch" method="post" action=SwitchOrganisation::PATH>
            <input type="hidden" name=HERE value=use_link("/account") />
            <input type="hidden" name="organisation" value=one.organisation.to_string() />
            <input type="hidden" name="next" value=next.unwrap_or_else(|| use_link("/")) />
            <button class=class type="submit">{words}</button>
        </form>
    }
}
