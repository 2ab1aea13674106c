//! A new password for someone who lost the old one.

use std::net::IpAddr;

use app::contract::{Failure, LinkView, NewPassword, ResetOrder, Role};
use domain::Second;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use super::{
    link::{self, RESET},
    rows,
};
use crate::{
    state::AppState,
    store::{
        StoreError, Tx,
        tables::{account, api_token, invitation, membership, session},
    },
    usecase::{Caller, IdempotencyKey, internal, protocol::Attempt},
};

/// Makes a link by which a colleague chooses a new password. The district's administrator may for anyone; others only
/// for those who belong to their organisation alone, as an account is also the way into its other organisations. The
/// link is void once that has changed.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`]; [`Failure::NotFound`] if it is no colleague;
/// [`Failure::KeyReused`].
pub async fn order_reset(
    state: &AppState,
    caller: &Caller,
    order: ResetOrder,
    key: Option<&IdempotencyKey>,
) -> Result<LinkView, Failure> {
    let member = caller.administrator()?;
    let email = rows::email("email", &order.email)?;
    let account = rows::account_by_email(state.store.read(), &email).await?.ok_or(Failure::NotFound)?;
    may_reset(state.store.read(), member.role, member.organisation.0, account.id).await?;
    let mut made = link::new(state, RESET, email, Some(member.account))?;
    made.row.organisation = Some(member.organisation.0);
    made.row.account = Some(account.id);
    let attempt = key.map(|key| Attempt::new(member, key, "order_reset", account.id, &order));
    link::make(state, made, attempt.as_ref()).await
}

/// Whether someone with `role` in `organisation` may let `account` choose a new password.
async fn may_reset(
    connection: &impl ConnectionTrait,
    role: Role,
    organisation: Uuid,
    account: Uuid,
) -> Result<(), Failure> {
    if role == Role::DistrictAdmin {
        return Ok(());
    }
    let belongs = membership::Entity::find()
        .filter(membership::Column::Account.eq(account))
        .all(connection)
        .await
        .map_err(StoreError::from)?;
    if !belongs.iter().any(|row| row.organisation == organisation) {
        return Err(Failure::NotFound);
    }
    if belongs.len() > 1 || !role.administers() { Err(Failure::Forbidden) } else { Ok(()) }
}

/// Whether whoever made the link might still make it. One made at the server itself is nobody's.
async fn still_good(tx: &Tx<'_>, link: &invitation::Model, account: Uuid) -> Result<(), Failure> {
    let Some(maker) = link.created_by else { return Ok(()) };
    let organisation = link.organisation.ok_or(Failure::NotFound)?;
    let member = membership::Entity::find_by_id((maker, organisation)).one(tx).await;
    let member = member.map_err(StoreError::from)?.ok_or(Failure::NotFound)?;
    // Whoever has the link learns no more than that it is void.
    may_reset(tx, rows::role(&member.role)?, organisation, account).await.map_err(|_| Failure::NotFound)
}

/// Voids the links that others made for `account`: it may become the way into another organisation.
pub(super) async fn void(tx: &Tx<'_>, account: Uuid) -> Result<(), StoreError> {
    invitation::Entity::delete_many()
        .filter(invitation::Column::Purpose.eq(RESET))
        .filter(invitation::Column::Account.eq(account))
        .filter(invitation::Column::CreatedBy.is_not_null())
        .filter(invitation::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// The e-mail address of the account whose password the link with this secret resets. Who has it may know: it is given
/// to nobody else.
///
/// # Errors
/// [`Failure::NotFound`] if the link is unknown, used or over.
pub async fn resets(state: &AppState, token: &str) -> Result<String, Failure> {
    let link = link::find(state.store.read(), token, RESET, state.clock.now()).await?;
    Ok(link.email)
}

/// Sets the new password; every session and every API token of the account ends.
///
/// # Errors
/// [`Failure::NotFound`] if the link is unknown, used, over or void; [`Failure::Invalid`]; [`Failure::TooMany`].
pub async fn set_password(
    state: &AppState,
    address: Option<IpAddr>,
    asked: NewPassword,
) -> Result<(), Failure> {
    state.limits.attempt(address, None)?;
    let now = state.clock.now();
    let link = link::find(state.store.read(), &asked.token, RESET, now).await?;
    let account = link.account.ok_or_else(|| internal("setting a password", "the link lacks its account"))?;
    let hash = state.passwords.hash("password", &asked.password).await?;
    state
        .store
        .write(move |tx| {
            let (link, hash) = (link.clone(), hash.clone());
            Box::pin(async move {
                rows::lock_account(tx, account).await?;
                link::spend(tx, link.id, now).await?;
                still_good(tx, &link, account).await?;
                Ok::<_, Failure>(replace(tx, account, hash, None, now).await?)
            })
        })
        .await
}

/// Replaces the password's hash and ends the account's sessions, but for the one with the hash `kept`, and its tokens:
/// whoever had the old password may have made one.
pub(super) async fn replace(
    tx: &Tx<'_>,
    account: Uuid,
    hash: String,
    kept: Option<Vec<u8>>,
    now: Second,
) -> Result<(), StoreError> {
    account::Entity::update_many()
        .col_expr(account::Column::PasswordHash, Expr::value(hash))
        .filter(account::Column::Id.eq(account))
        .exec(tx)
        .await?;
    let mut ended = session::Entity::delete_many().filter(session::Column::Account.eq(account));
    if let Some(kept) = kept {
        ended = ended.filter(session::Column::TokenHash.ne(kept));
    }
    ended.exec(tx).await?;
    api_token::Entity::update_many()
        .col_expr(api_token::Column::RevokedAt, Expr::value(now))
        .filter(api_token::Column::Account.eq(account))
        .filter(api_token::Column::RevokedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}
