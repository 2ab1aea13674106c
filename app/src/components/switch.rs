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
pub fn SwitchForm(one: MembershipView) -> impl IntoView {
    let language = use_language();
    let name = text(language, &one.name);
    view! {
        <form class="switch" method="post" action=SwitchOrganisation::PATH>
            <input type="hidden" name=HERE value=use_link("/account") />
            <input type="hidden" name="organisation" value=one.organisation.to_string() />
            <input type="hidden" name="next" value=use_link("/") />
            <button class="button small quiet" type="submit">
                {say!(language, session.act_for, name = name.as_str()).to_string()}
            </button>
        </form>
    }
}
