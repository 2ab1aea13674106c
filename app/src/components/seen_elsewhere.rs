//! A booking of another of the reader's organisations: theirs to see once they act for that one, and so told to them,
//! and to nobody else.

use leptos::prelude::*;
use uuid::Uuid;

use super::{
    frame::PageTitle,
    notes::{Trouble, loaded_or},
    switch::SwitchForm,
};
use crate::{
    backend::use_backend,
    contract::{Failure, MembershipView, OrganisationKind},
    language,
    request::{set_failure_status, use_here, use_language, use_reader},
    words::{say, text},
};

/// Those who see a booking: its owner, and the platform that runs it.
pub const SIDES: &[OrganisationKind] = &[OrganisationKind::Company, OrganisationKind::Platform];

/// What `load` finds of the booking `id`, as `show` has it; or the way to act for whoever may see it, if that is
/// another of the reader's organisations, of a kind that `sees` such a page; or else its failure.
pub fn loaded_booking<T, V: IntoView>(
    id: Option<Uuid>,
    sees: &'static [OrganisationKind],
    load: impl Future<Output = Result<T, Failure>> + Send + 'static,
    show: impl FnOnce(T) -> V + Send + 'static,
) -> impl IntoView {
    loaded_or(load, show, async move |failure| {
        let may_be = matches!(failure, Failure::NotFound | Failure::Forbidden);
        let mut others = match id.filter(|_| may_be) {
            Some(id) => use_backend().seen_elsewhere(id).await.unwrap_or_default(),
            None => Vec::new(),
        };
        others.retain(|one| sees.contains(&one.kind));
        if others.is_empty() {
            view! { <Trouble failure /> }.into_any()
        } else {
            view! { <SeenElsewhere others /> }.into_any()
        }
    })
}

/// Whose it is, and the way to act for them, which comes back to this page.
#[component]
fn SeenElsewhere(others: Vec<MembershipView>) -> impl IntoView {
    set_failure_status(&Failure::Forbidden);
    let language = use_language();
    let title = say!(language, booking.elsewhere);
    let acting = use_reader().map(|reader| text(language, &reader.organisation_name)).unwrap_or_default();
    let ways = others
        .into_iter()
        .map(|one| {
            let (name, now) = (text(language, &one.name), acting.as_str());
            let whose = match one.kind {
                OrganisationKind::Platform => {
                    say!(language, booking.elsewhere_platform, name = name.as_str(), now = now).to_string()
                }
                _ => say!(language, booking.elsewhere_company, name = name.as_str(), now = now).to_string(),
            };
            let words = say!(language, booking.elsewhere_switch, name = name.as_str()).to_string();
            let next = language::link(language, &use_here());
            view! {
                <p class="lead">{whose}</p>
                <SwitchForm one next words />
            }
        })
        .collect_view();
    view! {
        <PageTitle page=title />
        <section class="narrow lone">
            <h1>{title}</h1>
            {ways}
        </section>
    }
}
