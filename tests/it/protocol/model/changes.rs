//! What changes the model: rows that are put, moved and given up, in the words of the rule that a line never stays with
//! rows that don't fit each other.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::rules::{Booking, Kind, Model, NOTHING, Place, Product, Row, Span};

impl Model {
    /// Puts a campaign on its line.
    pub fn put(&mut self, id: Uuid, place: Place, product: Product) {
        let Place { line, start, end } = place;
        self.insert(line, Row { start, end, kind: Kind::Campaign(id), product });
    }

    fn insert(&mut self, line: usize, row: Row) {
        let rows = &mut self.lines[line];
        let at = rows.iter().position(|other| other.start >= row.end).unwrap_or(rows.len());
        rows.insert(at, row);
    }

    /// Takes a campaign's row away, whatever stands around it.
    pub(super) fn take_off(&mut self, id: Uuid) {
        self.lines.iter_mut().for_each(|rows| rows.retain(|row| row.kind != Kind::Campaign(id)));
    }

    /// Moves a booking's row. Both happen at once, so that what is freed is judged with the new row in place.
    pub fn put_elsewhere(&mut self, id: Uuid, place: Place) {
        let booking = &self.bookings[&id];
        let (product, old) = (booking.product(), booking.place.line);
        // The old row may lie where the new one will: it goes first, but what is in its way is judged afterwards.
        let is_old = |row: &&Row| row.kind == Kind::Campaign(id);
        let gone: Vec<Row> = self.lines[old].iter().filter(is_old).copied().collect();
        self.take_off(id);
        self.put(id, place, product);
        for row in gone {
            self.settle_gap(old, &[row]);
        }
        self.bookings.get_mut(&id).expect("known").place = place;
    }

    /// Moves bookings in one change that leaves nothing where they were.
    pub fn rearrange(&mut self, moves: &[(Uuid, Place)]) {
        moves.iter().for_each(|(id, _)| self.take_off(*id));
        for (id, place) in moves {
            let booking = self.bookings.get_mut(id).expect("known");
            booking.place = *place;
            let product = booking.product();
            self.put(*id, *place, product);
            self.moved(*id);
        }
    }

    /// What else changes of a booking that somebody other than its owner has moved: its plan window holds no longer
    /// than it lies inside.
    pub fn moved(&mut self, id: Uuid) {
        let booking = self.bookings.get_mut(&id).expect("known");
        let place = booking.place;
        booking.due = booking.due.map(|due| due.min(place.start * 60));
        booking.plan = booking.plan.filter(|plan| place.is_inside(*plan));
    }

    /// Leaves some batches of a campaign at `stays`; the others are a booking of their own from now on.
    pub fn part(&mut self, id: Uuid, stays: Place, (other, booking): (Uuid, Booking)) {
        self.take_off(id);
        let product = booking.product();
        self.put(id, stays, product);
        self.put(other, booking.place, product);
        let known = self.bookings.get_mut(&id).expect("known");
        known.place = stays;
        known.batches -= booking.batches;
        self.moved(id);
        self.bookings.insert(other, booking);
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
        let closure = Row { start, end, kind: Kind::Closure(Uuid::nil()), product: NOTHING };
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
        self.insert(line, Row { start, end, kind: Kind::Closure(id), product: NOTHING });
    }

    pub fn shorten(&mut self, line: usize, id: Uuid, (start, end): Span) {
        for row in self.lines[line].iter_mut().filter(|row| row.kind == Kind::Closure(id)) {
            (row.start, row.end) = (start, end);
        }
    }

    /// What a closure takes that nobody has lifted.
    pub fn closed(&self, line: usize, id: Uuid) -> Row {
        let row = self.lines[line].iter().find(|row| row.kind == Kind::Closure(id));
        *row.expect("a closure that nobody has lifted")
    }

    /// What has passed of a closure stays closed, the minute that has begun with it.
    pub fn lift(&mut self, line: usize, id: Uuid) {
        let now = self.first_minute();
        let rows = &mut self.lines[line];
        rows.retain(|row| row.kind != Kind::Closure(id) || row.start < now);
        for row in rows.iter_mut().filter(|row| row.kind == Kind::Closure(id)) {
            row.end = row.end.min(now);
        }
    }

    /// A run is over, done or broken off: the minute that has begun belongs to what ran, and of a run whose slot is to
    /// come the first.
    pub fn cut(&mut self, id: Uuid) {
        let now = self.first_minute();
        let place = &mut self.bookings.get_mut(&id).expect("known").place;
        let end = now.max(place.start + 1);
        if end < place.end {
            place.end = end;
            let rows = &mut self.lines[place.line];
            rows.iter_mut().filter(|row| row.kind == Kind::Campaign(id)).for_each(|row| row.end = end);
        }
    }

    /// Holds and requests whose time is over end, earliest first; those of one line go together.
    pub fn lapse(&mut self) {
        loop {
            let due = |booking: &Booking| booking.due.filter(|due| *due <= self.now);
            let first = self.bookings.iter().filter_map(|(id, booking)| Some((due(booking)?, *id))).min();
            let Some((_, first)) = first else { return };
            let line = self.bookings[&first].place.line;
            let over = |booking: &Booking| booking.place.line == line && due(booking).is_some();
            let lapsed = self.bookings.iter().filter(|(_, booking)| over(booking));
            let lapsed: Vec<Uuid> = lapsed.map(|(id, _)| *id).collect();
            for id in &lapsed {
                let booking = self.bookings.get_mut(id).expect("known");
                booking.status = if booking.status == "held" { "expired" } else { "declined" };
                booking.due = None;
            }
            self.release(line, &lapsed);
        }
    }
}
