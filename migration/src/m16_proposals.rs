//! Repairs that need somebody's consent: what is proposed, and what each of those asked says.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const PROPOSALS: &[&str] = &[
    r"CREATE TABLE proposal (
  id UUID NOT NULL,
  organisation UUID NOT NULL,           -- who wants a place
  account UUID NOT NULL,
  wish TEXT NOT NULL,                   -- the order
  place TEXT NOT NULL,                  -- where it would be
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
  CONSTRAINT proposal_times CHECK ((created_at < expires_at) IS TRUE),
  CONSTRAINT proposal_outcome CHECK (outcome IN ('made', 'declined', 'expired', 'overtaken', 'withdrawn')),
  CONSTRAINT proposal_closed CHECK (((closed_at IS NULL) = (outcome IS NULL)
    AND (booking IS NOT NULL) = (outcome IS NOT NULL AND outcome = 'made')) IS TRUE)
)",
    r"CREATE INDEX proposal_open ON proposal (expires_at) WHERE closed_at IS NULL",
    r"CREATE INDEX proposal_of ON proposal (organisation, id)",
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

pub struct Proposals;

impl MigrationName for Proposals {
    fn name(&self) -> &str {
        "m16_proposals"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Proposals {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, PROPOSALS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
