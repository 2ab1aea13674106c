//! On which side whoever decided stood: people leave organisations, and the record stays.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const SIDES: &[&str] = &[
    r"-- Kind of the organisation that the account acted for. NULL: the system.
ALTER TABLE decision ADD COLUMN side TEXT
  CONSTRAINT decision_side CHECK (side IS NULL OR side IN ('company', 'platform', 'district'))",
    r"-- What is on record already gets the best that is known of it: the side on which the account stands today.
UPDATE decision SET side = CASE WHEN EXISTS (
    SELECT 1 FROM booking b JOIN membership m ON m.organisation = b.platform
    WHERE b.id = decision.booking AND m.account = decision.account
  ) THEN 'platform' ELSE 'company' END
WHERE account IS NOT NULL AND booking IS NOT NULL",
];

pub struct Sides;

impl MigrationName for Sides {
    fn name(&self) -> &str {
        "m10_sides"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Sides {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, SIDES).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
