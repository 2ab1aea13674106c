//! What was decided, told and asked: written in the commit that it tells of.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const RECORDS: &[&str] = &[
    r"CREATE TABLE idempotency (
  account UUID NOT NULL,
  key TEXT NOT NULL,
  body_hash BYTEA NOT NULL,
  status BIGINT NOT NULL,
  response TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  CONSTRAINT idempotency_key PRIMARY KEY (account, key),
  CONSTRAINT idempotency_account FOREIGN KEY (account) REFERENCES account (id),
  CONSTRAINT idempotency_key_length CHECK (length(key) BETWEEN 1 AND 200)
)",
    r"CREATE INDEX idempotency_age ON idempotency (created_at)",
    r"CREATE TABLE decision (
  id UUID NOT NULL,
  at BIGINT NOT NULL,
  account UUID,                         -- NULL: the system, such as an expiry
  booking UUID,
  action TEXT NOT NULL,
  inputs TEXT NOT NULL,
  rule TEXT NOT NULL,
  versions TEXT NOT NULL,
  seed BIGINT,
  outcome TEXT NOT NULL,
  CONSTRAINT decision_key PRIMARY KEY (id),
  CONSTRAINT decision_booking FOREIGN KEY (booking) REFERENCES booking (id),
  CONSTRAINT decision_action CHECK (length(action) BETWEEN 1 AND 40)
)",
    r"CREATE INDEX decision_of ON decision (booking, id)",
    r"CREATE TABLE outbox (
  id UUID NOT NULL,
  at BIGINT NOT NULL,
  topic TEXT NOT NULL,
  payload TEXT NOT NULL,
  delivered_at BIGINT,
  CONSTRAINT outbox_key PRIMARY KEY (id),
  CONSTRAINT outbox_topic CHECK (length(topic) BETWEEN 1 AND 80)
)",
    r"CREATE INDEX outbox_waiting ON outbox (id) WHERE delivered_at IS NULL",
    r"CREATE TABLE notice (
  id UUID NOT NULL,
  organisation UUID NOT NULL,
  account UUID,                         -- NULL: everybody in the organisation
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  booking UUID,
  payload TEXT NOT NULL,
  read_at BIGINT,
  CONSTRAINT notice_key PRIMARY KEY (id),
  CONSTRAINT notice_organisation FOREIGN KEY (organisation) REFERENCES organisation (id),
  CONSTRAINT notice_account FOREIGN KEY (account) REFERENCES account (id),
  CONSTRAINT notice_booking FOREIGN KEY (booking) REFERENCES booking (id),
  CONSTRAINT notice_kind CHECK (length(kind) BETWEEN 1 AND 40)
)",
    r"CREATE INDEX notice_to ON notice (organisation, id)",
    r"CREATE TABLE search_record (
  id UUID NOT NULL,
  at BIGINT NOT NULL,
  organisation UUID,                    -- NULL: not signed in
  offering TEXT NOT NULL,
  platform UUID,
  starts_at BIGINT NOT NULL,            -- the window, half-open, UTC minutes
  ends_at BIGINT NOT NULL,
  batches BIGINT NOT NULL,
  stage TEXT NOT NULL,
  offers BIGINT NOT NULL,               -- how many were found
  first_start BIGINT,
  refusals TEXT NOT NULL,
  minutes BIGINT,                       -- line time asked for; NULL where no line could tell
  CONSTRAINT search_record_key PRIMARY KEY (id),
  CONSTRAINT search_record_offers CHECK (offers >= 0)
)",
    r"CREATE INDEX search_record_at ON search_record (at)",
];

pub struct Records;

impl MigrationName for Records {
    fn name(&self) -> &str {
        "m06_records"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Records {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, RECORDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
