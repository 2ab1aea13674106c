//! The account's own sessions.

use app::contract::{Failure, Instant, SessionView};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    secret::public_id,
    state::AppState,
    store::{StoreError, tables::session},
    usecase::{Caller, Credential},
};

/// Where the account is signed in, oldest first.
///
/// # Errors
/// [`Failure::Unauthenticated`].
pub async fn sessions(state: &AppState, caller: &Caller) -> Result<Vec<SessionView>, Failure> {
    let member = caller.member()?;
    let view = |row: session::Model| {
        let id = public_id(&row.token_hash);
        SessionView {
            id,
            organisation: row.organisation,
            created_at: Instant(row.created_at),
            expires_at: Instant(row.expires_at),
            user_agent: row.user_agent,
            current: member.credential == Credential::Session { id },
        }
    };
    Ok(live(state, member.account).await?.into_iter().map(view).collect())
}

/// Ends one of the account's sessions.
///
/// # Errors
/// [`Failure::Unauthenticated`]; [`Failure::NotFound`] if it is not the account's.
pub async fn end_session(state: &AppState, caller: &Caller, id: Uuid) -> Result<(), Failure> {
    let member = caller.member()?;
    let all = live(state, member.account).await?;
    let row = all.into_iter().find(|row| public_id(&row.token_hash) == id).ok_or(Failure::NotFound)?;
    state
        .store
        .write(move |tx| {
            let token_hash = row.token_hash.clone();
            Box::pin(async move {
                session::Entity::delete_by_id(token_hash).exec(tx).await?;
                Ok::<_, StoreError>(())
            })
        })
        .await?;
    Ok(())
}

/// Ends the caller's own session, if it has one.
///
/// # Errors
/// The store fails.
pub async fn sign_out(state: &AppState, caller: &Caller) -> Result<(), Failure> {
    let Some(Credential::Session { id }) = caller.as_member().map(|member| member.credential) else {
        return Ok(());
    };
    match end_session(state, caller, id).await {
        Err(Failure::NotFound) => Ok(()),
        other => other,
    }
}

/// The account's sessions that aren't over, oldest first.
pub(super) async fn live(state: &AppState, account: Uuid) -> Result<Vec<session::Model>, StoreError> {
    Ok(session::Entity::find()
        .filter(session::Column::Account.eq(account))
        .filter(session::Column::ExpiresAt.gt(state.clock.now()))
        .order_by_asc(session::Column::CreatedAt)
        .all(state.store.read())
        .await?)
}
