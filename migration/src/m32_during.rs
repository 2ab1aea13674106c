//! When a step runs, beside it: a firm's calendar is found without reading its rows on every line.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const DURING: &[&str] = &[
    r"-- As its occupancy, which never changes: a step that is cut short is another one.
ALTER TABLE step ADD COLUMN starts_at BIGINT",
    r"ALTER TABLE step ADD COLUMN ends_at BIGINT",
    r"UPDATE step SET starts_at = (SELECT o.starts_at FROM occupancy o WHERE o.id = step.occupancy),
  ends_at = (SELECT o.ends_at FROM occupancy o WHERE o.id = step.occupancy)",
    r"CREATE INDEX step_during ON step (booking, starts_at, ends_at) WHERE live IS NOT NULL",
];

pub struct During;

impl MigrationName for During {
    fn name(&self) -> &str {
        "m32_during"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for During {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, DURING).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
