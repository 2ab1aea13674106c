//! Pools: one claim a pool and cell, and a ledger that two triggers keep.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::{define, ledger_triggers, run};

/// The definitions, in order.
pub const POOLS: &[&str] = &[
    r"CREATE TABLE pool (
  id UUID NOT NULL,
  platform UUID NOT NULL,
  code TEXT NOT NULL,
  version BIGINT NOT NULL,              -- counts the pool's commits; bumping it is the lock
  capacity BIGINT NOT NULL,             -- of cells that are yet to be made
  document TEXT NOT NULL,
  CONSTRAINT pool_key PRIMARY KEY (id),
  CONSTRAINT pool_code UNIQUE (platform, code),
  CONSTRAINT pool_platform FOREIGN KEY (platform) REFERENCES platform (id),
  CONSTRAINT pool_capacity CHECK (capacity >= 0)
)",
    r"CREATE TABLE pool_cell (
  pool UUID NOT NULL,
  starts_at BIGINT NOT NULL,            -- the shift's or day's first UTC minute
  capacity BIGINT NOT NULL,
  used BIGINT NOT NULL,                 -- sum of the claims, kept by the triggers
  touched BIGINT NOT NULL,              -- the pool's version when the cell's use last changed, kept by the triggers
  CONSTRAINT pool_cell_key PRIMARY KEY (pool, starts_at),
  CONSTRAINT pool_cell_pool FOREIGN KEY (pool) REFERENCES pool (id),
  CONSTRAINT pool_cell_capacity CHECK (used BETWEEN 0 AND capacity)
)",
    r"CREATE INDEX pool_cell_touched ON pool_cell (pool, touched)",
    r"CREATE TABLE pool_claim (
  occupancy UUID NOT NULL,
  pool UUID NOT NULL,
  starts_at BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  CONSTRAINT pool_claim_key PRIMARY KEY (occupancy, pool, starts_at),
  CONSTRAINT pool_claim_occupancy FOREIGN KEY (occupancy) REFERENCES occupancy (id),
  CONSTRAINT pool_claim_cell FOREIGN KEY (pool, starts_at) REFERENCES pool_cell (pool, starts_at),
  CONSTRAINT pool_claim_amount CHECK (amount > 0)
)",
    r"CREATE INDEX pool_claim_in ON pool_claim (pool, starts_at)",
];

pub struct Pools;

impl MigrationName for Pools {
    fn name(&self) -> &str {
        "m04_pools"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Pools {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, POOLS).await?;
        run(manager, ledger_triggers(manager.get_database_backend())).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
