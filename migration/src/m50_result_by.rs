//! A call says by when its result is to be published: firms plan by it.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const RESULT_BY: &[&str] = &[r"-- NULL: nothing was said, of calls from before.
ALTER TABLE call ADD COLUMN result_by BIGINT"];

pub struct ResultBy;

impl MigrationName for ResultBy {
    fn name(&self) -> &str {
        "m50_result_by"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for ResultBy {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, RESULT_BY).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
