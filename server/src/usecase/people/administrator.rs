//! The first administrator of an installation, made at the terminal.

use app::contract::{Failure, LinkView, OrganisationKind, Role};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict,
};
use uuid::Uuid;

use super::{
    link::{self, RESET},
    register::taken,
    reset, rows,
};
use crate::{
    state::AppState,
    store::{
        StoreError, Tx,
        tables::{account, membership, organisation},
    },
};

/// Whether the district has an administrator.
///
/// # Errors
/// The store fails.
pub async fn has_administrator(connection: &impl ConnectionTrait) -> Result<bool, StoreError> {
    let found = membership::Entity::find()
        .filter(membership::Column::Role.eq(Role::DistrictAdmin.word()))
        .one(connection)
        .await?;
    Ok(found.is_some())
}

/// Makes the account an administrator of the district, both made if they are missing, and gives a one-time link by
/// which the person chooses a password. Again: another link.
///
/// # Errors
/// [`Failure::Invalid`] for `email`, `name` or `district`.
pub async fn make_administrator(
    state: &AppState,
    email: &str,
    name: &str,
    district: &str,
) -> Result<LinkView, Failure> {
    let now = state.clock.now();
    let district = rows::required("district", district, 200)?;
    let email = rows::email("email", email)?;
    let account = account::Model {
        id: Uuid::now_v7(),
        name: rows::required("name", name, 200)?,
        email: email.clone(),
        password_hash: None,
        locale: rows::locale(None)?,
        created_at: now,
        disabled_at: None,
    };
    let organisation = organisation::Model {
        id: Uuid::now_v7(),
        kind: OrganisationKind::District.word().to_owned(),
        name_zh: district.clone(),
        name_en: district,
        credit_code: None,
        contact: email.clone(),
        size: None,
        in_district: true,
        verified_at: Some(now),
        verified_by: None,
        created_at: now,
    };
    let made = link::new(state, RESET, email, None)?;
    let row = made.row;
    state
        .store
        .write(move |tx| {
            let (account, organisation, mut row) = (account.clone(), organisation.clone(), row.clone());
            Box::pin(async move {
                let account = find_or_insert_account(tx, account).await?;
                let organisation = find_or_insert_district(tx, organisation).await?;
                rows::lock_account(tx, account).await?;
                reset::void(tx, account).await?;
                let role = Role::DistrictAdmin.word().to_owned();
                let joined = [membership::Column::Account, membership::Column::Organisation];
                membership::Entity::insert(
                    membership::Model { account, organisation, role, used_at: None }.into_active_model(),
                )
                .on_conflict(OnConflict::columns(joined).update_column(membership::Column::Role).to_owned())
                .exec_without_returning(tx)
                .await
                .map_err(StoreError::from)?;
                row.account = Some(account);
                Ok::<_, Failure>(link::insert(tx, row).await?)
            })
        })
        .await?;
    Ok(made.view)
}

async fn find_or_insert_account(tx: &Tx<'_>, account: account::Model) -> Result<Uuid, Failure> {
    if let Some(known) = rows::account_by_email(tx, &account.email).await? {
        return Ok(known.id);
    }
    let id = account.id;
    account::Entity::insert(account.into_active_model()).exec_without_returning(tx).await.map_err(taken)?;
    Ok(id)
}

async fn find_or_insert_district(tx: &Tx<'_>, organisation: organisation::Model) -> Result<Uuid, Failure> {
    let district = organisation::Column::Kind.eq(OrganisationKind::District.word());
    let known = organisation::Entity::find().filter(district).one(tx).await.map_err(StoreError::from)?;
    if let Some(known) = known {
        return Ok(known.id);
    }
    let id = organisation.id;
    let row = organisation.into_active_model();
    organisation::Entity::insert(row).exec_without_returning(tx).await.map_err(taken)?;
    Ok(id)
}
