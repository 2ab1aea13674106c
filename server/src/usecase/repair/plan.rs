//! A repair as it is to be written: who is to have which place, and what goes where for it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use domain::{
    BookingId, Interval, LineId, OccupancyId, OrganisationId, availability::Placement, resolve, route::Route,
};
use uuid::Uuid;

use super::considered::Considered;
use crate::{
    store::Catalogue,
    usecase::{holding::Holding, protocol::Touched},
};

/// A booking's move.
#[derive(Clone, Debug)]
pub(crate) struct PlannedMove {
    pub booking: Uuid,
    pub from: Placement,
    pub to: Placement,
    /// The route that it goes to, as it was when the move was planned.
    pub route: Arc<Route>,
    /// Whether its owner has agreed to just this move; else it must be inside its plan window.
    pub agreed: bool,
    /// Whether it is the platform's own production, and whoever decides this for the platform agrees to it by that.
    pub given: bool,
    /// The batches that go elsewhere, if not all of them go to `to`.
    pub rest: Option<Rest>,
}

/// Batches that become a booking of their own.
#[derive(Clone, Debug)]
pub(crate) struct Rest {
    /// How many stay with the booking.
    pub stays: u32,
    pub to: Placement,
    /// As it was when this was planned.
    pub route: Arc<Route>,
}

impl PlannedMove {
    /// Whether somebody has to be asked first.
    pub const fn asks(&self) -> bool {
        self.agreed && !self.given
    }
}

/// A cleaning that nobody owns, where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Gap {
    pub id: OccupancyId,
    pub line: LineId,
    pub interval: Interval,
}

/// What moves are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// Room for somebody's hold.
    Room,
    /// The platform can't have a campaign stay where it is.
    Rescue,
    /// Two firms swap.
    Swap,
    /// A campaign that can stay, so that a cleaning beside it can be removed.
    Cleaning,
}

impl Cause {
    /// The name in the store and on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Room => "room",
            Self::Rescue => "rescue",
            Self::Swap => "swap",
            Self::Cleaning => "cleaning",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        let all = [Self::Room, Self::Rescue, Self::Swap, Self::Cleaning];
        all.into_iter().find(|cause| cause.word() == word)
    }

    /// What those asked read of it. That a cleaning is left beside their campaign would tell them of what lies on its
    /// other side: that their products don't fit each other.
    pub const fn told(self) -> &'static str {
        match self {
            Self::Cleaning => "platform",
            Self::Room | Self::Rescue | Self::Swap => self.word(),
        }
    }

    /// Whether a platform wants it: it waits for nobody, and may move what is its own, and what isn't confirmed inside
    /// the window that was asked for.
    pub const fn is_platforms(self) -> bool {
        matches!(self, Self::Rescue | Self::Cleaning)
    }

    /// What a booking's history calls a move for it.
    pub const fn action(self) -> &'static str {
        match self {
            Self::Room | Self::Cleaning => "make_room",
            Self::Rescue => "rescue",
            Self::Swap => "swap",
        }
    }

    /// By which rule it is decided.
    pub const fn rule(self) -> &'static str {
        match self {
            Self::Room => resolve::repair::RULE,
            Self::Rescue | Self::Cleaning => resolve::rescue::RULE,
            Self::Swap => resolve::swap::RULE,
        }
    }
}

/// Moves, and the place that they make room for, if they are for one.
#[derive(Clone, Debug)]
pub(crate) struct Planned {
    pub cause: Cause,
    pub holding: Option<Holding>,
    /// Where a campaign can't stay, the first is its own, and the others make room for it by rule.
    pub moves: Vec<PlannedMove>,
    /// The cleaning that could be removed then, where that is what it is for.
    pub cleaning: Option<Gap>,
    /// Whether it was proposed, with the notice that new bookings need, and all have agreed since.
    pub agreed: bool,
    /// The company that takes what has become free only behind those who wait for it; `None`: it stops for nobody.
    pub behind: Option<OrganisationId>,
    /// What else was considered, for the record.
    pub considered: Option<Considered>,
    /// Of a swap, by booking, what its owner was shown to pay where it goes.
    pub prices: BTreeMap<Uuid, i64>,
}

impl Planned {
    /// As it is before anybody has agreed to it, stopping for nobody.
    pub const fn new(cause: Cause, holding: Option<Holding>, moves: Vec<PlannedMove>) -> Self {
        Self {
            cause,
            holding,
            moves,
            cleaning: None,
            agreed: false,
            behind: None,
            considered: None,
            prices: BTreeMap::new(),
        }
    }

    /// The same as the platform itself decides it, whose own production, `of_platform`, moves with its consent by that.
    pub fn given(mut self, of_platform: &BTreeSet<BookingId>) -> Self {
        for one in &mut self.moves {
            one.given = one.agreed && of_platform.contains(&BookingId(one.booking));
        }
        self
    }

    /// The same with what was considered beside it.
    pub fn considering(self, considered: Considered) -> Self {
        Self { considered: Some(considered), ..self }
    }

    /// The same so that `cleaning` can be removed, and not since the campaign can't stay.
    pub fn for_cleaning(self, cleaning: Gap) -> Self {
        Self { cause: Cause::Cleaning, cleaning: Some(cleaning), ..self }
    }

    /// The same for `company`, which stops where others are to be asked first if `others_first`.
    pub fn behind(&self, company: OrganisationId, others_first: bool) -> Self {
        Self { behind: others_first.then_some(company), ..self.clone() }
    }

    /// Whether somebody has to be asked first.
    pub fn asks(&self) -> bool {
        self.moves.iter().any(PlannedMove::asks)
    }

    /// Whether a firm makes room for itself now, or asks for it. A platform's desk may move for it, and ask, what was
    /// moved lately, and so may what was proposed: whoever was moved since isn't where it was.
    pub fn is_firms(&self) -> bool {
        let own =
            |holding: &Holding| holding.by.as_ref().is_some_and(|by| by.organisation == holding.company);
        !self.agreed && self.holding.as_ref().is_some_and(own)
    }

    /// Whether by the move with this number a firm, `whose` the campaign is, makes room for a hold of its own. What a
    /// platform's desk gives to it, the firm hasn't chosen.
    pub fn is_own(&self, number: usize, whose: Option<Uuid>) -> bool {
        let chosen = self
            .holding
            .as_ref()
            .filter(|holding| holding.by.as_ref().is_none_or(|by| by.organisation == holding.company));
        let for_whom = chosen.map(|holding| holding.company.0);
        self.cause_of(number) == Cause::Room && for_whom.is_some() && for_whom == whose
    }

    /// What the move with this number is for.
    pub fn cause_of(&self, number: usize) -> Cause {
        if self.cause == Cause::Rescue && number > 0 { Cause::Room } else { self.cause }
    }

    /// The only move with what goes elsewhere of it, if a campaign is parted.
    pub fn parted(&self) -> Option<(&PlannedMove, &Rest)> {
        let [one] = self.moves.as_slice() else { return None };
        one.rest.as_ref().map(|rest| (one, rest))
    }

    /// Every route that somebody would run on.
    pub fn routes(&self) -> impl Iterator<Item = &Arc<Route>> {
        let moves = self.moves.iter();
        let moves = moves
            .flat_map(|one| std::iter::once(&one.route).chain(one.rest.as_ref().map(|rest| &rest.route)));
        moves.chain(self.holding.as_ref().map(|holding| &holding.placing.route))
    }

    /// The stretches that must be locked and read. What the bookings hold by then is looked up again under the lock.
    pub fn touched(&self, catalogue: &Catalogue) -> Touched {
        let mut touched = self.holding.as_ref().map(|holding| holding.placing.touched()).unwrap_or_default();
        if let Some(cleaning) = self.cleaning {
            touched.line(cleaning.line, cleaning.interval);
        }
        for one in &self.moves {
            touch(&mut touched, Some(&one.route), &one.to);
            touch(&mut touched, catalogue.route(one.from.route), &one.from);
            if let Some(rest) = &one.rest {
                touch(&mut touched, Some(&rest.route), &rest.to);
            }
        }
        touched
    }
}

fn touch(touched: &mut Touched, route: Option<&Arc<Route>>, placement: &Placement) {
    for (number, placed) in placement.steps.iter().enumerate() {
        touched.line(placed.line, placed.interval);
        for share in route.and_then(|route| route.steps.get(number)).into_iter().flat_map(|step| &step.uses) {
            touched.pool(share.pool, placed.interval);
        }
    }
}
