//! A schedule at a glance: its lines over the time from its first start to its last end.

use leptos::prelude::*;

use super::{
    lanes::{StripLane, StripLanes},
    steps::Step,
};
use crate::{contract::Instant, language::Language, request::use_language, words::text};

#[component]
pub fn Schedule(steps: Vec<Step>) -> impl IntoView {
    let (Some(from), Some(to)) =
        (steps.iter().map(|step| step.start).min(), steps.iter().map(|step| step.end).max())
    else {
        return ().into_any();
    };
    let lanes = lanes(use_language(), &steps, |_| Vec::new());
    view! { <StripLanes lanes from to /> }.into_any()
}

/// A lane a line of `steps`, in their order; `busy` is what others hold of the line of a step.
pub(super) fn lanes(
    language: Language,
    steps: &[Step],
    busy: impl Fn(&Step) -> Vec<(Instant, Instant)>,
) -> Vec<StripLane> {
    let mut lanes: Vec<StripLane> = Vec::new();
    for step in steps {
        let name = text(language, &step.line);
        let own = (step.start, step.end);
        match lanes.iter_mut().find(|lane| lane.name == name) {
            Some(lane) => lane.own.push(own),
            None => lanes.push(StripLane { name, busy: busy(step), stays: Vec::new(), own: vec![own] }),
        }
    }
    lanes
}
