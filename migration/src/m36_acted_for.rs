//! For which of several organisations somebody acted last, so that they go on for that one when they sign in again.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const ACTED_FOR: &[&str] =
    &[r"-- When a session for it last began. NULL: never, or before this was kept.
ALTER TABLE membership ADD COLUMN used_at BIGINT"];

pub struct ActedFor;

impl MigrationName for ActedFor {
    fn name(&self) -> &str {
        "m36_acted_for"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for ActedFor {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, ACTED_FOR).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
