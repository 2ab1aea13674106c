//! Signing in.

use std::net::IpAddr;

use app::contract::{Credentials, Failure, OrganisationKind, Viewer};
use domain::{OrganisationId, Second};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{authenticate::session_end, device::Device, rows, sessions, viewer};
use crate::{
    secret::{Secret, public_id},
    state::AppState,
    store::{
        StoreError,
        tables::{membership, session},
    },
    usecase::{Caller, Credential, Member, internal},
};

/// A session that has begun: the secret goes into the cookie and nowhere else.
#[derive(Debug)]
pub struct SignedIn {
    pub viewer: Viewer,
    pub secret: Secret,
}

/// Checks the password and begins a session. The one that the browser had before ends, so that nobody can prepare one.
///
/// # Errors
/// [`Failure::TooMany`], [`Failure::WrongCredentials`]; [`Failure::Forbidden`] if the account belongs nowhere (any
/// more) or not to the organisation that it names.
pub async fn sign_in(
    state: &AppState,
    caller: &Caller,
    address: Option<IpAddr>,
    device: Device,
    credentials: Credentials,
) -> Result<SignedIn, Failure> {
    let email = credentials.email.trim().to_ascii_lowercase();
    state.limits.attempt(address, Some(&email))?;
    let account = rows::account_by_email(state.store.read(), &email).await?;
    let account = account.filter(|account| account.disabled_at.is_none());
    let known = account.as_ref().and_then(|account| account.password_hash.as_deref());
    let right = state.passwords.check(&credentials.password, known).await?;
    let account = account.filter(|_| right).ok_or(Failure::WrongCredentials)?;
    sessions::sign_out(state, caller).await?;
    begin(state, account.id, credentials.organisation, device).await
}

/// Begins a session of `account` for the first organisation that it belongs to. Whoever calls this has made sure who
/// asks.
pub(crate) async fn begin_session(
    state: &AppState,
    account: Uuid,
    device: Device,
) -> Result<SignedIn, Failure> {
    begin(state, account, None, device).await
}

/// Begins a session of `account` for `organisation`, or for the first that it belongs to.
pub(super) async fn begin(
    state: &AppState,
    account: Uuid,
    organisation: Option<Uuid>,
    device: Device,
) -> Result<SignedIn, Failure> {
    let mut memberships = membership::Entity::find().filter(membership::Column::Account.eq(account));
    if let Some(organisation) = organisation {
        memberships = memberships.filter(membership::Column::Organisation.eq(organisation));
    }
    let membership = memberships
        .order_by_asc(membership::Column::Organisation)
        .one(state.store.read())
        .await
        .map_err(StoreError::from)?
        .ok_or(Failure::Forbidden)?;
    let secret = Secret::generate().map_err(|error| internal("making a session", &error))?;
    let now: Second = state.clock.now();
    let row = session::Model {
        token_hash: secret.hash(),
        account,
        organisation: membership.organisation,
        created_at: now,
        expires_at: session_end(state, now, now),
        user_agent: device.kept(),
    };
    state
        .store
        .write(move |tx| {
            let row = row.clone().into_active_model();
            Box::pin(async move {
                session::Entity::insert(row).exec_without_returning(tx).await?;
                Ok::<_, StoreError>(())
            })
        })
        .await?;
    let organisation = rows::find_organisation(state.store.read(), membership.organisation).await?;
    let kind = rows::kind(&organisation.kind)?;
    let member = Caller::Member(Member {
        account,
        organisation: OrganisationId(organisation.id),
        kind,
        role: rows::role(&membership.role)?,
        verified: kind != OrganisationKind::Company || organisation.verified_at.is_some(),
        credential: Credential::Session { id: public_id(&secret.hash()) },
    });
    Ok(SignedIn { viewer: viewer(state, &member).await?, secret })
}
