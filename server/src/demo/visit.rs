//! Looking around in the demonstration as one of its invented people, without a password.
//!
//! Three things must hold at once, and none of them does in production: the server was started in demonstration mode,
//! the database says that the demonstration was loaded into it, and the account is one of those that the demonstration
//! made, by an id that follows from an address nobody can own.

use app::contract::{Failure, OrganisationKind, Role};
use domain::PlatformId;
use sea_orm::{DbBackend, EntityTrait};
use uuid::Uuid;

use super::{DISTRICT, demonstration_id, mark, people::address};
use crate::{
    state::AppState,
    store::{StoreError, tables::account},
    usecase::{
        Caller, ground,
        people::{Device, SignedIn, begin_session, sign_out},
    },
};

/// Who an audience is shown as: an organisation of the demonstration, and a role in it.
fn visitor(audience: &str) -> Option<(&'static str, Role)> {
    match audience {
        "firm" => Some(("jia", Role::CompanyMember)),
        "operator" => Some(("hayao", Role::Operator)),
        "qa" => Some(("hayao", Role::Qa)),
        "district" => Some((DISTRICT, Role::DistrictAdmin)),
        _ => None,
    }
}

/// Refuses outside a demonstration, as if there were nothing here.
async fn demonstration(state: &AppState) -> Result<(), Failure> {
    let loaded =
        state.settings.demonstration && mark::read(&state.store).await?.as_deref() == Some(mark::LOADED);
    if loaded { Ok(()) } else { Err(Failure::NotFound) }
}

/// Whether the demonstration can be begun anew: not on a database that other servers may use.
#[must_use]
pub fn begins_anew(state: &AppState) -> bool {
    state.store.backend() == DbBackend::Sqlite
}

/// Asks the server to delete its demonstration and to load it again, as soon as requests under way are answered. Only
/// an embedded database is: another one may have other servers.
///
/// # Errors
/// [`Failure::NotFound`] outside a demonstration, and on PostgreSQL.
pub async fn begin_anew(state: &AppState) -> Result<(), Failure> {
    demonstration(state).await?;
    if !begins_anew(state) {
        return Err(Failure::NotFound);
    }
    state.begin_anew.send_replace(true);
    Ok(())
}

/// Begins a session as the invented person who stands for `audience`, of `platform` if it is of one and that is named;
/// the browser's session before it ends.
///
/// # Errors
/// [`Failure::NotFound`] outside a demonstration, as if there were nothing here.
pub async fn sign_in_as(
    state: &AppState,
    caller: &Caller,
    audience: &str,
    platform: Option<Uuid>,
    device: Device,
) -> Result<SignedIn, Failure> {
    demonstration(state).await?;
    let (of, role) = visitor(audience).ok_or(Failure::NotFound)?;
    let catalogue = ground::catalogue(state).await?;
    let named = platform.filter(|_| role.kind() == OrganisationKind::Platform);
    let named = named.map(|id| catalogue.platform(PlatformId(id)).ok_or(Failure::NotFound)).transpose()?;
    let email = address(named.map_or(of, |platform| &platform.code), role);
    let id = demonstration_id("account", &email);
    let found = account::Entity::find_by_id(id).one(state.store.read()).await.map_err(StoreError::from)?;
    let invented = found.filter(|account| account.email == email && account.disabled_at.is_none());
    let account = invented.ok_or(Failure::NotFound)?;
    sign_out(state, caller).await?;
    begin_session(state, account.id, device).await
}
