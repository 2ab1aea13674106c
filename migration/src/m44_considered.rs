//! What was considered when a proposal was found is kept with it, for the decision that it leads to.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const CONSIDERED: &[&str] =
    &[r"-- The ways that were found and what they were ranked by; NULL: of before it was kept.
ALTER TABLE proposal ADD COLUMN considered TEXT"];

pub struct Considered;

impl MigrationName for Considered {
    fn name(&self) -> &str {
        "m44_considered"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Considered {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, CONSIDERED).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
