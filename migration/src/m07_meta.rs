//! What the database says of itself.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const META: &[&str] = &[r"CREATE TABLE meta (
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  CONSTRAINT meta_key PRIMARY KEY (key),
  CONSTRAINT meta_key_length CHECK (length(key) BETWEEN 1 AND 80)
)"];

pub struct Meta;

impl MigrationName for Meta {
    fn name(&self) -> &str {
        "m07_meta"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Meta {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, META).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
