//! The signed-in account, as pages show it.

use app::contract::{Failure, Viewer};

use super::{rejections, rows};
use crate::{state::AppState, usecase::Caller};

/// Who is signed in.
///
/// # Errors
/// [`Failure::Unauthenticated`].
pub async fn viewer(state: &AppState, caller: &Caller) -> Result<Viewer, Failure> {
    let member = caller.member()?;
    let account = rows::find_account(state.store.read(), member.account).await?;
    let organisation = rows::find_organisation(state.store.read(), member.organisation.0).await?;
    let standing = rejections::standing(state.store.read(), &organisation).await?;
    Ok(Viewer {
        account: account.id,
        name: account.name,
        email: account.email,
        organisation: organisation.id,
        organisation_name: rows::name(&organisation),
        organisation_kind: member.kind,
        role: member.role,
        verified: member.verified,
        standing,
    })
}
