//! What a platform has dealt with is off its own desk alone: firms that wait for any platform are on several.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const SETTLED_BY: &[&str] = &[
    r"ALTER TABLE conflict_settled RENAME TO conflict_settled_before",
    r"CREATE TABLE conflict_settled (
  platform UUID NOT NULL,               -- whose desk it is off
  subject UUID NOT NULL,                -- a proposal; of several who wait the one who joined last
  how TEXT NOT NULL,
  at BIGINT NOT NULL,
  by_account UUID NOT NULL,
  reason TEXT,
  CONSTRAINT conflict_settled_once PRIMARY KEY (platform, subject),
  CONSTRAINT conflict_settled_platform FOREIGN KEY (platform) REFERENCES platform (id),
  CONSTRAINT conflict_settled_by FOREIGN KEY (by_account) REFERENCES account (id),
  CONSTRAINT conflict_settled_how CHECK (how IN ('held', 'asked', 'declined', 'open')),
  CONSTRAINT conflict_settled_reason CHECK ((reason IS NULL OR length(reason) BETWEEN 1 AND 1000) IS TRUE),
  CONSTRAINT conflict_settled_why CHECK ((reason IS NOT NULL OR how IN ('held', 'asked')) IS TRUE)
)",
    r"-- Whoever dealt with it did so for the platform that they are at. What nobody knows of any more is shown once again.
INSERT INTO conflict_settled (platform, subject, how, at, by_account, reason)
SELECT m.organisation, b.subject, b.how, b.at, b.by_account, b.reason
FROM conflict_settled_before b JOIN membership m ON m.account = b.by_account
JOIN platform p ON p.id = m.organisation",
    r"DROP TABLE conflict_settled_before",
];

pub struct SettledBy;

impl MigrationName for SettledBy {
    fn name(&self) -> &str {
        "m27_settled_by"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for SettledBy {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, SETTLED_BY).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
