//! When a booking begins stands in its row: a firm's past campaigns and a platform's months are read in that order from
//! an index, however many bookings there are.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const BEGINS_AT: &[&str] = &[
    r"-- Where its first step stands, or stood last; 0: it never stood anywhere.
ALTER TABLE booking ADD COLUMN begins_at BIGINT DEFAULT 0 NOT NULL",
    r"UPDATE booking SET begins_at = COALESCE((SELECT s.starts_at FROM step s
  WHERE s.booking = booking.id AND s.seq = 0 ORDER BY s.live IS NULL, s.id DESC LIMIT 1), 0) * 60",
    r"CREATE INDEX booking_by_client_begins ON booking (organisation, begins_at, id)",
    r"CREATE INDEX booking_by_platform_begins ON booking (platform, begins_at, id)",
    r"-- By which a month was found before.
DROP INDEX step_begins",
];

pub struct BeginsAt;

impl MigrationName for BeginsAt {
    fn name(&self) -> &str {
        "m43_begins_at"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for BeginsAt {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, BEGINS_AT).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
