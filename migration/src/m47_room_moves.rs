//! A campaign that was moved by rule so that another firm could hold where it stood: until that hold is confirmed it
//! costs no less to leave than before, and it isn't moved so again at once.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const ROOM_MOVES: &[&str] = &[
    r"CREATE TABLE room_move (
  id UUID NOT NULL,
  booking UUID NOT NULL,                -- which was moved
  hold UUID NOT NULL,                   -- for which room was made
  at BIGINT NOT NULL,
  fee_fen BIGINT NOT NULL,              -- what leaving cost where it stood
  CONSTRAINT room_move_key PRIMARY KEY (id),
  CONSTRAINT room_move_booking FOREIGN KEY (booking) REFERENCES booking (id),
  CONSTRAINT room_move_hold FOREIGN KEY (hold) REFERENCES booking (id),
  CONSTRAINT room_move_fee CHECK ((fee_fen >= 0) IS TRUE)
)",
    r"CREATE INDEX room_move_of ON room_move (booking, at)",
    r"CREATE INDEX room_move_lately ON room_move (at, booking)",
];

pub struct RoomMoves;

impl MigrationName for RoomMoves {
    fn name(&self) -> &str {
        "m47_room_moves"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for RoomMoves {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, ROOM_MOVES).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
