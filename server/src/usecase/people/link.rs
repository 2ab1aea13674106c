//! One-time links: made, shown once, used once.

use app::contract::{Failure, Instant, LinkView};
use domain::Second;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use crate::{
    secret::{Secret, hash},
    state::AppState,
    store::{StoreError, Tx, tables::invitation},
    usecase::{
        internal,
        protocol::{Attempt, Stop},
    },
};

/// What a link is for, as the store says it.
pub(super) const INVITE: &str = "invite";
pub(super) const RESET: &str = "reset";

/// A link that has been made but not stored: the row, and what its maker is shown.
pub(super) struct NewLink {
    pub row: invitation::Model,
    pub view: LinkView,
}

/// A link for `email`; the caller completes the row with what it is for.
pub(super) fn new(
    state: &AppState,
    purpose: &str,
    email: String,
    by: Option<Uuid>,
) -> Result<NewLink, Failure> {
    let secret = Secret::generate().map_err(|error| internal("making a link", &error))?;
    let now = state.clock.now();
    let row = invitation::Model {
        id: Uuid::now_v7(),
        token_hash: secret.hash(),
        purpose: purpose.to_owned(),
        email: email.clone(),
        organisation: None,
        role: None,
        account: None,
        created_by: by,
        created_at: now,
        expires_at: now + Second::from(state.settings.session.link_hours) * 3600,
        used_at: None,
    };
    let page = if purpose == INVITE { "join" } else { "reset" };
    let view = LinkView {
        id: row.id,
        email,
        link: format!("{}/{page}?token={}", state.settings.public_address(), secret.reveal()),
        token: secret.reveal().to_owned(),
        expires_at: Instant(row.expires_at),
    };
    Ok(NewLink { row, view })
}

/// Stores it for whoever asked. Under a key it is one link, however often it is asked for: of its secret, which nothing
/// keeps, only the last counts.
///
/// # Errors
/// [`Failure::KeyReused`], also for a link that was used or taken back by now.
pub(super) async fn make(
    state: &AppState,
    made: NewLink,
    attempt: Option<&Attempt>,
) -> Result<LinkView, Failure> {
    let NewLink { row, view } = made;
    let (id, hash, now) = (row.id, row.token_hash.clone(), row.created_at);
    let kept = attempt.cloned();
    let stored = state.store.write(move |tx| {
        let (row, kept) = (row.clone(), kept.clone());
        Box::pin(async move {
            insert(tx, row).await?;
            if let Some(attempt) = kept {
                attempt.keep(tx, &id, now)?;
            }
            Ok::<_, Stop>(id)
        })
    });
    let work = async { stored.await.map_err(|stop| stop.failure(|_| Failure::Busy)) };
    let first = Attempt::maybe_once(attempt, state, work).await?;
    if first == id {
        return Ok(view);
    }
    let renewed = state.store.write(move |tx| {
        let hash = hash.clone();
        Box::pin(async move {
            let renewed = invitation::Entity::update_many()
                .col_expr(invitation::Column::TokenHash, Expr::value(hash))
                .filter(invitation::Column::Id.eq(first))
                .filter(invitation::Column::UsedAt.is_null())
                .exec(tx)
                .await?;
            match renewed.rows_affected {
                0 => Ok(None),
                _ => Ok::<_, StoreError>(invitation::Entity::find_by_id(first).one(tx).await?),
            }
        })
    });
    let row = renewed.await?.ok_or(Failure::KeyReused)?;
    Ok(LinkView { id: first, expires_at: Instant(row.expires_at), ..view })
}

/// Stores it.
pub(super) async fn insert(tx: &Tx<'_>, row: invitation::Model) -> Result<(), StoreError> {
    invitation::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

/// The link of this secret, if it is still good.
pub(super) async fn find(
    connection: &impl ConnectionTrait,
    token: &str,
    purpose: &str,
    now: Second,
) -> Result<invitation::Model, Failure> {
    invitation::Entity::find()
        .filter(invitation::Column::TokenHash.eq(hash(token)))
        .filter(invitation::Column::Purpose.eq(purpose))
        .filter(invitation::Column::UsedAt.is_null())
        .filter(invitation::Column::ExpiresAt.gt(now))
        .one(connection)
        .await
        .map_err(StoreError::from)?
        .ok_or(Failure::NotFound)
}

/// Marks it as used; of two who try at once, one succeeds.
pub(super) async fn spend(tx: &Tx<'_>, id: Uuid, now: Second) -> Result<(), Failure> {
    let spent = invitation::Entity::update_many()
        .col_expr(invitation::Column::UsedAt, Expr::value(now))
        .filter(invitation::Column::Id.eq(id))
        .filter(invitation::Column::UsedAt.is_null())
        .exec(tx)
        .await
        .map_err(StoreError::from)?;
    if spent.rows_affected == 1 { Ok(()) } else { Err(Failure::NotFound) }
}
