//! A plant in memory that books, cancels and closes as the store would.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use domain::{
    BookingId, Interval, LineId, OccupancyId, Second,
    availability::{Placement, check, claims, search},
    calendar::{Calendar, DAY, Pattern},
    chain::{Change, Writes, hits, relink},
    changeover::Matrix,
    checker::{CampaignPlan, LinePlan, Plan, PoolPlan, Violation, verify},
    occupancy::{Kind, Occupancy},
    refusal::Refusal,
    request::Request,
    resolve::repair::Movable,
    resource::CellUnit,
    route::{Figures, PoolUse},
    snapshot::{LineState, Snapshot},
    supposed::Held,
};
use uuid::Uuid;

use crate::world::{
    self, POOL, PoolDraft, holidays, horizon, line, line_id, now, origin, product, request, route, step,
};

#[derive(Clone)]
struct Booking {
    id: BookingId,
    request: Request,
    placement: Placement,
    rows: Vec<OccupancyId>,
    expires_at: Option<Second>,
}

#[derive(Clone)]
pub struct Plant {
    pub now: Second,
    snapshot: Snapshot,
    pattern: Pattern,
    bookings: Vec<Booking>,
    ids: u128,
}

impl Plant {
    pub fn new(pattern: Pattern, matrix: Matrix, figures: [Figures; 2], two_steps: bool) -> Self {
        let calendar = Arc::new(Calendar::compile(pattern.clone(), &holidays(), horizon()));
        let matrix = Arc::new(matrix);
        let lines = (0..2).map(|number| {
            let line = line(line_id(number), 60, None);
            let head = Occupancy::head(OccupancyId(line.id.0), line.id, origin(), matrix.initial);
            LineState::new(Arc::new(line), matrix.clone(), calendar.clone(), 1, vec![head])
        });
        let on = |number: usize| Figures { line: line_id(number), ..figures[number] };
        let steps = if two_steps {
            vec![step(vec![on(0)], 0, 0, None), step(vec![on(1), on(0)], 0, 30, Some(3000))]
        } else {
            vec![step(vec![on(0), on(1)], 0, 0, None)]
        };
        let snapshot = world::snapshot(lines.collect(), Vec::new(), route(steps));
        Self { now: now(), snapshot, pattern, bookings: Vec::new(), ids: 0 }
    }

    /// Holds or books one of the offers of a search.
    pub fn book(&mut self, number: u8, from: i64, offer: usize, expires: bool) {
        let start = origin() + from;
        let wanted =
            request(product(number), 1, Interval { start, end: (start + 5 * DAY).min(horizon().end) });
        let found = search(&self.snapshot, &wanted, self.now).expect("a fair request").offers;
        let Some(chosen) = found.get(offer % found.len().max(1)) else { return };
        let expires_at = expires.then_some(self.now + 5);
        let _ = self.place(wanted, &chosen.placement, expires_at);
    }

    /// Books exactly this, as the protocol would: releases what expired, then decides again.
    pub fn place(
        &mut self,
        wanted: Request,
        placement: &Placement,
        expires_at: Option<Second>,
    ) -> Result<(), Refusal> {
        self.expire();
        let placement = check(&self.snapshot, &wanted, placement, self.now)?.placement;
        // As in the protocol: the rows of one line are one change.
        let mut changes: BTreeMap<LineId, Change> = BTreeMap::new();
        let rows = self.lay(&wanted, &placement, expires_at, &mut changes);
        for (line, change) in changes {
            self.apply(line, &change).expect("what was checked can be linked");
        }
        self.claim(&placement, 1);
        let id = BookingId(self.fresh());
        self.bookings.push(Booking { id, request: wanted, placement, rows, expires_at });
        Ok(())
    }

    /// Gathers the rows of a campaign put there.
    fn lay(
        &mut self,
        wanted: &Request,
        placement: &Placement,
        expires_at: Option<Second>,
        changes: &mut BTreeMap<LineId, Change>,
    ) -> Vec<OccupancyId> {
        let mut rows = Vec::new();
        for step in &placement.steps {
            let matrix = &self.snapshot.lines[&step.line].matrix;
            let (needs, leaves) = matrix.classify("TAB", &wanted.hazards).expect("one rule for all");
            let row = Occupancy {
                id: OccupancyId(self.fresh()),
                line: step.line,
                kind: Kind::Campaign,
                interval: step.interval,
                needs: Some(needs),
                leaves,
                product: wanted.product,
                batches: wanted.batches,
                expires_at,
                link: None,
            };
            rows.push(row.id);
            changes.entry(step.line).or_default().add.push(row);
        }
        rows
    }

    /// The line is down between these minutes after the origin, whatever stands there.
    pub fn fail(&mut self, number: usize, from: i64, length: i64) {
        let down = Interval { start: origin() + from, end: origin() + from + length };
        let state = self.snapshot.lines[&line_id(number)].as_ref().clone();
        let all = state.outages().iter().copied().chain([down]).collect();
        self.snapshot.lines.insert(line_id(number), Arc::new(state.down(all)));
    }

    /// The last booking, as one that may be moved inside `window`.
    pub fn last(&self, window: Interval, needs_consent: bool) -> Option<Movable> {
        let booking = self.bookings.last()?;
        let lines = booking.placement.steps.iter().map(|step| step.line);
        let claims = claims(&self.snapshot, &booking.placement);
        Some(Movable {
            booking: booking.id,
            request: Request { window, ..booking.request.clone() },
            placement: booking.placement.clone(),
            held: Held {
                rows: lines.zip(booking.rows.iter().copied()).collect(),
                claims: claims.iter().map(|claim| (claim.pool, claim.cell, claim.amount)).collect(),
            },
            needs_consent,
        })
    }

    /// The last booking becomes two, in one change.
    pub fn part(&mut self, parts: &[(u32, Placement)]) {
        let gone = self.bookings.pop().expect("a booking");
        self.claim(&gone.placement, -1);
        let mut changes: BTreeMap<LineId, Change> = BTreeMap::new();
        for (step, row) in gone.placement.steps.iter().zip(&gone.rows) {
            changes.entry(step.line).or_default().release.push(*row);
        }
        let mut new = Vec::new();
        for (batches, placement) in parts {
            let request = Request { batches: *batches, ..gone.request.clone() };
            let rows = self.lay(&request, placement, None, &mut changes);
            new.push((request, placement.clone(), rows));
        }
        for (line, change) in changes {
            self.apply(line, &change).expect("what was verified can be linked");
        }
        for (request, placement, rows) in new {
            self.claim(&placement, 1);
            let id = BookingId(self.fresh());
            let window = placement.span().expect("a step");
            self.bookings.push(Booking {
                id,
                request: Request { window, ..request },
                placement,
                rows,
                expires_at: None,
            });
        }
    }

    fn claim(&mut self, placement: &Placement, sign: i64) {
        for claim in claims(&self.snapshot, placement) {
            let pool = Arc::make_mut(self.snapshot.pools.get_mut(&claim.pool).expect("a known pool"));
            let used = pool.used.entry(claim.cell).or_default();
            *used = u32::try_from(i64::from(*used) + sign * i64::from(claim.amount)).expect("not below none");
        }
    }

    /// From now on every step uses one of a pool that has so much a day.
    pub fn share_pool(&mut self, capacity: u32) {
        assert!(self.bookings.is_empty(), "no claims of earlier bookings");
        let draft = PoolDraft { cell: CellUnit::Day, capacity, used: Vec::new() };
        let calendar = Arc::clone(&self.snapshot.lines[&line_id(0)].calendar);
        self.snapshot.pools.insert(POOL, Arc::new(world::pool_state(&draft, &calendar)));
        for step in &mut Arc::make_mut(&mut self.snapshot.routes[0]).steps {
            step.uses = vec![PoolUse { pool: POOL, amount: 1 }];
        }
    }

    pub const fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    pub fn cancel(&mut self, choice: usize) {
        if self.bookings.is_empty() {
            return;
        }
        let booking = self.bookings.remove(choice % self.bookings.len());
        self.claim(&booking.placement, -1);
        let lines: BTreeSet<_> = booking.placement.steps.iter().map(|step| step.line).collect();
        for line in lines {
            let state = &self.snapshot.lines[&line];
            let release = booking.rows.iter().copied().filter(|id| state.row(*id).is_some()).collect();
            let change = Change { release, ..Change::default() };
            self.apply(line, &change).expect("a cancellation always succeeds");
        }
    }

    pub fn close(&mut self, number: usize, from: i64, length: i64) {
        let interval = Interval { start: origin() + from, end: origin() + from + length };
        self.expire();
        let state = self.snapshot.lines[&line_id(number)].clone();
        let id = OccupancyId(self.fresh());
        let row = Occupancy { id, kind: Kind::Closure, interval, ..state.rows()[0] };
        let hit = hits(&state, &row, self.now);
        let written = self.apply(line_id(number), &Change { add: vec![row], ..Change::default() });
        let free = hit.as_ref().is_ok_and(Vec::is_empty);
        assert_eq!(free, written.is_ok(), "a closure over {hit:?}: {written:?}");
    }

    pub fn lift(&mut self, choice: usize) {
        let rows = self.snapshot.lines.values().flat_map(|state| state.rows());
        let closures: Vec<_> =
            rows.filter(|row| row.kind == Kind::Closure).map(|row| (row.line, row.id)).collect();
        if let Some((line, id)) = closures.get(choice % closures.len().max(1)) {
            let change = Change { release: vec![*id], ..Change::default() };
            self.apply(*line, &change).expect("lifting a closure always succeeds");
        }
    }

    pub fn violations(&self) -> Vec<Violation> {
        let (holidays, route) = (holidays(), &self.snapshot.routes[0]);
        let lines: Vec<_> = self
            .snapshot
            .lines
            .values()
            .map(|state| LinePlan {
                line: &state.line,
                matrix: &state.matrix,
                pattern: &self.pattern,
                rows: state.rows(),
                outages: state.outages(),
            })
            .collect();
        let campaigns: Vec<_> = self
            .bookings
            .iter()
            .map(|booking| CampaignPlan {
                booking: booking.id,
                request: &booking.request,
                route,
                placement: &booking.placement,
            })
            .collect();
        let pools: Vec<_> = self
            .snapshot
            .pools
            .values()
            .map(|pool| PoolPlan { pool: &pool.pool, pattern: &self.pattern })
            .collect();
        verify(&Plan { holidays: &holidays, lines: &lines, pools: &pools, campaigns: &campaigns })
    }

    /// Lets go what has expired by now.
    pub fn expire(&mut self) {
        while let Some(index) =
            self.bookings.iter().position(|booking| booking.expires_at.is_some_and(|at| at <= self.now))
        {
            self.cancel(index);
        }
    }

    fn fresh(&mut self) -> Uuid {
        self.ids += 1;
        Uuid::from_u128(self.ids << 40)
    }

    /// Writes a change as the store would.
    fn apply(&mut self, line: LineId, change: &Change) -> Result<Writes, Refusal> {
        let state = self.snapshot.lines[&line].clone();
        let writes = relink(&state, change, &mut || OccupancyId(self.fresh()))?;
        let mut rows = state.rows().to_vec();
        rows.retain(|row| writes.released.iter().all(|gone| gone.id != row.id));
        for row in &writes.relinked {
            let old = rows.iter_mut().find(|old| old.id == row.id).expect("a row that stays");
            assert_eq!(
                (old.interval, old.needs, old.kind),
                (row.interval, row.needs, row.kind),
                "never changes"
            );
            assert!(old.kind == Kind::Closure || (old.leaves, old.product) == (row.leaves, row.product));
            *old = *row;
        }
        rows.extend(&writes.added);
        rows.sort_unstable_by_key(|row| row.interval.end);
        let (matrix, calendar) = (state.matrix.clone(), state.calendar.clone());
        let new = LineState::new(state.line.clone(), matrix, calendar, state.version + 1, rows);
        let new = new.down(state.outages().to_vec());
        self.snapshot.lines.insert(line, Arc::new(new));
        Ok(writes)
    }
}
