//! The form that holds one offer.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    campaign::{HiddenDraft, draft_of},
    complaints::complaint,
    plan_tick::{PlanTick, plan_words},
    post::{Once, Post},
    product_field::ProductField,
    session_menu::sign_in_link,
    unverified::Unverified,
};
use crate::{
    api::Hold,
    contract::{OrganisationKind, PlanTermsView, RequestDetails, Role},
    language::{self, Language},
    request::{use_failure, use_here, use_language, use_reader, use_typed},
    words::say,
};

/// What stands there instead of a form that holds something of `search`, for those who can't: who isn't signed in, the
/// district, platforms, which book at their desk, and firms that nobody has verified.
pub(super) fn may_hold(language: Language, search: &str) -> Result<(), AnyView> {
    let Some(reader) = use_reader() else {
        // Back to what was found, not to the form that found it.
        let here = language::link(language, &use_here());
        let href = sign_in_link(language, &format!("{here}#results"));
        return Err(view! { <a class="button" href=href>{say!(language, offer.sign_in)}</a> }.into_any());
    };
    match reader.organisation_kind {
        OrganisationKind::District => {
            Err(view! { <p class="hint">{say!(language, offer.looks_on)}</p> }.into_any())
        }
        OrganisationKind::Platform => Err(at_the_desk(language, reader.role, search)),
        OrganisationKind::Company if reader.verified => Ok(()),
        OrganisationKind::Company => Err(view! { <Unverified /> }.into_any()),
    }
}

/// Where a platform's people book what was searched for. Quality assurance does not.
fn at_the_desk(language: Language, role: Role, search: &str) -> AnyView {
    let way = (role != Role::Qa).then(|| {
        let href = language::link(language, &format!("/desk/book{search}"));
        view! { " " <a href=href>{say!(language, desk.book)}</a> }
    });
    view! { <p class="hint">{say!(language, offer.desk_books)} {way}</p> }.into_any()
}

/// Holds `offer` of the search written as `search`; visitors are asked to sign in first.
#[component]
pub fn HoldForm(
    search: String,
    offer: String,
    rank: u32,
    words: &'static str,
    /// The product's code, where it is known already.
    #[prop(optional)]
    code: String,
    /// What was filled in for a hold that this one stands in for.
    #[prop(optional)]
    draft: RequestDetails,
    /// What a plan window would change, where one is offered.
    #[prop(optional_no_strip)]
    plan: Option<PlanTermsView>,
) -> impl IntoView {
    let language = use_language();
    if let Err(instead) = may_hold(language, &search) {
        return instead;
    }
    // Of a hold that came too late, what was typed and ticked is of the one that is taken instead.
    let typed = use_typed::<Hold>().unwrap_or_default();
    let code = typed.get("product_code").filter(|typed| !typed.is_empty()).unwrap_or(code);
    let draft = Some(draft_of(&typed)).filter(|kept| *kept != RequestDetails::default()).unwrap_or(draft);
    let flexible = typed.get("flexible").is_some();
    // Of the forms on a page one was sent.
    let failure = use_failure::<Hold>().filter(|_| typed.get("offer").as_ref() == Some(&offer));
    let complaint = |field: &str| complaint(failure.as_ref(), field);
    let [code_wrong, plan_wrong] = [complaint("product_code"), complaint("flexible")];
    let plan = plan.map(|plan| {
        let (id, words) = (format!("flexible-{rank}"), plan_words(language, plan, &search));
        view! { <PlanTick id words checked=flexible complaint=plan_wrong /> }
    });
    view! {
        <Post class="hold" to=Hold::PATH>
            <input type="hidden" name="search" value=search />
            <input type="hidden" name="offer" value=offer />
            <Once />
            <HiddenDraft details=draft />
            <ProductField id=format!("product-code-{rank}") code complaint=code_wrong />
            {plan}
            <button class="button" type="submit">
                {words} <span class="sr">{say!(language, offer.rank, rank = rank).to_string()}</span>
            </button>
        </Post>
    }
    .into_any()
}
