//! What firms are asked: proposals, and whether they can still be made.

use uuid::Uuid;

use super::rules::{Model, Place, Product, Span};

/// So many minutes whoever is asked has to answer.
pub const ANSWER: i64 = 24 * 60;
/// Open proposals that a firm may have.
pub const MOST: usize = 3;
/// Questions that it may put within 24 hours.
pub const MOST_A_DAY: usize = 4;

/// A campaign that would move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    pub id: Uuid,
    pub booking: Uuid,
    /// Who must agree; `None`: nobody, it moves by rule.
    pub firm: Option<usize>,
    pub from: Place,
    pub to: Place,
    /// Of one that is parted, the batches that don't stay together.
    pub parts: Option<Parts>,
    pub answer: Option<String>,
}

/// How many batches stay with a campaign, how many go, and where to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    pub stays: u32,
    pub goes: u32,
    pub to: Place,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub kind: String,
    /// The booking that it is for, unless it is for room.
    pub cause: Option<Uuid>,
    /// Who wants it; `None`: the platform.
    pub asker: Option<usize>,
    /// The window that is wanted, unless the platform wants it.
    pub window: Option<Span>,
    /// The place for which there is to be room, with its class.
    pub hold: Option<(Place, usize)>,
    pub moves: Vec<Move>,
    /// When it was asked, in seconds.
    pub since: i64,
    /// No answer counts from then on, in seconds.
    pub until: i64,
    pub outcome: Option<String>,
    /// When it ended, in seconds.
    pub ended: Option<i64>,
}

impl Proposal {
    /// Those who are asked, whoever wants it not among them.
    pub fn asked(&self) -> impl Iterator<Item = &Move> {
        self.moves.iter().filter(|one| one.firm.is_some() && one.firm != self.asker)
    }

    /// Every place from and to which somebody would go.
    pub fn places(&self) -> impl Iterator<Item = Place> {
        let moves = self.moves.iter().flat_map(|one| [one.from, one.to]);
        moves.chain(self.hold.map(|(place, _)| place))
    }
}

impl Model {
    /// Who leaves, and what is where then.
    pub fn arrangement(&self, proposal: &Proposal) -> (Vec<Uuid>, Vec<(Place, Product)>) {
        let product = |id: Uuid| self.bookings[&id].product();
        let moves = proposal.moves.iter().map(|one| (one.to, product(one.booking)));
        let parts = proposal.moves.iter().filter_map(|one| Some((one.parts?.to, product(one.booking))));
        let hold = proposal.asker.zip(proposal.hold);
        let hold = hold.map(|(asker, (place, class))| (place, Product::of(asker, class)));
        let leaving = proposal.moves.iter().map(|one| one.booking).collect();
        (leaving, moves.chain(parts).chain(hold).collect())
    }

    /// Whether a campaign is where it was when it was asked for, and can still go.
    fn can_go(&self, one: &Move, is_rescue: bool) -> bool {
        let booking = &self.bookings[&one.booking];
        matches!(booking.status, "held" | "requested" | "confirmed")
            && booking.place == one.from
            && (is_rescue || one.from.start * 60 > self.now)
    }

    fn goes_by_rule(&self, one: &Move) -> bool {
        self.by_rule(one.booking).is_some_and(|open| one.to.is_inside(open))
    }

    /// Whether what is asked can't be made any more, for what one of the campaigns did meanwhile.
    pub fn has_lapsed(&self, proposal: &Proposal) -> bool {
        let is_rescue = proposal.kind == "rescue";
        proposal.moves.iter().any(|one| {
            let booking = &self.bookings[&one.booking];
            // What its line's outage struck as it ran can still be helped.
            let runs = is_rescue && booking.status == "running" && booking.place == one.from;
            let is_planned = self.bookings[&one.booking].plan.is_some();
            let is_stuck = one.firm.is_none() && is_planned && !self.goes_by_rule(one);
            !(runs || self.can_go(one, is_rescue)) || is_stuck
        })
    }

    /// Whether what comes doesn't fit beside what is there by now: a third has taken a place of it.
    pub fn is_taken(&self, proposal: &Proposal) -> bool {
        let (leaving, coming) = self.arrangement(proposal);
        !self.would(&leaving, &coming, self.first_minute())
    }

    /// Whether it can be made now that all have agreed; `None`: that isn't foreseen, of a campaign that is parted, or
    /// of one of the asker's own, which must be no dearer there.
    pub fn can_be_made(&self, proposal: &Proposal) -> Option<bool> {
        if proposal.moves.iter().any(|one| one.parts.is_some()) {
            return None;
        }
        let is_rescue = proposal.kind == "rescue";
        let agreed = |one: &Move| one.firm.is_some() || self.goes_by_rule(one);
        if !proposal.moves.iter().all(|one| self.can_go(one, is_rescue) && agreed(one)) {
            return Some(false);
        }
        if let Some(one) = proposal.moves.first().filter(|_| is_rescue) {
            // What can't stay leaves, whatever stays behind.
            let product = self.bookings[&one.booking].product();
            return Some(self.place(one.to, product, Some(one.booking), 0).is_empty());
        }
        let is_full = proposal.hold.and(proposal.asker).is_some_and(|asker| !self.full(asker, 1).is_empty());
        let firm = |one: &Move| Some(self.bookings[&one.booking].firm);
        let is_own = proposal.moves.iter().any(|one| one.firm.is_none() && firm(one) == proposal.asker);
        let can_be = !is_full && !self.is_taken(proposal);
        (!can_be || !is_own).then_some(can_be)
    }
}
