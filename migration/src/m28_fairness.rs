//! How firms fare is read from the index alone: of every booking of a firm or of a quarter, but nothing else of it.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const FAIRNESS: &[&str] = &[
    r"CREATE INDEX booking_fairness ON booking (organisation, platform, created_at, status, requested_at, confirmed_at)",
];

pub struct Fairness;

impl MigrationName for Fairness {
    fn name(&self) -> &str {
        "m28_fairness"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Fairness {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, FAIRNESS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
