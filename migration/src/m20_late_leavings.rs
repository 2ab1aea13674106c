//! Confirmed bookings that were given up late: cancelled when a fee was due, or nobody came.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::{define, run};

pub const LATE_LEAVINGS: &[&str] = &[
    r"CREATE TABLE late_leaving (
  booking UUID NOT NULL,
  platform UUID NOT NULL,
  organisation UUID NOT NULL,           -- whose booking it was
  at BIGINT NOT NULL,
  agreed BOOLEAN NOT NULL,              -- whether the terms that it was confirmed on had a rule about it
  forgiven_at BIGINT,
  forgiven_by UUID,
  reason TEXT,                          -- why it was forgiven
  CONSTRAINT late_leaving_key PRIMARY KEY (booking),
  CONSTRAINT late_leaving_booking FOREIGN KEY (booking) REFERENCES booking (id),
  CONSTRAINT late_leaving_platform FOREIGN KEY (platform) REFERENCES platform (id),
  CONSTRAINT late_leaving_organisation FOREIGN KEY (organisation) REFERENCES organisation (id),
  CONSTRAINT late_leaving_forgiven_by FOREIGN KEY (forgiven_by) REFERENCES account (id),
  CONSTRAINT late_leaving_forgiven CHECK (((forgiven_at IS NULL) = (forgiven_by IS NULL)
    AND (forgiven_at IS NULL) = (reason IS NULL)) IS TRUE),
  CONSTRAINT late_leaving_reason CHECK ((reason IS NULL OR length(reason) BETWEEN 1 AND 1000) IS TRUE)
)",
    r"CREATE INDEX late_leaving_of ON late_leaving (organisation, platform, at)",
    r"CREATE INDEX late_leaving_on ON late_leaving (platform, at)",
];

/// Those from before: figures count them, rules don't, since nobody had agreed to any.
const KNOWN: &[&str] = &["INSERT INTO late_leaving (booking, platform, organisation, at, agreed)
  SELECT b.id, b.platform, b.organisation, MAX(d.at), FALSE
    FROM booking b JOIN decision d ON d.booking = b.id AND d.action IN ('cancel', 'no_show')
   WHERE b.leaving_fee_fen IS NOT NULL AND b.organisation IS NOT NULL
     AND NOT EXISTS (SELECT 1 FROM outage_hit h WHERE h.booking = b.id)
     AND NOT EXISTS (SELECT 1 FROM flag f WHERE f.booking = b.id)
     AND NOT EXISTS (SELECT 1 FROM decision m WHERE m.booking = b.id AND m.action IN ('rescue', 'make_room'))
   GROUP BY b.id, b.platform, b.organisation"];

pub struct LateLeavings;

impl MigrationName for LateLeavings {
    fn name(&self) -> &str {
        "m20_late_leavings"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for LateLeavings {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, LATE_LEAVINGS).await?;
        run(manager, KNOWN).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
