//! Unread notices are counted on every page: finding them must not take longer the more have been read.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const UNREAD: &[&str] =
    &[r"CREATE INDEX notice_unread ON notice (organisation, id) WHERE read_at IS NULL"];

pub struct Unread;

impl MigrationName for Unread {
    fn name(&self) -> &str {
        "m12_unread"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Unread {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, UNREAD).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
