//! The waiting list, and what became free since somebody last looked who waits for it.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const WAITING: &[&str] = &[
    r"CREATE TABLE waiter (
  id UUID NOT NULL,
  organisation UUID NOT NULL,
  account UUID NOT NULL,                -- who asked, for whom the hold will be
  offering TEXT NOT NULL,
  platform UUID,                        -- NULL: any
  starts_at BIGINT NOT NULL,            -- the window
  ends_at BIGINT NOT NULL,
  wish TEXT NOT NULL,                   -- the search, and the product's code
  created_at BIGINT NOT NULL,
  booking UUID,                         -- the hold that it was given
  given_at BIGINT,
  closed_at BIGINT,                     -- left without a hold: by its owner, or because its window is over
  CONSTRAINT waiter_key PRIMARY KEY (id),
  CONSTRAINT waiter_hold UNIQUE (booking),
  CONSTRAINT waiter_organisation FOREIGN KEY (organisation) REFERENCES organisation (id),
  CONSTRAINT waiter_account FOREIGN KEY (account) REFERENCES account (id),
  CONSTRAINT waiter_platform FOREIGN KEY (platform) REFERENCES platform (id),
  CONSTRAINT waiter_booking FOREIGN KEY (booking) REFERENCES booking (id),
  CONSTRAINT waiter_window CHECK (starts_at < ends_at),
  CONSTRAINT waiter_given CHECK (((booking IS NULL) = (given_at IS NULL)
    AND (booking IS NULL OR closed_at IS NULL)) IS TRUE)
)",
    r"CREATE INDEX waiter_open ON waiter (offering, created_at) WHERE booking IS NULL AND closed_at IS NULL",
    r"CREATE INDEX waiter_of ON waiter (organisation, id)",
    r"CREATE TABLE freed (
  id UUID NOT NULL,
  line UUID NOT NULL,
  starts_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  CONSTRAINT freed_key PRIMARY KEY (id),
  CONSTRAINT freed_line FOREIGN KEY (line) REFERENCES line (id),
  CONSTRAINT freed_stretch CHECK (starts_at < ends_at)
)",
];

pub struct Waiting;

impl MigrationName for Waiting {
    fn name(&self) -> &str {
        "m14_waiting"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Waiting {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, WAITING).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
