//! What a company was turned away for stays on record until it is verified, with what it was judged by: who looks at it
//! again sees the reason and what is otherwise since.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const SUBMITTED_AGAIN: &[&str] = &[
    r"-- Whether a verification was withdrawn by it, and not a registration turned away.
ALTER TABLE rejection ADD COLUMN withdrawn BOOLEAN NOT NULL DEFAULT FALSE",
    r"-- When the company waits to be looked at again since; NULL: it doesn't.
ALTER TABLE rejection ADD COLUMN submitted_at BIGINT",
    r"-- The registered name, the credit code and the contact as they were then; NULL: of before they were kept.
ALTER TABLE rejection ADD COLUMN name TEXT",
    r"ALTER TABLE rejection ADD COLUMN credit_code TEXT",
    r"ALTER TABLE rejection ADD COLUMN contact TEXT",
    r"UPDATE rejection SET withdrawn = TRUE
  WHERE (account, at) IN (SELECT d.account, d.at FROM decision d WHERE d.action = 'withdraw_verification')",
];

pub struct SubmittedAgain;

impl MigrationName for SubmittedAgain {
    fn name(&self) -> &str {
        "m45_submitted_again"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for SubmittedAgain {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, SUBMITTED_AGAIN).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
