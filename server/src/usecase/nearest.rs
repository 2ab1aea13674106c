//! Where nothing fits a window: the nearest that fits before it and after it.

use app::contract::{NearestView, OfferQuery, field};
use domain::{
    Interval, Minute, Second,
    availability::{self, Offer},
    calendar::PLANT_OFFSET,
    request::Request,
};

use super::offers;
use crate::store::Current;

/// How far beyond the window one looks, in plant days.
const REACH: i64 = 270;
const DAY: i64 = 24 * 60;

/// At most one offer before the window of `query`, and one after it.
pub(crate) fn nearest(
    ground: &Current,
    query: &OfferQuery,
    request: &Request,
    now: Second,
) -> Vec<NearestView> {
    let asked = request.window;
    let after = Interval { start: asked.start, end: asked.end + REACH * DAY };
    let today = midnight(now.div_euclid(60)).max(asked.start - REACH * DAY);
    let before = Interval { start: today, end: asked.end };
    let start = |offer: &Offer| offer.placement.steps.iter().map(|step| step.interval.start).min();
    let found = |window: Interval, latest: bool| {
        let wider = Request { window, ..request.clone() };
        let offers = availability::search(&ground.snapshot, &wider, now).ok()?.offers;
        let best = if latest { offers.iter().max_by_key(start) } else { offers.iter().next() };
        let offer = offers::view(&ground.catalogue, &best?, 1)?;
        let (from, to) = (field::plant_date(window.start), field::plant_date(window.end - 1));
        let query = OfferQuery { from: from.to_string(), to: to.to_string(), ..query.clone() };
        Some(NearestView { query, offer })
    };
    let before = if before.start < asked.start { found(before, true) } else { None };
    before.into_iter().chain(found(after, false)).collect()
}

/// The plant midnight at or before `minute`.
const fn midnight(minute: Minute) -> Minute {
    minute - (minute + PLANT_OFFSET).rem_euclid(DAY)
}
