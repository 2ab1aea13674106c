//! The guard: a live row is the capacity, and the live rows of a line are one path from its head.
//!
//! A CHECK passes when it is NULL, so every CHECK that can meet a NULL ends in IS TRUE.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

/// The definitions, in order.
pub const GUARD: &[&str] = &[
    r"CREATE TABLE line (
  id UUID NOT NULL,
  matrix UUID NOT NULL,
  platform UUID NOT NULL,
  code TEXT NOT NULL,
  version BIGINT NOT NULL,              -- counts the line's commits; bumping it is the lock
  catalogue BIGINT NOT NULL,            -- the catalogue's version when reference data last changed
  document TEXT NOT NULL,
  CONSTRAINT line_key PRIMARY KEY (id),
  CONSTRAINT line_matrix UNIQUE (id, matrix),
  CONSTRAINT line_code UNIQUE (platform, code),
  CONSTRAINT line_platform FOREIGN KEY (platform) REFERENCES platform (id),
  CONSTRAINT line_matrix_known FOREIGN KEY (matrix) REFERENCES matrix (id)
)",
    r"CREATE TABLE changeover (
  matrix UUID NOT NULL,
  version BIGINT NOT NULL,
  leaves BIGINT NOT NULL,
  needs BIGINT NOT NULL,
  same_product BIGINT NOT NULL,         -- 1: same product as the predecessor
  minutes BIGINT NOT NULL,
  CONSTRAINT changeover_key PRIMARY KEY (matrix, version, leaves, needs, same_product),
  CONSTRAINT changeover_target UNIQUE (matrix, version, leaves, needs, same_product, minutes),
  CONSTRAINT changeover_values CHECK (same_product IN (0, 1) AND minutes >= 0 AND minutes = CAST(minutes AS BIGINT))
)",
    r"CREATE TABLE occupancy (
  id UUID NOT NULL,
  line UUID NOT NULL,
  live UUID,                            -- = line while the row holds capacity, NULL once released
  head BIGINT,                          -- 1 on the line's sentinel, else NULL
  transparent BIGINT NOT NULL,          -- 1: closure that doesn't clean, and the sentinel: no step may stand on it
  kind TEXT NOT NULL,
  starts_at BIGINT NOT NULL,            -- half-open [starts_at, ends_at), UTC minutes
  ends_at BIGINT NOT NULL,
  needs BIGINT,
  leaves BIGINT NOT NULL,
  product UUID NOT NULL,
  batches BIGINT NOT NULL,
  expires_at BIGINT,                    -- seconds; a hold counts as free from then on; NULL: firm
  touched BIGINT NOT NULL,              -- the line's version at the row's last write
  prev_end BIGINT,
  prev_leaves BIGINT,
  prev_product UUID,
  matrix UUID,
  version BIGINT,
  same_product BIGINT,
  setup BIGINT,
  CONSTRAINT occupancy_key PRIMARY KEY (id),
  CONSTRAINT occupancy_end UNIQUE (live, ends_at),
  CONSTRAINT occupancy_one_successor UNIQUE (live, prev_end),
  CONSTRAINT occupancy_one_head UNIQUE (live, head),
  CONSTRAINT occupancy_link_target UNIQUE (live, ends_at, leaves, product),
  CONSTRAINT occupancy_step_target UNIQUE (id, live, transparent),
  CONSTRAINT occupancy_predecessor FOREIGN KEY (live, prev_end, prev_leaves, prev_product)
    REFERENCES occupancy (live, ends_at, leaves, product),
  CONSTRAINT occupancy_changeover FOREIGN KEY (matrix, version, prev_leaves, needs, same_product, setup)
    REFERENCES changeover (matrix, version, leaves, needs, same_product, minutes),
  CONSTRAINT occupancy_line FOREIGN KEY (line) REFERENCES line (id),
  CONSTRAINT occupancy_matrix FOREIGN KEY (line, matrix) REFERENCES line (id, matrix),
  CONSTRAINT occupancy_number CHECK (starts_at = CAST(starts_at AS BIGINT) AND ends_at = CAST(ends_at AS BIGINT)),
  CONSTRAINT occupancy_live CHECK ((live IS NULL OR live = line) IS TRUE),
  CONSTRAINT occupancy_links CHECK ((
       (head = 1 AND transparent = 1 AND live IS NOT NULL AND prev_end IS NULL AND prev_leaves IS NULL
        AND prev_product IS NULL AND setup IS NULL)
    OR (head IS NULL AND prev_end IS NOT NULL AND prev_leaves IS NOT NULL AND prev_product IS NOT NULL
        AND matrix IS NOT NULL AND version IS NOT NULL AND same_product IS NOT NULL AND setup >= 0
        AND starts_at < ends_at AND prev_end + setup <= starts_at)) IS TRUE),
  CONSTRAINT occupancy_state CHECK ((
       head = 1
    OR (transparent = 0 AND needs IS NOT NULL
        AND ((same_product = 1 AND prev_product = product) OR (same_product = 0 AND prev_product <> product)))
    OR (transparent = 1 AND needs IS NULL AND setup = 0 AND leaves = prev_leaves AND product = prev_product)) IS TRUE),
  CONSTRAINT occupancy_kind CHECK ((
       (kind = 'head' AND head = 1)
    OR (kind = 'closure' AND head IS NULL AND transparent = 1)
    OR (kind IN ('campaign', 'cleaning') AND transparent = 0)) IS TRUE),
  CONSTRAINT occupancy_batches CHECK (batches >= 0 AND (batches = 0 OR kind = 'campaign')),
  CONSTRAINT occupancy_expiry CHECK ((expires_at IS NULL OR kind = 'campaign') IS TRUE)
)",
    r"-- What changed on a line since a version: the snapshot's delta.
CREATE INDEX occupancy_touched ON occupancy (line, touched)",
    r"-- Holds by expiry, for whoever releases them.
CREATE INDEX occupancy_holds ON occupancy (expires_at) WHERE live IS NOT NULL AND expires_at IS NOT NULL",
];

pub struct Guard;

impl MigrationName for Guard {
    fn name(&self) -> &str {
        "m03_guard"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Guard {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, GUARD).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
