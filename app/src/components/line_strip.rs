//! The lines of an offer over the window that was searched: what is taken, what is free, and where the offer lies.

use std::collections::BTreeMap;

use leptos::prelude::*;
use uuid::Uuid;

use super::{lanes::StripLanes, schedule::lanes, steps::Step};
use crate::{
    backend::use_backend,
    contract::{BusyView, Instant, OfferQuery, OfferStepView, OfferView, Period, field},
    request::{use_language, use_reader},
    words::{say, text},
};

/// Lines whose calendar is read for one answer.
const MOST_LINES: usize = 16;
/// When the lines of an answer are taken, over its window.
#[derive(Clone, Debug)]
pub struct Taken {
    from: Instant,
    to: Instant,
    lines: BTreeMap<Uuid, Vec<BusyView>>,
}

/// The calendars of the lines that `offers` are on. Visitors don't see any, and where one can't be read, the offers
/// stand without it.
pub async fn taken(query: &OfferQuery, offers: &[OfferView]) -> Option<Taken> {
    use_reader()?;
    let midnight = |name, day: &str| field::plant_day(name, day).ok().map(field::midnight);
    let (from, to) = (midnight("from", &query.from)?, midnight("to", &query.to)? + 24 * 60);
    let mut ids: Vec<Uuid> =
        offers.iter().flat_map(|offer| offer.steps.iter().map(|step| step.line)).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.truncate(MOST_LINES);
    let backend = use_backend();
    let mut lines = BTreeMap::new();
    for id in ids {
        let period = Period { from: query.from.clone(), to: query.to.clone() };
        lines.insert(id, backend.free_busy(id, period).await.ok()?.busy);
    }
    Some(Taken { from: Instant::from_minute(from), to: Instant::from_minute(to), lines })
}

/// A lane a line.
#[component]
pub fn LineStrips(steps: Vec<OfferStepView>, taken: Taken) -> impl IntoView {
    let language = use_language();
    let Taken { from, to, lines } = taken;
    let ids: BTreeMap<String, Uuid> =
        steps.iter().map(|step| (text(language, &step.line_name), step.line)).collect();
    let steps: Vec<Step> = steps.iter().map(Step::from).collect();
    let lanes = lanes(language, &steps, |step| {
        let busy = ids.get(&text(language, &step.line)).and_then(|line| lines.get(line));
        busy.into_iter().flatten().map(|piece| (piece.start, piece.end)).collect()
    });
    view! {
        <StripLanes lanes from to>
            <i class="key bar"></i>
            {say!(language, find.this)}
            <i class="key busy"></i>
            {say!(language, find.taken)}
            <i class="key track"></i>
            {say!(language, find.free)}
        </StripLanes>
    }
}
