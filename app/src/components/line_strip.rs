//! The lines of an offer over the window that was searched: what is taken, what is free, and where the offer lies.

use std::collections::BTreeMap;

use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    backend::use_backend,
    contract::{BusyView, Instant, OfferQuery, OfferStepView, OfferView, Period, field},
    request::{use_language, use_reader},
    words::{date, say, text},
};

/// Lines whose calendar is read for one answer.
const MOST_LINES: usize = 16;
/// Width of the drawing in its own units, and its height.
const WIDTH: i64 = 1000;
const HEIGHT: i64 = 14;
/// No bar is drawn narrower.
const LEAST: i64 = 6;

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

/// A strip a line.
#[component]
pub fn LineStrips(steps: Vec<OfferStepView>, taken: Taken) -> impl IntoView {
    let language = use_language();
    let Taken { from, to, lines } = taken;
    let span = (to.0 - from.0).max(1);
    let bar = move |class: &'static str, start: Instant, end: Instant| {
        let x = (start.0.clamp(from.0, to.0) - from.0) * WIDTH / span;
        let width = ((end.0.clamp(from.0, to.0) - from.0) * WIDTH / span - x).max(LEAST);
        view! { <rect class=class x=x.min(WIDTH - LEAST) y="0" width=width height=HEIGHT /> }
    };
    let mut shown: Vec<(Uuid, String)> = Vec::new();
    for step in &steps {
        if !shown.iter().any(|(line, _)| *line == step.line) {
            shown.push((step.line, text(language, &step.line_name)));
        }
    }
    let rows = shown
        .into_iter()
        .map(|(line, name)| {
            let busy = lines.get(&line).cloned().unwrap_or_default();
            let busy = busy.into_iter().map(|piece| bar("busy", piece.start, piece.end)).collect_view();
            let own = steps.iter().filter(|step| step.line == line);
            let own = own.map(|step| bar("bar", step.start, step.end)).collect_view();
            view! {
                <li>
                    <span>{name}</span>
                    <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none">
                        <rect class="track" x="0" y="0" width=WIDTH height=HEIGHT />
                        {busy}
                        {own}
                    </svg>
                </li>
            }
        })
        .collect_view();
    view! {
        <figure class="line-strips" aria-hidden="true">
            <ul>{rows}</ul>
            <figcaption>
                <span>{date(language, from)}</span>
                <span class="keys">
                    <i class="key bar"></i>
                    {say!(language, find.this)}
                    <i class="key busy"></i>
                    {say!(language, find.taken)}
                    <i class="key track"></i>
                    {say!(language, find.free)}
                </span>
                <span>{date(language, to)}</span>
            </figcaption>
        </figure>
    }
}
