//! Word of shares of pools that became free: whoever waits may need them on quite another line.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const FREED_SHARES: &[&str] = &[
    r"-- The pool of which a share was given back by what stood on the line; NULL: the line's own time became free.
ALTER TABLE freed ADD COLUMN pool UUID REFERENCES pool (id)",
];

pub struct FreedShares;

impl MigrationName for FreedShares {
    fn name(&self) -> &str {
        "m41_freed_shares"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for FreedShares {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, FREED_SHARES).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
