//! What the resolver considered before a place was found, folded away beside the event that came of it.

use leptos::prelude::*;

use super::room::{room_asks, room_cost};
use crate::{
    contract::{ConsideredMove, ConsideredView, ConsideredWay},
    language::Language,
    request::{use_language, use_link},
    words::{dated_span, length, moment, say, text, yuan},
};

#[component]
pub fn Considered(considered: ConsideredView) -> impl IntoView {
    let language = use_language();
    let looked = [
        Some(say!(language, room.considered.rule, rule = considered.rule.as_str()).to_string()),
        tried(language, &considered),
        Some(extent(language, &considered)),
    ];
    let looked: Vec<String> = looked.into_iter().flatten().collect();
    let others = match considered.others {
        0 => None,
        1 => Some(say!(language, room.considered.others_one).to_owned()),
        count => Some(say!(language, room.considered.others, count = count).to_string()),
    };
    let others = others.map(|words| view! { <p class="hint">{words}</p> });
    let ways = considered.ways.into_iter().map(|way| view! { <Way way /> }).collect_view();
    view! {
        <details class="considered">
            <summary>{say!(language, room.considered.title)}</summary>
            <p class="hint">{looked.join(" ")}</p>
            {ways}
            {others}
        </details>
    }
}

/// How many sets of moves were tried, for whoever may know it.
fn tried(language: Language, considered: &ConsideredView) -> Option<String> {
    let (tried, searches) = considered.tried.zip(considered.searches)?;
    Some(match tried {
        1 => say!(language, room.considered.tried_one, searches = searches).to_string(),
        count => say!(language, room.considered.tried, count = count, searches = searches).to_string(),
    })
}

/// How much was looked at.
fn extent(language: Language, considered: &ConsideredView) -> String {
    match (considered.extent.as_str(), considered.near.zip(considered.looked_at)) {
        ("whole", _) => say!(language, room.considered.whole).to_owned(),
        ("sets", _) => say!(language, room.considered.sets).to_owned(),
        ("neighbourhood", Some((near, looked_at))) => {
            say!(language, room.considered.neighbourhood_of, near = near, looked_at = looked_at).to_string()
        }
        ("neighbourhood", None) => say!(language, room.considered.neighbourhood).to_owned(),
        _ => say!(language, room.considered.searches).to_owned(),
    }
}

/// One way: where, whether it was taken, what it was ranked by, and who would move for it.
#[component]
fn Way(way: ConsideredWay) -> impl IntoView {
    let language = use_language();
    let start = way.steps.iter().map(|step| step.start).min();
    let end = way.steps.iter().map(|step| step.end).max();
    let when = start.zip(end).map(|(start, end)| dated_span(language, start, end));
    let lines = way.steps.iter().map(|step| text(language, &step.line_name)).collect::<Vec<_>>().join(" → ");
    let chosen = way.chosen.then(|| {
        view! { " · " <strong>{say!(language, room.considered.chosen)}</strong> }
    });
    let cost = ranked_by(language, &way).join(" · ");
    let moves = way.moves.into_iter().map(|one| view! { <Mover one /> }).collect_view();
    view! {
        <div class="considered-way">
            <p><span class="when">{when}</span> " · " {lines} {chosen}</p>
            <p class="hint">{cost}</p>
            {moves}
        </div>
    }
}

/// The parts of what it was ranked by, the most important first.
fn ranked_by(language: Language, way: &ConsideredWay) -> Vec<String> {
    let shift = way.shift_minutes.map(|minutes| {
        let by = length(language, minutes.abs());
        match minutes {
            0 => say!(language, room.considered.as_planned).to_owned(),
            1.. => say!(language, room.considered.later, length = by.as_str()).to_string(),
            _ => say!(language, room.considered.sooner, length = by.as_str()).to_string(),
        }
    });
    let parted = way.parted.as_ref().map(|parts| {
        let (stays, goes) = (parts.stays_batches, parts.goes_batches);
        say!(language, room.considered.parted, stays = stays, goes = goes).to_string()
    });
    let of = |minutes: Option<i64>| minutes.map(|minutes| length(language, minutes));
    let reckoned = of(way.reckoned_minutes)
        .map(|by| say!(language, room.considered.reckoned, length = by.as_str()).to_string());
    let others = (way.cost.moves > 0).then(|| [room_asks(language, way.cost), room_cost(language, way.cost)]);
    let finish = of(way.finish_minutes)
        .map(|by| say!(language, room.considered.finish, length = by.as_str()).to_string());
    let waiting = of(way.waiting_minutes.filter(|minutes| *minutes > 0))
        .map(|by| say!(language, room.considered.waiting, length = by.as_str()).to_string());
    let own = [reckoned, shift, parted].into_iter().flatten();
    let place = [finish, Some(yuan(way.price_fen)), waiting].into_iter().flatten();
    own.chain(others.into_iter().flatten()).chain(place).collect()
}

/// A campaign that would move, for the platform's people.
#[component]
fn Mover(one: ConsideredMove) -> impl IntoView {
    let language = use_language();
    let how = if one.asked {
        say!(language, room.considered.asked)
    } else {
        say!(language, room.considered.by_rule)
    };
    let when = format!("{} → {}", moment(language, one.from), moment(language, one.to));
    let href = use_link(&format!("/desk/requests/{}", one.booking));
    view! {
        <p class="hint"><a href=href>{one.reference}</a> " · " <span class="when">{when}</span> " · " {how}</p>
    }
}
