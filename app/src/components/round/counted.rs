//! What counted for a wish under the call's rule.

use leptos::prelude::*;

use crate::{contract::WishCounted, language::Language, request::use_language, words::say};

#[component]
pub fn Counted(counted: WishCounted) -> impl IntoView {
    let language = use_language();
    let lines = lines(language, counted);
    // A platform reads no innovation score, which may be all that is known.
    if lines.is_empty() {
        return ().into_any();
    }
    let lines = lines.into_iter().map(|words| view! { <li>{words}</li> }).collect_view();
    view! {
        <p class="hint">{say!(language, round.counted)} {say!(language, term.colon)}</p>
        <ul class="hint why">{lines}</ul>
    }
    .into_any()
}

fn lines(language: Language, counted: WishCounted) -> Vec<String> {
    let WishCounted { place, points, waited, waited_points, newcomer, small, innovation } = counted;
    let mut lines = Vec::new();
    if let Some(place) = place {
        lines.push(say!(language, round.counted_place, place = place).to_string());
    }
    if let Some(points) = points {
        lines.push(say!(language, round.counted_points, points = points).to_string());
    }
    match waited.zip(waited_points) {
        Some((0, _)) => lines.push(say!(language, round.counted_no_wait).to_owned()),
        Some((calls, points)) => {
            lines.push(say!(language, round.counted_wait, calls = calls, points = points).to_string());
        }
        None => {}
    }
    match newcomer.zip(small) {
        Some((false, false)) => lines.push(say!(language, round.counted_unreserved).to_owned()),
        Some((newcomer, small)) => {
            lines.extend(newcomer.then(|| say!(language, round.counted_newcomer).to_owned()));
            lines.extend(small.then(|| say!(language, round.counted_small).to_owned()));
        }
        None => {}
    }
    match innovation {
        Some(0) => lines.push(say!(language, round.counted_no_score).to_owned()),
        Some(score) => lines.push(say!(language, round.counted_score, score = score).to_string()),
        None => {}
    }
    lines
}
