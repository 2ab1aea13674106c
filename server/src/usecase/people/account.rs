//! The own account.

use std::net::IpAddr;

use app::contract::{AccountChange, AccountView, Complaints, Failure, MembershipView, PasswordChange};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder,
};
use uuid::Uuid;

use super::{reset::replace, rows};
use crate::{
    secret::public_id,
    state::AppState,
    store::{
        StoreError,
        tables::{membership, organisation, session},
    },
    usecase::{Caller, Credential},
};

/// The caller's account, with every organisation that it belongs to.
///
/// # Errors
/// [`Failure::Unauthenticated`].
pub async fn account(state: &AppState, caller: &Caller) -> Result<AccountView, Failure> {
    let member = caller.member()?;
    let read = state.store.read();
    let account = rows::find_account(read, member.account).await?;
    let memberships = views(read, belongs(read, account.id).await?).await?;
    Ok(AccountView {
        id: account.id,
        email: account.email,
        name: account.name,
        locale: account.locale,
        memberships,
    })
}

/// The other organisations that the caller's account belongs to. Every page asks, and hardly anybody has any.
///
/// # Errors
/// [`Failure::Unauthenticated`].
pub async fn elsewhere(state: &AppState, caller: &Caller) -> Result<Vec<MembershipView>, Failure> {
    let member = caller.member()?;
    let read = state.store.read();
    let mut others = belongs(read, member.account).await?;
    others.retain(|row| row.organisation != member.organisation.0);
    if others.is_empty() { Ok(Vec::new()) } else { views(read, others).await }
}

async fn belongs(read: &impl ConnectionTrait, account: Uuid) -> Result<Vec<membership::Model>, StoreError> {
    Ok(membership::Entity::find()
        .filter(membership::Column::Account.eq(account))
        .order_by_asc(membership::Column::Organisation)
        .all(read)
        .await?)
}

async fn views(
    read: &impl ConnectionTrait,
    belongs: Vec<membership::Model>,
) -> Result<Vec<MembershipView>, Failure> {
    let ids: Vec<_> = belongs.iter().map(|row| row.organisation).collect();
    let organisations = organisation::Entity::find()
        .filter(organisation::Column::Id.is_in(ids))
        .all(read)
        .await
        .map_err(StoreError::from)?;
    belongs
        .iter()
        .filter_map(|row| Some((row, organisations.iter().find(|found| found.id == row.organisation)?)))
        .map(|(row, found)| {
            Ok(MembershipView {
                organisation: found.id,
                name: rows::name(found),
                kind: rows::kind(&found.kind)?,
                role: rows::role(&row.role)?,
            })
        })
        .collect()
}

/// Changes name or language.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Invalid`].
pub async fn change_account(
    state: &AppState,
    caller: &Caller,
    change: AccountChange,
) -> Result<AccountView, Failure> {
    let id = caller.member()?.account;
    let mut complaints = Complaints::default();
    let name = complaints.hear(change.name.map(|name| rows::required("name", &name, 200)).transpose());
    let locale = complaints.hear(change.locale.map(|locale| rows::locale(Some(&locale))).transpose());
    complaints.answer()?;
    let (name, locale) = (name?, locale?);
    state
        .store
        .write(move |tx| {
            let (name, locale) = (name.clone(), locale.clone());
            Box::pin(async move {
                let mut row = rows::find_account(tx, id).await?.into_active_model();
                if let Some(name) = name {
                    row.name = Set(name);
                }
                if let Some(locale) = locale {
                    row.locale = Set(locale);
                }
                row.update(tx).await.map_err(StoreError::from)?;
                Ok::<_, Failure>(())
            })
        })
        .await?;
    account(state, caller).await
}

/// Changes the password; the account's other sessions and its API tokens end.
///
/// # Errors
/// [`Failure::Unauthenticated`]; [`Failure::Forbidden`] to a token, which is not the person; [`Failure::TooMany`];
/// [`Failure::WrongCredentials`] if `current` is not the password; [`Failure::Invalid`].
pub async fn change_password(
    state: &AppState,
    caller: &Caller,
    address: Option<IpAddr>,
    change: PasswordChange,
) -> Result<(), Failure> {
    let member = caller.member()?;
    let Credential::Session { id: current } = member.credential else { return Err(Failure::Forbidden) };
    let account = rows::find_account(state.store.read(), member.account).await?;
    state.limits.attempt(address, Some(&account.email))?;
    if !state.passwords.check(&change.current, account.password_hash.as_deref()).await? {
        return Err(Failure::WrongCredentials);
    }
    let hash = state.passwords.hash("new", &change.new).await?;
    let now = state.clock.now();
    state
        .store
        .write(move |tx| {
            let hash = hash.clone();
            Box::pin(async move {
                let own =
                    session::Entity::find().filter(session::Column::Account.eq(account.id)).all(tx).await?;
                let kept = own.into_iter().map(|row| row.token_hash).find(|hash| public_id(hash) == current);
                replace(tx, account.id, hash, kept, now).await
            })
        })
        .await?;
    Ok(())
}
