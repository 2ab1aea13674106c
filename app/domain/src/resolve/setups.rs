//! How long a line must be set up before a place, as far as whoever asks may know it: the changeover in the cost of
//! [`super::alternatives`] and [`super::split`].
//!
//! The true length tells of whoever runs before: beside what is potent it is long. So it is reckoned only where the
//! asker knows what stands right ahead: a campaign of a product of its own, a step of the very campaign, or anything on
//! its own platform's lines. Anywhere else it is reckoned as the longest that the line can need for the product,
//! whatever ran before. That leaks nothing:
//!
//! - The longest follows from the set-up of the platform and the product that is asked for. No row is read for it.
//! - Whether a campaign of one's own is right ahead of a place that is *free* follows from one's own bookings and from
//!   when the line is published as taken ([`crate::availability::taken`]): nothing is taken between the two. A closure
//!   or an outage between counts as anything, since it is published as no more than taken.
//! - Places that are *not* free are never asked about. Whoever could ask of any minute which of two campaigns is right
//!   ahead of it would feel for the one where a rival's ends, and that, beside the first start that a search offers, is
//!   the length of a changeover. So alternatives are compared with each other, and not with what was wanted; since that
//!   is the same for all of them, none ranks otherwise for it.
//!
//! Whatever a rival's product is and leaves, and wherever its campaign begins and ends: as long as the same places are
//! free, all of them are reckoned the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    ClassId, Interval, LineId, Minute, Minutes, PlatformId, ProductId, Second,
    availability::{PlacedStep, Placement},
    changeover::{Changeover, ClassRule, Relation},
    gaps::mark,
    occupancy::{Kind, Occupancy},
    request::Request,
    resource::Line,
    snapshot::{LineState, Snapshot},
};

/// What whoever asks may know of what runs before a place, besides the product that is asked for: nothing by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Everything on the lines of this platform: it is the asker's own.
    pub platform: Option<PlatformId>,
    /// The campaigns of these products, on whatever line: they are the asker's own.
    pub products: BTreeSet<ProductId>,
}

/// The set-ups before the places of one request. What is the same for every place on a line is worked out once.
#[derive(Debug)]
pub struct Setups<'a> {
    snapshot: &'a Snapshot,
    request: &'a Request,
    known: &'a Known,
    now: Second,
    product: ProductId,
    /// Of the products that are known, to tell lines on which none of them runs.
    marks: Vec<u32>,
    /// `None` of a line that can't take the request.
    lines: BTreeMap<LineId, Option<OnLine<'a>>>,
}

/// The request on one line.
#[derive(Clone, Copy, Debug)]
struct OnLine<'a> {
    state: &'a LineState,
    needs: ClassId,
    leaves: ClassId,
    /// The longest changeover that the line can need for it.
    longest: Minutes,
    /// Whether all that stands there is known.
    all: bool,
    /// Whether something that is known may stand there.
    some: bool,
}

impl<'a> Setups<'a> {
    /// Those of `request` on `snapshot` at `now`, as whoever knows `known` may know them.
    #[must_use]
    pub fn new(snapshot: &'a Snapshot, request: &'a Request, known: &'a Known, now: Second) -> Self {
        let product = if request.product == ProductId::NONE { ProductId::UNNAMED } else { request.product };
        let marks = known.products.iter().chain([&product]).map(|product| mark(*product)).collect();
        Self { snapshot, request, known, now, product, marks, lines: BTreeMap::new() }
    }

    pub(super) const fn snapshot(&self) -> &'a Snapshot {
        self.snapshot
    }

    /// The least elapsed time of the set-up before each step of `placement`, which is free, summed, in minutes.
    #[must_use]
    pub fn before(&mut self, placement: &Placement) -> Minutes {
        let mut all: Minutes = 0;
        for (number, step) in placement.steps.iter().enumerate() {
            all = all.saturating_add(self.before_step(step, &placement.steps[..number]));
        }
        all
    }

    fn before_step(&mut self, step: &PlacedStep, earlier: &[PlacedStep]) -> Minutes {
        let Some(on) = self.on(step.line) else { return 0 };
        let start = step.interval.start;
        let own = earlier.iter().filter(|other| other.line == step.line).map(|other| other.interval.end);
        let own = own.filter(|end| *end <= start).max();
        if own.is_none() && !on.all && !on.some {
            return on.longest;
        }
        let row = on.ahead(start, self.now);
        let (end, leaves, product) = match (row, own) {
            (row, Some(end)) if row.is_none_or(|row| row.interval.end <= end) => {
                (end, on.leaves, self.product)
            }
            (Some(row), _) if on.all || self.is_own(row) => (row.interval.end, row.leaves, row.product),
            _ => return on.longest,
        };
        if !on.all && on.state.down_until(Interval { start: end, end: start }).is_some() {
            return on.longest;
        }
        let relation = Relation::between(self.product, product);
        on.state.matrix.cell(leaves, on.needs, relation).map_or(on.longest, Changeover::minimum)
    }

    /// A closure carries what is ahead of it, and is nobody's.
    fn is_own(&self, row: &Occupancy) -> bool {
        let is_known = row.product == self.product || self.known.products.contains(&row.product);
        row.kind == Kind::Campaign && is_known
    }

    fn on(&mut self, id: LineId) -> Option<OnLine<'a>> {
        let (snapshot, request, known, marks) = (self.snapshot, self.request, self.known, &self.marks);
        *self.lines.entry(id).or_insert_with(|| OnLine::new(snapshot, request, known, marks, id))
    }
}

impl<'a> OnLine<'a> {
    fn new(
        snapshot: &'a Snapshot,
        request: &Request,
        known: &Known,
        marks: &[u32],
        id: LineId,
    ) -> Option<Self> {
        let state: &'a LineState = snapshot.lines.get(&id)?;
        let (needs, leaves) = state.matrix.classify(&request.offering, &request.hazards)?;
        Some(Self {
            state,
            needs,
            leaves,
            longest: longest(state, needs),
            all: known.platform == Some(state.line.platform),
            some: marks.iter().any(|mark| state.carries(*mark)),
        })
    }

    /// What stands right ahead of `start`. Closures are passed over only where it is known that they are some.
    fn ahead(&self, start: Minute, now: Second) -> Option<&'a Occupancy> {
        let rows = self.state.rows();
        let until = rows.partition_point(|row| row.interval.end <= start);
        let mut standing = rows[..until].iter().rev().filter(|row| !row.is_expired(now));
        standing.find(|row| !self.all || row.kind != Kind::Closure)
    }
}

/// The longest changeover to what is needed, of another product than before, from anything that the line can be left
/// in: as it was new, or by what it may run.
fn longest(state: &LineState, needs: ClassId) -> Minutes {
    let (line, matrix) = (&state.line, &state.matrix);
    let left = matrix.rules.iter().filter(|rule| may_hold(rule, line)).map(|rule| rule.leaves);
    let left: BTreeSet<ClassId> = left.chain([matrix.initial]).collect();
    let into = matrix.cells.iter().filter(|cell| cell.needs == needs && cell.relation == Relation::Other);
    let into = into.filter(|cell| left.contains(&cell.leaves));
    into.map(|cell| cell.changeover.minimum()).max().unwrap_or(0)
}

/// Whether `rule` may hold for something that `line` may run.
fn may_hold(rule: &ClassRule, line: &Line) -> bool {
    let hazards = rule.any_hazard.is_empty() || !rule.any_hazard.is_disjoint(&line.admits);
    let band = rule.oeb_at_least.is_none_or(|least| line.oeb_max.is_none_or(|most| least <= most));
    let made = || line.capabilities.iter().any(|able| rule.offerings.contains(&able.offering));
    hazards && band && (rule.offerings.is_empty() || made())
}
