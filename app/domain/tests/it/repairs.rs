//! Repairs against trying every set of bookings in every place, and the checker over what comes out.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    BookingId, Interval, LineId, Minutes, OccupancyId,
    availability::{Placement, claims, search},
    calendar::{Calendar, DAY, Pattern, Shift},
    chain::{Change, relink},
    changeover::Matrix,
    checker::{CampaignPlan, LinePlan, Plan, PoolPlan, Violation, verify},
    hazard::HazardProfile,
    occupancy::{Kind, Occupancy},
    request::Request,
    resolve::repair::{self, Extent, Limits, Movable, Repairs, repair, repair_at},
    resource::CellUnit,
    route::Figures,
    snapshot::{LineState, Snapshot},
    supposed::Held,
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::{
    brute::{Ground, Walk, pool_has_room},
    world::{
        self, POOL, PoolDraft, cells, figures, holidays, horizon, line, line_id, matrix, now, origin,
        pattern, pool_state, product, request, route, step,
    },
};

pub const GRANULARITY: Minutes = 480;
/// Nothing is left untried.
const ALL: Limits = Limits {
    moves: 3,
    consents: 3,
    near: 100,
    thorough: u64::MAX,
    searches: 1_000_000,
    places: 100,
    proposals: 3,
};

#[derive(Clone, Debug)]
struct Wish {
    product: u8,
    batches: u32,
    from: i64,
    length: i64,
    /// Which of the places offered it has.
    place: usize,
    /// By how much its window reaches beyond its place, before and behind; `None`: it stays where it is.
    slack: Option<(i64, i64)>,
    needs_consent: bool,
}

#[derive(Clone, Debug)]
pub struct Town {
    pub pattern: Pattern,
    pub matrix: Matrix,
    pub lines: usize,
    pub figures: Vec<Figures>,
    pub amount: u32,
    capacity: u32,
    lag: Option<Minutes>,
    closure: Option<(usize, i64, i64)>,
    booked: Vec<Wish>,
    wanted: Wish,
}

fn wish(length: std::ops::Range<i64>) -> impl Strategy<Value = Wish> {
    let slack = prop::option::weighted(0.75, (0..4_i64, 0..5_i64));
    (1..4_u8, 1..3_u32, 0..4_i64, length, 0..4_usize, slack, prop::bool::weighted(0.3)).prop_map(
        |(product, batches, from, length, place, slack, needs_consent)| Wish {
            product,
            batches,
            from: from * DAY,
            length: length * DAY,
            place,
            slack: slack.map(|(before, behind)| (before * DAY / 2, behind * DAY / 2)),
            needs_consent,
        },
    )
}

/// Campaigns that fill days rather than hours.
fn busy() -> impl Strategy<Value = Figures> {
    (figures(), prop::sample::select(vec![400, 700, 1200]))
        .prop_map(|(figures, batch)| Figures { batch, ..figures })
}

pub fn town(two_steps: bool) -> impl Strategy<Value = Town> {
    let lags = prop::option::of(prop::sample::select(vec![0, 900, 3000]));
    let closure = prop::option::weighted(0.3, (0..2_usize, 0..7 * DAY, 100..DAY));
    let booked = prop::collection::vec(wish(2..5), 3..8);
    let sizes = (
        prop::sample::select(vec![1_usize, 1, 2]),
        prop::collection::vec(busy(), 4),
        prop::sample::select(vec![0, 0, 1]),
        1..3_u32,
    );
    (pattern(), matrix(), sizes, lags, closure, booked, wish(1..4), prop::bool::weighted(0.8)).prop_map(
        move |(
            mut pattern,
            matrix,
            (lines, figures, amount, capacity),
            lag,
            closure,
            booked,
            wanted,
            easy,
        )| {
            if easy {
                pattern.week = std::array::from_fn(|_| vec![Shift { start: 0, end: 1440 }]);
                pattern.observes_holidays = false;
            }
            let lag = lag.filter(|_| two_steps);
            Town { pattern, matrix, lines, figures, amount, capacity, lag, closure, booked, wanted }
        },
    )
}

pub struct Booked {
    request: Request,
    pub placement: Placement,
    pub held: Held,
    wish: Wish,
}

/// A town as it was built up.
pub struct Built {
    pub snapshot: Snapshot,
    pattern: Pattern,
    pub booked: Vec<Booked>,
    pub wanted: Request,
    pub pool: PoolDraft,
}

impl Town {
    pub fn build(&self) -> Built {
        let calendar = Arc::new(Calendar::compile(self.pattern.clone(), &holidays(), horizon()));
        let matrix = Arc::new(self.matrix.clone());
        let states = (0..self.lines).map(|number| {
            let line = line(line_id(number), GRANULARITY, None);
            let head = Occupancy::head(OccupancyId(line.id.0), line.id, origin(), matrix.initial);
            LineState::new(Arc::new(line), matrix.clone(), calendar.clone(), 1, vec![head])
        });
        let on = |from: usize| -> Vec<Figures> {
            let with = |number: usize| Figures { line: line_id(number), ..self.figures[from + number] };
            (0..self.lines).map(with).collect()
        };
        let mut steps = vec![step(on(0), self.amount, 0, None)];
        if let Some(most) = self.lag {
            steps.push(step(on(2), 0, 0, Some(most)));
        }
        let pool = PoolDraft { cell: CellUnit::Day, capacity: self.capacity, used: Vec::new() };
        let pools = vec![pool_state(&pool, &calendar)];
        let snapshot = world::snapshot(states.collect(), pools, route(steps));
        let mut built = Built {
            snapshot,
            pattern: self.pattern.clone(),
            booked: Vec::new(),
            wanted: asked(&self.wanted),
            pool,
        };
        if let Some((on, from, length)) = self.closure {
            let state = built.snapshot.lines[&line_id(on % self.lines)].clone();
            let interval = Interval { start: origin() + from, end: origin() + from + length };
            let id = OccupancyId(Uuid::from_u128(77));
            let row = Occupancy { id, kind: Kind::Closure, interval, ..state.rows()[0] };
            built
                .change(state.line.id, Change { add: vec![row], ..Change::default() })
                .expect("an empty line");
        }
        for (number, wish) in self.booked.iter().enumerate() {
            built.book(number, wish);
        }
        built
    }
}

fn asked(wish: &Wish) -> Request {
    let start = origin() + wish.from;
    request(product(wish.product), wish.batches, Interval { start, end: start + wish.length })
}

impl Built {
    fn change(&mut self, line: LineId, change: Change) -> Result<(), domain::refusal::Refusal> {
        let state = self.snapshot.lines[&line].clone();
        // Never used: no cleaning is to be left.
        let mut fresh = || OccupancyId(Uuid::nil());
        let writes = relink(&state, &change, &mut fresh)?;
        assert!(writes.added.iter().all(|row| row.kind != Kind::Cleaning), "a cleaning was left");
        let mut rows = state.rows().to_vec();
        rows.retain(|row| writes.released.iter().chain(&writes.relinked).all(|gone| gone.id != row.id));
        rows.extend(writes.relinked.iter().chain(&writes.added));
        rows.sort_unstable_by_key(|row| row.interval.end);
        let (of, matrix, calendar) = (state.line.clone(), state.matrix.clone(), state.calendar.clone());
        self.snapshot
            .lines
            .insert(line, Arc::new(LineState::new(of, matrix, calendar, state.version + 1, rows)));
        Ok(())
    }

    fn book(&mut self, number: usize, wish: &Wish) {
        let wanted = asked(wish);
        let Ok(found) = search(&self.snapshot, &wanted, now()) else { return };
        let Some(offer) = found.offers.get(wish.place % found.offers.len().max(1)) else { return };
        let span = offer.placement.span().expect("a step");
        let (before, behind) = wish.slack.unwrap_or_default();
        let window = Interval { start: span.start - before, end: span.end + behind };
        let request = Request { window, platform: Some(world::PLATFORM), ..wanted };
        let held = self.write(&[], &[(&request, &offer.placement, number)]).expect("what is offered fits");
        let held = held.into_iter().next().expect("one");
        self.booked.push(Booked { request, placement: offer.placement, held, wish: wish.clone() });
    }

    /// Takes `gone` away and puts the others there, a line at a time as the protocol does.
    fn write(
        &mut self,
        gone: &[&Held],
        new: &[(&Request, &Placement, usize)],
    ) -> Result<Vec<Held>, domain::refusal::Refusal> {
        let mut changes: BTreeMap<LineId, Change> = BTreeMap::new();
        for (line, row) in gone.iter().flat_map(|held| &held.rows) {
            changes.entry(*line).or_default().release.push(*row);
        }
        let mut all = Vec::new();
        for (request, placement, number) in new {
            let mut ids = (*number as u128 + 1) << 20 | (gone.len() as u128) << 40;
            let mut fresh = || {
                ids += 1;
                OccupancyId(Uuid::from_u128(ids))
            };
            let rows = domain::availability::rows(&self.snapshot, request, placement, None, &mut fresh)?;
            let claims = claims(&self.snapshot, placement);
            let claims = claims.iter().map(|claim| (claim.pool, claim.cell, claim.amount)).collect();
            all.push(Held { rows: rows.iter().map(|row| (row.line, row.id)).collect(), claims });
            for row in rows {
                changes.entry(row.line).or_default().add.push(row);
            }
        }
        for (line, change) in changes {
            self.change(line, change)?;
        }
        let state = self.snapshot.pools.get_mut(&POOL).expect("the pool");
        let used = &mut Arc::make_mut(state).used;
        for (_, cell, amount) in gone.iter().flat_map(|held| &held.claims) {
            *used.get_mut(cell).expect("claimed") -= amount;
        }
        for (_, cell, amount) in all.iter().flat_map(|held| &held.claims) {
            *used.entry(*cell).or_default() += amount;
        }
        Ok(all)
    }

    /// Everything booked, as what may be moved.
    pub fn all(&self) -> Vec<Movable> {
        let one = |(number, booked): (usize, &Booked)| Movable {
            booking: id(number),
            request: booked.request.clone(),
            placement: booked.placement.clone(),
            held: booked.held.clone(),
            needs_consent: booked.wish.needs_consent,
        };
        self.booked.iter().enumerate().map(one).collect()
    }

    fn movables(&self) -> Vec<Movable> {
        let may = self.all().into_iter().zip(&self.booked).filter(|(_, booked)| booked.wish.slack.is_some());
        may.map(|(movable, _)| movable).collect()
    }

    fn repairs(&self, limits: Limits) -> Option<Repairs> {
        repair(&self.snapshot, &self.wanted, &self.movables(), now(), limits).ok()
    }

    /// Makes a proposal true and has the checker look at all of it.
    fn violations(mut self, proposal: &repair::Proposal) -> Vec<Violation> {
        let mut moved = Vec::new();
        for one in &proposal.moves {
            let number = (0..self.booked.len()).find(|number| id(*number) == one.booking).expect("known");
            assert_eq!(self.booked[number].placement, one.from);
            moved.push(number);
        }
        let gone: Vec<Held> = moved.iter().map(|number| self.booked[*number].held.clone()).collect();
        let requests: Vec<Request> =
            moved.iter().map(|number| self.booked[*number].request.clone()).collect();
        let mut new: Vec<_> = requests
            .iter()
            .zip(&proposal.moves)
            .zip(&moved)
            .map(|((request, one), number)| (request, &one.to, *number))
            .collect();
        let wanted = self.wanted.clone();
        new.push((&wanted, &proposal.offer.placement, 99));
        self.write(&gone.iter().collect::<Vec<_>>(), &new).expect("a proposal can be written");
        for (number, one) in moved.iter().zip(&proposal.moves) {
            self.booked[*number].placement = one.to.clone();
        }
        self.judged(Some((&wanted, &proposal.offer.placement)))
    }

    /// Makes moves alone true, each with what is then asked for, and has the checker look at all of it.
    pub fn moved(mut self, moves: &[(BookingId, Request, &Placement)]) -> Vec<Violation> {
        let number =
            |one: BookingId| (0..self.booked.len()).find(|number| id(*number) == one).expect("known");
        let numbers: Vec<usize> = moves.iter().map(|(one, ..)| number(*one)).collect();
        let gone: Vec<Held> = numbers.iter().map(|number| self.booked[*number].held.clone()).collect();
        let all = moves.iter().zip(&numbers);
        let new: Vec<_> = all.map(|((_, request, to), number)| (request, *to, *number)).collect();
        self.write(&gone.iter().collect::<Vec<_>>(), &new).expect("moves can be written");
        for ((_, request, to), number) in moves.iter().zip(numbers) {
            let booked = &mut self.booked[number];
            (booked.request, booked.placement) = (request.clone(), (*to).clone());
        }
        self.judged(None)
    }

    /// What the checker finds, with one that is new.
    fn judged(&self, own: Option<(&Request, &Placement)>) -> Vec<Violation> {
        let (holidays, route) = (holidays(), &self.snapshot.routes[0]);
        let lines = self.snapshot.lines.values().map(|state| LinePlan {
            line: &state.line,
            matrix: &state.matrix,
            pattern: &self.pattern,
            rows: state.rows(),
            outages: state.outages(),
        });
        let lines: Vec<_> = lines.collect();
        let campaigns = self.booked.iter().enumerate().map(|(number, booked)| CampaignPlan {
            booking: id(number),
            request: &booked.request,
            route,
            placement: &booked.placement,
        });
        let own = own.map(|(request, placement)| CampaignPlan { booking: id(99), request, route, placement });
        let campaigns: Vec<_> = campaigns.chain(own).collect();
        let pools = self.snapshot.pools.values();
        let pools: Vec<_> =
            pools.map(|state| PoolPlan { pool: &state.pool, pattern: &self.pattern }).collect();
        verify(&Plan { holidays: &holidays, lines: &lines, pools: &pools, campaigns: &campaigns })
    }
}

fn id(number: usize) -> BookingId {
    BookingId(Uuid::from_u128(0x0B00 + number as u128))
}

/// Every set of up to `most` of those that may move.
fn sets(built: &Built, most: usize) -> Vec<Vec<&Booked>> {
    let may: Vec<&Booked> = built.booked.iter().filter(|booked| booked.wish.slack.is_some()).collect();
    let mut sets: Vec<Vec<&Booked>> = (1..1_usize << may.len())
        .map(|bits| (0..may.len()).filter(|at| bits >> at & 1 == 1).map(|at| may[at]).collect())
        .collect();
    sets.retain(|set| set.len() <= most);
    sets
}

/// The rows of a set, and what all others use of the pool.
fn away(town: &Town, built: &Built, set: &[&Booked]) -> (Vec<OccupancyId>, Vec<(Interval, u32)>) {
    let gone: Vec<OccupancyId> = set.iter().flat_map(|one| &one.held.rows).map(|(_, row)| *row).collect();
    let used: Vec<(Interval, u32)> = built
        .booked
        .iter()
        .filter(|booked| !gone.contains(&booked.held.rows[0].1))
        .map(|booked| (booked.placement.steps[0].interval, town.amount))
        .collect();
    (gone, used)
}

/// Every line as it stands.
pub fn grounds<'a>(town: &'a Town, built: &Built, walk: &'a Walk) -> Vec<Ground<'a>> {
    let rows = |number: usize| built.snapshot.lines[&line_id(number)].rows().to_vec();
    (0..town.lines).map(|number| Ground::new(walk, &town.matrix, rows(number))).collect()
}

/// Whether the wanted campaign of one step could start anywhere if that set were away, whatever comes behind it.
fn lets_in(town: &Town, built: &Built, grounds: &[Ground<'_>], set: &[&Booked]) -> bool {
    let (gone, used) = away(town, built, set);
    let room = |start| opens(town, built, grounds, (&gone, &used), start);
    (built.wanted.window.start..built.wanted.window.end).any(room)
}

/// Whether there is a place for each of one step of the set and for the wanted one.
fn works(town: &Town, built: &Built, grounds: &[Ground<'_>], set: &[&Booked]) -> bool {
    let (gone, used) = away(town, built, set);
    let units: Vec<&Request> =
        std::iter::once(&built.wanted).chain(set.iter().map(|one| &one.request)).collect();
    try_all(town, built, grounds, (&gone, &used), &units, &mut Vec::new())
}

fn holds(set: &[&Booked], other: &[&Booked]) -> bool {
    other.iter().all(|one| set.iter().any(|own| std::ptr::eq(*own, *one)))
}

/// The fewest consents and then moves with which the request fits, of one-step campaigns, by trying everything.
fn fewest(town: &Town, built: &Built) -> Option<(usize, usize)> {
    let walk = Walk::new(&town.pattern);
    let grounds = grounds(town, built, &walk);
    let cost = |set: &Vec<&Booked>| (set.iter().filter(|one| one.wish.needs_consent).count(), set.len());
    let mut sets = sets(built, ALL.moves);
    sets.sort_by_key(cost);
    let open: Vec<&Vec<&Booked>> = sets.iter().filter(|set| lets_in(town, built, &grounds, set)).collect();
    // Tried is what holds a set that lets it in: more of them gone may itself let it in no longer, as neighbours meet
    // that can't be, until those are put between them.
    let tried: Vec<&Vec<&Booked>> =
        sets.iter().filter(|set| open.iter().any(|one| holds(set, one))).collect();
    // Of a wider set some may stay.
    let is_tried = |set: &&Vec<&Booked>| tried.iter().any(|wider| holds(wider, set));
    sets.iter().filter(is_tried).find(|set| works(town, built, &grounds, set)).map(cost)
}

/// Whether the request would fit if just some fewer than so many were moved, whoever must agree: of one-step campaigns,
/// by trying everything.
fn fewer_would_do(town: &Town, built: &Built, moves: usize) -> bool {
    let walk = Walk::new(&town.pattern);
    let grounds = grounds(town, built, &walk);
    let sets = sets(built, moves.saturating_sub(1));
    let open: Vec<&Vec<&Booked>> = sets.iter().filter(|set| lets_in(town, built, &grounds, set)).collect();
    sets.iter().any(|set| open.iter().any(|one| holds(set, one)) && works(town, built, &grounds, set))
}

/// Whether the wanted campaign of two steps could stand anywhere if some of those that may move were away, whatever
/// comes behind its steps: as long as it couldn't, it is of no use to anybody where those would go.
fn two_steps_let_in(town: &Town, built: &Built, lag: Minutes) -> bool {
    let walk = Walk::new(&town.pattern);
    let grounds = grounds(town, built, &walk);
    let cells = cells(built.pool.cell, &Calendar::compile(town.pattern.clone(), &holidays(), horizon()));
    let (wanted, window) = (&built.wanted, built.wanted.window);
    let rows = |number: usize, figures: usize, (from, until): (i64, i64)| -> Vec<Occupancy> {
        let figures = Figures { line: line_id(number), ..town.figures[figures] };
        let row = |start: i64| {
            let end = grounds[number].end(&figures, wanted.batches, start, GRANULARITY)?;
            let fits = end <= window.end && end <= horizon().end;
            fits.then(|| grounds[number].row(wanted, Interval { start, end }))
        };
        (from.max(horizon().start)..until).filter_map(row).collect()
    };
    let mut chains: Vec<[(usize, Occupancy); 2]> = Vec::new();
    for first in 0..town.lines {
        for one in rows(first, first, (window.start, window.end)) {
            let after = (one.interval.end, (one.interval.end + lag + 1).min(window.end));
            for second in 0..town.lines {
                let others = rows(second, 2 + second, after);
                chains.extend(others.into_iter().map(|other| [(first, one), (second, other)]));
            }
        }
    }
    sets(built, Limits::default().moves).iter().any(|set| {
        let (gone, used) = away(town, built, set);
        chains.iter().any(|[(first, one), (second, other)]| {
            let stand = if first == second {
                grounds[*first].opens(&gone, &[*one, *other])
            } else {
                grounds[*first].opens(&gone, &[*one]) && grounds[*second].opens(&gone, &[*other])
            };
            let claims: Vec<_> = used.iter().copied().chain([(one.interval, town.amount)]).collect();
            stand && pool_has_room(&built.pool, &cells, &claims)
        })
    })
}

/// Whether the wanted campaign can start then once `gone` are away, whatever comes behind it.
fn opens(
    town: &Town,
    built: &Built,
    grounds: &[Ground<'_>],
    (gone, used): (&[OccupancyId], &[(Interval, u32)]),
    start: i64,
) -> bool {
    let cells = || cells(built.pool.cell, &Calendar::compile(town.pattern.clone(), &holidays(), horizon()));
    grounds.iter().enumerate().any(|(number, ground)| {
        let figures = Figures { line: line_id(number), ..town.figures[number] };
        let wanted = &built.wanted;
        ground.end(&figures, wanted.batches, start, GRANULARITY).is_some_and(|end| {
            let interval = Interval { start, end };
            let claims: Vec<_> = used.iter().copied().chain([(interval, town.amount)]).collect();
            end <= wanted.window.end
                && end <= horizon().end
                && ground.opens(gone, &[ground.row(wanted, interval)])
                && pool_has_room(&built.pool, &cells(), &claims)
        })
    })
}

type Tried = Vec<(usize, Occupancy)>;

fn try_all(
    town: &Town,
    built: &Built,
    grounds: &[Ground<'_>],
    (gone, used): (&[OccupancyId], &[(Interval, u32)]),
    units: &[&Request],
    placed: &mut Tried,
) -> bool {
    let Some(unit) = units.get(placed.len()) else {
        let mut all = used.to_vec();
        all.extend(placed.iter().map(|(_, row)| (row.interval, town.amount)));
        let cells = cells(built.pool.cell, &Calendar::compile(town.pattern.clone(), &holidays(), horizon()));
        return pool_has_room(&built.pool, &cells, &all)
            && grounds.iter().enumerate().all(|(number, ground)| {
                let here: Vec<Occupancy> =
                    placed.iter().filter(|(on, _)| *on == number).map(|(_, row)| *row).collect();
                ground.stands(gone, &here)
            });
    };
    for (number, ground) in grounds.iter().enumerate() {
        let figures = Figures { line: line_id(number), ..town.figures[number] };
        let window = unit.window;
        for start in window.start.max(horizon().start)..window.end {
            let Some(end) = ground.end(&figures, unit.batches, start, GRANULARITY) else { continue };
            let interval = Interval { start, end };
            let clash = placed.iter().any(|(on, row)| *on == number && row.interval.overlaps(interval));
            if end > window.end || end > horizon().end || clash {
                continue;
            }
            placed.push((number, ground.row(unit, interval)));
            let found = try_all(town, built, grounds, (gone, used), units, placed);
            placed.pop();
            if found {
                return true;
            }
        }
    }
    false
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_smaller_set_of_moves_lets_a_campaign_in(town in town(false)) {
        let built = town.build();
        let found = built.repairs(ALL).expect("a fair request");
        prop_assert_eq!(found.extent, Extent::Whole);
        let fits = search(&built.snapshot, &built.wanted, now()).is_ok_and(|found| !found.offers.is_empty());
        let expected = if fits { Some((0, 0)) } else { fewest(&town, &built) };
        let cheapest = found.proposals.first();
        let cost = cheapest.map(|one| (one.cost.consents as usize, one.cost.moves as usize));
        prop_assert_eq!(cost, expected);
        prop_assert!(found.proposals.is_sorted_by_key(|one| one.cost));
        let may = built.movables();
        for proposal in &found.proposals {
            // Whoever chooses it gets it.
            let place = &proposal.offer.placement;
            let again = repair_at(&built.snapshot, &built.wanted, place, &may, now(), ALL).expect("a fair request");
            prop_assert!(!again.proposals.is_empty());
            prop_assert!(again.proposals.iter().all(|one| one.offer.placement == *place));
            let is_least = proposal.cost.consents == found.proposals[0].cost.consents;
            let least = again.proposals[0].cost.consents;
            prop_assert!(!is_least || least >= proposal.cost.consents, "fewer need not be asked");
        }
        // Whoever would rather ask more owners than have more moved sees that as well.
        let few = found.proposals.iter().map(|one| one.cost.moves as usize).min();
        prop_assert!(!few.is_some_and(|few| fewer_would_do(&town, &built, few)));
        for proposal in found.proposals.iter().filter(|proposal| !proposal.moves.is_empty()) {
            let moved: Vec<(Movable, &Placement)> = proposal
                .moves
                .iter()
                .map(|one| (may.iter().find(|may| may.booking == one.booking).expect("one of them").clone(), &one.to))
                .collect();
            let decide = |change: &dyn Fn(&mut Movable)| {
                let mut moved = moved.clone();
                change(&mut moved[0].0);
                let moves: Vec<(&Movable, &Placement)> = moved.iter().map(|(movable, to)| (movable, *to)).collect();
                repair::verify(&built.snapshot, &built.wanted, &proposal.offer.placement, &moves, now())
            };
            let granted = decide(&|_| ());
            prop_assert_eq!(granted.as_ref(), Ok(&proposal.offer));
            let span = moved[0].1.span().expect("a step");
            let narrow = |movable: &mut Movable| movable.request.window = Interval { start: span.start + 1, ..span };
            prop_assert!(decide(&narrow).is_err(), "moved out of its window");
            let unknown = |movable: &mut Movable| movable.request.hazards = HazardProfile::Unclassified;
            prop_assert!(decide(&unknown).is_err(), "moved with hazards that nobody knows");
        }
    }

    #[test]
    fn of_two_steps_nothing_is_said_to_be_hopeless_that_some_moves_would_let_in(town in town(true)) {
        let built = town.build();
        let (Some(lag), Some(found)) = (town.lag, built.repairs(Limits::default())) else { return Ok(()) };
        if found.proposals.is_empty() && found.extent == Extent::Whole {
            prop_assert!(!two_steps_let_in(&town, &built, lag));
        }
    }

    #[test]
    fn what_is_proposed_passes_the_checker(town in town(true)) {
        let Some(found) = town.build().repairs(Limits::default()) else { return Ok(()) };
        for proposal in &found.proposals {
            let built = town.build();
            let may = built.movables();
            for one in &proposal.moves {
                let movable = may.iter().find(|may| may.booking == one.booking);
                let movable = movable.expect("only those that may move do");
                let span = one.to.span().expect("a step");
                prop_assert_eq!(span.intersection(movable.request.window), Some(span), "outside its window");
                prop_assert_eq!(movable.needs_consent, one.needs_consent);
            }
            prop_assert_eq!(built.violations(proposal), []);
        }
    }
}
