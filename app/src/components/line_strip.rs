//! The lines of an offer over the window that was searched: what is taken, what is closed, what is free, and where the
//! offer lies.

use std::collections::BTreeMap;

use domain::{Minute, calendar::DAY};
use leptos::prelude::*;
use uuid::Uuid;

use super::{
    lanes::{Key, StripLane, StripLanes, leave_out_nights},
    lanes_in_words::{LaneNames, LanesInWords},
    schedule::lanes,
    steps::Step,
};
use crate::{
    backend::use_backend,
    contract::{
        BusyView, Instant, LineTimes, OfferQuery, OfferStepView, OfferView, OrganisationKind, Period, field,
    },
    request::{use_language, use_reader},
    words::say,
};

/// The window of a search, and when the lines of its answer are taken.
#[derive(Clone, Debug)]
pub struct Taken {
    from: Instant,
    to: Instant,
    /// `None`: visitors don't see it, or it can't be read.
    lines: Option<BTreeMap<Uuid, LineTimes>>,
}

/// The window of `query`, drawn wider where one of `offers` lies beyond it, with the calendars of their lines. `None`
/// of a window that can't be read.
pub async fn taken(query: &OfferQuery, offers: &[OfferView]) -> Option<Taken> {
    let midnight = |name, day: &str| field::plant_day(name, day).ok().map(field::midnight);
    let window = (midnight("from", &query.from)?, midnight("to", &query.to)? + DAY);
    let steps = || offers.iter().flat_map(|offer| &offer.steps);
    let from = steps().map(|step| step.start.minute()).fold(window.0, Minute::min);
    let to = steps().map(|step| step.end.minute()).fold(window.1, Minute::max);
    let day = |minute| field::plant_date(minute).to_string();
    let period = Period { from: day(from), to: day(to - 1) };
    let lines = match use_reader() {
        None => None,
        Some(_) => use_backend().taken(query, &steps().map(|step| step.line).collect(), period).await.ok(),
    };
    Some(Taken { from: Instant::from_minute(from), to: Instant::from_minute(to), lines })
}

impl From<&LineTimes> for StripLane {
    fn from(times: &LineTimes) -> Self {
        let pieces = |pieces: &[BusyView]| pieces.iter().map(|piece| (piece.start, piece.end)).collect();
        let (busy, yours) = (pieces(&times.taken), pieces(&times.own));
        Self { closed: pieces(&times.closed), busy, yours, ..Self::default() }
    }
}

/// A lane a line.
#[component]
pub fn LineStrips(steps: Vec<OfferStepView>, taken: Taken) -> impl IntoView {
    let language = use_language();
    let Taken { from, to, lines } = taken;
    let steps: Vec<Step> = steps.iter().map(Step::from).collect();
    let known = lines.is_some();
    let whole = lanes(language, &steps, |step| {
        lines.as_ref().and_then(|lines| lines.get(&step.line_id)).map(StripLane::from).unwrap_or_default()
    });
    let mut lanes = whole.clone();
    let left_out = leave_out_nights(&mut lanes, from, to);
    let closed: Vec<_> = lanes.iter().map(|lane| lane.closed.clone()).collect();
    let (free, shut) = match (known, left_out) {
        (false, _) => (say!(language, find.window), None),
        (true, false) => (say!(language, find.open), Some(say!(language, find.shut))),
        (true, true) => (say!(language, find.open_days), Some(say!(language, find.shut_days))),
    };
    let shut = shut.filter(|_| closed.iter().any(|closed| !closed.is_empty()));
    // A platform's people move what is their clients', too.
    let operates = use_reader().is_some_and(|reader| reader.organisation_kind == OrganisationKind::Platform);
    let yours = if operates { say!(language, find.place_now) } else { say!(language, find.yours_now) };
    let stands = lanes.iter().any(|lane| !lane.yours.is_empty());
    // Whoever doesn't know what is taken reads of the steps below.
    let words = known.then(|| {
        let names = LaneNames {
            own: say!(language, find.this),
            taken: say!(language, find.taken_word),
            free: say!(language, find.open),
        };
        view! { <LanesInWords lanes=whole from to names closed yours /> }
    });
    view! {
        {words}
        <StripLanes lanes from to>
            <Key class="bar" words=say!(language, find.this) />
            {stands.then(|| view! { <Key class="yours" words=yours /> })}
            {known.then(|| view! { <Key class="busy" words=say!(language, find.taken) /> })}
            {shut.map(|words| view! { <Key class="off" words /> })}
            <Key class="track" words=free />
        </StripLanes>
    }
}
