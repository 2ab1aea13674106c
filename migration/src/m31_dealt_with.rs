//! Who dealt with a conflict of a platform's desk, and when: whoever comes second is told.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const DEALT_WITH: &[&str] = &[r"CREATE TABLE conflict_dealt (
  platform UUID NOT NULL,               -- whose desk it was on
  conflict UUID NOT NULL,               -- as the desk knows it: a flag, a hit, a cleaning, a proposal, or a name
  at BIGINT NOT NULL,                   -- of the last deed
  by_account UUID NOT NULL,
  CONSTRAINT conflict_dealt_key PRIMARY KEY (platform, conflict),
  CONSTRAINT conflict_dealt_platform FOREIGN KEY (platform) REFERENCES platform (id),
  CONSTRAINT conflict_dealt_by FOREIGN KEY (by_account) REFERENCES account (id)
)"];

pub struct DealtWith;

impl MigrationName for DealtWith {
    fn name(&self) -> &str {
        "m31_dealt_with"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for DealtWith {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, DEALT_WITH).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
