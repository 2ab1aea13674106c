//! A schedule at a glance: a bar a step on a common axis of time. The table beside it says the same in words.

use leptos::prelude::*;

use super::steps::Step;
use crate::{request::use_language, words::date};

/// Width of the drawing in its own units; it scales with its place.
const WIDTH: i64 = 1000;
/// Height of a step's row.
const ROW: i64 = 26;
/// No bar is drawn narrower.
const LEAST: i64 = 8;

#[component]
pub fn Schedule(steps: Vec<Step>) -> impl IntoView {
    let language = use_language();
    let (Some(start), Some(end)) =
        (steps.iter().map(|step| step.start).min(), steps.iter().map(|step| step.end).max())
    else {
        return ().into_any();
    };
    let span = (end.0 - start.0).max(1);
    let at = move |second: i64| (second - start.0) * WIDTH / span;
    let height = ROW * i64::try_from(steps.len()).unwrap_or(1);
    let bars = steps
        .iter()
        .zip(0..)
        .map(|(step, row)| {
            let width = (at(step.end.0) - at(step.start.0)).max(LEAST);
            let x = at(step.start.0).min(WIDTH - LEAST);
            view! {
                <rect class="track" x=0 y=row * ROW + 6 width=WIDTH height=ROW - 12 rx=3 />
                <rect class="bar" x=x y=row * ROW + 6 width=width height=ROW - 12 rx=3 />
            }
        })
        .collect_view();
    view! {
        <figure class="schedule" aria-hidden="true">
            <svg viewBox=format!("0 0 {WIDTH} {height}") preserveAspectRatio="none" height=height>{bars}</svg>
            <figcaption>
                <span>{date(language, start)}</span>
                <span>{date(language, end)}</span>
            </figcaption>
        </figure>
    }
    .into_any()
}
