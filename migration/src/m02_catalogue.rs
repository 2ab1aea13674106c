//! Reference data: documents of the domain's types beside the columns that guard and queries need.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const CATALOGUE: &[&str] = &[
    r"CREATE TABLE catalogue (
  id BIGINT NOT NULL,
  version BIGINT NOT NULL,              -- counts every change to reference data
  CONSTRAINT catalogue_key PRIMARY KEY (id),
  CONSTRAINT catalogue_single CHECK (id = 1)
)",
    r"INSERT INTO catalogue (id, version) VALUES (1, 0)",
    r"CREATE TABLE holiday (
  date TEXT NOT NULL,                   -- plant date, YYYY-MM-DD
  kind TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  official BOOLEAN NOT NULL,
  CONSTRAINT holiday_key PRIMARY KEY (date),
  CONSTRAINT holiday_date CHECK (length(date) = 10),
  CONSTRAINT holiday_kind CHECK (kind IN ('off', 'work'))
)",
    r"CREATE TABLE calendar (
  id UUID NOT NULL,
  platform UUID NOT NULL,
  code TEXT NOT NULL,
  document TEXT NOT NULL,
  CONSTRAINT calendar_key PRIMARY KEY (id),
  CONSTRAINT calendar_code UNIQUE (platform, code),
  CONSTRAINT calendar_platform FOREIGN KEY (platform) REFERENCES platform (id)
)",
    r"CREATE TABLE matrix (
  id UUID NOT NULL,
  platform UUID NOT NULL,
  code TEXT NOT NULL,
  CONSTRAINT matrix_key PRIMARY KEY (id),
  CONSTRAINT matrix_code UNIQUE (platform, code),
  CONSTRAINT matrix_platform FOREIGN KEY (platform) REFERENCES platform (id)
)",
    r"CREATE TABLE matrix_version (
  matrix UUID NOT NULL,
  version BIGINT NOT NULL,
  document TEXT NOT NULL,
  CONSTRAINT matrix_version_key PRIMARY KEY (matrix, version),
  CONSTRAINT matrix_version_matrix FOREIGN KEY (matrix) REFERENCES matrix (id)
)",
    r"CREATE TABLE route (
  id UUID NOT NULL,
  platform UUID NOT NULL,
  offering TEXT NOT NULL,
  code TEXT NOT NULL,
  active BOOLEAN NOT NULL,
  document TEXT NOT NULL,
  CONSTRAINT route_key PRIMARY KEY (id),
  CONSTRAINT route_code UNIQUE (platform, code),
  CONSTRAINT route_platform FOREIGN KEY (platform) REFERENCES platform (id)
)",
    r"CREATE TABLE policy (
  platform UUID NOT NULL,
  version BIGINT NOT NULL,
  document TEXT NOT NULL,
  CONSTRAINT policy_key PRIMARY KEY (platform, version),
  CONSTRAINT policy_platform FOREIGN KEY (platform) REFERENCES platform (id)
)",
];

pub struct Catalogue;

impl MigrationName for Catalogue {
    fn name(&self) -> &str {
        "m02_catalogue"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Catalogue {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, CATALOGUE).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
