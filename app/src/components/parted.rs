//! A campaign whose batches don't all run together: in words, and on its lines.

use leptos::prelude::*;

use super::{
    lanes::{Key, StripLane, StripLanes},
    schedule::lanes,
    steps::Step,
};
use crate::{
    contract::{Instant, PartedView, StepView},
    request::{use_language, use_link},
    words::{dated_span, say, split_batches, text},
};

#[component]
pub fn Parted(parts: PartedView) -> impl IntoView {
    let language = use_language();
    let row = |name: &'static str, batches: u32, steps: &[StepView]| {
        let start = steps.iter().map(|step| step.start).min();
        let end = steps.iter().map(|step| step.end).max();
        let when = start.zip(end).map(|(start, end)| dated_span(language, start, end));
        let lines = steps.iter().map(|step| text(language, &step.line_name)).collect::<Vec<_>>().join(" → ");
        view! {
            <div>
                <dt>{name}</dt>
                <dd>{split_batches(language, batches)} " · " <span class="when">{when}</span> " · " {lines}</dd>
            </div>
        }
    };
    let stays =
        if parts.in_place { say!(language, conflict.stays_there) } else { say!(language, conflict.on_lines) };
    let stays = row(stays, parts.stays_batches, &parts.stays);
    let goes = row(say!(language, conflict.goes_there), parts.goes_batches, &parts.goes);
    let other = parts.booking.map(|id| {
        view! { <p><a href=use_link(&format!("/bookings/{id}"))>{say!(language, conflict.rest_booking)}</a></p> }
    });
    view! {
        <dl class="facts">{stays} {goes}</dl>
        <Picture parts />
        {other}
    }
}

/// What stays and what goes, over the time from the first start to the last end.
#[component]
fn Picture(parts: PartedView) -> impl IntoView {
    let language = use_language();
    let stays =
        if parts.in_place { say!(language, conflict.key_stays) } else { say!(language, conflict.on_lines) };
    let all = || parts.stays.iter().chain(&parts.goes);
    let (from, to) = (all().map(|step| step.start).min(), all().map(|step| step.end).max());
    let (Some(from), Some(to)): (Option<Instant>, Option<Instant>) = (from, to) else {
        return ().into_any();
    };
    let steps: Vec<Step> = all().map(Step::from).collect();
    let on = |steps: &[StepView], lane: &StripLane| -> Vec<(Instant, Instant)> {
        let is_there =
            |step: &&StepView| step.line == lane.line && text(language, &step.line_name) == lane.name;
        let here = steps.iter().filter(is_there);
        here.map(|step| (step.start, step.end)).collect()
    };
    let lanes = lanes(language, &steps, |_| StripLane::default()).into_iter().map(|lane| StripLane {
        own: on(&parts.goes, &lane),
        stays: on(&parts.stays, &lane),
        ..lane
    });
    view! {
        <StripLanes lanes=lanes.collect() from to>
            <Key class="stays" words=stays />
            <Key class="bar" words=say!(language, conflict.key_goes) />
        </StripLanes>
    }
    .into_any()
}
