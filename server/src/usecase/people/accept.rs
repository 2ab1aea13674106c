//! Taking up an invitation.

use std::net::IpAddr;

use app::contract::{Acceptance, Complaints, Failure, InvitedView, TextView};
use sea_orm::{EntityTrait, IntoActiveModel, sea_query::OnConflict};
use uuid::Uuid;

use super::{
    device::Device,
    link::{self, INVITE},
    members,
    register::taken,
    reset, rows,
    sign_in::{Acting, SignedIn, begin},
};
use crate::{
    password::Passwords,
    state::AppState,
    store::{
        StoreError,
        tables::{account, membership},
    },
    usecase::internal,
};

/// What the link with this secret invites to. Who has it may know: it is given to nobody else.
///
/// # Errors
/// [`Failure::NotFound`] if the link is unknown, used or over.
pub async fn invited(state: &AppState, token: &str) -> Result<InvitedView, Failure> {
    let read = state.store.read();
    let invitation = link::find(read, token, INVITE, state.clock.now()).await?;
    let (Some(organisation), Some(role)) = (invitation.organisation, invitation.role) else {
        return Err(internal("showing an invitation", "it lacks organisation or role"));
    };
    let organisation = rows::find_organisation(read, organisation).await?;
    let known = rows::account_by_email(read, &invitation.email).await?.is_some();
    Ok(InvitedView {
        email: invitation.email,
        organisation_name: TextView { zh: organisation.name_zh, en: organisation.name_en },
        role: rows::role(&role)?,
        known,
    })
}

/// Joins the organisation, with a new account or with the one that the e-mail address has already, and signs in.
///
/// # Errors
/// [`Failure::NotFound`] if the link is unknown, used or over; [`Failure::WrongCredentials`] if the address has an
/// account and the password is not its; [`Failure::Invalid`], also if no administrator were left; [`Failure::TooMany`].
pub async fn accept(
    state: &AppState,
    address: Option<IpAddr>,
    device: Device,
    asked: Acceptance,
) -> Result<SignedIn, Failure> {
    state.limits.attempt(address, None)?;
    let now = state.clock.now();
    let invitation = link::find(state.store.read(), &asked.token, INVITE, now).await?;
    let (Some(organisation), Some(role)) = (invitation.organisation, invitation.role) else {
        return Err(internal("taking up an invitation", "it lacks organisation or role"));
    };
    let known = rows::account_by_email(state.store.read(), &invitation.email).await?;
    let (account, new) = match known {
        Some(account) => {
            state.limits.attempt(address, Some(&account.email))?;
            let right = state.passwords.check(&asked.password, account.password_hash.as_deref()).await?;
            if !right || account.disabled_at.is_some() {
                return Err(Failure::WrongCredentials);
            }
            (account, false)
        }
        None => {
            let mut complaints = Complaints::default();
            let name = asked.name.as_deref().unwrap_or_default();
            let name = complaints.hear(rows::required("name", name, 200));
            let password = complaints.hear(Passwords::accept("password", &asked.password));
            let locale = complaints.hear(rows::locale(asked.locale.as_deref()));
            complaints.answer()?;
            password?;
            let account = account::Model {
                id: Uuid::now_v7(),
                email: invitation.email,
                name: name?,
                password_hash: Some(state.passwords.hash("password", &asked.password).await?),
                locale: locale?,
                created_at: now,
                disabled_at: None,
            };
            (account, true)
        }
    };
    let id = account.id;
    state
        .store
        .write(move |tx| {
            let account = account.clone();
            let membership =
                membership::Model { account: id, organisation, role: role.clone(), used_at: None };
            Box::pin(async move {
                members::lock(tx, organisation).await?;
                if new {
                    let row = account.into_active_model();
                    account::Entity::insert(row).exec_without_returning(tx).await.map_err(taken)?;
                } else {
                    // The password that was just proved may have been replaced meanwhile.
                    let known = rows::lock_account(tx, id).await?;
                    if known.password_hash != account.password_hash {
                        return Err(Failure::WrongCredentials);
                    }
                    reset::void(tx, id).await?;
                }
                link::spend(tx, invitation.id, now).await?;
                let before = membership::Entity::find_by_id((id, organisation)).one(tx).await;
                let before = before.map_err(StoreError::from)?;
                let joined = [membership::Column::Account, membership::Column::Organisation];
                membership::Entity::insert(membership.into_active_model())
                    .on_conflict(
                        OnConflict::columns(joined).update_column(membership::Column::Role).to_owned(),
                    )
                    .exec_without_returning(tx)
                    .await
                    .map_err(StoreError::from)?;
                // An administrator who takes another role may have been the last one.
                match before {
                    Some(row) if rows::role(&row.role)?.administers() => {
                        members::keep_an_administrator(tx, organisation).await
                    }
                    _ => Ok(()),
                }
            })
        })
        .await?;
    begin(state, id, Acting::For(organisation), device).await
}
