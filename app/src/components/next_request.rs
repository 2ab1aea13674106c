//! The way from a request that is dealt with to the next one.

use leptos::prelude::*;

use crate::{
    backend::use_backend,
    contract::{BookingView, Role},
    request::{use_here, use_language, use_link, use_reader},
    words::say,
};

/// The most urgent request that waits for the reader, other than the one that the page is about: for quality assurance
/// to confirm its hazards, for whoever operates to decide it.
#[component]
pub fn NextRequest() -> impl IntoView {
    let role = use_reader().map(|reader| reader.role);
    let here = use_here();
    let backend = use_backend();
    view! {
        <Suspense>
            {Suspend::new(async move {
                // Without it the page is still a page.
                let desk = backend.desk().await.ok()?;
                let next = desk.requests.into_iter().find(|one| waits(one, role) && !is_here(&here, one));
                Some(way(next))
            })}
        </Suspense>
    }
}

fn waits(request: &BookingView, role: Option<Role>) -> bool {
    request.may(if role == Some(Role::Qa) { "confirm_hazards" } else { "approve" })
}

/// Whether the page at the address `here` is about `request`.
fn is_here(here: &str, request: &BookingView) -> bool {
    here.contains(&request.id.to_string())
}

fn way(next: Option<BookingView>) -> AnyView {
    let language = use_language();
    match next {
        Some(next) => {
            let href = use_link(&format!("/desk/requests/{}", next.id));
            let words = say!(language, done.next_request, reference = next.reference).to_string();
            view! { <a href=href>{words}</a> }.into_any()
        }
        None => say!(language, done.no_request).into_any(),
    }
}
