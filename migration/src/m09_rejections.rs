//! Companies that were turned away, and why.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const REJECTIONS: &[&str] = &[r"CREATE TABLE rejection (
  organisation UUID NOT NULL,
  at BIGINT NOT NULL,
  account UUID NOT NULL,                -- who decided
  reason TEXT NOT NULL,
  CONSTRAINT rejection_key PRIMARY KEY (organisation),
  CONSTRAINT rejection_organisation FOREIGN KEY (organisation) REFERENCES organisation (id),
  CONSTRAINT rejection_account FOREIGN KEY (account) REFERENCES account (id),
  CONSTRAINT rejection_reason CHECK (length(reason) BETWEEN 1 AND 500)
)"];

pub struct Rejections;

impl MigrationName for Rejections {
    fn name(&self) -> &str {
        "m09_rejections"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Rejections {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, REJECTIONS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
