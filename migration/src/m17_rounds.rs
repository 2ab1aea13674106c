//! Calls, in which wishes are collected and decided together: what is published, what firms hand in, what was decided
//! on which inputs, and what the platform changed of it.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const ROUNDS: &[&str] = &[
    r"CREATE TABLE call (
  id UUID NOT NULL,
  platform UUID NOT NULL,
  account UUID NOT NULL,                -- who opened it
  title TEXT NOT NULL,
  starts_at BIGINT NOT NULL,            -- the period for which it is
  ends_at BIGINT NOT NULL,
  opens_at BIGINT NOT NULL,             -- wishes count from then on
  closes_at BIGINT NOT NULL,            -- and until then, exclusive
  rule TEXT NOT NULL,                   -- with its figures, as published
  criteria TEXT NOT NULL,               -- by which points are given
  hold_minutes BIGINT NOT NULL,         -- how long what it gives is held
  attempts BIGINT NOT NULL,             -- the budget of its search
  seed TEXT NOT NULL,                   -- kept secret until it has ended
  salt TEXT NOT NULL,
  commitment TEXT NOT NULL,             -- SHA-256 of seed and salt, published from the beginning
  state TEXT NOT NULL,
  draft UUID,                           -- the one that counts
  created_at BIGINT NOT NULL,
  closed_at BIGINT,
  ended_at BIGINT,
  reason TEXT,                          -- of a call that was cancelled
  version BIGINT NOT NULL,              -- counts every change of the call, its wishes and its draft
  CONSTRAINT call_key PRIMARY KEY (id),
  CONSTRAINT call_platform FOREIGN KEY (platform) REFERENCES platform (id),
  CONSTRAINT call_account FOREIGN KEY (account) REFERENCES account (id),
  CONSTRAINT call_period CHECK (starts_at < ends_at),
  CONSTRAINT call_times CHECK (opens_at < closes_at),
  CONSTRAINT call_figures CHECK (hold_minutes > 0 AND attempts > 0),
  CONSTRAINT call_commitment CHECK (length(commitment) = 64),
  CONSTRAINT call_state CHECK (state IN ('open', 'closed', 'drafted', 'published', 'cancelled')),
  CONSTRAINT call_decided CHECK (((state IN ('drafted', 'published')) = (draft IS NOT NULL)
    AND (state IN ('published', 'cancelled')) = (ended_at IS NOT NULL)
    AND (state = 'cancelled') = (reason IS NOT NULL)
    AND (state IN ('open', 'cancelled') OR closed_at IS NOT NULL)) IS TRUE)
)",
    r"CREATE INDEX call_open ON call (closes_at) WHERE state = 'open'",
    r"CREATE INDEX call_of ON call (platform, id)",
    r"CREATE TABLE call_line (
  call UUID NOT NULL,
  line UUID NOT NULL,
  CONSTRAINT call_line_key PRIMARY KEY (call, line),
  CONSTRAINT call_line_call FOREIGN KEY (call) REFERENCES call (id),
  CONSTRAINT call_line_line FOREIGN KEY (line) REFERENCES line (id)
)",
    r"CREATE TABLE wish (
  id UUID NOT NULL,
  call UUID NOT NULL,
  organisation UUID NOT NULL,
  account UUID NOT NULL,                -- who asked, for whom the hold will be
  product UUID,                         -- NULL: one of its own, under the wish's id
  document TEXT NOT NULL,               -- the order
  rank BIGINT NOT NULL,                 -- among the firm's wishes
  asked_at BIGINT NOT NULL,             -- or changed what is asked for
  withdrawn_at BIGINT,
  points BIGINT,                        -- given after the closing
  outcome TEXT,                         -- what became of it, once published
  booking UUID,                         -- the hold that it was given
  CONSTRAINT wish_key PRIMARY KEY (id),
  CONSTRAINT wish_hold UNIQUE (booking),
  CONSTRAINT wish_call FOREIGN KEY (call) REFERENCES call (id),
  CONSTRAINT wish_organisation FOREIGN KEY (organisation) REFERENCES organisation (id),
  CONSTRAINT wish_account FOREIGN KEY (account) REFERENCES account (id),
  CONSTRAINT wish_product FOREIGN KEY (product) REFERENCES product (id),
  CONSTRAINT wish_booking FOREIGN KEY (booking) REFERENCES booking (id),
  CONSTRAINT wish_rank CHECK (rank BETWEEN 1 AND 20),
  CONSTRAINT wish_points CHECK ((points IS NULL OR points BETWEEN 0 AND 100) IS TRUE),
  CONSTRAINT wish_decided CHECK (((booking IS NULL OR outcome IS NOT NULL)
    AND (outcome IS NULL OR withdrawn_at IS NULL)) IS TRUE)
)",
    r"CREATE INDEX wish_of_call ON wish (call, organisation)",
    r"CREATE INDEX wish_of ON wish (organisation, id)",
    r"CREATE TABLE call_draft (
  id UUID NOT NULL,
  call UUID NOT NULL,
  account UUID NOT NULL,
  drafted_at BIGINT NOT NULL,
  round TEXT NOT NULL,                  -- wishes, rule, seed, and what came of them
  inputs TEXT NOT NULL,                 -- the lines and pools that it was decided on
  CONSTRAINT call_draft_key PRIMARY KEY (id),
  CONSTRAINT call_draft_call FOREIGN KEY (call) REFERENCES call (id),
  CONSTRAINT call_draft_account FOREIGN KEY (account) REFERENCES account (id)
)",
    r"CREATE INDEX call_draft_of ON call_draft (call)",
    r"CREATE TABLE call_adjustment (
  id UUID NOT NULL,
  draft UUID NOT NULL,
  wish UUID NOT NULL,
  place TEXT,                           -- NULL: it was taken out
  reason TEXT NOT NULL,
  account UUID NOT NULL,
  adjusted_at BIGINT NOT NULL,
  CONSTRAINT call_adjustment_key PRIMARY KEY (id),
  CONSTRAINT call_adjustment_draft FOREIGN KEY (draft) REFERENCES call_draft (id),
  CONSTRAINT call_adjustment_wish FOREIGN KEY (wish) REFERENCES wish (id),
  CONSTRAINT call_adjustment_account FOREIGN KEY (account) REFERENCES account (id)
)",
    r"CREATE INDEX call_adjustment_of ON call_adjustment (draft)",
];

pub struct Rounds;

impl MigrationName for Rounds {
    fn name(&self) -> &str {
        "m17_rounds"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Rounds {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, ROUNDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
