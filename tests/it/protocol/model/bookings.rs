//! What is done to bookings: looked for, held, moved, and brought from state to state.

use std::collections::BTreeSet;

use app::contract::{Failure, OfferQuery, OfferView, field};
use rand::{RngExt, seq::IndexedRandom};
use tests::{desk::Desk, plant::DAY};
use uuid::Uuid;

use super::{
    FIRMS, HAZARDS, Play, WINDOWS,
    adopting::LASTS,
    reason,
    rules::{Booking, NOTICE, Place, Product, Span, Why},
};

/// The window of a search.
pub fn span(query: &OfferQuery) -> Span {
    let window = query.request().expect("a search that can be read").window;
    (window.start, window.end)
}

/// Which of [`HAZARDS`] a search is for.
pub fn which(query: &OfferQuery) -> usize {
    HAZARDS.iter().position(|hazards| *hazards == query.hazards).expect("known")
}

impl Play {
    /// Looks anew, or believes what was seen before.
    async fn look(&mut self, moving: Option<Uuid>) -> Option<(OfferQuery, OfferView)> {
        let old = moving.is_none() && self.random.random_bool(0.4);
        if old && !self.seen.is_empty() {
            return self.seen.choose(&mut self.random).cloned();
        }
        let known = moving.map(|id| self.model.bookings[&id].clone());
        let (class, batches) = match &known {
            Some(one) => (one.class, one.batches),
            None => (self.random.random_range(0..HAZARDS.len()), self.random.random_range(1..5)),
        };
        let window = *WINDOWS.choose(&mut self.random).expect("some");
        let query = OfferQuery { moving, ..Desk::query(batches, HAZARDS[class], window) };
        let firm = known.as_ref().map_or(0, |one| one.firm);
        let offers = self.firms[firm].offers(&query).await.ok()?;
        // Whatever is offered, the plain rules allow.
        let product = known.as_ref().map_or_else(|| Product::unnamed(class), Booking::product);
        for offer in &offers {
            let why = self.model.place(self.offered(offer), product, moving, NOTICE);
            assert!(why.is_empty(), "offered, but {why:?}: {offer:?}");
        }
        let found = offers.choose(&mut self.random).map(|offer| (query, offer.clone()))?;
        if moving.is_none() {
            self.seen.push(found.clone());
        }
        Some(found)
    }

    pub(super) fn offered(&self, offer: &OfferView) -> Place {
        let step = &offer.steps[0];
        Place { line: self.line(step.line), start: step.start.minute(), end: step.end.minute() }
    }

    /// A search for the days on which somebody's campaign stands, one that may be moved by rule for preference: there
    /// is seldom room.
    pub(super) fn crowded(&mut self) -> Option<(OfferQuery, usize)> {
        let ahead = self.model.first_minute() + NOTICE;
        let stands = |booking: &&Booking| {
            matches!(booking.status, "held" | "requested" | "confirmed") && booking.place.start >= ahead
        };
        let bookings = self.model.bookings.values().filter(stands);
        let mut places: Vec<(bool, Place)> =
            bookings.map(|booking| (booking.plan.is_some(), booking.place)).collect();
        let is_planned = |(planned, _): &(bool, Place)| *planned;
        if places.iter().any(is_planned) && self.random.random_bool(0.4) {
            places.retain(is_planned);
        }
        let (_, place) = *places.choose(&mut self.random)?;
        let class = self.random.random_range(0..HAZARDS.len());
        let batches = self.random.random_range(1..4);
        let last = place.end - 1 + if self.random.random_bool(0.3) { DAY } else { 0 };
        let days = [place.start, last].map(|minute| field::plant_date(minute).to_string());
        Some((Desk::query(batches, HAZARDS[class], (days[0].as_str(), days[1].as_str())), class))
    }

    pub(super) async fn hold(&mut self) -> &'static str {
        let Some((query, offer)) = self.look(None).await else { return "nothing to hold" };
        let (firm, class) = (self.random.random_range(0..FIRMS), which(&query));
        let (place, window) = (self.offered(&offer), span(&query));
        let is_flexible = self.random.random_bool(0.3);
        let done = if is_flexible {
            self.firms[firm].hold_flexibly(&query, &offer, class).await
        } else {
            self.firms[firm].hold(&query, &offer, class).await
        };
        self.gifts().await;
        let mut expected = self.model.hold(firm, place, class);
        if is_flexible && !self.model.leaves_room(window, place) {
            expected.insert(Why::Stuck);
        }
        match done {
            Ok(view) => {
                assert!(expected.is_empty(), "held, but {expected:?}");
                let due = view.hold_expires_at.expect("holds expire").0;
                assert_eq!(due, (self.model.now + LASTS).min(place.start * 60));
                assert_eq!(view.plan.is_some(), is_flexible);
                self.model.put(view.id, place, Product::of(firm, class));
                let booking = Booking {
                    firm,
                    status: "held",
                    place,
                    class,
                    batches: query.batches,
                    due: Some(due),
                    price: view.price_fen,
                    moves: 0,
                    paid: 0,
                    left: 0,
                    noticed: i64::MIN,
                    noticed_until: i64::MIN,
                    asked: window,
                    plan: is_flexible.then_some(window),
                };
                self.model.bookings.insert(view.id, booking);
                self.count(if is_flexible { "hold flexibly ok" } else { "hold ok" });
            }
            Err(failure) => self.refused("hold", &failure, &expected),
        }
        "hold"
    }

    pub(super) async fn relocate(&mut self) -> &'static str {
        let Some(id) = self.some(&["held", "requested", "confirmed"]) else { return "nothing to move" };
        let Some((query, offer)) = self.look(Some(id)).await else { return "nowhere to move" };
        // Somebody else may be faster.
        if self.random.random_bool(0.5) {
            self.hold().await;
        }
        let place = self.offered(&offer);
        let firm = self.model.bookings[&id].firm;
        let done = self.firms[firm].relocate(&query, &offer, id).await;
        self.gifts().await;
        let expected = self.model.relocate(id, place);
        match done {
            Ok(view) => {
                assert!(expected.is_empty(), "moved, but {expected:?}");
                let is_confirmed = self.model.bookings[&id].status == "confirmed";
                // Nobody pays for leaving where it can't run.
                let is_waived = is_confirmed && self.model.is_hit(id);
                let fee = if is_waived { 0 } else { self.model.move_fee(id) };
                let paid = self.model.bookings[&id].paid;
                assert_eq!(view.fee_fen.unwrap_or(0) - paid, fee, "{view:?}");
                match fee {
                    0 => self.model.keeps(id),
                    _ => self.model.pays(id, fee),
                }
                self.model.put_elsewhere(id, place);
                self.model.notices_anew(id);
                let plan = self.model.bookings[&id].plan.filter(|plan| {
                    place.is_inside(*plan) && (is_waived || self.model.leaves_room(*plan, place))
                });
                assert_eq!(view.plan.is_some(), plan.is_some(), "{view:?}");
                let booking = self.model.bookings.get_mut(&id).expect("known");
                booking.price = view.price_fen;
                booking.due = booking.due.map(|due| due.min(place.start * 60));
                booking.moves += i64::from(is_confirmed && !is_waived);
                (booking.asked, booking.plan) = (span(&query), plan);
                self.count(if is_waived { "move waived" } else { "move ok" });
            }
            Err(failure) => self.refused("move", &failure, &expected),
        }
        "move"
    }

    /// What is done to a booking in one of `states`, and to no other.
    pub(super) async fn step(&mut self, name: &'static str, states: &[&str]) -> &'static str {
        let Some(id) = self.some(states) else { return "nobody to do it to" };
        let before = self.model.bookings[&id].clone();
        let mut expected = BTreeSet::new();
        if !states.contains(&before.status) {
            expected.insert(Why::WrongState);
        }
        if name == "start" && !self.model.day_has_come(id)
            || name == "no-show" && self.model.minute() < before.place.start
        {
            expected.insert(Why::TooSoon);
        }
        // Nobody confirms what couldn't be held there now.
        if name == "approve" && self.model.is_down(before.place) {
            expected.insert(Why::Down);
        }
        let desk = self.firms[before.firm].clone();
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
        // Who can't run where it stands owes nothing for that.
        let is_waived = self.model.is_hit(id);
        let charged = view.fee_fen.unwrap_or(0);
        match name {
            "cancel" | "no-show" if is_waived => self.count("leave waived"),
            "cancel" => assert_eq!(charged - before.paid, self.model.cancellation(id), "{before:?}"),
            "no-show" => assert!(charged >= before.price, "{charged} for {before:?}"),
            "complete" | "abort" => {
                let planned = before.place.end;
                self.model.cut(id);
                let sooner = self.model.bookings[&id].place.end < planned;
                self.count(&format!("{name} {}", if sooner { "early" } else { "on time" }));
            }
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
            assert!(booking.due.is_some_and(|due| due <= before.place.start * 60 && due > self.model.now));
        }
        if matches!(name, "withdraw" | "decline" | "cancel" | "no-show") {
            self.model.release(before.place.line, &[id]);
        }
        self.count(&format!("{name} ok"));
        name
    }

    /// A refusal must have one of the reasons that the model gives.
    pub(super) fn refused(&mut self, name: &str, failure: &Failure, expected: &BTreeSet<Why>) {
        let reason = match failure {
            Failure::Invalid { faults } if faults.iter().all(|fault| fault.field == "flexible") => "flexible",
            other => reason(other),
        };
        let why = match reason {
            "wrong_state" | "hold_expired" => Why::WrongState,
            // What is left of the window.
            "too_soon" | "window_outside_horizon" | "rest_too_short" | "starts_later" | "not_begun" => {
                Why::TooSoon
            }
            "too_many_holds" => Why::TooManyHolds,
            "too_many_unconfirmed" => Why::TooManyUnconfirmed,
            "line_down" => Why::Down,
            "flexible" => Why::Stuck,
            "busy" | "own_booking" | "pool_full" | "no_slot" | "no_room" | "stale" => Why::Taken,
            other => panic!("{name}: {other}"),
        };
        assert!(expected.contains(&why), "{name}: refused as {reason}, by the rules {expected:?}");
        self.count(&format!("{name} refused"));
    }
}
