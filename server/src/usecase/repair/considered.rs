//! What the resolver considered when it looked for moves: kept with the decision that it led to, and with a proposal
//! until that is made. It is what was found at that moment, beside which nothing is decided again.

use std::collections::HashMap;

use app::contract::{ConsideredMove, ConsideredView, ConsideredWay, Instant, RepairCostView};
use domain::{
    Minute, Minutes, PlatformId,
    availability::Placement,
    resolve::{
        parted::Parted,
        repair::{self, Extent, Move, Proposal, Repairs},
        rescue::Way,
    },
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::view::days_moved;
use crate::{
    store::Catalogue,
    usecase::{booking::Side, place},
};

/// Ways kept at most, each with as many moves as a policy may let be made for one request at most, and a move is a few
/// numbers: some kilobytes in all.
const MOST: usize = 6;
/// What a firm that couldn't stay, and was only asked, reads of what others did for it, its own move alone; and one to
/// which a desk gives a place.
const UNTOLD: RepairCostView = RepairCostView { consents: 0, moves: 0, shift_days: 0 };

/// What was considered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Considered {
    /// The rule's name, with its version.
    rule: String,
    effort: Effort,
    /// Whether it was for a campaign that stood already, and not for what was asked for.
    stood: bool,
    /// Whether a platform's desk looked at it for a firm, which was shown none of it.
    #[serde(default)]
    by_desk: bool,
    /// At most [`MOST`], as they were ranked.
    ways: Vec<Kept>,
    /// Which of them was taken, from 0.
    chosen: Option<u32>,
    /// Why none was: the name of the refusal.
    none: Option<String>,
}

/// How much was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Effort {
    /// Sets of moves that it was tried to arrange; of a campaign that goes alone, the manners of going.
    pub tried: u32,
    /// Searches of the kernel that all of it took, as far as they are counted.
    pub searches: u32,
    pub extent: Extent,
    /// Platforms on whose lines it was looked for.
    pub platforms: u32,
}

impl Effort {
    /// What `found` took, on so many platforms.
    pub fn of(found: &Repairs, platforms: usize) -> Self {
        let Repairs { extent, tried, searches, .. } = *found;
        Self { tried, searches, extent, platforms: u32::try_from(platforms).unwrap_or(u32::MAX) }
    }

    /// What a look at some manners took in which one campaign could go elsewhere. Of each free stretch its earliest
    /// place is looked at, and those nearest to where it stands.
    const fn alone(manners: u32) -> Self {
        Self { tried: manners, searches: manners, extent: Extent::Sets, platforms: 1 }
    }

    /// What both took together.
    pub const fn and(self, other: Self) -> Self {
        let (tried, searches) = (self.tried + other.tried, self.searches + other.searches);
        Self { tried, searches, ..self }
    }
}

/// A way that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    place: Placement,
    /// Of a campaign that is parted: how many batches stay there, how many go, and where.
    rest: Option<(u32, u32, Placement)>,
    price_fen: i64,
    cost: Reckoned,
    moves: Vec<KeptMove>,
}

/// What it was ranked by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "by")]
enum Reckoned {
    /// Lexicographically.
    Moves(repair::Cost),
    /// In minutes of shift; with the shift itself.
    Place { cost: Minutes, shift: Minutes },
}

/// Another campaign's move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct KeptMove {
    booking: Uuid,
    /// First starts.
    from: Minute,
    to: Minute,
    /// By how many days it moves, as whoever wants the place is told.
    days: i64,
    asked: bool,
}

impl Kept {
    /// A place for which others move.
    fn of_proposal(catalogue: &Catalogue, one: &Proposal) -> Self {
        let start = |place: &Placement| place.span().map_or(0, |span| span.start);
        let moved = |one: &Move| KeptMove {
            booking: one.booking.0,
            from: start(&one.from),
            to: start(&one.to),
            days: days_moved(catalogue, &one.from, &one.to),
            asked: one.needs_consent,
        };
        Self {
            place: one.offer.placement.clone(),
            rest: None,
            price_fen: one.offer.price_fen,
            cost: Reckoned::Moves(one.cost),
            moves: one.moves.iter().map(moved).collect(),
        }
    }

    /// A place to which all of a campaign would go.
    pub fn of_way(way: &Way) -> Self {
        Self {
            place: way.offer.placement.clone(),
            rest: None,
            price_fen: way.offer.price_fen,
            cost: Reckoned::Place { cost: way.cost, shift: way.shift },
            moves: Vec::new(),
        }
    }

    /// How a campaign would be parted.
    pub fn of_parts(parts: &Parted) -> Self {
        let Parted { stays, goes, shift, cost, .. } = parts;
        Self {
            place: stays.offer.placement.clone(),
            rest: Some((stays.batches, goes.batches, goes.offer.placement.clone())),
            price_fen: stays.offer.price_fen.saturating_add(goes.offer.price_fen),
            cost: Reckoned::Place { cost: *cost, shift: *shift },
            moves: Vec::new(),
        }
    }

    /// Whether it is just this: the place, and where what doesn't stay there goes.
    pub fn is(&self, place: &Placement, rest: Option<&Placement>) -> bool {
        self.place == *place && self.rest() == rest
    }

    fn rest(&self) -> Option<&Placement> {
        self.rest.as_ref().map(|(.., rest)| rest)
    }
}

impl Considered {
    /// Of room: the `ways` that were found, of which one was `chosen`, or why none was.
    pub fn of_room(
        catalogue: &Catalogue,
        (effort, stood): (Effort, bool),
        ways: &[Proposal],
        chosen: Result<&Proposal, &str>,
    ) -> Self {
        let same = |one: &Proposal, other: &Proposal| {
            one.moves == other.moves && one.offer.placement == other.offer.placement
        };
        let mut all: Vec<&Proposal> = Vec::with_capacity(ways.len());
        for way in ways.iter().chain(chosen.ok()) {
            if !all.iter().any(|known| same(known, way)) {
                all.push(way);
            }
        }
        all.sort_by_key(|way| way.cost);
        let number = all.iter().position(|way| chosen.is_ok_and(|chosen| same(way, chosen)));
        let ways = all.into_iter().map(|way| Kept::of_proposal(catalogue, way)).collect();
        Self::new(repair::RULE, (effort, stood), ways, (number, chosen.err()))
    }

    /// Of a campaign that goes elsewhere by itself, as `rule` says: the `ways` that were found in so many manners, of
    /// which it takes the one with this place, and with this one for what doesn't stay there.
    pub fn of_places(
        rule: &str,
        (manners, ways): (u32, Vec<Kept>),
        (place, rest): (&Placement, Option<&Placement>),
    ) -> Self {
        let mut all: Vec<Kept> = Vec::with_capacity(ways.len());
        for way in ways {
            // By rule and by consent it may go to the same place.
            if !all.iter().any(|known| known.is(&way.place, way.rest())) {
                all.push(way);
            }
        }
        let number = all.iter().position(|way| way.is(place, rest));
        Self::new(rule, (Effort::alone(manners), true), all, (number, None))
    }

    /// Of a campaign for which no place was found in so many manners.
    pub fn nowhere(rule: &str, manners: u32) -> Self {
        Self::new(rule, (Effort::alone(manners), true), Vec::new(), (None, Some("no_way")))
    }

    fn new(
        rule: &str,
        (effort, stood): (Effort, bool),
        mut ways: Vec<Kept>,
        (mut chosen, none): (Option<usize>, Option<&str>),
    ) -> Self {
        // What was taken is kept, be it the dearest.
        if let Some(number) = chosen.filter(|number| *number >= MOST) {
            ways.swap(MOST - 1, number);
            chosen = Some(MOST - 1);
        }
        ways.truncate(MOST);
        let chosen = chosen.and_then(|number| u32::try_from(number).ok());
        let (rule, none) = (rule.to_owned(), none.map(str::to_owned));
        Self { rule, effort, stood, by_desk: false, ways, chosen, none }
    }

    /// The same as what a platform's desk looked at for a firm.
    pub fn by_desk(self) -> Self {
        Self { by_desk: true, ..self }
    }

    /// The bookings that are named in it.
    pub fn bookings(&self) -> impl Iterator<Item = Uuid> {
        self.ways.iter().flat_map(|way| &way.moves).map(|one| one.booking)
    }

    /// As `side` of a booking at `platform` may read it; `references` are those of that platform's bookings. A firm
    /// reads what it was shown when it asked, and of a campaign that couldn't stay what became of that, without those
    /// who made room for it; how many sets there were to be tried would tell it how many others are near. Of what a
    /// desk looked at for it, it reads the place alone that it was given: nothing of others, nor how many ways they
    /// left. A platform reads nothing of another.
    pub fn view(
        &self,
        catalogue: &Catalogue,
        (side, platform): (Side, PlatformId),
        references: &HashMap<Uuid, String>,
    ) -> ConsideredView {
        let inside = side == Side::Platform;
        let is_shown = !self.stood && !self.by_desk;
        let is_read = |(number, way): &(usize, &Kept)| {
            let is_chosen = self.chosen.is_some_and(|chosen| usize::try_from(chosen) == Ok(*number));
            let route = catalogue.route(way.place.route);
            if inside { route.is_some_and(|route| route.platform == platform) } else { is_shown || is_chosen }
        };
        let read: Vec<(usize, &Kept)> = self.ways.iter().enumerate().filter(is_read).collect();
        let others = u32::try_from(self.ways.len() - read.len()).unwrap_or(u32::MAX);
        let counted = |number: u32| Some(number).filter(|_| inside && self.effort.platforms <= 1);
        let (near, looked_at) = match self.effort.extent {
            Extent::Neighbourhood { near, looked_at } => (counted(near), counted(looked_at)),
            Extent::Whole | Extent::Sets | Extent::Searches => (None, None),
        };
        ConsideredView {
            rule: self.rule.clone(),
            extent: extent(self.effort.extent).to_owned(),
            tried: counted(self.effort.tried),
            searches: counted(self.effort.searches),
            near,
            looked_at,
            others: if inside || !self.by_desk { others } else { 0 },
            ways: read
                .into_iter()
                .map(|(number, way)| {
                    let shown = way.view(catalogue, inside.then_some(references));
                    ConsideredWay {
                        chosen: self.chosen.is_some_and(|chosen| usize::try_from(chosen) == Ok(number)),
                        cost: if inside || is_shown { shown.cost } else { UNTOLD },
                        ..shown
                    }
                })
                .collect(),
        }
    }
}

impl Kept {
    fn view(&self, catalogue: &Catalogue, references: Option<&HashMap<Uuid, String>>) -> ConsideredWay {
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let consents = count(self.moves.iter().filter(|one| one.asked).count());
        let (finish_minutes, waiting_minutes, reckoned_minutes, shift_minutes) = match self.cost {
            Reckoned::Moves(cost) => (Some(cost.own.finish), Some(cost.own.waiting), None, None),
            Reckoned::Place { cost, shift } => (None, None, Some(cost), Some(shift)),
        };
        // Where all of it stood is on record elsewhere.
        let parted = self.rest.as_ref().map(|(stays, goes, rest)| {
            place::parted(catalogue, None, [*stays, *goes], [&self.place, rest], None)
        });
        let named = |one: &KeptMove| {
            let reference = references?.get(&one.booking)?.clone();
            let (from, to) = (Instant::from_minute(one.from), Instant::from_minute(one.to));
            Some(ConsideredMove { booking: one.booking, reference, from, to, asked: one.asked })
        };
        ConsideredWay {
            chosen: false,
            steps: place::steps(catalogue, &self.place),
            parted,
            price_fen: self.price_fen,
            cost: RepairCostView {
                consents,
                moves: count(self.moves.len()),
                shift_days: self.moves.iter().map(|one| one.days).sum(),
            },
            finish_minutes,
            waiting_minutes,
            shift_minutes,
            reckoned_minutes,
            moves: self.moves.iter().filter_map(named).collect(),
        }
    }
}

/// The name on the wire.
const fn extent(extent: Extent) -> &'static str {
    match extent {
        Extent::Whole => "whole",
        Extent::Sets => "sets",
        Extent::Neighbourhood { .. } => "neighbourhood",
        Extent::Searches => "searches",
    }
}
