//! Looking around in the demonstration, and beginning it anew.

use leptos::prelude::*;
use uuid::Uuid;

use crate::{backend::use_backend, contract::Failure, guided};

/// Signs in as one of the invented people, of this platform if they are of any and one is named, and goes to `next`;
/// only in a demonstration.
#[server(name = TryAs, prefix = "/do", endpoint = "try-as")]
pub async fn try_as(
    audience: String,
    #[server(default)] platform: Option<Uuid>,
    next: String,
) -> Result<(), Failure> {
    use_backend().try_as(&audience, platform).await?;
    guided::begin();
    leptos_axum::redirect(super::session::own(&next));
    Ok(())
}

/// Deletes the demonstration and loads it again; only in a demonstration. The answer to `next` waits until that is
/// done.
#[server(name = BeginAnew, prefix = "/do", endpoint = "begin-anew")]
pub async fn begin_anew(next: String) -> Result<(), Failure> {
    use_backend().begin_anew().await?;
    guided::leave();
    leptos_axum::redirect(super::session::own(&next));
    Ok(())
}

/// Closes the guided first booking in this browser, until a seat is taken or it is begun again.
#[server(name = LeaveTour, prefix = "/do", endpoint = "leave-tour")]
pub async fn leave_tour(next: String) -> Result<(), Failure> {
    guided::leave();
    leptos_axum::redirect(super::session::own(&next));
    Ok(())
}
