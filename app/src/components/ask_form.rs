//! What a firm can ask for where nothing is free: a heading, what it means, and a form for its product.

use leptos::prelude::*;

use super::{
    plan_tick::{PlanTick, plans_words},
    post::{Once, Post},
    product_field::ProductField,
    session_menu::sign_in_link,
    unverified::Unverified,
};
use crate::{
    contract::{OrganisationKind, PlanOfferView},
    language,
    request::{use_here, use_language, use_reader},
};

/// Posts the search written as `search` with the product's code to `to`; visitors are asked to sign in first, and
/// those who aren't a company's see nothing of it.
#[component]
pub fn AskForm(
    to: &'static str,
    /// Id of the heading; the field's begins with it.
    id: &'static str,
    title: &'static str,
    #[prop(into)] text: String,
    /// On the button.
    words: &'static str,
    /// On the link to sign in, for visitors.
    sign_in: &'static str,
    /// As parameters of an address.
    search: String,
    /// The very place that is wanted.
    #[prop(optional_no_strip)]
    offer: Option<String>,
    #[prop(optional)] hint: Option<&'static str>,
    /// The product's code, as typed before it was refused.
    #[prop(optional)]
    code: String,
    /// What a plan window would change, wherever there will be a place.
    #[prop(optional)]
    plans: Vec<PlanOfferView>,
    /// Whether it was agreed to before it was refused, and what was wrong with that.
    #[prop(optional)]
    agreed: (bool, Option<String>),
) -> impl IntoView {
    let language = use_language();
    let form = match use_reader() {
        None => {
            let href = sign_in_link(language, &language::link(language, &use_here()));
            view! { <p><a class="button quiet" href=href>{sign_in}</a></p> }.into_any()
        }
        Some(reader) if reader.organisation_kind != OrganisationKind::Company => return ().into_any(),
        Some(reader) if !reader.verified => view! { <Unverified /> }.into_any(),
        Some(_) => {
            let offer = offer.map(|offer| view! { <input type="hidden" name="offer" value=offer /> });
            let (checked, complaint) = agreed;
            let plan = plans_words(language, &plans)
                .map(|words| view! { <PlanTick id=format!("{id}-flexible") words checked complaint /> });
            view! {
                <Post class="hold" to=to>
                    <input type="hidden" name="search" value=search />
                    {offer}
                    <Once />
                    <ProductField id=format!("{id}-product-code") code />
                    {plan}
                    <button class="button quiet" type="submit">{words}</button>
                </Post>
            }
            .into_any()
        }
    };
    let hint = hint.map(|hint| view! { <p class="hint">{hint}</p> });
    view! {
        <section class="wait" aria-labelledby=id>
            <h3 id=id>{title}</h3>
            <p>{text}</p>
            {form}
            {hint}
        </section>
    }
    .into_any()
}
