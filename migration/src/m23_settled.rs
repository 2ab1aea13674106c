//! Wishes that the conflict desk has dealt with: room that nobody made, and several who wait for the same.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const SETTLED: &[&str] = &[r"CREATE TABLE conflict_settled (
  subject UUID NOT NULL,                -- a proposal; of several who wait the one who joined last
  how TEXT NOT NULL,
  at BIGINT NOT NULL,
  by_account UUID NOT NULL,
  reason TEXT,
  CONSTRAINT conflict_settled_key PRIMARY KEY (subject),
  CONSTRAINT conflict_settled_by FOREIGN KEY (by_account) REFERENCES account (id),
  CONSTRAINT conflict_settled_how CHECK (how IN ('held', 'asked', 'declined', 'open')),
  CONSTRAINT conflict_settled_reason CHECK ((reason IS NULL OR length(reason) BETWEEN 1 AND 1000) IS TRUE),
  CONSTRAINT conflict_settled_why CHECK ((reason IS NOT NULL OR how IN ('held', 'asked')) IS TRUE)
)"];

pub struct Settled;

impl MigrationName for Settled {
    fn name(&self) -> &str {
        "m23_settled"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Settled {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, SETTLED).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
