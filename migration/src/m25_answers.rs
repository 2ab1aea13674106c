//! When a booking was first requested and first confirmed: counted for every firm at once, which its decisions are too
//! many for.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const ANSWERS: &[&str] = &[
    r"-- In seconds; NULL: never.
ALTER TABLE booking ADD COLUMN requested_at BIGINT",
    r"-- In seconds; NULL: never.
ALTER TABLE booking ADD COLUMN confirmed_at BIGINT",
    r"UPDATE booking SET
  requested_at = (SELECT MIN(d.at) FROM decision d WHERE d.booking = booking.id AND d.action = 'request'),
  confirmed_at = (SELECT MIN(d.at) FROM decision d WHERE d.booking = booking.id AND d.action = 'approve')",
];

pub struct Answers;

impl MigrationName for Answers {
    fn name(&self) -> &str {
        "m25_answers"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Answers {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, ANSWERS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
