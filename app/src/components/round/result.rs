//! What became of a wish, and why.

use leptos::prelude::*;

use super::counted::Counted;
use crate::{
    contract::WishResult,
    request::{use_language, use_link},
    words::{dated_span, refusal, say, text, wish_outcome},
};

#[component]
pub fn Decided(
    result: WishResult,
    /// For the platform's people: their words, and the hold on their desk.
    #[prop(optional)]
    desk: bool,
    /// Whether the call counts points: a wish may then have lost to several that are worth as much together.
    #[prop(optional)]
    points: bool,
    /// How many windows were named.
    windows: usize,
) -> impl IntoView {
    let language = use_language();
    let start = result.steps.iter().map(|step| step.start).min();
    let end = result.steps.iter().map(|step| step.end).max();
    let lines: Vec<String> = result.steps.iter().map(|step| text(language, &step.line_name)).collect();
    let place = start.zip(end).map(|(start, end)| {
        let choice = result.choice.filter(|_| windows > 1).map(|number| {
            let words = say!(language, round.choice, number = number).to_string();
            view! { " · " <span class="hint">{words}</span> }
        });
        view! {
            <p class="place">
                <strong class="when">{dated_span(language, start, end)}</strong>
                " · "
                {lines.join(say!(language, campaign.and))}
                {choice}
            </p>
        }
    });
    let why = result
        .refusals
        .iter()
        .map(|why| {
            let line = why.line.as_ref().map(|name| format!("{} · ", text(language, name)));
            view! { <li>{line} {refusal(language, why)}</li> }
        })
        .collect_view();
    let why = (!result.refusals.is_empty()).then(|| view! { <ul class="hint why">{why}</ul> });
    let said = result.reason.map(|reason| view! { <q class="said">{reason}</q> });
    let folder = if desk { "/desk/requests" } else { "/bookings" };
    let hold = result.booking.map(|id| {
        let href = use_link(&format!("{folder}/{id}"));
        view! { <p><a class="button small" href=href>{say!(language, round.to_hold)}</a></p> }
    });
    let outcome = wish_outcome(language, &result.outcome, (desk, points));
    let counted = result.counted.map(|counted| view! { <Counted counted /> });
    view! {
        <div class="decided">
            {place}
            <p>{outcome}</p>
            {said}
            {why}
            {counted}
            {hold}
        </div>
    }
}
