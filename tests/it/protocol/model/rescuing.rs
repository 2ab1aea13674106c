//! Whoever can't stay where it is goes elsewhere as far as it may be moved unasked, or its owner is asked.

use uuid::Uuid;

use super::{
    Play,
    proposals::Proposal,
    rules::{NOTICE, Place},
};

impl Play {
    /// Those who couldn't stay and have gone elsewhere unasked, one after the other. Answers whether anybody has.
    pub(super) async fn rescued(&mut self) -> bool {
        if !self.model.is_anybody_hit() {
            return false;
        }
        let gone = self.changed().await;
        for (id, place) in &gone {
            let open = self.model.unasked(*id);
            assert!(self.model.is_hit(*id), "{id} could have stayed");
            assert!(self.model.may_be_moved(*id, *place, open), "{id} to {place:?}, inside {open:?}");
            let product = self.model.bookings[id].product();
            let why = self.model.place(*place, product, Some(*id), NOTICE);
            assert!(why.is_empty(), "moved to {place:?}, but {why:?}");
            self.go(*id, *place).await;
            self.count("rescue by rule");
        }
        self.stirred |= !gone.is_empty();
        !gone.is_empty()
    }

    /// Whoever can't stay goes, for no more than it cost, and may leave a cleaning where it was.
    pub(super) async fn go(&mut self, id: Uuid, place: Place) {
        self.model.stays_noticed(id);
        self.model.put_elsewhere(id, place);
        self.model.moved(id);
        let stored = self.stored(id).await;
        let booking = self.model.bookings.get_mut(&id).expect("known");
        assert!(stored.price <= booking.price, "dearer by {} fen", stored.price - booking.price);
        booking.price = stored.price;
    }

    /// Whether the owner of what can't stay may be asked for that.
    pub(super) fn check_rescue(&self, proposal: &Proposal) {
        let [one] = proposal.moves.as_slice() else { panic!("more than its own move: {proposal:?}") };
        let booking = &self.model.bookings[&one.booking];
        assert_eq!((proposal.cause, proposal.asker), (Some(one.booking), None));
        assert_eq!((booking.place, Some(booking.firm)), (one.from, one.firm));
        assert!(self.model.is_hit(one.booking), "asked to go, and could stay: {proposal:?}");
        let (leaving, coming) = self.model.arrangement(proposal);
        let is_down = coming.iter().any(|(place, _)| self.model.is_down(*place));
        assert!(!is_down, "to where it is down: {proposal:?}");
        let is_same = |other: &Proposal| {
            let known = other.moves.first().map(|known| (known.from, known.to, known.parts));
            other.kind == "rescue" && known == Some((one.from, one.to, one.parts))
        };
        assert!(!self.has_declined(one.booking, is_same), "has declined: {proposal:?}");
        match one.parts {
            None => {
                assert!(matches!(booking.status, "held" | "requested" | "confirmed"), "{booking:?}");
                // Nobody is asked to be ready sooner than planned, or than it asked for.
                let is_sooner = one.to.start < one.from.start;
                let is_early = booking.status != "confirmed" && one.to.start < booking.asked.0;
                assert!(!is_sooner && !is_early, "{proposal:?}");
                let product = booking.product();
                let why = self.model.place(one.to, product, Some(one.booking), NOTICE);
                assert!(self.stirred || why.is_empty(), "asked for {:?}, but {why:?}", one.to);
            }
            Some(parts) => {
                assert!(matches!(booking.status, "confirmed" | "running"), "{booking:?}");
                assert!(parts.stays > 0 && parts.goes > 0, "{proposal:?}");
                assert_eq!(parts.stays + parts.goes, booking.batches);
                // Of what runs the beginning is past.
                let fits = self.model.would(&leaving, &coming, i64::MIN);
                assert!(self.stirred || fits, "{proposal:?}");
            }
        }
    }
}
