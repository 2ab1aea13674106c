//! Whoever searches without being signed in counts once a day, however often the page is loaded.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const VISITORS: &[&str] = &[r"-- A name for one day, made with a key that is kept nowhere.
ALTER TABLE search_record ADD COLUMN visitor UUID"];

pub struct Visitors;

impl MigrationName for Visitors {
    fn name(&self) -> &str {
        "m46_visitors"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Visitors {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, VISITORS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
