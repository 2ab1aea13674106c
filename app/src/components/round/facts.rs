//! What a call publishes: for what it is, how it is decided, and the seed that it is sealed with.

use leptos::prelude::*;

use crate::{
    components::OwnMoment,
    contract::{CallRule, CallView},
    language::Language,
    request::use_language,
    words::{call_state, deadline, moment, plant_day, rule_name, rule_text, say, text},
};

/// How far it is.
#[component]
pub fn CallState(#[prop(into)] state: String) -> impl IntoView {
    let look = match state.as_str() {
        "open" | "drafted" => "requested",
        "published" => "confirmed",
        "cancelled" => "cancelled",
        _ => "held",
    };
    view! { <span class=format!("status {look}")>{call_state(use_language(), &state)}</span> }
}

/// First and last day.
pub fn period(language: Language, call: &CallView) -> String {
    let day = |day: &str| plant_day(language, day).unwrap_or_default();
    format!("{} – {}", day(&call.from), day(&call.to))
}

/// For what it is, and how it is decided.
#[component]
pub fn CallFacts(
    call: CallView,
    /// For the platform's people, for whom nothing is held.
    #[prop(optional)]
    desk: bool,
) -> impl IntoView {
    let language = use_language();
    let lines = call.lines.iter().map(|line| text(language, &line.name)).collect::<Vec<_>>();
    let result = match call.result_by {
        Some(by) => deadline(language, by),
        None => say!(language, round.result_unsaid).to_owned(),
    };
    let facts = [
        (say!(language, round.period), period(language, &call), None),
        (say!(language, round.opens), moment(language, call.opens_at), Some(call.opens_at)),
        (say!(language, round.closes), deadline(language, call.closes_at), Some(call.closes_at)),
        (say!(language, round.result_by), result, call.result_by),
        (say!(language, round.lines), lines.join(say!(language, campaign.and)), None),
    ];
    let facts = facts
        .into_iter()
        .map(|(name, value, at)| {
            let own = at.map(|at| view! { <OwnMoment at /> });
            view! { <div><dt>{name}</dt><dd>{value} {own}</dd></div> }
        })
        .collect_view();
    let held = match (call.hold_days, desk) {
        (1, false) => say!(language, round.held_one).to_owned(),
        (1, true) => say!(language, round.held_desk_one).to_owned(),
        (days, false) => say!(language, round.held, days = days).to_string(),
        (days, true) => say!(language, round.held_desk, days = days).to_string(),
    };
    let counts = call.counts_points();
    let criteria = (counts && !call.criteria.is_empty()).then(|| {
        view! {
            <h3>{say!(language, round.criteria)}</h3>
            <p class="criteria">{call.criteria.clone()}</p>
        }
    });
    let reserve = matches!(call.rule, CallRule::Shares { .. })
        .then(|| view! { <p class="hint">{say!(language, round.reserve_text)}</p> });
    // Where points decide, a firm's own order decides among equals only.
    let ranked = if call.counts_points() {
        say!(language, round.ranked_among_equals)
    } else {
        say!(language, round.ranked_text)
    };
    // The lot knows no equals.
    let ties = (call.rule != CallRule::Lottery)
        .then(|| view! { <p class="hint">{say!(language, round.innovation_text)}</p> });
    // An order has no equals left; of what is worth the same the search finds one.
    let seed = counts.then(|| view! { <p class="hint">{say!(language, round.seed_decides)}</p> });
    // Before it is opened there is none.
    let sealed = (!call.commitment.is_empty()).then(|| view! { <Sealed call=call.clone() /> });
    view! {
        <dl class="facts">{facts}</dl>
        <section class="panel" aria-labelledby="how">
            <h2 id="how">{say!(language, round.how)} {say!(language, term.colon)} {rule_name(language, call.rule)}</h2>
            <p>{rule_text(language, &call)}</p>
            {criteria}
            <p>{ranked}</p>
            <p>{held}</p>
            {reserve}
            {ties}
            {seed}
            {sealed}
        </section>
    }
}

/// The seed, or what it is sealed with until it is told.
#[component]
pub fn Sealed(call: CallView) -> impl IntoView {
    let language = use_language();
    let told = call.seed.zip(call.salt).map(|(seed, salt)| {
        let command = format!("printf '{seed}:{salt}' | sha256sum");
        view! {
            <dt>{say!(language, round.seed)}</dt>
            <dd><code>{seed}</code></dd>
            <dt>{say!(language, round.salt)}</dt>
            <dd><code>{salt}</code></dd>
            <dt>{say!(language, round.check)}</dt>
            <dd><code>{command}</code></dd>
        }
    });
    view! {
        <details class="act-more sealed">
            <summary>{say!(language, round.sealed)}</summary>
            <p class="hint">{say!(language, round.sealed_text)}</p>
            <dl class="seed">
                <dt>{say!(language, round.hash)}</dt>
                <dd><code>{call.commitment}</code></dd>
                {told}
            </dl>
        </details>
    }
}
