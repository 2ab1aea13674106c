//! The steps of an offer or a booking, with their plant time.

use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    contract::{Instant, OfferStepView, StepView, TextView},
    islands::OwnSteps,
    request::use_language,
    words::{end_moment, length, moment, say, text},
};

/// A step as shown.
#[derive(Clone, Debug)]
pub struct Step {
    pub name: TextView,
    pub line: TextView,
    /// Whose name that is: lines of two platforms, or of one, may have the same.
    pub line_id: Uuid,
    pub start: Instant,
    pub end: Instant,
}

impl From<&OfferStepView> for Step {
    fn from(step: &OfferStepView) -> Self {
        let (name, line) = (step.name.clone(), step.line_name.clone());
        Self { name, line, line_id: step.line, start: step.start, end: step.end }
    }
}

impl From<&StepView> for Step {
    fn from(step: &StepView) -> Self {
        let (name, line) = (step.name.clone(), step.line_name.clone());
        Self { name, line, line_id: step.line, start: step.start, end: step.end }
    }
}

/// A table on wide screens, a list of cards on narrow ones.
#[component]
pub fn Steps(
    steps: Vec<Step>,
    /// Whether they are told on the reader's clock too, folded away, where that isn't the plant's.
    #[prop(optional)]
    own: bool,
) -> impl IntoView {
    let language = use_language();
    let own = own.then(|| {
        let name = |step: &Step| (text(language, &step.name), step.start.0, step.end.0);
        let steps = steps.iter().map(name).collect::<Vec<_>>();
        view! {
            <details class="own-steps">
                <summary>{say!(language, find.own_steps)}</summary>
                <OwnSteps language steps />
            </details>
        }
    });
    let (line, start, end, takes) = (
        say!(language, offer.line),
        say!(language, offer.start),
        say!(language, offer.end),
        say!(language, offer.duration),
    );
    let rows = steps
        .into_iter()
        .map(|step| {
            let minutes = (step.end.0 - step.start.0) / 60;
            view! {
                <tr>
                    <th scope="row">{text(language, &step.name)}</th>
                    <td data-label=line>{text(language, &step.line)}</td>
                    <td data-label=start class="when">{moment(language, step.start)}</td>
                    <td data-label=end class="when">{end_moment(language, step.end)}</td>
                    <td data-label=takes class="when whole">{length(language, minutes)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="steps">
            <thead>
                <tr>
                    <th scope="col">{say!(language, offer.step)}</th>
                    <th scope="col">{line}</th>
                    <th scope="col">{start}</th>
                    <th scope="col">{end}</th>
                    <th scope="col">{takes}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        {own}
    }
}
