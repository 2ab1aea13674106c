//! The way from a request that is dealt with to the next one.

use http::request::Parts;
use leptos::prelude::*;

use crate::{
    backend::use_backend,
    contract::{BookingView, Role},
    request::{use_language, use_link},
    words::say,
};

/// The most urgent request that waits for the reader, other than the one that the page is about: for quality assurance
/// to confirm its hazards, for whoever operates to decide it. Asked once a page, if something was decided just before.
#[derive(Clone, Debug)]
pub struct Next(Option<BookingView>);

/// Finds it for a reader of this role, for the page that was asked for; nothing if that fails, since without it the
/// page is still a page. Awaited before the page is made: parts of a page that read beside each other may each hold
/// what the other waits for.
pub async fn find_next(role: Role) -> Option<Next> {
    let here = use_context::<Parts>()?.uri.path().to_owned();
    let desk = use_backend().desk().await.ok()?;
    Some(Next(desk.requests.into_iter().find(|one| waits(one, role) && !is_here(&here, one))))
}

/// The way there.
#[component]
pub fn NextRequest() -> impl IntoView {
    use_context::<Next>().map(|Next(next)| way(next))
}

fn waits(request: &BookingView, role: Role) -> bool {
    request.may(if role == Role::Qa { "confirm_hazards" } else { "approve" })
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
