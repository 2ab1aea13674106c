//! Signing in.

use std::net::IpAddr;

use app::contract::{Credentials, Failure, OrganisationKind, Viewer};
use domain::{OrganisationId, Second};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, sea_query::Expr};
use uuid::Uuid;

use super::{authenticate::session_end, device::Device, rows, sessions, viewer};
use crate::{
    secret::{Hash, Secret, public_id},
    state::AppState,
    store::{
        StoreError, Tx,
        tables::{account, membership, session},
    },
    usecase::{Caller, Credential, Member, internal},
};

/// A session that has begun: the secret goes into the cookie and nowhere else.
#[derive(Debug)]
pub struct SignedIn {
    pub viewer: Viewer,
    pub secret: Secret,
    /// The account's language, `zh-CN` or `en`.
    pub locale: String,
}

/// For which of its organisations an account begins a session.
#[derive(Clone, Copy, Debug)]
pub(super) enum Acting {
    /// For the first.
    First,
    /// For this one, or not at all.
    For(Uuid),
    /// For this one, if the account belongs there; else for the one for which it did last.
    Again(Option<Uuid>),
}

/// Checks the password and begins a session, for the organisation named or else the first. The one that the browser had
/// before ends, so that nobody can prepare one.
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
    let acting = credentials.organisation.map_or(Acting::First, Acting::For);
    enter(state, caller, (address, device), credentials, acting).await
}

/// The same for a person at a page, which can't name an organisation before it is known who they are: the one named is
/// that of before, if any; where the account doesn't belong to it, and where none is named, it is the one of last time.
///
/// # Errors
/// [`Failure::TooMany`], [`Failure::WrongCredentials`]; [`Failure::Forbidden`] if the account belongs nowhere.
pub async fn sign_in_again(
    state: &AppState,
    caller: &Caller,
    address: Option<IpAddr>,
    device: Device,
    credentials: Credentials,
) -> Result<SignedIn, Failure> {
    let acting = Acting::Again(credentials.organisation);
    enter(state, caller, (address, device), credentials, acting).await
}

async fn enter(
    state: &AppState,
    caller: &Caller,
    (address, device): (Option<IpAddr>, Device),
    credentials: Credentials,
    acting: Acting,
) -> Result<SignedIn, Failure> {
    let email = credentials.email.trim().to_ascii_lowercase();
    state.limits.attempt(address, Some(&email))?;
    let account = rows::account_by_email(state.store.read(), &email).await?;
    let account = account.filter(|account| account.disabled_at.is_none());
    let known = account.as_ref().and_then(|account| account.password_hash.as_deref());
    let right = state.passwords.check(&credentials.password, known).await?;
    let account = account.filter(|_| right).ok_or(Failure::WrongCredentials)?;
    sessions::sign_out(state, caller).await?;
    begin(state, account.id, acting, device).await
}

/// Begins a session of `account` for the first organisation that it belongs to. Whoever calls this has made sure who
/// asks.
pub(crate) async fn begin_session(
    state: &AppState,
    account: Uuid,
    device: Device,
) -> Result<SignedIn, Failure> {
    begin(state, account, Acting::First, device).await
}

/// Begins a session of `account`.
pub(super) async fn begin(
    state: &AppState,
    account: Uuid,
    acting: Acting,
    device: Device,
) -> Result<SignedIn, Failure> {
    let all = membership::Entity::find()
        .filter(membership::Column::Account.eq(account))
        .order_by_asc(membership::Column::Organisation)
        .all(state.store.read())
        .await
        .map_err(StoreError::from)?;
    let of = |organisation: Uuid| all.iter().find(|row| row.organisation == organisation);
    let chosen = match acting {
        Acting::First => all.first(),
        Acting::For(organisation) => of(organisation),
        // Of those of which that isn't known, the first.
        Acting::Again(named) => named.and_then(of).or_else(|| all.iter().rev().max_by_key(|row| row.used_at)),
    };
    let membership = chosen.ok_or(Failure::Forbidden)?;
    open(state, membership, state.clock.now(), device.kept(), None).await
}

/// Lets the caller's session act for another organisation of theirs. It is another session, with a secret of its own,
/// and ends when this one would have at the latest.
///
/// # Errors
/// [`Failure::Unauthenticated`]; [`Failure::Forbidden`] to a token, which is of one organisation;
/// [`Failure::NotFound`] if the account doesn't belong there.
pub async fn switch(
    state: &AppState,
    caller: &Caller,
    organisation: Uuid,
    device: Device,
) -> Result<SignedIn, Failure> {
    let member = caller.member()?;
    let Credential::Session { id } = member.credential else { return Err(Failure::Forbidden) };
    let row = membership::Entity::find_by_id((member.account, organisation)).one(state.store.read()).await;
    let row = row.map_err(StoreError::from)?.ok_or(Failure::NotFound)?;
    let before = sessions::live(state, member.account).await?;
    let before = before.into_iter().find(|row| public_id(&row.token_hash) == id);
    let before = before.ok_or(Failure::Unauthenticated)?;
    open(state, &row, before.created_at, device.kept(), Some(before.token_hash)).await
}

/// A session for `membership` that counts as begun at `since`, instead of the one of the hash `before`.
async fn open(
    state: &AppState,
    membership: &membership::Model,
    since: Second,
    user_agent: Option<String>,
    before: Option<Hash>,
) -> Result<SignedIn, Failure> {
    let secret = Secret::generate().map_err(|error| internal("making a session", &error))?;
    let now: Second = state.clock.now();
    let row = session::Model {
        token_hash: secret.hash(),
        account: membership.account,
        organisation: membership.organisation,
        created_at: since,
        expires_at: session_end(state, since, now),
        user_agent,
    };
    state
        .store
        .write(move |tx| {
            let (row, before) = (row.clone(), before.clone());
            Box::pin(async move { insert(tx, row, before, now).await })
        })
        .await?;
    let read = state.store.read();
    let account::Model { id, locale, .. } = rows::find_account(read, membership.account).await?;
    let organisation = rows::find_organisation(read, membership.organisation).await?;
    let kind = rows::kind(&organisation.kind)?;
    let member = Caller::Member(Member {
        account: id,
        organisation: OrganisationId(organisation.id),
        kind,
        role: rows::role(&membership.role)?,
        verified: kind != OrganisationKind::Company || organisation.verified_at.is_some(),
        credential: Credential::Session { id: public_id(&secret.hash()) },
    });
    Ok(SignedIn { viewer: viewer(state, &member).await?, secret, locale })
}

/// Stores the session, notes for whom it is, and ends the one before: of two who want to take its place one does.
async fn insert(tx: &Tx<'_>, row: session::Model, before: Option<Hash>, now: Second) -> Result<(), Failure> {
    if let Some(before) = before {
        let ended = session::Entity::delete_by_id(before).exec(tx).await.map_err(StoreError::from)?;
        if ended.rows_affected == 0 {
            return Err(Failure::Unauthenticated);
        }
    }
    let (account, organisation) = (row.account, row.organisation);
    let row = row.into_active_model();
    session::Entity::insert(row).exec_without_returning(tx).await.map_err(StoreError::from)?;
    membership::Entity::update_many()
        .col_expr(membership::Column::UsedAt, Expr::value(now))
        .filter(membership::Column::Account.eq(account))
        .filter(membership::Column::Organisation.eq(organisation))
        .exec(tx)
        .await
        .map_err(StoreError::from)?;
    Ok(())
}
