//! Swaps: a confirmed campaign for the time of another firm's; both move, or neither does.

use rand::{RngExt, seq::IndexedRandom};
use tests::plant::DAY;

use super::{
    Play,
    proposals::{MOST, MOST_A_DAY, Proposal},
    reason,
    rules::{NOTICE, Place, Span, midnight},
};

impl Play {
    /// A firm offers one of its campaigns for the days on which another firm's stands.
    pub(super) async fn swap(&mut self) -> &'static str {
        let Some(id) = self.some(&["confirmed"]) else { return "nothing to swap" };
        let own = self.model.bookings[&id].clone();
        let tomorrow = self.model.tomorrow();
        let others =
            self.model.bookings.values().filter(|one| {
                one.status == "confirmed" && one.firm != own.firm && one.place.start >= tomorrow
            });
        let others: Vec<Place> = others.map(|one| one.place).collect();
        let Some(theirs) = others.choose(&mut self.random).copied() else { return "nobody to swap with" };
        let from = midnight(theirs.start);
        let last = theirs.end.max(theirs.start + own.place.minutes()) - 1;
        // Now and then of more time than must be.
        let more = if self.random.random_bool(0.2) { DAY } else { 0 };
        let to = midnight(last) + DAY + more;
        let done = self.firms[own.firm].swap(id, (from, to)).await;
        let given = self.gifts().await;
        let is_unconfirmed = own.status != "confirmed" || own.place.start < tomorrow;
        let wanted = self.wanted((from, to), own.plan);
        let has_room = wanted.is_some_and(|(start, end)| {
            let sides = [(start, end.min(own.place.start)), (start.max(own.place.end), end)];
            let room = |side| self.model.finds_room(side, own.batches, own.product(), Some(id));
            sides.into_iter().any(room)
        });
        let (open, questions) = (self.open(own.firm), self.questions(own.firm));
        match done {
            Ok(view) => {
                assert!(!is_unconfirmed && wanted.is_some(), "{own:?} for {wanted:?}");
                assert!(open < MOST && questions < MOST_A_DAY, "asks too much: {open}, {questions}");
                assert!(given > 0 || !has_room, "somebody is asked, and there was room");
                self.told.insert(view.id, "asked".into());
                self.count("swap asked");
            }
            Err(failure) => {
                // Whether there is a partner isn't foreseen.
                let why = reason(&failure);
                let may_be = match why {
                    "swap_unconfirmed" => is_unconfirmed,
                    "swap_leaves_plan" => wanted.is_none(),
                    "room_found" => has_room,
                    "no_swap" | "no_swap_now" => !has_room,
                    "own_ask" => !has_room && open > 0,
                    "asked_lately" => !has_room && self.has_asked_lately(own.firm),
                    "too_many_repairs" => open >= MOST,
                    "too_many_questions" => open < MOST && questions >= MOST_A_DAY,
                    // What it would have taken was somebody else's turn.
                    "busy" | "own_booking" | "pool_full" | "no_slot" | "no_room" | "stale" => given > 0,
                    _ => false,
                };
                assert!(may_be, "swap: refused as {why}; {own:?} for {wanted:?}, {has_room}, {open}");
                let what = format!("swap: {why}");
                self.count(&what);
                self.count("swap refused");
            }
        }
        "swap"
    }

    /// What is wanted of some time: from tomorrow on, and of what is cheaper for its plan window, inside that.
    fn wanted(&self, (start, end): Span, plan: Option<Span>) -> Option<Span> {
        let (first, last) = plan.unwrap_or((i64::MIN, i64::MAX));
        let (start, end) = (start.max(self.model.tomorrow()).max(first), end.min(last));
        (start < end).then_some((start, end))
    }

    /// Whether a firm may be asked for a swap.
    pub(super) fn check_swap(&self, proposal: &Proposal) {
        let (asker, cause) = (proposal.asker.expect("a firm"), proposal.cause.expect("a campaign"));
        let own = proposal.moves.iter().find(|one| one.booking == cause).expect("its own move");
        let asked: Vec<_> = proposal.asked().collect();
        let [partner] = asked[..] else { panic!("not one: {proposal:?}") };
        assert_eq!(proposal.moves.len(), 2, "{proposal:?}");
        let tomorrow = self.model.tomorrow();
        for one in [own, partner] {
            let booking = &self.model.bookings[&one.booking];
            assert_eq!((booking.status, booking.place), ("confirmed", one.from), "{proposal:?}");
            assert_eq!(one.firm, Some(booking.firm));
            assert!(one.from.start >= tomorrow, "swapped on its day: {one:?}");
        }
        assert_eq!((own.firm, own.answer.as_deref()), (Some(asker), Some("accepted")));
        let plan = self.model.bookings[&cause].plan;
        let wanted = self.wanted(proposal.window.expect("a window"), plan).expect("some time");
        assert!(own.to.is_inside(wanted), "{own:?} outside of {wanted:?}");
        // It takes the other's time, which goes about where it was.
        let (was, length) = (partner.from, partner.from.minutes());
        assert!(own.to.meets((was.start, was.end)), "{own:?} doesn't take {was:?}");
        let about = (own.from.start - length, own.from.end + length);
        assert!(partner.to.is_inside(about), "{partner:?} isn't about {:?}", own.from);
        let is_same = |other: &Proposal| other.kind == "swap" && other.cause == Some(cause);
        assert!(!self.has_declined(partner.booking, is_same), "has declined: {partner:?}");
        assert!(!self.was_asked_lately(asker, partner.booking), "asked at once again: {partner:?}");
        let (leaving, coming) = self.model.arrangement(proposal);
        let soonest = self.model.first_minute() + NOTICE;
        assert!(self.model.would(&leaving, &coming, soonest), "asked for what can't be: {proposal:?}");
    }
}
