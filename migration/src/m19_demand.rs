//! For which of the asker's products a search was: demand counts once a project and stage.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const DEMAND: &[&str] = &[r"-- NULL: none named.
ALTER TABLE search_record ADD COLUMN product UUID"];

pub struct Demand;

impl MigrationName for Demand {
    fn name(&self) -> &str {
        "m19_demand"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Demand {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, DEMAND).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
