//! What runs in a period, found without looking at every row there is.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const DURING: &[&str] = &[r"CREATE INDEX occupancy_during ON occupancy (ends_at, starts_at, id)"];

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
