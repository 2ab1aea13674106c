//! What was changed of a draft is ordered by the call's version and not by when its rows were born: the clocks of two
//! servers may differ.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const CHANGE_VERSIONS: &[&str] =
    &[r"-- The version of the call that the change made; NULL: of before it was kept.
ALTER TABLE call_adjustment ADD COLUMN version BIGINT"];

pub struct ChangeVersions;

impl MigrationName for ChangeVersions {
    fn name(&self) -> &str {
        "m42_change_versions"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for ChangeVersions {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, CHANGE_VERSIONS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
