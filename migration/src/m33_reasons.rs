//! Why a wish has no place, once what the platform changed of a draft made the reason another.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const REASONS: &[&str] = &[r"-- NULL: it is a change, or a place that became free.
ALTER TABLE call_adjustment ADD COLUMN outcome TEXT"];

pub struct Reasons;

impl MigrationName for Reasons {
    fn name(&self) -> &str {
        "m33_reasons"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Reasons {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, REASONS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
