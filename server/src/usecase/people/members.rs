//! The people of the own organisation.

use app::contract::{Failure, FieldProblem, MemberView, Role, field};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use uuid::Uuid;

use super::{reset, rows};
use crate::{
    state::AppState,
    store::{
        StoreError,
        tables::{account, membership, organisation},
    },
    usecase::Caller,
};

/// Everybody in the own organisation, by account.
///
/// # Errors
/// [`Failure::Unauthenticated`].
pub async fn members(state: &AppState, caller: &Caller) -> Result<Vec<MemberView>, Failure> {
    let member = caller.member()?;
    let memberships = membership::Entity::find()
        .filter(membership::Column::Organisation.eq(member.organisation.0))
        .order_by_asc(membership::Column::Account)
        .all(state.store.read())
        .await
        .map_err(StoreError::from)?;
    let ids: Vec<Uuid> = memberships.iter().map(|row| row.account).collect();
    let accounts = account::Entity::find()
        .filter(account::Column::Id.is_in(ids))
        .order_by_asc(account::Column::Id)
        .all(state.store.read())
        .await
        .map_err(StoreError::from)?;
    memberships
        .iter()
        .filter_map(|row| Some((row, accounts.iter().find(|account| account.id == row.account)?)))
        .map(|(row, account)| {
            Ok(MemberView {
                account: account.id,
                name: account.name.clone(),
                email: account.email.clone(),
                role: rows::role(&row.role)?,
            })
        })
        .collect()
}

/// Gives a colleague another role.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`]; [`Failure::NotFound`] if it is no colleague;
/// [`Failure::Invalid`] for a role of another kind of organisation, or if no administrator were left.
pub async fn change_role(
    state: &AppState,
    caller: &Caller,
    account: Uuid,
    role: Role,
) -> Result<(), Failure> {
    let member = caller.administrator()?;
    if role.kind() != member.kind {
        return Err(field::unknown("role", role.word()));
    }
    change(state, member.organisation.0, account, Some(role)).await
}

/// Takes a colleague out of the organisation; sessions and tokens for it end with that.
///
/// # Errors
/// As [`change_role`].
pub async fn remove_member(state: &AppState, caller: &Caller, account: Uuid) -> Result<(), Failure> {
    let member = caller.administrator()?;
    change(state, member.organisation.0, account, None).await
}

async fn change(
    state: &AppState,
    organisation: Uuid,
    account: Uuid,
    role: Option<Role>,
) -> Result<(), Failure> {
    state
        .store
        .write(move |tx| {
            Box::pin(async move {
                lock(tx, organisation).await?;
                let key = (account, organisation);
                let changed = match role {
                    Some(role) => membership::Entity::update_many()
                        .col_expr(membership::Column::Role, Expr::value(role.word()))
                        .filter(membership::Column::Account.eq(account))
                        .filter(membership::Column::Organisation.eq(organisation))
                        .exec(tx)
                        .await
                        .map(|done| done.rows_affected),
                    None => {
                        rows::lock_account(tx, account).await?;
                        reset::void(tx, account).await?;
                        membership::Entity::delete_by_id(key).exec(tx).await.map(|done| done.rows_affected)
                    }
                };
                if changed.map_err(StoreError::from)? == 0 {
                    return Err(Failure::NotFound);
                }
                keep_an_administrator(tx, organisation).await
            })
        })
        .await
}

/// Changes to one organisation's people come one after the other, so that two administrators can't remove each other.
pub(super) async fn lock(tx: &impl ConnectionTrait, organisation: Uuid) -> Result<(), StoreError> {
    organisation::Entity::update_many()
        .col_expr(organisation::Column::Kind, Expr::col(organisation::Column::Kind))
        .filter(organisation::Column::Id.eq(organisation))
        .exec(tx)
        .await?;
    Ok(())
}

/// Refuses what would leave an organisation without an administrator.
pub(super) async fn keep_an_administrator(
    tx: &impl ConnectionTrait,
    organisation: Uuid,
) -> Result<(), Failure> {
    let left = membership::Entity::find()
        .filter(membership::Column::Organisation.eq(organisation))
        .all(tx)
        .await
        .map_err(StoreError::from)?;
    for row in left {
        if rows::role(&row.role)?.administers() {
            return Ok(());
        }
    }
    Err(field::invalid("role", FieldProblem::LastAdministrator))
}
