//! Outages that were planned: work over bookings, which are to be found another place. Their `kind` is `other`, since
//! the kinds are those of what nobody planned.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const PLANNED: &[&str] = &[r"ALTER TABLE outage ADD COLUMN planned BOOLEAN NOT NULL DEFAULT FALSE"];

pub struct Planned;

impl MigrationName for Planned {
    fn name(&self) -> &str {
        "m26_planned"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Planned {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, PLANNED).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
