//! What firms agreed to that book a campaign with a window wider than its run.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const PLANS: &[&str] = &[r"CREATE TABLE plan_window (
  booking UUID NOT NULL,
  starts_at BIGINT NOT NULL,            -- the window
  ends_at BIGINT NOT NULL,
  freeze_days BIGINT NOT NULL,          -- before the first start: then it moves no more
  percent BIGINT NOT NULL,              -- by which the price was lowered
  CONSTRAINT plan_window_key PRIMARY KEY (booking),
  CONSTRAINT plan_window_booking FOREIGN KEY (booking) REFERENCES booking (id),
  CONSTRAINT plan_window_order CHECK ((starts_at < ends_at) IS TRUE),
  CONSTRAINT plan_window_freeze CHECK ((freeze_days >= 0) IS TRUE),
  CONSTRAINT plan_window_percent CHECK ((percent BETWEEN 1 AND 100) IS TRUE)
)"];

pub struct Plans;

impl MigrationName for Plans {
    fn name(&self) -> &str {
        "m15_plans"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Plans {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, PLANS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
