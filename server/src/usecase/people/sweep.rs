//! Clearing away what is over.

use domain::{Second, calendar::DAY_SECONDS};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::{
    state::AppState,
    store::{
        StoreError,
        tables::{idempotency, invitation, session},
    },
};

/// Links are kept for this long after their end, for who asks what became of one.
const LINKS_KEPT: Second = 30 * DAY_SECONDS;
/// An answer can be replayed for this long.
const ANSWERS_KEPT: Second = 7 * DAY_SECONDS;

/// Deletes sessions that are over, old links and old answers, and forgets idle limits.
///
/// # Errors
/// The store fails.
pub async fn sweep(state: &AppState) -> Result<(), StoreError> {
    let now = state.clock.now();
    state.limits.forget_idle();
    state
        .store
        .write(move |tx| {
            Box::pin(async move {
                session::Entity::delete_many().filter(session::Column::ExpiresAt.lte(now)).exec(tx).await?;
                invitation::Entity::delete_many()
                    .filter(invitation::Column::ExpiresAt.lte(now - LINKS_KEPT))
                    .exec(tx)
                    .await?;
                idempotency::Entity::delete_many()
                    .filter(idempotency::Column::CreatedAt.lte(now - ANSWERS_KEPT))
                    .exec(tx)
                    .await?;
                Ok(())
            })
        })
        .await
}
