//! Bookings, their steps on the guard's rows, products, closures.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const BOOKINGS: &[&str] = &[
    r"CREATE TABLE product (
  id UUID NOT NULL,
  organisation UUID NOT NULL,
  code TEXT NOT NULL,                   -- the client's own
  document TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  CONSTRAINT product_key PRIMARY KEY (id),
  CONSTRAINT product_code UNIQUE (organisation, code),
  CONSTRAINT product_organisation FOREIGN KEY (organisation) REFERENCES organisation (id),
  CONSTRAINT product_code_length CHECK (length(code) BETWEEN 1 AND 80)
)",
    r"CREATE TABLE booking (
  id UUID NOT NULL,
  reference TEXT NOT NULL,              -- what people quote; random, so that none can be counted
  platform UUID NOT NULL,
  organisation UUID,                    -- the client; NULL: the platform's own production
  product UUID NOT NULL,
  route UUID NOT NULL,
  offering TEXT NOT NULL,
  status TEXT NOT NULL,
  created_by UUID NOT NULL,
  created_at BIGINT NOT NULL,
  hold_expires_at BIGINT,
  reply_by BIGINT,
  price_fen BIGINT NOT NULL,
  policy TEXT,                          -- as it stood when the booking was confirmed
  request TEXT NOT NULL,
  client_size TEXT,                     -- the client's attributes when it booked, for the district
  client_in_district BOOLEAN,
  hazards_confirmed_by UUID,
  hazards_confirmed_at BIGINT,
  fee_fen BIGINT,
  moves BIGINT NOT NULL,
  version BIGINT NOT NULL,              -- counts the booking's changes
  CONSTRAINT booking_key PRIMARY KEY (id),
  CONSTRAINT booking_reference UNIQUE (reference),
  CONSTRAINT booking_platform FOREIGN KEY (platform) REFERENCES platform (id),
  CONSTRAINT booking_organisation FOREIGN KEY (organisation) REFERENCES organisation (id),
  CONSTRAINT booking_product FOREIGN KEY (product) REFERENCES product (id),
  CONSTRAINT booking_route FOREIGN KEY (route) REFERENCES route (id),
  CONSTRAINT booking_created_by FOREIGN KEY (created_by) REFERENCES account (id),
  CONSTRAINT booking_hazards_by FOREIGN KEY (hazards_confirmed_by) REFERENCES account (id),
  CONSTRAINT booking_status CHECK (status IN ('draft', 'held', 'requested', 'confirmed', 'running', 'completed',
    'closed', 'expired', 'declined', 'withdrawn', 'cancelled', 'no_show')),
  CONSTRAINT booking_hold CHECK ((status <> 'held' OR hold_expires_at IS NOT NULL) IS TRUE),
  CONSTRAINT booking_money CHECK ((price_fen >= 0 AND (fee_fen IS NULL OR fee_fen >= 0)) IS TRUE),
  CONSTRAINT booking_counts CHECK (moves >= 0 AND version >= 0)
)",
    r"CREATE INDEX booking_by_client ON booking (organisation, id)",
    r"CREATE INDEX booking_by_platform ON booking (platform, id)",
    r"CREATE INDEX booking_holds ON booking (organisation, hold_expires_at) WHERE status = 'held'",
    r"CREATE INDEX booking_expiring ON booking (hold_expires_at) WHERE status = 'held'",
    r"CREATE INDEX booking_replies ON booking (reply_by) WHERE status = 'requested'",
    r"CREATE TABLE step (
  id UUID NOT NULL,
  booking UUID NOT NULL,
  seq BIGINT NOT NULL,                  -- place in the route, from 0
  occupancy UUID,                       -- NULL only in a draft that never held anything
  live UUID,                            -- the occupancy's line while the step is active, else NULL
  transparent BIGINT DEFAULT 0 NOT NULL,  -- constant: an active step never stands on a closure or sentinel
  status TEXT NOT NULL,
  CONSTRAINT step_key PRIMARY KEY (id),
  CONSTRAINT step_occupancy UNIQUE (occupancy),
  CONSTRAINT step_booking FOREIGN KEY (booking) REFERENCES booking (id),
  CONSTRAINT step_history FOREIGN KEY (occupancy) REFERENCES occupancy (id),
  CONSTRAINT step_live FOREIGN KEY (occupancy, live, transparent) REFERENCES occupancy (id, live, transparent),
  CONSTRAINT step_transparent CHECK (transparent = 0),
  CONSTRAINT step_seq CHECK (seq >= 0),
  CONSTRAINT step_status CHECK ((
       (live IS NOT NULL AND occupancy IS NOT NULL
        AND status IN ('held', 'requested', 'confirmed', 'running', 'completed', 'closed'))
    OR (live IS NULL
        AND status IN ('draft', 'expired', 'declined', 'withdrawn', 'cancelled', 'no_show'))) IS TRUE)
)",
    r"CREATE INDEX step_of ON step (booking, seq)",
    r"-- One active step a place in the route; the steps that a move left behind stay as history.
CREATE UNIQUE INDEX step_active ON step (booking, seq) WHERE live IS NOT NULL",
    r"CREATE TABLE closure (
  id UUID NOT NULL,
  line UUID NOT NULL,
  occupancy UUID NOT NULL,
  kind TEXT NOT NULL,
  note TEXT NOT NULL,
  created_by UUID NOT NULL,
  created_at BIGINT NOT NULL,
  lifted_at BIGINT,
  CONSTRAINT closure_key PRIMARY KEY (id),
  CONSTRAINT closure_once UNIQUE (occupancy),
  CONSTRAINT closure_line FOREIGN KEY (line) REFERENCES line (id),
  CONSTRAINT closure_occupancy FOREIGN KEY (occupancy) REFERENCES occupancy (id),
  CONSTRAINT closure_created_by FOREIGN KEY (created_by) REFERENCES account (id),
  CONSTRAINT closure_kind CHECK (length(kind) BETWEEN 1 AND 40),
  CONSTRAINT closure_note CHECK (length(note) <= 2000)
)",
    r"CREATE INDEX closure_on ON closure (line)",
];

pub struct Bookings;

impl MigrationName for Bookings {
    fn name(&self) -> &str {
        "m05_bookings"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Bookings {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, BOOKINGS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
