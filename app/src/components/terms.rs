//! What booking costs and binds to, in plain words, before anything is booked.

use leptos::prelude::*;

use crate::{
    contract::{FeeStepView, TermsView},
    language::Language,
    request::{use_language, use_link},
    words::{length, say, yuan},
};

/// `15–30 days before the start`, as the step of a fee is named.
pub fn notice(language: Language, step: &FeeStepView) -> String {
    match (step.from_days, step.to_days) {
        (0, None) => say!(language, terms.whenever).to_owned(),
        (1, None) => say!(language, terms.at_least_one).to_owned(),
        (from, None) => say!(language, terms.at_least, days = from).to_string(),
        (0, Some(1)) => say!(language, terms.at_most_one).to_owned(),
        (0, Some(to)) => say!(language, terms.at_most, days = to).to_string(),
        (1, Some(1)) => say!(language, terms.only_one).to_owned(),
        (from, Some(to)) if from == to => say!(language, terms.only, days = from).to_string(),
        (from, Some(to)) => say!(language, terms.between, from = from, to = to).to_string(),
    }
}

/// `25%` of the price, or that nothing is to pay.
pub fn share(language: Language, step: &FeeStepView) -> String {
    match step.percent {
        0 => say!(language, terms.free).to_owned(),
        percent => format!("{percent}%"),
    }
}

/// `3 working days`.
pub fn reply(language: Language, terms: &TermsView) -> String {
    match terms.reply_working_days {
        1 => say!(language, terms.working_days_one).to_owned(),
        days => say!(language, terms.working_days, count = days).to_string(),
    }
}

/// The terms of something that costs `price_fen`, folded under a line that says the most of them.
#[component]
pub fn Terms(terms: TermsView, price_fen: i64, #[prop(optional)] open: bool) -> impl IntoView {
    let language = use_language();
    let until = terms.cancellation.iter().filter(|step| step.percent == 0).map(|step| step.from_days).min();
    let leaving = match until {
        None => say!(language, terms.never_free).to_owned(),
        Some(1) => say!(language, terms.free_until_one).to_owned(),
        Some(days) => say!(language, terms.free_until, days = days).to_string(),
    };
    let held = length(language, terms.hold_minutes);
    let answered = reply(language, &terms);
    let gist = say!(language, terms.gist, hold = held.as_str(), reply = answered.as_str(), leaving = leaving)
        .to_string();
    let reservation = match terms.reservation_percent {
        0 => say!(language, terms.no_reservation).to_owned(),
        percent => {
            let sum = yuan(terms.reservation_fen);
            say!(language, terms.reservation, percent = percent, sum = sum).to_string()
        }
    };
    let moving = match terms.free_move_days {
        1 => say!(language, terms.moving_one).to_owned(),
        days => say!(language, terms.moving, days = days).to_string(),
    };
    let use_or_lose = terms.use_or_lose.map(|rule| {
        let [within, horizon] =
            [rule.within_minutes, rule.horizon_minutes].map(|minutes| length(language, minutes));
        let (times, within, horizon) = (rule.times, within.as_str(), horizon.as_str());
        view! {
            <li>
                {say!(language, terms.use_or_lose, times = times, within = within, horizon = horizon).to_string()}
            </li>
        }
    });
    let rows = terms
        .cancellation
        .iter()
        .map(|step| {
            let sum = (step.percent > 0).then(|| yuan(price_fen * i64::from(step.percent) / 100));
            view! {
                <tr>
                    <th scope="row">{notice(language, step)}</th>
                    <td>{share(language, step)}</td>
                    <td>{sum}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <details class="terms" open=open>
            <summary>
                <strong>{say!(language, terms.title)}</strong>
                " "
                <span class="hint">{gist}</span>
            </summary>
            <ul class="terms-list">
                <li>{say!(language, terms.price, sum = yuan(price_fen)).to_string()}</li>
                <li>{say!(language, terms.held, length = held).to_string()}</li>
                <li>{say!(language, terms.reply, days = answered).to_string()}</li>
                <li>{reservation}</li>
                <li>{moving}</li>
                {use_or_lose}
            </ul>
            <table class="steps fee-steps">
                <caption>{say!(language, terms.cancellation)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{say!(language, terms.notice)}</th>
                        <th scope="col">{say!(language, terms.share)}</th>
                        <th scope="col">{say!(language, terms.sum)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="hint">
                {say!(language, terms.resale)} " " {say!(language, terms.version, version = terms.version).to_string()} " "
                <a href=use_link("/glossary")>{say!(language, terms.words)}</a>
            </p>
        </details>
    }
}
