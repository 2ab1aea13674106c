//! Companies' innovation scores (企业创新积分), as the district records them.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const INNOVATION: &[&str] = &[r"CREATE TABLE innovation_score (
  organisation UUID NOT NULL,
  score BIGINT NOT NULL,
  assessed_at BIGINT NOT NULL,          -- the plant day of the assessment: its first second
  recorded_at BIGINT NOT NULL,
  recorded_by UUID NOT NULL,
  CONSTRAINT innovation_score_key PRIMARY KEY (organisation),
  CONSTRAINT innovation_score_organisation FOREIGN KEY (organisation) REFERENCES organisation (id),
  CONSTRAINT innovation_score_recorded_by FOREIGN KEY (recorded_by) REFERENCES account (id),
  CONSTRAINT innovation_score_range CHECK ((score BETWEEN 0 AND 1000) IS TRUE)
)"];

pub struct Innovation;

impl MigrationName for Innovation {
    fn name(&self) -> &str {
        "m21_innovation"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Innovation {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, INNOVATION).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
