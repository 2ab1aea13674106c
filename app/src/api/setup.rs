//! Saving a part of a platform's set-up.

use leptos::prelude::*;

use super::session::own;
use crate::{backend::use_backend, contract::Failure};

/// Writes `text` as the part, then goes to `next`.
#[server(name = SaveSetup, prefix = "/do", endpoint = "save-setup")]
pub async fn save_setup(sort: String, code: String, text: String, next: String) -> Result<(), Failure> {
    use_backend().save_setup(sort, code, text).await?;
    leptos_axum::redirect(own(&next));
    Ok(())
}
