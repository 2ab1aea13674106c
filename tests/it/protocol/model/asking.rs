//! Room: where nothing fits, others move by rule at once, or are asked; and all of it is made, or nothing.

use app::contract::{BookingView, RepairAnswer};
use rand::RngExt;
use tests::plant::DAY;
use uuid::Uuid;

use super::{
    FIRMS, Play,
    adopting::Hold,
    bookings::span,
    fees::Room,
    proposals::{MOST, MOST_A_DAY, Proposal},
    reason,
    rules::{NOTICE, Product, Span, Why},
};

/// Most campaigns that are moved for one, and most of them whose owners are asked.
pub const MOVES: u8 = 2;
/// So far from where it is a campaign is asked to move at most.
pub const REACH: i64 = 10 * DAY;

impl Play {
    /// A firm asks for room where there is little.
    pub(super) async fn room(&mut self) -> &'static str {
        let Some((query, class)) = self.crowded() else { return "nobody is in the way" };
        let firm = self.random.random_range(0..FIRMS);
        // Now and then for none but what moves by rule.
        let consents = self.random.random_bool(0.2).then_some(0);
        let done = self.firms[firm].make_room(&query, class, consents).await;
        let given = self.gifts().await;
        let (window, batches) = (span(&query), query.batches);
        let has_room = self.model.finds_room(window, batches, Product::of(firm, class), None);
        let (full, open) = (self.model.full(firm, 1), self.open(firm));
        let questions = self.questions(firm);
        match done {
            Ok(RepairAnswer { booking: Some(view), repair: None }) => {
                assert!(given > 0 || !has_room, "others moved, and there was room");
                self.moved_by_rule(&view, (firm, class), window).await;
                self.count("room by rule");
            }
            Ok(RepairAnswer { booking: None, repair: Some(repair) }) => {
                assert!(given > 0 || !has_room, "others are asked, and there was room");
                let may_ask = full.is_empty() && open < MOST && questions < MOST_A_DAY && consents.is_none();
                assert!(may_ask, "{full:?}, {open}, {questions}, {consents:?}");
                self.told.insert(repair.id, "asked".into());
                self.count("room asked");
            }
            Err(failure) => {
                // Whether there is no way at all, or none was found, isn't foreseen.
                let why = reason(&failure);
                let may_be = match why {
                    "room_found" => has_room,
                    "window_outside_horizon" => !self.model.is_possible(window, batches),
                    "no_repair" | "no_repair_found" => !has_room,
                    "own_ask" => !has_room && open > 0,
                    "asked_lately" => !has_room && self.has_asked_lately(firm),
                    "moved_lately" => !has_room && self.model.has_moved_lately(),
                    "room_asks_more" => !has_room && consents.is_some(),
                    "too_many_repairs" => open >= MOST,
                    "too_many_questions" => open < MOST && questions >= MOST_A_DAY,
                    "too_many_holds" => full.contains(&Why::TooManyHolds),
                    "too_many_unconfirmed" => full.contains(&Why::TooManyUnconfirmed),
                    _ => false,
                };
                assert!(may_be, "room: refused as {why}; {has_room}, {full:?}, {open}, {consents:?}");
                let what = format!("room: {why}");
                self.count(&what);
                self.count("room refused");
            }
            Ok(both) => panic!("room: {both:?}"),
        }
        "room"
    }

    /// Room that was made at once: whoever moved had agreed to that beforehand.
    async fn moved_by_rule(&mut self, view: &BookingView, (firm, class): (usize, usize), asked: Span) {
        let moves = self.changed().await;
        assert!((1..=usize::from(MOVES)).contains(&moves.len()), "{moves:?}");
        for (id, place) in &moves {
            let open = self.model.by_rule(*id);
            assert!(self.model.may_be_moved(*id, *place, open), "{id} to {place:?}, inside {open:?}");
            assert!(!self.model.moved_lately(*id), "{id} has made room already");
        }
        let rooms = moves.iter().filter_map(|(id, _)| self.makes_room((*id, false), (view.id, firm)));
        let rooms: Vec<Room> = rooms.collect();
        self.model.rearrange(&moves);
        for (id, _) in &moves {
            self.moved_by_itself(*id, firm).await;
        }
        self.take_on(view.id, Hold { firm, class, asked, notice: NOTICE }).await;
        self.model.rooms.extend(rooms);
        assert_eq!(self.model.unfit(), None);
    }

    /// A campaign that is about to be moved for a firm's hold, by rule or since its firm has agreed: it is left as if
    /// it had stayed. Of the firm that wants the hold, it is moved by that itself, for nothing or not at all, and isn't
    /// left alone for that.
    pub(super) fn makes_room(
        &mut self,
        (booking, agreed): (Uuid, bool),
        (hold, firm): (Uuid, usize),
    ) -> Option<Room> {
        self.model.keeps(booking);
        if self.model.bookings[&booking].firm != firm {
            self.model.stays_noticed(booking);
            return Some(Room { booking, hold, at: self.model.now, agreed });
        }
        let is_confirmed = self.model.bookings[&booking].status == "confirmed";
        let is_waived = is_confirmed && self.model.is_hit(booking);
        assert!(is_waived || self.model.move_fee(booking) == 0, "moving {booking} would cost its firm a fee");
        self.model.notices_anew(booking);
        let known = self.model.bookings.get_mut(&booking).expect("known");
        known.moves += i64::from(is_confirmed && !is_waived);
        None
    }

    /// What a campaign of `firm` costs once it has made room for `firm` itself: no more than before, be it without its
    /// plan window, where that leaves too little to move in.
    pub(super) async fn moved_by_itself(&mut self, id: Uuid, firm: usize) {
        if self.model.bookings[&id].firm != firm {
            return;
        }
        let (stored, is_planned) = (self.stored(id).await, self.is_planned(id).await);
        let plan = self.model.bookings[&id].plan.filter(|_| !is_planned);
        let leaves_room = plan.is_some_and(|plan| self.model.leaves_room(plan, stored.place));
        assert!(!leaves_room, "{id} has lost its plan window");
        let known = self.model.bookings.get_mut(&id).expect("known");
        assert!(stored.price <= known.price, "dearer by {} fen", stored.price - known.price);
        known.price = stored.price;
        known.plan = known.plan.filter(|_| is_planned);
    }

    /// Whether it may be moved by rule still.
    async fn is_planned(&self, id: Uuid) -> bool {
        let sql = "SELECT 1 FROM plan_window WHERE booking = $1";
        !self.db.rows(sql, vec![id.into()]).await.expect("plan windows are read").is_empty()
    }

    /// Whether a firm may be asked for that much room.
    pub(super) fn check_room(&self, proposal: &Proposal) {
        let (asker, window) = (proposal.asker.expect("a firm"), proposal.window.expect("a window"));
        let (place, _) = proposal.hold.expect("a place");
        assert!(place.is_inside(window), "{proposal:?}");
        let consents = proposal.asked().count();
        assert!(consents > 0 && proposal.moves.len() <= usize::from(MOVES), "{proposal:?}");
        let tomorrow = self.model.tomorrow();
        for one in &proposal.moves {
            let booking = &self.model.bookings[&one.booking];
            assert_eq!(booking.place, one.from);
            let Some(firm) = one.firm else {
                let open = self.model.by_rule(one.booking);
                assert!(self.model.may_be_moved(one.booking, one.to, open), "{one:?} inside {open:?}");
                assert!(!self.model.moved_lately(one.booking), "{one:?} has made room already");
                continue;
            };
            assert!(firm == booking.firm && firm != asker, "{one:?} of {booking:?}");
            assert!(matches!(booking.status, "requested" | "confirmed"), "{booking:?} is asked");
            assert!(one.from.start >= tomorrow, "asked on its day: {one:?}");
            let reach = ((one.from.start - REACH).max(tomorrow), one.from.end + REACH);
            assert!(one.to.is_inside(reach), "asked to go far: {one:?}");
            // Who has said no isn't asked again for the same firm and time.
            let is_same = |other: &Proposal| {
                let theirs = other.window.filter(|_| other.kind == "room" && other.asker == Some(asker));
                theirs.is_some_and(|theirs| theirs.0 < window.1 && window.0 < theirs.1)
            };
            assert!(!self.has_declined(one.booking, is_same), "has declined: {one:?}");
            assert!(!self.model.isnt_asked(one.booking), "has moved for a hold: {one:?}");
            assert!(!self.was_asked_lately(asker, one.booking), "asked at once again: {one:?}");
        }
        let (leaving, coming) = self.model.arrangement(proposal);
        let soonest = self.model.first_minute() + NOTICE;
        assert!(self.model.would(&leaving, &coming, soonest), "asked for what can't be: {proposal:?}");
    }
}
