//! A confirmed booking that is moved away late gives its slot up as one that is cancelled does: a row each, so that a
//! booking may have several.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::{define, run};

/// What stood in the table that is made anew.
const KEEP: &[&str] =
    &["CREATE TABLE late_leaving_kept AS SELECT * FROM late_leaving", "DROP TABLE late_leaving"];

/// Of a booking there was one at most, so that its id tells it from others.
const RETURN: &[&str] = &[
    "INSERT INTO late_leaving (id, booking, platform, organisation, at, moved, agreed, forgiven_at, forgiven_by,
       reason)
     SELECT booking, booking, platform, organisation, at, FALSE, agreed, forgiven_at, forgiven_by, reason
       FROM late_leaving_kept",
    "DROP TABLE late_leaving_kept",
];

pub const LATE_MOVES: &[&str] = &[
    r"CREATE TABLE late_leaving (
  id UUID NOT NULL,
  booking UUID NOT NULL,
  platform UUID NOT NULL,
  organisation UUID NOT NULL,           -- whose booking it was
  at BIGINT NOT NULL,
  moved BOOLEAN NOT NULL,               -- it was moved away for a fee; else it was cancelled, or nobody came
  agreed BOOLEAN NOT NULL,              -- whether the terms that it was confirmed on had a rule about it
  freed TEXT,                           -- of a move: the slots that it freed
  freed_until BIGINT,                   -- when the last of them ends, in minutes
  resold_at BIGINT,                     -- when all of them had been sold again
  forgiven_at BIGINT,
  forgiven_by UUID,
  reason TEXT,                          -- why it was forgiven
  CONSTRAINT late_leaving_key PRIMARY KEY (id),
  CONSTRAINT late_leaving_booking FOREIGN KEY (booking) REFERENCES booking (id),
  CONSTRAINT late_leaving_platform FOREIGN KEY (platform) REFERENCES platform (id),
  CONSTRAINT late_leaving_organisation FOREIGN KEY (organisation) REFERENCES organisation (id),
  CONSTRAINT late_leaving_forgiven_by FOREIGN KEY (forgiven_by) REFERENCES account (id),
  CONSTRAINT late_leaving_freed CHECK ((moved = (freed IS NOT NULL) AND moved = (freed_until IS NOT NULL)
    AND (moved OR resold_at IS NULL)) IS TRUE),
  CONSTRAINT late_leaving_forgiven CHECK (((forgiven_at IS NULL) = (forgiven_by IS NULL)
    AND (forgiven_at IS NULL) = (reason IS NULL)) IS TRUE),
  CONSTRAINT late_leaving_reason CHECK ((reason IS NULL OR length(reason) BETWEEN 1 AND 1000) IS TRUE)
)",
    r"CREATE UNIQUE INDEX late_leaving_once ON late_leaving (booking) WHERE NOT moved",
    r"CREATE INDEX late_leaving_booking_of ON late_leaving (booking)",
    r"CREATE INDEX late_leaving_of ON late_leaving (organisation, platform, at)",
    r"CREATE INDEX late_leaving_on ON late_leaving (platform, at)",
    r"CREATE INDEX late_leaving_unsold ON late_leaving (platform, freed_until) WHERE moved AND resold_at IS NULL",
];

pub struct LateMoves;

impl MigrationName for LateMoves {
    fn name(&self) -> &str {
        "m39_late_moves"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for LateMoves {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, KEEP).await?;
        define(manager, LATE_MOVES).await?;
        run(manager, RETURN).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
