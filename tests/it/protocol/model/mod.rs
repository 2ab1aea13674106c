//! Random sequences of all that is done to bookings and lines, against a plain model of the rules: what the model
//! allows happens, what it forbids is refused with a reason that it gives, and afterwards both hold the same.

mod rules;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use app::contract::{Failure, OfferQuery, OfferView};
use rand::{RngExt, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use server::{clock::SetClock, store::verify::verify};
use tests::{
    Plant, TestDatabase, audit,
    desk::{Desk, clock},
    on_both_databases,
    plant::{BEGIN, DAY},
};
use uuid::Uuid;

use rules::{Booking, Kind, Model, Row, Why};

/// What a product's hazards are: each a class of its own, and one product of each.
const HAZARDS: [&str; 3] = ["", "hormone", "high_activity"];
const WINDOWS: [(&str, &str); 3] =
    [("2026-03-03", "2026-03-14"), ("2026-03-08", "2026-03-25"), ("2026-03-20", "2026-05-20")];
const MOST_HOLDS: usize = 6;
const DEEDS: u32 = 220;

struct Play {
    db: TestDatabase,
    plant: Plant,
    desk: Desk,
    clock: Arc<SetClock>,
    random: StdRng,
    model: Model,
    closures: Vec<(Uuid, usize)>,
    /// Offers seen a while ago, each with its search and the booking that was to move.
    seen: Vec<(OfferQuery, OfferView)>,
    tally: BTreeMap<String, u32>,
}

on_both_databases! {
    async fn whatever_is_done_comes_out_as_the_plain_rules_say(db: TestDatabase) {
        let mut tally: BTreeMap<String, u32> = BTreeMap::new();
        for seed in 0..6 {
            let mut play = Play::begin(TestDatabase::migrated(db.engine()).await, seed).await;
            for deed in 0..DEEDS {
                let name = play.act().await;
                play.same(&format!("seed {seed}, deed {deed}: {name}")).await;
            }
            assert_eq!(audit(&play.db).await, []);
            verify(&play.desk.state.store).await.unwrap_or_else(|fault| panic!("seed {seed}: {fault}"));
            for (what, count) in play.tally {
                *tally.entry(what).or_default() += count;
            }
        }
        for what in [
            "hold ok", "hold refused", "request ok", "approve ok", "decline ok", "withdraw ok", "cancel ok", "move ok",
            "move refused", "start ok", "start refused", "complete ok", "settle ok", "abort ok", "no-show ok", "close ok",
            "close refused", "lift ok", "shorten ok", "withdraw refused", "approve refused", "cleaning",
        ] {
            assert!(tally.contains_key(what), "never came to {what:?}: {tally:#?}");
        }
    }
}

impl Play {
    async fn begin(db: TestDatabase, seed: u64) -> Self {
        let plant = Plant::new(3);
        plant.write(&db).await;
        let few = format!(
            "UPDATE policy SET document = replace(document, '\"max_holds\":10000', '\"max_holds\":{MOST_HOLDS}')"
        );
        db.execute(&few, vec![]).await.expect("a policy with few holds");
        let clock = clock();
        let desk = Desk::open(&db, &plant, clock.clone()).await;
        let model = Model::new(&plant, BEGIN * 60, MOST_HOLDS);
        let random = StdRng::seed_from_u64(seed);
        let (closures, seen, tally) = Default::default();
        Self { db, plant, desk, clock, random, model, closures, seen, tally }
    }

    fn line(&self, id: Uuid) -> usize {
        self.plant.lines.iter().position(|line| line.id.0 == id).expect("a line of the plant")
    }

    fn count(&mut self, what: &str) {
        *self.tally.entry(what.to_owned()).or_default() += 1;
    }

    /// One of the bookings in one of these states mostly, else any.
    fn some(&mut self, states: &[&str]) -> Option<Uuid> {
        let wanted = |booking: &Booking| states.contains(&booking.status);
        let of = |right: bool| -> Vec<Uuid> {
            self.model.bookings.iter().filter(|(_, one)| wanted(one) == right).map(|(id, _)| *id).collect()
        };
        let (right, wrong) = (of(true), of(false));
        let list = if right.is_empty() || (self.random.random_bool(0.15) && !wrong.is_empty()) {
            wrong
        } else {
            right
        };
        list.choose(&mut self.random).copied()
    }

    async fn act(&mut self) -> &'static str {
        match self.random.random_range(0..40) {
            0..=11 => self.hold().await,
            12..=14 => self.relocate().await,
            15 => self.step("withdraw", &["held", "requested"]).await,
            16..=19 => self.step("request", &["held"]).await,
            20..=23 => self.step("approve", &["requested"]).await,
            24 => self.step("decline", &["requested"]).await,
            25 => self.step("cancel", &["confirmed"]).await,
            26..=28 => self.step("start", &["confirmed"]).await,
            29 => self.step("complete", &["running"]).await,
            30 | 31 => self.step("abort", &["running"]).await,
            32 => self.step("settle", &["completed"]).await,
            33 => self.step("no-show", &["confirmed"]).await,
            34 | 35 => self.close().await,
            36 => self.lift().await,
            _ => self.wait().await,
        }
    }

    /// Looks anew, or believes what was seen before.
    async fn look(&mut self, moving: Option<Uuid>) -> Option<(OfferQuery, OfferView)> {
        let old = moving.is_none() && self.random.random_bool(0.4);
        if !old || self.seen.is_empty() {
            let which = moving.map_or_else(
                || self.random.random_range(0..3),
                |id| usize::try_from(self.model.bookings[&id].class).expect("small"),
            );
            let batches =
                moving.map_or_else(|| self.random.random_range(1..5), |id| self.model.bookings[&id].batches);
            let window = *WINDOWS.choose(&mut self.random).expect("some");
            let query = OfferQuery { moving, ..Desk::query(batches, HAZARDS[which], window) };
            let offers = self.desk.offers(&query).await.ok()?;
            // Whatever is offered, the plain rules allow.
            for offer in &offers {
                let (line, start, end) = self.place(offer);
                let why = match moving {
                    Some(id) => self.model.relocate(id, line, start, end),
                    None => self.model.hold(line, start, end, i64::try_from(which).expect("small")),
                };
                let why: Vec<_> =
                    why.into_iter().filter(|why| matches!(why, Why::Taken | Why::TooSoon)).collect();
                assert!(why.is_empty(), "offered, but {why:?}: {offer:?}");
            }
            let found = offers.choose(&mut self.random).map(|offer| (query, offer.clone()))?;
            if moving.is_none() {
                self.seen.push(found.clone());
            }
            return Some(found);
        }
        self.seen.choose(&mut self.random).cloned()
    }

    fn place(&self, offer: &OfferView) -> (usize, i64, i64) {
        let step = &offer.steps[0];
        (self.line(step.line), step.start.minute(), step.end.minute())
    }

    async fn hold(&mut self) -> &'static str {
        let Some((query, offer)) = self.look(None).await else { return "nothing to hold" };
        let which = HAZARDS.iter().position(|hazards| *hazards == query.hazards).expect("known");
        let class = i64::try_from(which).expect("small");
        let (line, start, end) = self.place(&offer);
        let expected = self.model.hold(line, start, end, class);
        match self.desk.hold(&query, &offer, which).await {
            Ok(view) => {
                assert!(expected.is_empty(), "held, but {expected:?}");
                let due = view.hold_expires_at.expect("holds expire").0;
                assert_eq!(due, (self.model.now + 72 * 3600).min(start * 60));
                self.model.put(view.id, line, start, end, class);
                let booking = Booking {
                    status: "held",
                    line,
                    start,
                    end,
                    class,
                    batches: query.batches,
                    due: Some(due),
                    price: view.price_fen,
                    moves: 0,
                };
                self.model.bookings.insert(view.id, booking);
                self.count("hold ok");
            }
            Err(failure) => self.refused("hold", &failure, &expected),
        }
        "hold"
    }

    async fn relocate(&mut self) -> &'static str {
        let Some(id) = self.some(&["held", "requested", "confirmed"]) else { return "nothing to move" };
        let Some((query, offer)) = self.look(Some(id)).await else { return "nowhere to move" };
        // Somebody else may be faster.
        if self.random.random_bool(0.5) {
            self.hold().await;
        }
        let (line, start, end) = self.place(&offer);
        let expected = self.model.relocate(id, line, start, end);
        let fee = self.model.move_fee(id);
        match self.desk.relocate(&query, &offer, id).await {
            Ok(view) => {
                assert!(expected.is_empty(), "moved, but {expected:?}");
                let was = self.model.bookings[&id].status;
                let charged = view.fee_fen.unwrap_or(0);
                assert!(charged >= fee, "{charged} of {fee}");
                self.model.put_elsewhere(id, line, start, end);
                let booking = self.model.bookings.get_mut(&id).expect("known");
                booking.price = view.price_fen;
                booking.due = booking.due.map(|due| due.min(start * 60));
                booking.moves += i64::from(was == "confirmed");
                self.count("move ok");
            }
            Err(failure) => self.refused("move", &failure, &expected),
        }
        "move"
    }

    /// What is done to a booking in one of `states`, and to no other.
    async fn step(&mut self, name: &'static str, states: &[&str]) -> &'static str {
        let Some(id) = self.some(states) else { return "nobody to do it to" };
        let mut expected = BTreeSet::new();
        if !states.contains(&self.model.bookings[&id].status) {
            expected.insert(Why::WrongState);
        }
        if name == "start" && !self.model.day_has_come(id)
            || name == "no-show" && self.model.now.div_euclid(60) < self.model.bookings[&id].start
        {
            expected.insert(Why::TooSoon);
        }
        let fee = self.model.cancellation(id);
        let desk = self.desk.clone();
        let done = match name {
            "withdraw" => desk.withdraw(id).await,
            "request" => desk.request(id).await,
            "approve" => desk.approve(id).await,
            "decline" => desk.decline(id).await,
            "cancel" => desk.cancel(id).await,
            "start" => desk.start(id).await,
            "complete" => desk.complete(id).await,
            "abort" => desk.abort(id).await,
            "settle" => desk.settle(id).await,
            _ => desk.no_show(id).await,
        };
        let view = match done {
            Ok(view) => view,
            Err(failure) => {
                self.refused(name, &failure, &expected);
                return name;
            }
        };
        assert!(expected.is_empty(), "{name} was done, but {expected:?}");
        let price = self.model.bookings[&id].price;
        match name {
            "cancel" => assert!(view.fee_fen.unwrap_or(0) >= fee, "{:?} of {fee}", view.fee_fen),
            "no-show" => assert!(view.fee_fen.unwrap_or(0) >= price),
            "abort" => self.model.cut(id),
            _ => {}
        }
        let booking = self.model.bookings.get_mut(&id).expect("known");
        booking.due = None;
        booking.status = match name {
            "withdraw" => "withdrawn",
            "request" => "requested",
            "approve" => "confirmed",
            "decline" => "declined",
            "cancel" => "cancelled",
            "start" => "running",
            "complete" | "abort" => "completed",
            "settle" => "closed",
            _ => "no_show",
        };
        if name == "request" {
            booking.due = Some(view.reply_by.expect("a reply is due").0);
            assert!(booking.due.is_some_and(|due| due <= booking.start * 60 && due > self.model.now));
        }
        let line = booking.line;
        if matches!(name, "withdraw" | "decline" | "cancel" | "no-show") {
            self.model.release(line, &[id]);
        }
        self.count(&format!("{name} ok"));
        name
    }

    async fn close(&mut self) -> &'static str {
        let line = self.random.random_range(0..self.plant.lines.len());
        let start = self.model.now.div_euclid(60) + self.random.random_range(60..30 * DAY);
        let end = start + self.random.random_range(60..DAY);
        let hits = self.model.close(line, start, end);
        let (closure, named) = match self.desk.close(self.plant.line(line), (start, end)).await {
            Ok(answer) => (answer.closure, Vec::new()),
            Err(Failure::InTheWay { hits }) => (None, hits),
            // The changeover of what comes behind would be too short.
            Err(Failure::Refused { .. }) => (None, Vec::new()),
            Err(other) => panic!("close: {other:?}"),
        };
        let named: BTreeSet<Uuid> = named.iter().filter_map(|hit| hit.booking).collect();
        match (closure, hits) {
            (Some(closure), None) => {
                self.model.put_closure(line, closure.id, start, end);
                self.closures.push((closure.id, line));
                self.count("close ok");
            }
            (None, Some(hit)) => {
                assert!(hit.is_subset(&named), "{hit:?} of {named:?}");
                self.count("close refused");
            }
            (closure, hits) => panic!("closed {closure:?}, and by the rules it hits {hits:?}"),
        }
        "close"
    }

    async fn lift(&mut self) -> &'static str {
        if self.closures.is_empty() {
            return "nothing to lift";
        }
        let (id, line) = self.closures.swap_remove(self.random.random_range(0..self.closures.len()));
        self.shorten(id, line).await;
        self.desk.lift(id).await.expect("without clean-hold times every closure can be lifted");
        self.model.lift(line, id);
        self.count("lift ok");
        "lift"
    }

    /// Before a closure goes it takes less time, unless that is past.
    async fn shorten(&mut self, id: Uuid, line: usize) {
        let row = self.model.lines[line].iter().find(|row| row.kind == Kind::Closure(id));
        let Row { start, end, .. } = *row.expect("a closure that nobody has lifted");
        let less = (end - start) / 4;
        let (start, end) = (start + less, end - less);
        if end < self.model.now.div_euclid(60) {
            return;
        }
        self.desk.shorten(id, (start, end)).await.expect("what is closed can always take less time");
        self.model.shorten(line, id, (start, end));
        self.same("a closure takes less time").await;
        self.count("shorten ok");
    }

    async fn wait(&mut self) -> &'static str {
        let mut seconds = self.random.random_range(0..20 * 3600);
        // Now and then until a campaign is about to begin.
        let confirmed = self.model.bookings.values().filter(|booking| booking.status == "confirmed");
        let next =
            confirmed.map(|booking| booking.start * 60 - self.model.now).filter(|ahead| *ahead > 0).min();
        if let Some(ahead) = next.filter(|_| self.random.random_bool(0.3)) {
            seconds = (ahead + self.random.random_range(-4..12) * 3600).max(0);
        }
        self.clock.advance(seconds);
        self.model.now += seconds;
        self.desk.sweep().await.expect("a sweep");
        self.model.lapse();
        "wait"
    }

    /// A refusal must have one of the reasons that the model gives.
    fn refused(&mut self, name: &str, failure: &Failure, expected: &BTreeSet<Why>) {
        let reason = match failure {
            Failure::Conflict { refusal, .. } | Failure::Refused { refusal } => refusal.reason.as_str(),
            other => panic!("{name}: {other:?}"),
        };
        let why = match reason {
            "wrong_state" | "hold_expired" => Why::WrongState,
            // What is left of the window.
            "too_soon" | "window_outside_horizon" | "rest_too_short" => Why::TooSoon,
            "too_many_holds" => Why::TooManyHolds,
            "busy" | "own_booking" | "pool_full" | "no_slot" | "no_room" | "stale" => Why::Taken,
            other => panic!("{name}: {other}"),
        };
        assert!(expected.contains(&why), "{name}: refused as {reason}, by the rules {expected:?}");
        self.count(&format!("{name} refused"));
    }

    /// Whether the database holds what the model does.
    async fn same(&mut self, after: &str) {
        let sql = "SELECT o.line, o.starts_at, o.ends_at, o.kind, s.booking, c.id FROM occupancy o
            LEFT JOIN step s ON s.occupancy = o.id AND s.live IS NOT NULL LEFT JOIN closure c ON c.occupancy = o.id
            WHERE o.live IS NOT NULL AND o.head IS NULL";
        let mut found: Vec<(usize, i64, i64, Kind)> = Vec::new();
        for row in self.db.rows(sql, vec![]).await.expect("rows are read") {
            let text: String = row.try_get_by_index(3).expect("a word");
            let kind = match text.as_str() {
                "campaign" => Kind::Campaign(row.try_get_by_index(4).expect("a booking's")),
                "closure" => Kind::Closure(row.try_get_by_index(5).expect("a closure's")),
                _ => Kind::Cleaning,
            };
            let line = self.line(row.try_get_by_index(0).expect("a line"));
            let time = |index| row.try_get_by_index::<i64>(index).expect("a minute");
            found.push((line, time(1), time(2), kind));
        }
        found.sort_unstable();
        let rows = self.model.lines.iter().enumerate();
        let rows = rows.flat_map(|(line, rows)| rows.iter().map(move |row| (line, row)));
        let mut known: Vec<_> =
            rows.map(|(line, Row { start, end, kind, .. })| (line, *start, *end, *kind)).collect();
        known.sort_unstable();
        assert_eq!(found, known, "{after}");
        if known.iter().any(|(.., kind)| *kind == Kind::Cleaning) {
            self.count("cleaning");
        }
        let mut states: Vec<(Uuid, String)> = Vec::new();
        for row in self.db.rows("SELECT id, status FROM booking ORDER BY id", vec![]).await.expect("rows") {
            states.push((row.try_get_by_index(0).expect("an id"), row.try_get_by_index(1).expect("a word")));
        }
        states.sort();
        let known: Vec<_> =
            self.model.bookings.iter().map(|(id, booking)| (*id, booking.status.to_owned())).collect();
        assert_eq!(states, known, "{after}");
    }
}
