//! What a campaign's free move leaves behind: giving it up afterwards costs at least what it did before.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const LEFT_FEE: &[&str] =
    &[r"-- The most that cancelling would have cost where it stood when it moved for nothing, in fen.
ALTER TABLE booking ADD COLUMN left_fee_fen BIGINT NOT NULL DEFAULT 0 CHECK ((left_fee_fen >= 0) IS TRUE)"];

pub struct LeftFee;

impl MigrationName for LeftFee {
    fn name(&self) -> &str {
        "m29_left_fee"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for LeftFee {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, LEFT_FEE).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
