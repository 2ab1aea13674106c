//! Tier 1: what comes closest to a place that somebody wanted and can't have, a few that differ in kind.

use serde::{Deserialize, Serialize};

use crate::{
    LineId, Minute, Minutes, PlatformId, RouteId, availability::Offer, calendar::DAY, snapshot::Snapshot,
};

use super::setups::Setups;

/// The name of the cost below, with its version.
pub const RULE: &str = "alternatives/3";

/// What going to another line of the same platform costs, in minutes of shift: other equipment, the same people.
pub const ANOTHER_LINE: Minutes = DAY;
/// What going to another platform costs, in minutes of shift: another contract, another audit, another journey.
pub const ANOTHER_PLATFORM: Minutes = 5 * DAY;
/// What each percent costs by which the price exceeds that of the cheapest alternative, in minutes of shift.
pub const PERCENT_DEARER: Minutes = DAY / 4;
/// What each hour of set-up costs beyond that of the alternative with the least, in minutes of shift. A quarter of it:
/// a line that is set up makes nothing, but nobody waits for it, since the start lies behind it already; and mostly it
/// is the longest that it can be, not what it will be.
pub const HOUR_OF_CHANGEOVER: Minutes = 15;

/// The place that was wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub route: RouteId,
    /// Line and start of every step.
    pub steps: Vec<(LineId, Minute)>,
}

impl Wanted {
    /// The first start of all steps.
    #[must_use]
    pub fn start(&self) -> Minute {
        self.steps.iter().map(|(_, start)| *start).min().unwrap_or(0)
    }
}

/// In what an alternative differs most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The very place that was wanted, as the rules are now: the route's figures have changed since it was offered.
    AsNow,
    /// The same lines at another time.
    Sooner,
    Later,
    AnotherLine,
    AnotherPlatform,
}

/// A place instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    pub offer: Offer,
    pub kind: Kind,
    /// By how much the first start lies later (or, negative, sooner), in minutes.
    pub shift: Minutes,
    /// By how much the set-up before it is longer than before the one of them with the least, in minutes, as whoever
    /// asks may know it: [`Setups`] says why its length gives no neighbour away, and why it isn't compared with that of
    /// the place that was wanted.
    pub changeover: Minutes,
    /// What it is ranked by, ascending: the shift either way, with [`ANOTHER_LINE`] or [`ANOTHER_PLATFORM`],
    /// [`PERCENT_DEARER`] for each whole percent of price, and [`HOUR_OF_CHANGEOVER`] for each hour of
    /// [`Self::changeover`].
    pub cost: Minutes,
}

/// At most `most` alternatives among `offers`, by ascending cost: the best of every kind there is, then the next best
/// of any kind. Of equal ones the offer named first comes first, and a place named twice counts once. The offers are
/// places that are free on the snapshot of `setups`. What [`crate::availability::search`] finds holds of each gap the
/// earliest place alone: the nearest to what was wanted are those [`crate::availability::around`] it.
#[must_use]
pub fn alternatives(
    setups: &mut Setups<'_>,
    offers: impl IntoIterator<Item = Offer>,
    wanted: &Wanted,
    most: usize,
) -> Vec<Alternative> {
    let snapshot = setups.snapshot();
    let platform = platform_of(snapshot, wanted.route);
    let mut all: Vec<Alternative> =
        offers.into_iter().map(|offer| compare(snapshot, platform, wanted, offer)).collect();
    let cheapest = all.iter().map(|alternative| alternative.offer.price_fen).min().unwrap_or(0);
    for alternative in &mut all {
        let dearer = percent_dearer(alternative.offer.price_fen, cheapest).saturating_mul(PERCENT_DEARER);
        alternative.changeover = setups.before(&alternative.offer.placement);
        let set_up = weigh(alternative.changeover);
        alternative.cost = alternative.cost.saturating_add(dearer).saturating_add(set_up);
    }
    all.sort_by_key(|alternative| alternative.cost);
    let (mut few, mut rest): (Vec<Alternative>, Vec<Alternative>) = (Vec::new(), Vec::new());
    for alternative in all {
        let same = |known: &Alternative| known.offer.placement == alternative.offer.placement;
        if few.iter().chain(&rest).any(same) {
            continue;
        }
        if few.iter().all(|known| known.kind != alternative.kind) {
            few.push(alternative);
        } else if rest.len() < most {
            rest.push(alternative);
        }
    }
    few.truncate(most);
    let room = most - few.len();
    few.extend(rest.into_iter().take(room));
    // What each of them needs sets none apart.
    let least = few.iter().map(|alternative| alternative.changeover).min().unwrap_or(0);
    for alternative in &mut few {
        let more = alternative.changeover - least;
        alternative.cost = alternative.cost - weigh(alternative.changeover) + weigh(more);
        alternative.changeover = more;
    }
    few.sort_by_key(|alternative| alternative.cost);
    few
}

/// What so many minutes of changeover cost, in minutes of shift.
pub(super) const fn weigh(changeover: Minutes) -> Minutes {
    changeover.saturating_mul(HOUR_OF_CHANGEOVER) / 60
}

/// `offer` beside what was wanted; neither its price nor its set-up is in the cost yet.
pub(super) fn compare(
    snapshot: &Snapshot,
    platform: Option<PlatformId>,
    wanted: &Wanted,
    offer: Offer,
) -> Alternative {
    let starts = offer.placement.starts();
    let shift = starts.iter().map(|(_, start)| *start).min().unwrap_or(0) - wanted.start();
    let same_lines = starts.len() == wanted.steps.len()
        && starts.iter().zip(&wanted.steps).all(|((line, _), (wanted, _))| line == wanted);
    let (kind, move_cost) = if starts == wanted.steps {
        (Kind::AsNow, 0)
    } else if same_lines {
        (if shift < 0 { Kind::Sooner } else { Kind::Later }, 0)
    } else if platform.is_some() && platform_of(snapshot, offer.placement.route) == platform {
        (Kind::AnotherLine, ANOTHER_LINE)
    } else {
        (Kind::AnotherPlatform, ANOTHER_PLATFORM)
    };
    Alternative { offer, kind, shift, changeover: 0, cost: shift.abs().saturating_add(move_cost) }
}

/// Whole percents by which `price` exceeds `cheapest`.
pub(super) const fn percent_dearer(price: i64, cheapest: i64) -> i64 {
    if cheapest <= 0 { 0 } else { (price - cheapest).saturating_mul(100) / cheapest }
}

pub(super) fn platform_of(snapshot: &Snapshot, route: RouteId) -> Option<PlatformId> {
    snapshot.routes.iter().find(|known| known.id == route).map(|route| route.platform)
}
