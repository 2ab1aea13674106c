//! A platform's bookings are read by the month in which they begin: without looking at those of all other months.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const BEGINS: &[&str] = &[r"CREATE INDEX step_begins ON step (starts_at, booking) WHERE seq = 0"];

pub struct Begins;

impl MigrationName for Begins {
    fn name(&self) -> &str {
        "m38_begins"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Begins {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, BEGINS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
