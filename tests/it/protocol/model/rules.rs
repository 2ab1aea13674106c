//! A plain model of the rules, by their own words: lines as lists of rows, bookings as records, every question answered
//! by looking at everything. It shares no code with the kernel, and knows the plant that [`Plant::new`] makes: open day
//! and night, one step, a pool that counts campaigns by the day.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::RangeInclusive,
};

use tests::{
    Plant,
    plant::{BEGIN, DAY},
};
use uuid::Uuid;

use super::{fees::Room, outages::Outage, waiting::Waiter};

/// A stretch of time, half-open minutes.
pub type Span = (i64, i64);

/// A place on a line, half-open minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub line: usize,
    pub start: i64,
    pub end: i64,
}

impl Place {
    pub const fn minutes(self) -> i64 {
        self.end - self.start
    }

    /// Whether it shares a minute with a stretch of its line's time.
    pub const fn meets(self, (start, end): Span) -> bool {
        self.start < end && start < self.end
    }

    /// Whether all of it lies in a window.
    pub const fn is_inside(self, (start, end): Span) -> bool {
        start <= self.start && self.end <= end
    }
}

/// What is made: the state of a line that it needs and leaves, and which one of those it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Product {
    pub class: i64,
    pub number: i64,
}

/// The state in which every line begins, of no product.
const FRESH: Product = Product { class: 0, number: -1 };
/// Of a closure, which needs nothing and leaves the line as it was.
pub const NOTHING: Product = Product { class: -1, number: -1 };

impl Product {
    /// The one product of this class that a firm has.
    pub fn of(firm: usize, class: usize) -> Self {
        let small = |number: usize| i64::try_from(number).expect("small");
        Self { class: small(class), number: small(firm * 3 + class) }
    }

    /// One that nobody has: what is searched for without a name.
    pub fn unnamed(class: usize) -> Self {
        Self { number: -2, ..Self::of(0, class) }
    }
}

/// What holds a line's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Campaign(Uuid),
    Cleaning,
    Closure(Uuid),
}

/// A stretch of a line, half-open minutes, with what is made on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    pub start: i64,
    pub end: i64,
    pub kind: Kind,
    pub product: Product,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    pub firm: usize,
    pub status: &'static str,
    /// Where it stands, or stood last.
    pub place: Place,
    pub class: usize,
    pub batches: u32,
    /// Until when a hold lasts or a reply is due, in seconds.
    pub due: Option<i64>,
    pub price: i64,
    /// Moves since it was confirmed, by its owner's own doing.
    pub moves: i64,
    /// What its owner has paid for them.
    pub paid: i64,
    /// What leaving cost at most where it left for nothing, or was moved for others, without what was paid since.
    pub left: i64,
    /// The start from which others have moved it since its owner put it somewhere; the least number: none.
    pub noticed: i64,
    /// Until when, exclusive and in seconds, its notice is that of there.
    pub noticed_until: i64,
    /// The window that it was asked for in; where else its owner agreed to since was for the very place.
    pub asked: Span,
    /// The window in which its firm lets it be moved by rule.
    pub plan: Option<Span>,
}

impl Booking {
    pub fn product(&self) -> Product {
        Product::of(self.firm, self.class)
    }
}

/// Why something can't be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    WrongState,
    Taken,
    /// The line is down.
    Down,
    TooSoon,
    TooManyHolds,
    TooManyUnconfirmed,
    /// Nothing could be moved in its plan window.
    Stuck,
}

#[derive(Clone, Debug)]
pub struct Model {
    pub now: i64,
    pub lines: Vec<Vec<Row>>,
    pub bookings: BTreeMap<Uuid, Booking>,
    pub outages: BTreeMap<Uuid, Outage>,
    /// Which outage is on record as having hit which booking.
    pub hits: BTreeSet<(Uuid, Uuid)>,
    pub waiters: BTreeMap<Uuid, Waiter>,
    /// Who has moved for whose hold.
    pub rooms: Vec<Room>,
    /// Holds that a firm may have, and holds and requests together.
    most: (usize, usize),
    capacity: usize,
    /// Minutes that every campaign takes, and each batch.
    takes: (i64, i64),
    /// Least minutes from what was left to what is needed, by whether the product is the same.
    setups: BTreeMap<(i64, i64, bool), i64>,
}

/// Least notice, in minutes.
pub const NOTICE: i64 = DAY;
/// Campaigns begin at the hour.
const HOUR: i64 = 60;

impl Model {
    pub fn new(plant: &Plant, now: i64, (holds, unconfirmed): (u32, u32)) -> Self {
        let classes = 0..3;
        let pairs = classes.clone().flat_map(|one| (0..3).map(move |two| (one, two)));
        let setups = pairs
            .flat_map(|(leaves, needs)| [true, false].map(|same| (leaves, needs, same)))
            .filter_map(|(leaves, needs, same)| {
                Some(((leaves, needs, same), plant.setup(leaves, needs, same)?))
            })
            .collect();
        let small = |number: u32| usize::try_from(number).expect("small");
        let figures = &plant.route.steps[0].lines[0];
        let (bookings, outages, hits, waiters, rooms) = Default::default();
        Self {
            now,
            lines: vec![Vec::new(); plant.lines.len()],
            bookings,
            outages,
            hits,
            waiters,
            rooms,
            most: (small(holds), small(unconfirmed)),
            capacity: small(plant.pools[0].capacity),
            takes: (figures.setup, figures.batch),
            setups,
        }
    }

    /// The minute that has begun.
    pub fn minute(&self) -> i64 {
        self.now.div_euclid(60)
    }

    /// The first whole minute: one that has begun is over.
    pub fn first_minute(&self) -> i64 {
        (self.now + 59).div_euclid(60)
    }

    /// The plant midnight ahead.
    pub fn tomorrow(&self) -> i64 {
        midnight(self.minute()) + DAY
    }

    /// How many batches a campaign of so many minutes has.
    pub fn batches(&self, minutes: i64) -> u32 {
        u32::try_from((minutes - self.takes.0) / self.takes.1).expect("a campaign")
    }

    /// Why a campaign of a new hold can't begin and lie there; empty: it can.
    pub fn hold(&self, firm: usize, place: Place, class: usize) -> BTreeSet<Why> {
        let mut why = self.place(place, Product::of(firm, class), None, NOTICE);
        why.extend(self.full(firm, 1));
        why
    }

    /// Why a firm can't have so many holds more.
    pub fn full(&self, firm: usize, more: usize) -> BTreeSet<Why> {
        let (held, unconfirmed) = self.unconfirmed(firm);
        let mut why = BTreeSet::new();
        if held + more > self.most.0 {
            why.insert(Why::TooManyHolds);
        }
        if unconfirmed + more > self.most.1 {
            why.insert(Why::TooManyUnconfirmed);
        }
        why
    }

    /// How many holds a firm has, and how many holds and requests.
    fn unconfirmed(&self, firm: usize) -> (usize, usize) {
        let count = |status: &str| {
            let counts = |booking: &&Booking| booking.firm == firm && booking.status == status;
            self.bookings.values().filter(counts).count()
        };
        let (held, requested) = (count("held"), count("requested"));
        (held, held + requested)
    }

    /// Whether any of so many firms has more than it may.
    pub fn has_too_many(&self, firms: usize) -> bool {
        (0..firms).any(|firm| {
            let (held, unconfirmed) = self.unconfirmed(firm);
            held > self.most.0 || unconfirmed > self.most.1
        })
    }

    /// Why a booking can't move there.
    pub fn relocate(&self, id: Uuid, place: Place) -> BTreeSet<Why> {
        let booking = &self.bookings[&id];
        let mut why = self.place(place, booking.product(), Some(id), NOTICE);
        if !matches!(booking.status, "held" | "requested" | "confirmed") {
            why.insert(Why::WrongState);
        }
        why
    }

    /// Why a campaign can't lie there; `own` is one that leaves its row for it. It needs so many minutes of notice.
    pub fn place(&self, place: Place, product: Product, own: Option<Uuid>, notice: i64) -> BTreeSet<Why> {
        let mut why = BTreeSet::new();
        if place.start < self.first_minute() + notice {
            why.insert(Why::TooSoon);
        }
        if self.is_down(place) {
            why.insert(Why::Down);
        }
        let rows: Vec<Row> = self.lines[place.line]
            .iter()
            .filter(|row| own.is_none_or(|own| row.kind != Kind::Campaign(own)))
            .copied()
            .collect();
        let new = Row { start: place.start, end: place.end, kind: Kind::Cleaning, product };
        if !self.fits(&rows, new) || !self.pool_has_room(place, own) {
            why.insert(Why::Taken);
        }
        why
    }

    /// Whether a campaign of so many batches finds a place anywhere in a window; `own` is one that leaves its row.
    pub fn finds_room(&self, window: Span, batches: u32, product: Product, own: Option<Uuid>) -> bool {
        self.starts(window, batches).any(|(start, end)| {
            let mut places = (0..self.lines.len()).map(|line| Place { line, start, end });
            places.any(|place| self.place(place, product, own, NOTICE).is_empty())
        })
    }

    /// Whether it would if nothing stood anywhere, and every line were up.
    pub fn is_possible(&self, window: Span, batches: u32) -> bool {
        self.starts(window, batches).next().is_some()
    }

    /// When a campaign of so many batches could begin in a window, with its end.
    fn starts(&self, (start, end): Span, batches: u32) -> impl Iterator<Item = Span> {
        let minutes = self.takes.0 + i64::from(batches) * self.takes.1;
        let first = start.max(self.first_minute() + NOTICE);
        let first = BEGIN + (first - BEGIN + HOUR - 1).div_euclid(HOUR) * HOUR;
        let hours = (0..).map(move |hour| first + hour * HOUR);
        hours.map(move |start| (start, start + minutes)).take_while(move |(_, ends)| *ends <= end)
    }

    /// Whether `new` lies between the rows with the changeovers before and behind it.
    fn fits(&self, rows: &[Row], new: Row) -> bool {
        if rows.iter().any(|row| row.start < new.end && new.start < row.end) {
            return false;
        }
        let behind = rows.iter().position(|row| row.start >= new.end).unwrap_or(rows.len());
        self.follows(&rows[..behind], new) && self.next_follows(&rows[behind..], new)
    }

    /// Whether `row` gets its changeover behind all of `ahead`.
    pub(super) fn follows(&self, ahead: &[Row], row: Row) -> bool {
        let left = ahead.iter().rev().find(|row| !matches!(row.kind, Kind::Closure(_)));
        let left = left.map_or(FRESH, |row| row.product);
        let from = ahead.last().map_or(BEGIN, |row| row.end);
        let same = left.number == row.product.number;
        let setup = self.setups.get(&(left.class, row.product.class, same));
        setup.is_some_and(|setup| from + setup <= row.start)
    }

    /// Whether the first of `behind` that needs anything gets its changeover behind `new` and the closures between.
    fn next_follows(&self, behind: &[Row], new: Row) -> bool {
        let next = behind.iter().position(|row| !matches!(row.kind, Kind::Closure(_)));
        next.is_none_or(|next| {
            let ahead: Vec<Row> = std::iter::once(new).chain(behind[..next].iter().copied()).collect();
            self.follows(&ahead, behind[next])
        })
    }

    fn pool_has_room(&self, place: Place, own: Option<Uuid>) -> bool {
        days_of(place.start, place.end).all(|day| {
            let (from, to) = (BEGIN + day * DAY, BEGIN + (day + 1) * DAY);
            let all = self.lines.iter().flatten();
            let used = all.filter(|row| match row.kind {
                Kind::Campaign(id) => Some(id) != own && row.start < to && from < row.end,
                _ => false,
            });
            used.count() < self.capacity
        })
    }

    /// Whether these bookings may leave where they are and all of `coming` be put in one change that leaves no
    /// cleaning, each beside the others, where its line is up, and none before `soonest`.
    pub fn would(&self, leaving: &[Uuid], coming: &[(Place, Product)], soonest: i64) -> bool {
        let mut after = self.clone();
        leaving.iter().for_each(|id| after.take_off(*id));
        for (number, (place, product)) in (0_u128..).zip(coming) {
            let taken = after.lines[place.line].iter().any(|row| place.meets((row.start, row.end)));
            if taken || place.start < soonest || after.is_down(*place) {
                return false;
            }
            after.put(Uuid::from_u128(number), *place, *product);
        }
        after.unfit().is_none()
    }

    /// What doesn't fit on the lines, or into the pool.
    pub fn unfit(&self) -> Option<String> {
        for (line, rows) in self.lines.iter().enumerate() {
            for (number, row) in rows.iter().enumerate() {
                let ahead = &rows[..number];
                let is_behind = ahead.last().is_none_or(|before| before.end <= row.start);
                let is_closure = matches!(row.kind, Kind::Closure(_));
                if !is_behind || !(is_closure || self.follows(ahead, *row)) {
                    return Some(format!("line {line}: {row:?} behind {:?}", ahead.last()));
                }
            }
        }
        let mut days: BTreeMap<i64, usize> = BTreeMap::new();
        let campaigns = self.lines.iter().flatten().filter(|row| matches!(row.kind, Kind::Campaign(_)));
        for day in campaigns.flat_map(|row| days_of(row.start, row.end)) {
            *days.entry(day).or_default() += 1;
        }
        let over = days.into_iter().find(|(_, used)| *used > self.capacity);
        over.map(|(day, used)| format!("{used} campaigns on day {day}"))
    }
}

/// Which plant day a minute lies in, from 0.
pub const fn day_of(minute: i64) -> i64 {
    (minute - BEGIN).div_euclid(DAY)
}

/// The plant midnight at which the day of a minute begins.
pub const fn midnight(minute: i64) -> i64 {
    BEGIN + day_of(minute) * DAY
}

/// The plant days that half-open minutes touch.
fn days_of(start: i64, end: i64) -> RangeInclusive<i64> {
    day_of(start)..=day_of(end - 1)
}
