//! Whoever was moved for another leaves as if it had stayed, for good: since when its notice counts is kept with it,
//! and what leaving cost before no longer ends with the hold that it made room for. A move for a hold is on record
//! whether its owner was asked or not: it isn't moved so again at once, nor asked.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::{define, run};

/// What stood in the table that is made anew. What leaving cost counted until the hold was confirmed: of the others it
/// was said that it counts no more.
const KEEP: &[&str] = &[
    "UPDATE booking SET left_fee_fen = (SELECT MAX(m.fee_fen) FROM room_move m JOIN booking h ON h.id = m.hold
       WHERE m.booking = booking.id AND h.confirmed_at IS NULL)
     WHERE left_fee_fen < (SELECT MAX(m.fee_fen) FROM room_move m JOIN booking h ON h.id = m.hold
       WHERE m.booking = booking.id AND h.confirmed_at IS NULL)",
    "CREATE TABLE room_move_kept AS SELECT * FROM room_move",
    "DROP TABLE room_move",
];

/// None of them was asked.
const RETURN: &[&str] = &[
    "INSERT INTO room_move (id, booking, hold, at, agreed) SELECT id, booking, hold, at, FALSE FROM room_move_kept",
    "DROP TABLE room_move_kept",
];

pub const NOTICE: &[&str] = &[
    r"-- The latest start of the places from which others have moved it since its owner put it somewhere: its notice is
-- reckoned from no sooner; 0: nobody has.
ALTER TABLE booking ADD COLUMN notice_at BIGINT DEFAULT 0 NOT NULL",
    r"CREATE TABLE room_move (
  id UUID NOT NULL,
  booking UUID NOT NULL,                -- which was moved
  hold UUID NOT NULL,                   -- for which room was made
  at BIGINT NOT NULL,
  agreed BOOLEAN NOT NULL,              -- its owner was asked; else it was moved by rule
  CONSTRAINT room_move_key PRIMARY KEY (id),
  CONSTRAINT room_move_booking FOREIGN KEY (booking) REFERENCES booking (id),
  CONSTRAINT room_move_hold FOREIGN KEY (hold) REFERENCES booking (id)
)",
    r"CREATE INDEX room_move_of ON room_move (booking, at)",
    r"CREATE INDEX room_move_lately ON room_move (at, booking)",
];

pub struct Notice;

impl MigrationName for Notice {
    fn name(&self) -> &str {
        "m49_notice"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Notice {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, KEEP).await?;
        define(manager, NOTICE).await?;
        run(manager, RETURN).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
