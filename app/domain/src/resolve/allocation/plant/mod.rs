//! The ground of a real round: the kernel's lines, calendars and pools with what is booked on them. Every place comes
//! from the kernel's search, and every line is put together by the rules of the chain.

mod line;
mod placing;

use std::{collections::BTreeSet, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{
    chance::Chance,
    ground::{Ground, Manner, Stay},
    rule::Wish,
};
use crate::{
    Interval, LineId, Minute, Minutes, OccupancyId, ProductId, Second,
    availability::{self, Claim, Offer, Placement, check, claims, search_within},
    length::Length,
    occupancy::{Kind, Occupancy},
    refusal::Refusal,
    request::Request,
    resolve::repair::routes,
    route::{Figures, Route},
    snapshot::Snapshot,
};
use line::Line;

/// Chains that one search of a route may try: of requests whose steps crowd each other out so much, other places are
/// found in other rounds of the search.
const ATTEMPTS: u32 = 2_000;
/// Most places that are kept of what a wish could have if nobody else had one.
const ALONE: usize = 64;

/// Where a wish lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Which of its choices it is, from 0.
    pub choice: usize,
    pub placement: Placement,
}

/// A snapshot with a plan of wishes.
#[derive(Debug)]
pub struct Plant {
    /// With the plan's rows and claims, but for the lines in `stale`.
    current: Snapshot,
    /// As it was before anything was placed, without holds that have expired.
    start: Snapshot,
    lines: Vec<(LineId, Line)>,
    stale: BTreeSet<usize>,
    /// Lines whose rows don't fit each other.
    broken: BTreeSet<usize>,
    now: Second,
    /// By wish, its choices, each of a product.
    choices: Vec<Vec<Request>>,
    /// How many of them may be used.
    open: Vec<usize>,
    places: Vec<Option<Place>>,
    /// Wishes that stay as they are.
    kept: BTreeSet<usize>,
    alone: Vec<Vec<Place>>,
    /// Minutes of the longest changeover of any line, were its crew always there.
    reach: Minutes,
}

impl Plant {
    /// The plant at `now` before anything is placed.
    #[must_use]
    pub fn new(snapshot: &Snapshot, wishes: &[Wish], now: Second) -> Self {
        let lines: Vec<_> = snapshot.lines.iter().map(|(id, state)| (*id, Line::new(state, now))).collect();
        let choices: Vec<Vec<Request>> = wishes.iter().map(named).collect();
        let cells = snapshot.lines.values().flat_map(|state| &state.matrix.cells);
        let reach = cells.map(|cell| cell.changeover.minimum()).max().unwrap_or(0);
        let mut plant = Self {
            current: snapshot.clone(),
            start: snapshot.clone(),
            stale: (0..lines.len()).collect(),
            broken: BTreeSet::new(),
            lines,
            now,
            open: choices.iter().map(Vec::len).collect(),
            places: vec![None; choices.len()],
            kept: BTreeSet::new(),
            alone: Vec::new(),
            reach,
            choices,
        };
        plant.refresh();
        plant.start = plant.current.clone();
        plant.alone = (0..plant.choices.len()).map(|wish| plant.offers(wish, (ALONE, ATTEMPTS))).collect();
        plant
    }

    /// Lets `wish` have only the first `open` of its choices.
    pub fn open(&mut self, wish: usize, open: usize) {
        self.open[wish] = open;
    }

    /// Leaves these wishes as they are, each in its place or without one, whatever is tried with the others. No other
    /// is kept any more.
    pub fn keep(&mut self, wishes: BTreeSet<usize>) {
        self.kept = wishes;
    }

    /// How many wishes there are.
    #[must_use]
    pub const fn wishes(&self) -> usize {
        self.choices.len()
    }

    /// How many choices `wish` has.
    #[must_use]
    pub fn choices(&self, wish: usize) -> usize {
        self.choices[wish].len()
    }

    /// The plant before anything is placed, and when that is.
    #[must_use]
    pub const fn start(&self) -> (&Snapshot, Second) {
        (&self.start, self.now)
    }

    /// Whether `wish` could be placed if nobody else were, as far as a quick look tells.
    #[must_use]
    pub fn is_possible(&self, wish: usize) -> bool {
        !self.alone[wish].is_empty()
    }

    /// The choices of `wish`.
    #[must_use]
    pub fn asked(&self, wish: usize) -> &[Request] {
        &self.choices[wish]
    }

    /// Whether `wish` fits there beside the plan, as the booking protocol decides it.
    ///
    /// # Errors
    /// The first refusal.
    pub fn fits(&mut self, wish: usize, place: &Place) -> Result<Offer, Refusal> {
        self.refresh();
        let request = self.choices[wish].get(place.choice).ok_or(Refusal::Stale)?;
        check(&self.current, request, &place.placement, self.now)
    }

    /// What `wish`, which has no place, could have beside the plan: at most `most` of every choice, the most wanted
    /// choice first.
    pub fn free(&mut self, wish: usize, most: usize) -> Vec<Place> {
        self.refresh();
        self.offers(wish, (most, availability::ATTEMPTS))
    }

    /// What `wish`, which has no place, could have of one of its choices beside the plan, beginning no sooner than
    /// `from`: of each free stretch the earliest, what is done first the first. Unlike what the search asks for, it is
    /// all that the kernel finds, and also what fits only beside the plan.
    pub fn beside(&mut self, wish: usize, choice: usize, from: Minute) -> Vec<Place> {
        self.refresh();
        let Some(request) = self.choices[wish].get(choice) else { return Vec::new() };
        let window = Interval { start: request.window.start.max(from), ..request.window };
        let asked = Request { window, ..request.clone() };
        let found = availability::search(&self.current, &asked, self.now);
        let place = |offer: Offer| Place { choice, placement: offer.placement };
        found.map_or_else(|_| Vec::new(), |found| found.offers.iter().map(place).collect())
    }

    /// The line time that `wish` takes with one of its choices at least, wherever it lies.
    #[must_use]
    pub fn least(&self, wish: usize, choice: usize) -> Minutes {
        let Some(request) = self.choices[wish].get(choice) else { return Minutes::MAX };
        let on_line = |figures: &Figures| {
            let state = self.current.lines.get(&figures.line)?;
            Some(Length::new(figures, request.batches).least(&state.calendar))
        };
        let of_route = |route: &Arc<Route>| -> Option<Minutes> {
            route.steps.iter().map(|step| step.lines.iter().filter_map(on_line).min()).sum()
        };
        routes(&self.current, request).filter_map(of_route).min().unwrap_or(Minutes::MAX)
    }

    /// Some places of `wish` beside the plan, at most `most` of every choice, the most wanted choice first.
    fn offers(&self, wish: usize, (most, attempts): (usize, u32)) -> Vec<Place> {
        let mut places = Vec::new();
        for (choice, request) in self.choices[wish].iter().enumerate() {
            let Ok(found) = search_within(&self.current, request, self.now, attempts) else { continue };
            let offers = found.offers.iter().take(most);
            places.extend(offers.map(|offer| Place { choice, placement: offer.placement }));
        }
        places
    }

    /// Brings the snapshot up to date with the plan.
    fn refresh(&mut self) {
        while let Some(number) = self.stale.pop_first() {
            let (id, line) = &self.lines[number];
            let state = if let Ok(state) = line.state() {
                self.broken.remove(&number);
                state
            } else {
                self.broken.insert(number);
                line.state_as_is()
            };
            self.current.lines.insert(*id, Arc::new(state));
        }
    }

    fn number(&self, line: LineId) -> Option<usize> {
        self.lines.binary_search_by_key(&line, |(id, _)| *id).ok()
    }

    /// The row that a step of a wish will be.
    fn row(&self, wish: usize, choice: usize, line: usize, interval: Interval) -> Occupancy {
        let request = &self.choices[wish][choice];
        let state = &self.current.lines[&self.lines[line].0];
        let classes = state.matrix.classify(&request.offering, &request.hazards);
        Occupancy {
            // Nobody asks for it by its id.
            id: OccupancyId(uuid::Uuid::nil()),
            line: state.line.id,
            kind: Kind::Campaign,
            interval,
            needs: classes.map(|(needs, _)| needs),
            leaves: classes.map_or(state.matrix.initial, |(_, leaves)| leaves),
            product: request.product,
            batches: request.batches,
            expires_at: None,
            link: None,
        }
    }

    fn claim(&mut self, placement: &Placement, take: bool) {
        for Claim { pool, cell, amount, .. } in claims(&self.current, placement) {
            let Some(state) = self.current.pools.get_mut(&pool) else { continue };
            let used = Arc::make_mut(state).used.entry(cell).or_default();
            *used = if take { used.saturating_add(amount) } else { used.saturating_sub(amount) };
        }
    }
}

/// The choices of a wish; one without a product is of a product of its own, as [`Wish::choices`] says.
#[must_use]
pub fn named(wish: &Wish) -> Vec<Request> {
    let mut choices = wish.choices.clone();
    for request in choices.iter_mut().filter(|request| request.product == ProductId::NONE) {
        request.product = ProductId(wish.id);
    }
    choices
}
