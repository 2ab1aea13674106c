//! Proposals by which a campaign that can stay goes elsewhere all the same, so that a cleaning beside it can go.

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
     SELECT id, kind, cause, organisation, account, wish, place, price_fen, created_at, expires_at, closed_at,
       outcome, booking FROM proposal_kept",
    "INSERT INTO proposal_move (id, proposal, booking, organisation, from_place, to_place, answer, answered_by,
       answered_at, stays, goes, rest_place, rest, lapse)
     SELECT id, proposal, booking, organisation, from_place, to_place, answer, answered_by, answered_at, stays, goes,
       rest_place, rest, lapse FROM proposal_move_kept",
    "DROP TABLE proposal_move_kept",
    "DROP TABLE proposal_kept",
];

/// As before, but for the kind with its cleaning, and what becomes of an ask once that is gone.
pub const CLEANING_ASKS: &[&str] = &[
    r"CREATE TABLE proposal (
  id UUID NOT NULL,
  kind TEXT NOT NULL,
  cause UUID,                           -- the booking that can't stay, is offered, or is beside the cleaning
  cleaning UUID,                        -- the one that could be removed then
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
  CONSTRAINT proposal_cleaning FOREIGN KEY (cleaning) REFERENCES occupancy (id),
  CONSTRAINT proposal_kind CHECK (kind IN ('room', 'rescue', 'swap', 'cleaning')),
  CONSTRAINT proposal_for CHECK (((kind = 'room') = (cause IS NULL)
    AND (kind = 'cleaning') = (cleaning IS NOT NULL)) IS TRUE),
  CONSTRAINT proposal_times CHECK ((created_at < expires_at) IS TRUE),
  CONSTRAINT proposal_outcome CHECK (outcome IN ('made', 'declined', 'expired', 'overtaken', 'withdrawn')),
  CONSTRAINT proposal_closed CHECK (((closed_at IS NULL) = (outcome IS NULL)
    AND (booking IS NOT NULL) = (outcome IS NOT NULL AND outcome = 'made' AND kind = 'room')) IS TRUE)
)",
    r"CREATE INDEX proposal_open ON proposal (expires_at) WHERE closed_at IS NULL",
    r"CREATE INDEX proposal_of ON proposal (organisation, id)",
    r"CREATE INDEX proposal_because ON proposal (cause, id)",
    r"CREATE INDEX proposal_for_cleaning ON proposal (cleaning, id) WHERE cleaning IS NOT NULL",
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
  stays BIGINT,                         -- how many batches stay; NULL: all of them go to `to_place`
  goes BIGINT,                          -- and how many go elsewhere
  rest_place TEXT,                      -- where those go
  rest UUID,                            -- the booking that they became
  lapse TEXT,                           -- why it came to nothing, once its proposal is overtaken
  CONSTRAINT proposal_move_key PRIMARY KEY (id),
  CONSTRAINT proposal_move_once UNIQUE (proposal, booking),
  CONSTRAINT proposal_move_proposal FOREIGN KEY (proposal) REFERENCES proposal (id),
  CONSTRAINT proposal_move_booking FOREIGN KEY (booking) REFERENCES booking (id),
  CONSTRAINT proposal_move_organisation FOREIGN KEY (organisation) REFERENCES organisation (id),
  CONSTRAINT proposal_move_answered_by FOREIGN KEY (answered_by) REFERENCES account (id),
  CONSTRAINT proposal_move_rest FOREIGN KEY (rest) REFERENCES booking (id),
  CONSTRAINT proposal_move_answer CHECK (answer IN ('accepted', 'declined')),
  CONSTRAINT proposal_move_answered CHECK (((answer IS NULL) = (answered_at IS NULL)
    AND (answer IS NULL) = (answered_by IS NULL)
    AND (answer IS NULL OR organisation IS NOT NULL)) IS TRUE),
  CONSTRAINT proposal_move_parted CHECK (((goes IS NULL) = (stays IS NULL) AND (rest_place IS NULL) = (stays IS NULL)
    AND (stays IS NULL OR stays > 0) AND (goes IS NULL OR goes > 0)
    AND (rest IS NULL OR rest_place IS NOT NULL)) IS TRUE),
  CONSTRAINT proposal_move_lapse CHECK (lapse IN ('expired', 'moved', 'ended', 'begun', 'frozen', 'route', 'other',
    'place', 'asker', 'replaced', 'needless'))
)",
    r"CREATE INDEX proposal_move_of ON proposal_move (organisation, id)",
    r"CREATE INDEX proposal_move_booking_of ON proposal_move (booking)",
];

pub struct CleaningAsks;

impl MigrationName for CleaningAsks {
    fn name(&self) -> &str {
        "m40_cleaning_asks"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for CleaningAsks {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, KEEP).await?;
        define(manager, CLEANING_ASKS).await?;
        run(manager, RETURN).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
