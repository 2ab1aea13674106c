//! Looking around in the demonstration.

use leptos::prelude::*;

use crate::{backend::use_backend, contract::Failure};

/// Signs in as one of the invented people and goes to `next`; only in a demonstration.
#[server(name = TryAs, prefix = "/do", endpoint = "try-as")]
pub async fn try_as(audience: String, next: String) -> Result<(), Failure> {
    use_backend().try_as(&audience).await?;
    leptos_axum::redirect(super::session::own(&next));
    Ok(())
}
