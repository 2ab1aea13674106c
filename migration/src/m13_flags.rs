//! Bookings that a late change left standing where they no longer fit, until somebody has looked at them.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const FLAGS: &[&str] = &[
    r"CREATE TABLE flag (
  id UUID NOT NULL,
  booking UUID NOT NULL,
  at BIGINT NOT NULL,                   -- when it was raised, or last added to
  troubles TEXT NOT NULL,               -- what is wrong, on which line and when
  settled_at BIGINT,
  settled_by UUID,                      -- NULL: a later change made the booking fit again
  reason TEXT,
  CONSTRAINT flag_key PRIMARY KEY (id),
  CONSTRAINT flag_booking FOREIGN KEY (booking) REFERENCES booking (id),
  CONSTRAINT flag_settled_by FOREIGN KEY (settled_by) REFERENCES account (id),
  CONSTRAINT flag_settled CHECK (((settled_by IS NULL AND reason IS NULL)
    OR (settled_at IS NOT NULL AND settled_by IS NOT NULL AND reason IS NOT NULL)) IS TRUE),
  CONSTRAINT flag_reason CHECK ((reason IS NULL OR length(reason) BETWEEN 1 AND 1000) IS TRUE)
)",
    r"-- One open flag a booking.
CREATE UNIQUE INDEX flag_open ON flag (booking) WHERE settled_at IS NULL",
];

pub struct Flags;

impl MigrationName for Flags {
    fn name(&self) -> &str {
        "m13_flags"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Flags {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, FLAGS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
