//! A swap has each firm pay for its new place, never more than it was shown: what that was is kept with the move.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const SWAP_PRICES: &[&str] =
    &[r"-- What it would cost there, as its owner is shown; NULL: it keeps its price.
ALTER TABLE proposal_move ADD COLUMN price_fen BIGINT"];

pub struct SwapPrices;

impl MigrationName for SwapPrices {
    fn name(&self) -> &str {
        "m52_swap_prices"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for SwapPrices {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, SWAP_PRICES).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
