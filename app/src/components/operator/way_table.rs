//! The places where a booking could go, as a table: a row each, so that they can be compared.

use leptos::prelude::*;

use super::{
    proposed::{place_words, step_times},
    way::{Take, agreement, blocked_words, button, hint, shift, title, whole_shift},
};
use crate::{
    contract::{OptionView, StepView},
    request::use_language,
    words::{length, say, yuan},
};

/// Whether it is a place and nothing more, as most ways out are.
pub(super) fn is_place(option: &OptionView) -> bool {
    matches!(option.kind.as_str(), "sooner" | "later" | "another_line" | "another_platform" | "as_now")
}

/// `options` with their numbers among all of the conflict `id`. `held`: the price that the booking has, if the conflict
/// is about one.
#[component]
pub(super) fn WayTable(
    options: Vec<(usize, OptionView)>,
    id: String,
    held: Option<i64>,
    /// Where the booking stands now, if it is about one.
    stands: Vec<StepView>,
    operates: bool,
) -> impl IntoView {
    let language = use_language();
    // These are the same everywhere.
    let fee = options.iter().map(|(_, option)| option.fee_fen).max().unwrap_or(0);
    let kept = held.map(|held| {
        let words = say!(language, conflict.kept, price = yuan(held), fee = yuan(fee));
        view! { <p class="hint">{words.to_string()}</p> }
    });
    let [place, by, changeover, price, who, act] = [
        say!(language, conflict.place),
        say!(language, conflict.shift),
        say!(language, conflict.changeover),
        say!(language, conflict.price_there),
        say!(language, conflict.who),
        say!(language, desk.to_do),
    ];
    let heads = [place, by, changeover, price, who, act];
    let heads = heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    let rows = options
        .into_iter()
        .map(|(number, option)| {
            let head = title(language, &option).map(|words| view! { <p>{words}</p> });
            let there_is = place_words(language, &option.steps);
            let times = step_times(language, &option.steps);
            let told = hint(language, &option).map(|words| view! { <p class="hint">{words}</p> });
            let declined = option
                .declined
                .then(|| view! { <p class="note warn">{say!(language, conflict.was_declined)}</p> });
            let blocked = blocked_words(language, &option);
            let takes = operates && blocked.is_none();
            let blocked = blocked.map(|words| view! { <p class="note warn">{words}</p> });
            let moved = whole_shift(language, (&stands, &option.steps, None));
            let moved = moved.unwrap_or_else(|| shift(language, option.shift_minutes));
            let set_up = length(language, option.changeover_minutes);
            let (there, agreed) = (yuan(option.price_fen), agreement(language, &option));
            let words = button(language, &option);
            let form = takes.then(|| view! { <Take id=id.clone() option number words /> });
            view! {
                <tr class="way">
                    <th scope="row">{head} <span class="when">{there_is}</span> {times} {declined} {blocked} {told}</th>
                    <td data-label=by>{moved}</td>
                    <td data-label=changeover>{set_up}</td>
                    <td data-label=price>{there}</td>
                    <td data-label=who>{agreed}</td>
                    <td data-label=act>{form}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        {kept}
        <table class="dense case-options" aria-label=say!(language, conflict.ways)>
            <thead>
                <tr>{heads}</tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
