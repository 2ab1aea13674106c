//! Looking at a change of a platform's set-up, and saving it.

use std::collections::BTreeSet;

use leptos::prelude::*;
use uuid::Uuid;

use super::session::own;
use crate::{
    backend::use_backend,
    contract::{Failure, SetupLook, setup_form::Values},
    deed::{Deed, done_with},
};

/// What writing a part's form would do, shown by the form's own page; or the form with a row more or less.
#[server(name = LookAtSetup, prefix = "/do", endpoint = "look-at-setup")]
pub async fn look_at_setup(
    sort: String,
    #[server(default)] code: String,
    #[server(default)] fields: Values,
) -> Result<SetupLook, Failure> {
    use_backend().look_at_form(sort, code, fields).await
}

/// What writing `text` as the part would do, shown by the editor's own page; `state` is that of the part which the text
/// was made from.
#[server(name = LookAtText, prefix = "/do", endpoint = "look-at-text")]
pub async fn look_at_text(
    sort: String,
    #[server(default)] code: String,
    #[server(default)] text: String,
    #[server(default)] state: String,
) -> Result<SetupLook, Failure> {
    use_backend().look_at_text(sort, code, text, state).await
}

/// What is typed into a part's form, as its text, shown by the editor's page.
#[server(name = ShowAsText, prefix = "/do", endpoint = "show-as-text")]
pub async fn show_as_text(
    sort: String,
    #[server(default)] code: String,
    #[server(default)] fields: Values,
) -> Result<SetupLook, Failure> {
    use_backend().form_as_text(sort, code, fields).await
}

/// What is typed into a part's editor, as its form, shown by the form's page; `state` as in [`look_at_text`].
#[server(name = ShowAsForm, prefix = "/do", endpoint = "show-as-form")]
pub async fn show_as_form(
    sort: String,
    #[server(default)] code: String,
    #[server(default)] text: String,
    #[server(default)] state: String,
) -> Result<SetupLook, Failure> {
    use_backend().text_as_form(sort, code, text, state).await
}

/// Writes `text` as the part, or leaves the part out, if it is still as it was when that was looked at; then goes to
/// `next`.
#[server(name = SaveSetup, prefix = "/do", endpoint = "save-setup")]
pub async fn save_setup(
    sort: String,
    #[server(default)] code: String,
    #[server(default)] text: String,
    #[server(default)] leave_out: bool,
    #[server(default)] shown: Option<String>,
    next: String,
) -> Result<(), Failure> {
    let plan = use_backend().save_setup(sort, code, (!leave_out).then_some(text), shown).await?;
    // One may not fit at several places.
    let broken: BTreeSet<Uuid> = plan.affected.iter().map(|hit| hit.booking).collect();
    match u32::try_from(broken.len()) {
        Ok(0) => leptos_axum::redirect(own(&next)),
        count => done_with(own(&next), Deed::SetupBroke, &[count.unwrap_or(u32::MAX)]),
    }
    Ok(())
}
