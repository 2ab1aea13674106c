//! What leaving a booking costs, and what of it is forgiven once the freed slots are sold again.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const RESALE: &[&str] = &[
    r"-- Charged for cancelling or not showing up; part of fee_fen. NULL: nothing that a resale could reduce.
ALTER TABLE booking ADD COLUMN leaving_fee_fen BIGINT
  CONSTRAINT booking_leaving CHECK (leaving_fee_fen IS NULL OR leaving_fee_fen > 0)",
    r"-- How much of leaving_fee_fen is forgiven, as the slots were sold again.
ALTER TABLE booking ADD COLUMN resold_fen BIGINT
  CONSTRAINT booking_resold CHECK (resold_fen IS NULL OR resold_fen >= 0)",
    r"-- The slots that leaving freed: [[line, start, end], …], UTC minutes.
ALTER TABLE booking ADD COLUMN freed TEXT",
    r"-- When the last of them ends, UTC minutes.
ALTER TABLE booking ADD COLUMN freed_until BIGINT",
    r"-- Slots ahead that may still be sold again.
CREATE INDEX booking_resale ON booking (platform, freed_until) WHERE leaving_fee_fen IS NOT NULL",
];

pub struct Resale;

impl MigrationName for Resale {
    fn name(&self) -> &str {
        "m08_resale"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Resale {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, RESALE).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
