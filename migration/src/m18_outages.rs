//! Lines that are down, whom that hits, and proposals that make room for nobody: moves off a line that is down, and
//! swaps.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::{define, run};

/// What stood in the tables that are made anew.
const KEEP: &[&str] = &[
    "CREATE TABLE proposal_kept AS SELECT * FROM proposal",
    "CREATE TABLE proposal_move_kept AS SELECT * FROM proposal_move",
    "DROP TABLE proposal_move",
    "DROP TABLE proposal",
];

const RETURN: &[&str] = &[
    "INSERT INTO proposal (id, kind, cause, organisation, account, wish, place, price_fen, created_at, expires_at,
       closed_at, outcome, booking)
     SELECT id, 'room', NULL, organisation, account, wish, place, price_fen, created_at, expires_at, closed_at,
       outcome, booking FROM proposal_kept",
    "INSERT INTO proposal_move (id, proposal, booking, organisation, from_place, to_place, answer, answered_by,
       answered_at)
     SELECT id, proposal, booking, organisation, from_place, to_place, answer, answered_by, answered_at
       FROM proposal_move_kept",
    "DROP TABLE proposal_move_kept",
    "DROP TABLE proposal_kept",
];

/// Proposals as before, but that not each makes a hold.
const PROPOSALS: &[&str] = &[
    r"CREATE TABLE proposal (
  id UUID NOT NULL,
  kind TEXT NOT NULL,
  cause UUID,                           -- what it is for, unless it is for room: the booking that can't stay, or is offered
  organisation UUID NOT NULL,           -- who wants it
  account UUID NOT NULL,
  wish TEXT NOT NULL,                   -- the order
  place TEXT NOT NULL,                  -- where it would be; null unless it is for room
  price_fen BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,           -- no answer counts from then on
  closed_at BIGINT,
  outcome TEXT,
  booking UUID,                         -- the hold that came of it
  CONSTRAINT proposal_key PRIMARY KEY (id),
  CONSTRAINT proposal_hold UNIQUE (booking),
  CONSTRAINT proposal_organisation FOREIGN KEY (organisation) REFERENCES organisation (id),
  CONSTRAINT proposal_account FOREIGN KEY (account) REFERENCES account (id),
  CONSTRAINT proposal_booking FOREIGN KEY (booking) REFERENCES booking (id),
  CONSTRAINT proposal_cause FOREIGN KEY (cause) REFERENCES booking (id),
  CONSTRAINT proposal_kind CHECK (kind IN ('room', 'rescue', 'swap')),
  CONSTRAINT proposal_for CHECK (((kind = 'room') = (cause IS NULL)) IS TRUE),
  CONSTRAINT proposal_times CHECK ((created_at < expires_at) IS TRUE),
  CONSTRAINT proposal_outcome CHECK (outcome IN ('made', 'declined', 'expired', 'overtaken', 'withdrawn')),
  CONSTRAINT proposal_closed CHECK (((closed_at IS NULL) = (outcome IS NULL)
    AND (booking IS NOT NULL) = (outcome IS NOT NULL AND outcome = 'made' AND kind = 'room')) IS TRUE)
)",
    r"CREATE INDEX proposal_open ON proposal (expires_at) WHERE closed_at IS NULL",
    r"CREATE INDEX proposal_of ON proposal (organisation, id)",
    r"CREATE INDEX proposal_because ON proposal (cause, id)",
    r"CREATE TABLE proposal_move (
  id UUID NOT NULL,
  proposal UUID NOT NULL,
  booking UUID NOT NULL,                -- what would move
  organisation UUID,                    -- who is asked; NULL: nobody, it moves by rule
  from_place TEXT NOT NULL,
  to_place TEXT NOT NULL,
  answer TEXT,
  answered_by UUID,
  answered_at BIGINT,
  CONSTRAINT proposal_move_key PRIMARY KEY (id),
  CONSTRAINT proposal_move_once UNIQUE (proposal, booking),
  CONSTRAINT proposal_move_proposal FOREIGN KEY (proposal) REFERENCES proposal (id),
  CONSTRAINT proposal_move_booking FOREIGN KEY (booking) REFERENCES booking (id),
  CONSTRAINT proposal_move_organisation FOREIGN KEY (organisation) REFERENCES organisation (id),
  CONSTRAINT proposal_move_answered_by FOREIGN KEY (answered_by) REFERENCES account (id),
  CONSTRAINT proposal_move_answer CHECK (answer IN ('accepted', 'declined')),
  CONSTRAINT proposal_move_answered CHECK (((answer IS NULL) = (answered_at IS NULL)
    AND (answer IS NULL) = (answered_by IS NULL)
    AND (answer IS NULL OR organisation IS NOT NULL)) IS TRUE)
)",
    r"CREATE INDEX proposal_move_of ON proposal_move (organisation, id)",
    r"CREATE INDEX proposal_move_booking_of ON proposal_move (booking)",
];

pub const OUTAGES: &[&str] = &[
    r"CREATE TABLE outage (
  id UUID NOT NULL,
  line UUID NOT NULL,
  kind TEXT NOT NULL,
  reason TEXT NOT NULL,
  starts_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,              -- as far as is known; when it ended, once it has; equal: it never was
  created_by UUID NOT NULL,
  created_at BIGINT NOT NULL,
  ended_at BIGINT,                      -- when it was said to be over
  CONSTRAINT outage_key PRIMARY KEY (id),
  CONSTRAINT outage_line FOREIGN KEY (line) REFERENCES line (id),
  CONSTRAINT outage_created_by FOREIGN KEY (created_by) REFERENCES account (id),
  CONSTRAINT outage_kind CHECK (kind IN ('breakdown', 'utilities', 'contamination', 'safety', 'other')),
  CONSTRAINT outage_reason CHECK (length(reason) BETWEEN 1 AND 1000),
  CONSTRAINT outage_order CHECK ((starts_at <= ends_at AND (starts_at < ends_at OR ended_at IS NOT NULL)) IS TRUE)
)",
    r"CREATE INDEX outage_on ON outage (line, ends_at)",
    r"CREATE TABLE outage_hit (
  id UUID NOT NULL,
  outage UUID NOT NULL,
  booking UUID NOT NULL,
  at BIGINT NOT NULL,                   -- when it was found, and both sides were told
  looked_at BIGINT,                     -- when a way out was last looked for by itself
  settled_at BIGINT,                    -- when somebody said that it is well where it stands
  settled_by UUID,
  reason TEXT,
  CONSTRAINT outage_hit_key PRIMARY KEY (id),
  CONSTRAINT outage_hit_once UNIQUE (outage, booking),
  CONSTRAINT outage_hit_outage FOREIGN KEY (outage) REFERENCES outage (id),
  CONSTRAINT outage_hit_booking FOREIGN KEY (booking) REFERENCES booking (id),
  CONSTRAINT outage_hit_settled_by FOREIGN KEY (settled_by) REFERENCES account (id),
  CONSTRAINT outage_hit_settled CHECK (((settled_at IS NULL) = (settled_by IS NULL)
    AND (settled_at IS NULL) = (reason IS NULL)) IS TRUE),
  CONSTRAINT outage_hit_reason CHECK ((reason IS NULL OR length(reason) BETWEEN 1 AND 1000) IS TRUE)
)",
    r"CREATE INDEX outage_hit_booking_of ON outage_hit (booking)",
    r"-- The end of the last outage on record: what locks a line learns with the lock whether it must look for outages.
ALTER TABLE line ADD COLUMN down_until BIGINT",
];

pub struct Outages;

impl MigrationName for Outages {
    fn name(&self) -> &str {
        "m18_outages"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Outages {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, KEEP).await?;
        define(manager, PROPOSALS).await?;
        run(manager, RETURN).await?;
        define(manager, OUTAGES).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
