//! Campaigns that are parted: some batches stay, the others become a booking of their own.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const PARTED: &[&str] = &[
    r"-- How many batches stay with the booking; NULL: all of them go to `to_place`.
ALTER TABLE proposal_move ADD COLUMN stays BIGINT CHECK ((stays > 0 OR stays IS NULL) IS TRUE)",
    r"-- And how many go elsewhere.
ALTER TABLE proposal_move ADD COLUMN goes BIGINT
  CHECK (((goes IS NULL) = (stays IS NULL) AND (goes > 0 OR goes IS NULL)) IS TRUE)",
    r"-- Where those go.
ALTER TABLE proposal_move ADD COLUMN rest_place TEXT CHECK (((rest_place IS NULL) = (stays IS NULL)) IS TRUE)",
    r"-- The booking that they became.
ALTER TABLE proposal_move ADD COLUMN rest UUID REFERENCES booking (id)
  CHECK ((rest IS NULL OR rest_place IS NOT NULL) IS TRUE)",
];

pub struct Parted;

impl MigrationName for Parted {
    fn name(&self) -> &str {
        "m22_parted"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Parted {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, PARTED).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
