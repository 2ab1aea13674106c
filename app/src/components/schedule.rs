//! A schedule at a glance: its lines over the time from its first start to its last end.

use leptos::prelude::*;

use super::{
    lanes::{StripLane, StripLanes},
    steps::Step,
};
use crate::{language::Language, request::use_language, words::text};

#[component]
pub fn Schedule(steps: Vec<Step>) -> impl IntoView {
    let (Some(from), Some(to)) =
        (steps.iter().map(|step| step.start).min(), steps.iter().map(|step| step.end).max())
    else {
        return ().into_any();
    };
    let lanes = lanes(use_language(), &steps, |_| StripLane::default());
    view! { <StripLanes lanes from to /> }.into_any()
}

/// A lane a line of `steps`, in their order; `times` are those of the line of a step, whatever the steps are.
pub(super) fn lanes(
    language: Language,
    steps: &[Step],
    times: impl Fn(&Step) -> StripLane,
) -> Vec<StripLane> {
    let mut lanes: Vec<StripLane> = Vec::new();
    for step in steps {
        let name = text(language, &step.line);
        let own = (step.start, step.end);
        match lanes.iter_mut().find(|lane| lane.line == step.line_id && lane.name == name) {
            Some(lane) => lane.own.push(own),
            None => lanes.push(StripLane { line: step.line_id, name, own: vec![own], ..times(step) }),
        }
    }
    lanes
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::contract::{Instant, TextView};

    #[test]
    fn lines_of_the_same_name_have_a_lane_each() {
        let step = |line: u128, from: i64| {
            let name = TextView { zh: String::new(), en: "press".to_owned() };
            let (start, end) = (Instant(from), Instant(from + 60));
            Step { name: name.clone(), line: name, line_id: Uuid::from_u128(line), start, end }
        };
        let steps = [step(1, 0), step(2, 60), step(1, 120)];
        let lanes = lanes(Language::en, &steps, |_| StripLane::default());
        assert_eq!(lanes.iter().map(|lane| lane.own.len()).collect::<Vec<_>>(), [2, 1]);
    }
}
