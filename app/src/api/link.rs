//! Taking up one-time links.

use leptos::prelude::*;

use super::session::own;
use crate::{
    backend::use_backend,
    contract::{Acceptance, Failure, NewPassword},
    language,
};

/// Takes up an invitation, starts a session and goes to `next`; in the language of the account where that says none.
#[server(name = Join, prefix = "/do", endpoint = "join")]
pub async fn join(
    token: String,
    #[server(default)] name: String,
    password: String,
    #[server(default)] locale: Option<String>,
    #[server(default)] next: String,
) -> Result<(), Failure> {
    let name = Some(name).filter(|name| !name.trim().is_empty());
    let arrived = use_backend().join(Acceptance { token, name, password, locale }).await?;
    leptos_axum::redirect(&language::said_or(own(&next), arrived.language));
    Ok(())
}

/// Sets a new password and goes to `next`.
#[server(name = ChoosePassword, prefix = "/do", endpoint = "choose-password")]
pub async fn choose_password(
    token: String,
    password: String,
    #[server(default)] next: String,
) -> Result<(), Failure> {
    use_backend().choose_password(NewPassword { token, password }).await?;
    leptos_axum::redirect(own(&next));
    Ok(())
}
