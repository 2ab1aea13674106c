//! A plain model of the rules, by their own words: lines as lists of rows, bookings as records, every question answered
//! by looking at everything. It shares no code with the kernel, and knows the plant that [`Plant::new`] makes: open day
//! and night, one step, a pool that counts campaigns by the day.

use std::collections::{BTreeMap, BTreeSet};

use tests::{
    Plant,
    plant::{BEGIN, DAY},
};
use uuid::Uuid;

/// What holds a line's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Campaign(Uuid),
    Cleaning,
    Closure(Uuid),
}

/// A stretch of a line, half-open minutes, with the state of the line that it needs and leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    pub start: i64,
    pub end: i64,
    pub kind: Kind,
    pub class: i64,
    pub product: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    pub status: &'static str,
    pub line: usize,
    pub start: i64,
    pub end: i64,
    pub class: i64,
    pub batches: u32,
    /// Until when a hold lasts or a reply is due, in seconds.
    pub due: Option<i64>,
    pub price: i64,
    /// Moves since it was confirmed.
    pub moves: i64,
}

/// Why something can't be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    WrongState,
    Taken,
    TooSoon,
    TooManyHolds,
}

#[derive(Debug)]
pub struct Model {
    pub now: i64,
    pub lines: Vec<Vec<Row>>,
    pub bookings: BTreeMap<Uuid, Booking>,
    most_holds: usize,
    capacity: usize,
    /// Least minutes from what was left to what is needed, by whether the product is the same.
    setups: BTreeMap<(i64, i64, bool), i64>,
}

/// The state in which every line begins, of no product.
const FRESH: (i64, i64) = (0, -1);
/// Least notice, in minutes.
const NOTICE: i64 = DAY;

impl Model {
    pub fn new(plant: &Plant, now: i64, most_holds: usize) -> Self {
        let classes = 0..3;
        let pairs = classes.clone().flat_map(|one| (0..3).map(move |two| (one, two)));
        let setups = pairs
            .flat_map(|(leaves, needs)| [true, false].map(|same| (leaves, needs, same)))
            .filter_map(|(leaves, needs, same)| {
                Some(((leaves, needs, same), plant.setup(leaves, needs, same)?))
            })
            .collect();
        let capacity = usize::try_from(plant.pools[0].capacity).expect("small");
        let lines = vec![Vec::new(); plant.lines.len()];
        Self { now, lines, bookings: BTreeMap::new(), most_holds, capacity, setups }
    }

    /// Why a campaign of a new hold can't begin and lie there; empty: it can.
    pub fn hold(&self, line: usize, start: i64, end: i64, class: i64) -> BTreeSet<Why> {
        let mut why = self.place(line, start, end, class, None);
        let held = self.bookings.values().filter(|booking| booking.status == "held").count();
        if held >= self.most_holds {
            why.insert(Why::TooManyHolds);
        }
        why
    }

    /// Why a booking can't move there.
    pub fn relocate(&self, id: Uuid, line: usize, start: i64, end: i64) -> BTreeSet<Why> {
        let booking = &self.bookings[&id];
        let mut why = self.place(line, start, end, booking.class, Some(id));
        if !matches!(booking.status, "held" | "requested" | "confirmed") {
            why.insert(Why::WrongState);
        }
        why
    }

    fn place(&self, line: usize, start: i64, end: i64, class: i64, own: Option<Uuid>) -> BTreeSet<Why> {
        let mut why = BTreeSet::new();
        // A minute that has begun is over.
        if start < (self.now + 59).div_euclid(60) + NOTICE {
            why.insert(Why::TooSoon);
        }
        let rows: Vec<Row> = self.lines[line]
            .iter()
            .filter(|row| own.is_none_or(|own| row.kind != Kind::Campaign(own)))
            .copied()
            .collect();
        let new = Row { start, end, kind: Kind::Cleaning, class, product: class };
        if !self.fits(&rows, new) || !self.pool_has_room(start, end, own) {
            why.insert(Why::Taken);
        }
        why
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
    fn follows(&self, ahead: &[Row], row: Row) -> bool {
        let left = ahead.iter().rev().find(|row| !matches!(row.kind, Kind::Closure(_)));
        let (class, product) = left.map_or(FRESH, |row| (row.class, row.product));
        let from = ahead.last().map_or(BEGIN, |row| row.end);
        let setup = self.setups.get(&(class, row.class, product == row.product));
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

    fn pool_has_room(&self, start: i64, end: i64, own: Option<Uuid>) -> bool {
        let days = (start - BEGIN).div_euclid(DAY)..=(end - 1 - BEGIN).div_euclid(DAY);
        days.into_iter().all(|day| {
            let (from, to) = (BEGIN + day * DAY, BEGIN + (day + 1) * DAY);
            let all = self.lines.iter().flatten();
            let used = all.filter(|row| match row.kind {
                Kind::Campaign(id) => Some(id) != own && row.start < to && from < row.end,
                _ => false,
            });
            used.count() < self.capacity
        })
    }

    /// Puts a campaign on its line.
    pub fn put(&mut self, id: Uuid, line: usize, start: i64, end: i64, class: i64) {
        self.insert(line, Row { start, end, kind: Kind::Campaign(id), class, product: class });
    }

    fn insert(&mut self, line: usize, row: Row) {
        let rows = &mut self.lines[line];
        let at = rows.iter().position(|other| other.start >= row.end).unwrap_or(rows.len());
        rows.insert(at, row);
    }

    /// Moves a booking's row. Both happen at once, so that what is freed is judged with the new row in place.
    pub fn put_elsewhere(&mut self, id: Uuid, line: usize, start: i64, end: i64) {
        let class = self.bookings[&id].class;
        let old = self.bookings[&id].line;
        let marked = Uuid::nil();
        for row in self.lines[old].iter_mut().filter(|row| row.kind == Kind::Campaign(id)) {
            row.kind = Kind::Campaign(marked);
        }
        // The old row may lie where the new one will: it goes first, but what is in its way is judged afterwards.
        let gone: Vec<Row> =
            self.lines[old].iter().filter(|row| row.kind == Kind::Campaign(marked)).copied().collect();
        self.lines[old].retain(|row| row.kind != Kind::Campaign(marked));
        self.put(id, line, start, end, class);
        for row in gone {
            self.settle_gap(old, &[row]);
        }
        let booking = self.bookings.get_mut(&id).expect("known");
        (booking.line, booking.start, booking.end) = (line, start, end);
    }

    /// Gives up the time of bookings of one line, in one change.
    pub fn release(&mut self, line: usize, ids: &[Uuid]) {
        let goes = |row: &Row| matches!(row.kind, Kind::Campaign(id) if ids.contains(&id));
        let gone: Vec<Row> = self.lines[line].iter().filter(|row| goes(row)).copied().collect();
        self.lines[line].retain(|row| !goes(row));
        self.settle_gap(line, &gone);
    }

    /// Where the rows around what has gone don't fit each other, all that has gone between them stays as cleaning.
    fn settle_gap(&mut self, line: usize, gone: &[Row]) {
        let mut left = gone.to_vec();
        while let Some(first) = left.first().copied() {
            let rows = &self.lines[line];
            let next =
                rows.iter().position(|row| row.start >= first.end && !matches!(row.kind, Kind::Closure(_)));
            let until = next.map_or(i64::MAX, |next| rows[next].start);
            let (between, others): (Vec<Row>, Vec<Row>) = left.into_iter().partition(|row| row.end <= until);
            left = others;
            let fits = next.is_none_or(|next| self.follows(&rows[..next], rows[next]));
            if !fits {
                for row in between {
                    self.insert(line, Row { kind: Kind::Cleaning, ..row });
                }
            }
        }
    }

    /// What a closure would hit: the campaigns that it overlaps, or `None` if it may be made.
    pub fn close(&self, line: usize, start: i64, end: i64) -> Option<BTreeSet<Uuid>> {
        let rows = &self.lines[line];
        let over = || rows.iter().filter(|row| row.start < end && start < row.end);
        let campaigns = over().filter_map(|row| match row.kind {
            Kind::Campaign(id) => Some(id),
            _ => None,
        });
        if over().count() > 0 {
            return Some(campaigns.collect());
        }
        // Behind it, the changeover counts from its end.
        let behind = rows.iter().position(|row| row.start >= end).unwrap_or(rows.len());
        let closure = Row { start, end, kind: Kind::Closure(Uuid::nil()), class: -1, product: -1 };
        let next = rows[behind..].iter().position(|row| !matches!(row.kind, Kind::Closure(_)));
        let fits = next.is_none_or(|next| {
            let closed = rows[behind..behind + next].iter().copied();
            let ahead: Vec<Row> =
                rows[..behind].iter().copied().chain(std::iter::once(closure)).chain(closed).collect();
            self.follows(&ahead, rows[behind + next])
        });
        (!fits).then(BTreeSet::new)
    }

    pub fn put_closure(&mut self, line: usize, id: Uuid, start: i64, end: i64) {
        self.insert(line, Row { start, end, kind: Kind::Closure(id), class: -1, product: -1 });
    }

    pub fn shorten(&mut self, line: usize, id: Uuid, (start, end): (i64, i64)) {
        for row in self.lines[line].iter_mut().filter(|row| row.kind == Kind::Closure(id)) {
            (row.start, row.end) = (start, end);
        }
    }

    pub fn lift(&mut self, line: usize, id: Uuid) {
        self.lines[line].retain(|row| row.kind != Kind::Closure(id));
    }

    /// Breaks a run off: the minute that has begun belongs to what ran, and of a run whose slot is to come the first.
    pub fn cut(&mut self, id: Uuid) {
        let now = (self.now + 59).div_euclid(60);
        let booking = self.bookings.get_mut(&id).expect("known");
        let end = now.max(booking.start + 1);
        if end < booking.end {
            booking.end = end;
            let rows = &mut self.lines[booking.line];
            rows.iter_mut().filter(|row| row.kind == Kind::Campaign(id)).for_each(|row| row.end = end);
        }
    }

    /// Holds and requests whose time is over end, earliest first; those of one line go together.
    pub fn lapse(&mut self) {
        loop {
            let due = |booking: &Booking| booking.due.filter(|due| *due <= self.now);
            let first = self.bookings.iter().filter_map(|(id, booking)| Some((due(booking)?, *id))).min();
            let Some((_, first)) = first else { return };
            let line = self.bookings[&first].line;
            let lapsed =
                self.bookings.iter().filter(|(_, booking)| booking.line == line && due(booking).is_some());
            let lapsed: Vec<Uuid> = lapsed.map(|(id, _)| *id).collect();
            for id in &lapsed {
                let booking = self.bookings.get_mut(id).expect("known");
                booking.status = if booking.status == "held" { "expired" } else { "declined" };
                booking.due = None;
            }
            self.release(line, &lapsed);
        }
    }

    /// What cancelling costs in fen: a share of the price by days of notice, counted in the plant's dates.
    pub fn cancellation(&self, id: Uuid) -> i64 {
        let booking = &self.bookings[&id];
        let percent = match self.notice(id) {
            121.. => 0,
            61..=120 => 25,
            31..=60 => 50,
            15..=30 => 75,
            _ => 100,
        };
        booking.price * percent / 100
    }

    /// What moving costs: nothing before it is confirmed, nothing for the first move with sixty days of notice.
    pub fn move_fee(&self, id: Uuid) -> i64 {
        let booking = &self.bookings[&id];
        let free = booking.status != "confirmed" || (booking.moves == 0 && self.notice(id) >= 60);
        if free { 0 } else { self.cancellation(id) }
    }

    fn notice(&self, id: Uuid) -> i64 {
        let day = |minute: i64| (minute - BEGIN).div_euclid(DAY);
        day(self.bookings[&id].start) - day(self.now.div_euclid(60))
    }

    /// Whether the day of the campaign's start has come.
    pub fn day_has_come(&self, id: Uuid) -> bool {
        self.notice(id) <= 0
    }
}
