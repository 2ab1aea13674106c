//! Where nothing fits a window: the nearest that fits before it and after it.

use app::contract::{NearestView, OfferQuery, field};
use domain::{
    Interval, Minute, Second,
    availability::{self, Offer, STARTS, SameFinish},
    calendar::{DAY, PLANT_OFFSET, day_start, plant_day},
    request::Request,
    use_or_lose::Curbs,
};

use super::offers::Showing;
use crate::store::Current;

/// How far beyond the window one looks, in plant days.
const REACH: i64 = 270;

/// At most one offer before the window of `query`, and one after it, of those that a firm with these limits may hold.
pub(crate) fn nearest(
    ground: &Current,
    curbs: &Curbs,
    query: &OfferQuery,
    request: &Request,
    now: Second,
) -> Vec<NearestView> {
    let asked = request.window;
    let best = |window: Interval| {
        let wider = Request { window, ..request.clone() };
        let mut found = availability::search(&ground.snapshot, &wider, now).ok()?;
        found.curb(&ground.snapshot, curbs, now);
        found.offers.iter().next()
    };
    let sooner = (asked.start - midnight(now.div_euclid(60))).div_euclid(DAY).clamp(0, REACH);
    let before = |days: i64| Interval { start: asked.start - days * DAY, ..asked };
    let before = fewest(sooner, |days| best(before(days))).map(|(days, offer)| (before(days), offer));
    let after = best(Interval { end: asked.end + REACH * DAY, ..asked });
    // No wider than it takes, since its window is what whoever books it agrees to be moved in.
    let after = after.and_then(|offer| {
        let last = plant_day(offer.placement.span()?.end - 1);
        Some((Interval { end: day_start(last + 1), ..asked }, offer))
    });
    let view = |(window, offer): (Interval, Offer)| {
        let wider = Request { window, ..request.clone() };
        let cheaper = SameFinish::new(&ground.snapshot, &wider, curbs, now, STARTS).cheaper(&offer);
        let offer = cheaper.unwrap_or(offer);
        let (from, to) = (field::plant_date(window.start), field::plant_date(window.end - 1));
        let query = OfferQuery { from: from.to_string(), to: to.to_string(), ..query.clone() };
        let showing = Showing { catalogue: &ground.catalogue, window, now };
        Some(NearestView { query, offer: showing.view(&offer, 1)? })
    };
    [before, after].into_iter().flatten().filter_map(view).collect()
}

/// The fewest days in `1..=most` for which something is found, with what is found then; more days never find less. A
/// search from far back would offer the earliest start of a long free time, not the nearest one.
fn fewest(most: i64, find: impl Fn(i64) -> Option<Offer>) -> Option<(i64, Offer)> {
    let mut found = (most, (most > 0).then(|| find(most))??);
    let mut none = 0;
    while none + 1 < found.0 {
        let days = i64::midpoint(none, found.0);
        match find(days) {
            Some(offer) => found = (days, offer),
            None => none = days,
        }
    }
    Some(found)
}

/// The plant midnight at or before `minute`.
const fn midnight(minute: Minute) -> Minute {
    minute - (minute + PLANT_OFFSET).rem_euclid(DAY)
}
