//! Requests of a firm that nobody has answered are counted whenever it holds something: by an index of their own.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const UNDECIDED: &[&str] =
    &[r"CREATE INDEX booking_undecided ON booking (organisation, reply_by) WHERE status = 'requested'"];

pub struct Undecided;

impl MigrationName for Undecided {
    fn name(&self) -> &str {
        "m35_undecided"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Undecided {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, UNDECIDED).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
