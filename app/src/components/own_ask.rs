//! The way to a question of the own company that is in the way of another.

use leptos::prelude::*;

use crate::{
    contract::{Failure, RefusalView},
    request::{use_language, use_link},
    words::say,
};

/// A link to it, where that is why something was refused: it can be waited for there, or taken back.
pub fn own_ask(failure: &Failure) -> Option<AnyView> {
    let Failure::Refused { refusal } = failure else { return None };
    if refusal.reason != RefusalView::OWN_ASK {
        return None;
    }
    let href = match refusal.fact("booking") {
        Some(offered) => use_link(&format!("/bookings/{offered}#swap")),
        None => use_link("/campaigns#room"),
    };
    Some(view! { <p><a href=href>{say!(use_language(), failure.own_ask_link)}</a></p> }.into_any())
}
