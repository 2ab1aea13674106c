//! An organisation as its own people see it.

mod people;
mod profile;

use leptos::{prelude::*, server_fn::ServerFn};

pub use people::{Colleagues, Invitations, InvitePlatform};
pub use profile::Profile;

use super::FailureNote;
use crate::request::{use_failure, use_outcome};

/// That what the form which posts to `F` asked for is done.
fn done<F: ServerFn<Output = bool>>(words: &'static str) -> Option<AnyView> {
    use_outcome::<F>().map(|_| view! { <p class="note good" role="status">{words}</p> }.into_any())
}

/// What failed of the form that posts to `F`.
fn failed<F: ServerFn>() -> Option<AnyView> {
    use_failure::<F>().map(|failure| view! { <FailureNote failure /> }.into_any())
}
