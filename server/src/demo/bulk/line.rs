//! The bookings of one line, in order of time.

use domain::{
    Interval, LineId, Minute, OccupancyId, ProductId, RouteId, Second,
    booking::Status,
    calendar::{DAY, day_start, plant_day},
    changeover::{Matrix, Relation},
    occupancy::{Kind, Link, Occupancy},
};
use rand::{RngExt, rngs::StdRng};
use uuid::Uuid;

use super::{
    ids::Ids,
    rows::{Booked, Clients},
};
use crate::{setup::PlatformSetup, usecase::reference};

/// Each booking has a stretch of this length to itself, the longest changeover behind it included.
const SLOT: Minute = 2 * DAY;
/// Latest start within the slot, in hours.
const LATEST: i64 = 12;
/// The last slot ends this long after now.
const AHEAD: Minute = 180 * DAY;
/// One slot in five stays free.
const SPARE: u32 = 4;

/// What a line's rows are made by.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    line: LineId,
    platform: Uuid,
    route: RouteId,
    day_rate_fen: i64,
    matrix: Matrix,
}

impl Parts {
    /// The lines of a platform that its one-step route names.
    pub fn of(platform: &PlatformSetup) -> Vec<Self> {
        let Some((route, matrix)) =
            platform.routes.iter().find(|route| route.steps.len() == 1).zip(platform.matrices.first())
        else {
            return Vec::new();
        };
        let line = |line: &domain::resource::Line| Self {
            line: line.id,
            platform: platform.id.0,
            route: route.id,
            day_rate_fen: line.day_rate_fen,
            matrix: matrix.clone(),
        };
        platform.lines.iter().map(line).collect()
    }
}

/// Makes the bookings one after the other.
pub(super) struct Rows<'a> {
    parts: &'a Parts,
    clients: &'a Clients,
    now: Minute,
    rng: &'a mut StdRng,
    ids: &'a mut Ids,
    slot: Minute,
    slots: u32,
    left: u32,
    /// End, class left and product of the row before.
    before: (Minute, domain::ClassId, ProductId),
}

impl<'a> Rows<'a> {
    pub fn new(
        parts: &'a Parts,
        clients: &'a Clients,
        count: u32,
        now: Second,
        rng: &'a mut StdRng,
        ids: &'a mut Ids,
    ) -> Self {
        let slots = count + count / SPARE + 1;
        let now = now.div_euclid(60);
        let last = day_start(plant_day(now + AHEAD));
        let slot = last - i64::from(slots) * SLOT;
        let before = (0, parts.matrix.initial, ProductId::NONE);
        Self { parts, clients, now, rng, ids, slot, slots, left: count, before }
    }

    fn row(&mut self, slot: Minute) -> Option<Booked> {
        let at = self.rng.random_range(0..self.clients.products.len());
        let product = &self.clients.products[at];
        let (needs, leaves) = self.parts.matrix.classify("TAB", &product.hazards)?;
        let batches = self.rng.random_range(1..=2);
        let start = slot + 60 * self.rng.random_range(0..=LATEST);
        // By the route's figures on a line that is always open: set-up 2 h, a batch 8 h.
        let end = start + (2 + 8 * i64::from(batches)) * 60;
        let (prev_end, prev_leaves, prev_product) = self.before;
        let relation = if prev_product == product.id { Relation::Same } else { Relation::Other };
        let cells = &self.parts.matrix.cells;
        let cell =
            cells.iter().find(|c| c.leaves == prev_leaves && c.needs == needs && c.relation == relation)?;
        self.before = (end, leaves, product.id);
        let row = Occupancy {
            id: OccupancyId(self.ids.next(self.rng)),
            line: self.parts.line,
            kind: Kind::Campaign,
            interval: Interval { start, end },
            needs: Some(needs),
            leaves,
            product: product.id,
            batches,
            expires_at: None,
            link: Some(Link {
                prev_end,
                prev_leaves,
                prev_product,
                version: self.parts.matrix.version,
                relation,
                setup: cell.changeover.minimum(),
            }),
        };
        let days = plant_day(end - 1) - plant_day(start) + 1;
        let asked = start - 60 * self.rng.random_range(24 * 20..24 * 90);
        Some(Booked {
            booking: self.ids.next(self.rng),
            step: self.ids.next(self.rng),
            decision: self.ids.next(self.rng),
            reference: reference(Uuid::from_u128(self.rng.random())),
            platform: self.parts.platform,
            route: self.parts.route.0,
            product: at,
            status: status(row.interval, self.now),
            created_at: asked.min(self.now) * 60,
            price_fen: days * self.parts.day_rate_fen,
            row,
        })
    }
}

const fn status(interval: Interval, now: Minute) -> Status {
    if interval.start > now {
        Status::Confirmed
    } else if interval.end > now {
        Status::Running
    } else if interval.end > now - 30 * DAY {
        Status::Completed
    } else {
        Status::Closed
    }
}

impl Iterator for Rows<'_> {
    type Item = Booked;

    fn next(&mut self) -> Option<Booked> {
        while self.left > 0 {
            let (slot, slots) = (self.slot, self.slots);
            self.slot += SLOT;
            self.slots -= 1;
            // Chosen so that exactly as many are made as were asked for.
            if self.rng.random_range(0..slots) < self.left {
                self.left -= 1;
                return self.row(slot);
            }
        }
        None
    }
}
