//! Moves that were made by rule are on the record alone: they are counted by an index of their own.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const BY_RULE: &[&str] =
    &[r"CREATE INDEX decision_by_rule ON decision (booking) WHERE action IN ('make_room', 'rescue')"];

pub struct ByRule;

impl MigrationName for ByRule {
    fn name(&self) -> &str {
        "m37_by_rule"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for ByRule {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, BY_RULE).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
