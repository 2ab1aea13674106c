//! The ground of an [`Instance`]: whole units, the same gap whenever a changeover falls, pools as capacity over time.

mod fit;
mod line;
mod pool;
mod ranges;

use super::{
    chance::Chance,
    ground::{Ground, Manner, Stay},
    instance::{Accepted, Instance, PlacedStep, Plan},
};
use fit::Fit;
use line::{Changeovers, Line, Row};
use pool::Pools;
use ranges::{Range, unite};

/// A step's line and start, for every step.
pub type Place = Vec<(usize, i64)>;

/// A step as the search needs it.
#[derive(Clone, Debug)]
struct Step {
    duration: i64,
    min_lag: i64,
    /// Far beyond every window if there is none.
    max_lag: i64,
    /// Pools and amounts.
    uses: Vec<(usize, i64)>,
    /// The first and last start that the window leaves beside the other steps.
    window: Range,
    /// The lines able to do it, each with the starts that window and closures leave; none without any.
    lines: Vec<(usize, Vec<Range>)>,
}

#[derive(Clone, Debug)]
struct Request {
    class: usize,
    window: (i64, i64),
    steps: Vec<Step>,
}

/// An instance with a plan.
#[derive(Clone, Debug)]
pub struct Units {
    requests: Vec<Request>,
    changeovers: Changeovers,
    may_tear: bool,
    lines: Vec<Line>,
    pools: Pools,
    places: Vec<Option<Place>>,
    fit: Fit,
}

impl Units {
    /// An empty plan for an instance that was admitted.
    #[must_use]
    pub fn new(instance: &Instance) -> Self {
        let requests: Vec<_> = instance.requests.iter().map(|request| compile(instance, request)).collect();
        let changeovers = Changeovers::new(&instance.changeover);
        let shortest = requests.iter().flat_map(|request| &request.steps).map(|step| step.duration).min();
        Self {
            places: vec![None; requests.len()],
            may_tear: changeovers.may_tear(shortest.unwrap_or(0)),
            changeovers,
            lines: vec![Line::default(); instance.lines.len()],
            pools: Pools::new(instance.pools.iter().map(|pool| pool.capacity).collect()),
            requests,
            fit: Fit::default(),
        }
    }

    /// The plan as the instance's format has it.
    #[must_use]
    pub fn plan(&self, instance: &Instance) -> Plan {
        let mut plan = Plan { name: instance.name.clone(), value: 0, accepted: Vec::new() };
        for (request, place) in instance.requests.iter().zip(&self.places) {
            let Some(place) = place else { continue };
            let step =
                |(line, start): &(usize, i64)| PlacedStep { line: instance.lines[*line].id, start: *start };
            plan.value += request.value;
            plan.accepted.push(Accepted { id: request.id, steps: place.iter().map(step).collect() });
        }
        plan
    }

    fn use_pools(&mut self, request: usize, place: &Place, sign: i64) {
        for (step, (_, start)) in self.requests[request].steps.iter().zip(place) {
            self.pools.add((*start, start + step.duration), &step.uses, sign);
        }
    }
}

fn compile(instance: &Instance, request: &super::instance::Request) -> Request {
    // Beyond every window, and far from overflowing.
    let unlimited = request.due.saturating_sub(request.release).max(0);
    let lag = |number: usize, lag: i64| if number == 0 { 0 } else { lag.max(0) };
    let spans =
        request.steps.iter().enumerate().map(|(number, step)| step.duration + lag(number, step.min_lag));
    let all: i64 = spans.clone().fold(0, i64::saturating_add);
    let mut before = 0_i64;
    let steps = request.steps.iter().enumerate().zip(spans).map(|((number, step), span)| {
        let ahead = before.saturating_add(lag(number, step.min_lag));
        before = before.saturating_add(span);
        let behind = all.saturating_sub(before).saturating_add(step.duration);
        let window = (request.release.saturating_add(ahead), request.due.saturating_sub(behind));
        let uses = step.uses.iter().filter(|(_, amount)| **amount > 0);
        let uses = uses.filter_map(|(id, amount)| {
            instance.pools.iter().position(|pool| pool.id == *id).map(|pool| (pool, *amount))
        });
        let mut able: Vec<usize> = step
            .lines
            .iter()
            .filter_map(|id| instance.lines.iter().position(|line| line.id == *id))
            .collect();
        able.sort_unstable();
        able.dedup();
        let starts = |line: usize| (line, starts(window, step.duration, &instance.lines[line].closed));
        Step {
            duration: step.duration,
            min_lag: lag(number, step.min_lag),
            max_lag: step.max_lag.unwrap_or(unlimited),
            uses: uses.collect(),
            window,
            lines: able.into_iter().map(starts).filter(|(_, starts)| !starts.is_empty()).collect(),
        }
    });
    Request { class: request.class, window: (request.release, request.due), steps: steps.collect() }
}

/// The starts in a window at which no closure is in the way.
fn starts((first, last): Range, duration: i64, closed: &[(i64, i64)]) -> Vec<Range> {
    let mut blocked: Vec<Range> = closed.iter().map(|(start, end)| (start - duration + 1, end - 1)).collect();
    blocked.retain(|(from, until)| from <= until);
    unite(&mut blocked);
    let mut free = Vec::new();
    let mut from = first;
    for (block_first, block_last) in blocked {
        free.push((from, last.min(block_first - 1)));
        from = from.max(block_last + 1);
    }
    free.push((from, last));
    free.retain(|(from, until)| from <= until);
    free
}

impl Ground for Units {
    type Place = Place;

    fn place(&self, request: usize) -> Option<&Place> {
        self.places[request].as_ref()
    }

    fn find(&mut self, request: usize, manner: Manner, chance: &mut Chance) -> Option<Place> {
        let Self { requests, changeovers, lines, pools, fit, .. } = self;
        fit.find(&requests[request], (changeovers, lines, pools), manner, chance)
    }

    fn put(&mut self, request: usize, place: Place) {
        let Request { class, steps, .. } = &self.requests[request];
        for (step, (line, start)) in steps.iter().zip(&place) {
            let row = Row { start: *start, end: start + step.duration, class: *class, request };
            self.lines[*line].put(row);
        }
        self.use_pools(request, &place, 1);
        self.places[request] = Some(place);
    }

    fn take(&mut self, request: usize) -> Option<Place> {
        let place = self.places[request].take()?;
        for (line, start) in &place {
            self.lines[*line].take(*start);
        }
        self.use_pools(request, &place, -1);
        Some(place)
    }

    fn torn(&mut self) -> Option<usize> {
        if !self.may_tear {
            return None;
        }
        self.lines.iter().find_map(|line| line.torn(&self.changeovers))
    }

    fn stays(&self, request: usize, place: &Place, stay: &mut dyn FnMut(Stay)) {
        for (step, (line, start)) in self.requests[request].steps.iter().zip(place) {
            stay(Stay { line: *line, start: *start, end: start + step.duration });
        }
    }

    fn alone(&self, request: usize, chance: &mut Chance, stay: &mut dyn FnMut(Stay)) {
        let mut ahead: Option<i64> = None;
        for step in &self.requests[request].steps {
            if step.lines.is_empty() {
                return;
            }
            let (line, ranges) = &step.lines[chance.below(step.lines.len())];
            let (first, last) = ranges[chance.below(ranges.len())];
            let (earliest, latest) =
                ahead.map_or(step.window, |end| (end + step.min_lag, end + step.max_lag));
            let first = first.max(earliest).min(step.window.1);
            let last = last.min(latest).max(first);
            let start = first + (chance.share() * (last - first + 1) as f64) as i64;
            let end = start + step.duration;
            stay(Stay { line: *line, start, end });
            ahead = Some(end);
        }
    }

    fn window(&self, request: usize) -> (i64, i64) {
        self.requests[request].window
    }

    fn reach(&self) -> i64 {
        self.changeovers.longest()
    }

    fn burden(&self, request: usize) -> f64 {
        let units: i64 = self.requests[request].steps.iter().map(|step| step.duration).sum();
        units.max(1) as f64
    }
}
