//! Why a move that was asked for came to nothing, as whoever was asked for it may know.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const LAPSES: &[&str] = &[r"-- NULL: its proposal wasn't overtaken, or was before this was kept.
ALTER TABLE proposal_move ADD COLUMN lapse TEXT
  CONSTRAINT proposal_move_lapse CHECK (lapse IN ('expired', 'moved', 'ended', 'begun', 'frozen', 'route', 'other',
    'place', 'asker', 'replaced'))"];

pub struct Lapses;

impl MigrationName for Lapses {
    fn name(&self) -> &str {
        "m30_lapses"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Lapses {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, LAPSES).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
