//! Which organisation turned a company away: others read that, and its own people alone who of them did.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const DECIDED_FOR: &[&str] = &[
    r"-- The platform or the district whose people decided; NULL: of before it was kept, by somebody at several.
ALTER TABLE rejection ADD COLUMN by_organisation UUID REFERENCES organisation (id)",
    r"UPDATE rejection SET by_organisation =
  (SELECT m.organisation FROM membership m JOIN organisation o ON o.id = m.organisation
   WHERE m.account = rejection.account AND o.kind <> 'company')
  WHERE 1 = (SELECT count(*) FROM membership m JOIN organisation o ON o.id = m.organisation
    WHERE m.account = rejection.account AND o.kind <> 'company')",
];

pub struct DecidedFor;

impl MigrationName for DecidedFor {
    fn name(&self) -> &str {
        "m48_decided_for"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for DecidedFor {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, DECIDED_FOR).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
