//! What booking costs and binds to, in plain words, before anything is booked.

use domain::calendar::plant_day;
use leptos::prelude::*;

use super::{
    campaign::notice_from,
    moving::{Moving, move_keeps},
};
use crate::{
    backend::use_backend,
    contract::{ChargeView, FeeQuote, FeeStepView, Instant, TermsView},
    language::Language,
    request::{use_language, use_link},
    words::{deadline, length, say, text, yuan},
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

/// `within 3 working days`, or `by Wed 2 Dec 2026 08:00` where that is sooner.
pub fn reply(language: Language, terms: &TermsView) -> String {
    if let Some(by) = terms.reply_by {
        return say!(language, terms.reply_by, moment = deadline(language, by)).to_string();
    }
    match terms.reply_working_days {
        1 => say!(language, terms.working_days_one).to_owned(),
        days => say!(language, terms.working_days, count = days).to_string(),
    }
}

/// For how long what begins at `start` is held, held now: nothing is beyond its start.
pub fn held(language: Language, terms: &TermsView, start: Option<Instant>) -> String {
    let ahead = start.map(|start| (start.minute() - use_backend().now().minute()).max(0));
    length(language, ahead.map_or(terms.hold_minutes, |ahead| terms.hold_minutes.min(ahead)))
}

/// What leaving costs whoever starts at `start`, in a few words: until when nothing, or how much if that is past.
fn leaving(language: Language, terms: &TermsView, start: Option<Instant>, confirmed: bool) -> String {
    if let Some(percent) = percent_now(terms, start).filter(|percent| *percent > 0) {
        return if confirmed {
            say!(language, terms.costs_today, percent = percent).to_string()
        } else {
            say!(language, terms.costs_now, percent = percent).to_string()
        };
    }
    let free = terms.cancellation.iter().filter(|step| step.percent == 0).map(|step| step.from_days).min();
    match free {
        None => say!(language, terms.never_free).to_owned(),
        Some(1) => say!(language, terms.free_until_one).to_owned(),
        Some(days) => say!(language, terms.free_until, days = days).to_string(),
    }
}

/// What leaving costs by its quote, where that is another than what it costs by its own start, `by_notice` in fen, or
/// its notice is counted to another one.
fn quoted(language: Language, quote: &FeeQuote, by_notice: i64) -> Option<String> {
    if quote.waived {
        return Some(say!(language, terms.costs_nothing).to_owned());
    }
    let is_told = quote.fee_fen == by_notice && quote.notice_from.is_none();
    (!is_told).then(|| match quote.fee_fen {
        0 => say!(language, terms.costs_nothing_today).to_owned(),
        fee => say!(language, terms.costs_sum, sum = yuan(fee)).to_string(),
    })
}

/// What leaving costs today whoever starts at `start`, in percent of the price.
fn percent_now(terms: &TermsView, start: Option<Instant>) -> Option<u8> {
    let today = plant_day(use_backend().now().minute());
    let ahead = start.map(|start| plant_day(start.minute()) - today);
    let holds = |step: &&FeeStepView| {
        let fits = |days: i64| {
            i64::from(step.from_days) <= days && step.to_days.is_none_or(|to| days <= i64::from(to))
        };
        ahead.is_some_and(fits)
    };
    terms.cancellation.iter().find(holds).map(|step| step.percent)
}

/// What a price is made of; `kept`: it was agreed to for another place.
fn basis(language: Language, terms: &TermsView, kept: bool) -> String {
    match (terms.lowered_percent, kept) {
        (None, false) => say!(language, terms.basis_rates).to_owned(),
        (Some(percent), false) => say!(language, terms.basis_plan, percent = percent).to_string(),
        (None, true) => say!(language, terms.basis_kept).to_owned(),
        (Some(percent), true) => say!(language, terms.basis_kept_plan, percent = percent).to_string(),
    }
}

/// What a price is made of, line by line; nothing where that isn't what it comes to, since it was agreed to for another
/// place or at other rates.
fn price_parts(language: Language, terms: &TermsView, price_fen: i64) -> Vec<String> {
    let fen = |charge: &ChargeView| charge.day_rate_fen.saturating_mul(charge.days);
    let whole = terms.charges.iter().map(fen).fold(0, i64::saturating_add);
    let lowered = terms.lowered_percent.map_or(0, |percent| percent.min(100));
    // As the lower price is reckoned: fractions of a fen are dropped from what is taken off.
    let off = i64::try_from(i128::from(whole) * i128::from(lowered) / 100).unwrap_or(0);
    if whole - off != price_fen {
        return Vec::new();
    }
    let part = |charge: &ChargeView| {
        let line = text(language, &charge.line_name);
        let (rate, sum) = (yuan(charge.day_rate_fen), yuan(fen(charge)));
        match charge.days {
            1 => say!(language, terms.charge_one, line = line, rate = rate, sum = sum).to_string(),
            days => {
                say!(language, terms.charge, line = line, days = days, rate = rate, sum = sum).to_string()
            }
        }
    };
    let less = (off > 0).then(|| {
        let sum = yuan(off);
        say!(language, terms.charge_off, percent = lowered, sum = sum).to_string()
    });
    terms.charges.iter().map(part).chain(less).collect()
}

/// What is due on confirmation of something in the state `booked`; nothing of what is to be confirmed no more.
fn reservation(language: Language, terms: &TermsView, booked: Option<&str>) -> Option<String> {
    let (percent, sum) = (terms.reservation_percent, yuan(terms.reservation_fen));
    match (percent, booked) {
        (0, None | Some("held" | "requested")) => Some(say!(language, terms.no_reservation).to_owned()),
        (0, Some(_)) => None,
        (_, None | Some("held" | "requested")) => {
            Some(say!(language, terms.reservation, percent = percent, sum = sum).to_string())
        }
        (_, Some("confirmed" | "running")) => {
            Some(say!(language, terms.reservation_due, percent = percent, sum = sum).to_string())
        }
        (_, Some(_)) => Some(say!(language, terms.reservation_was, percent = percent, sum = sum).to_string()),
    }
}

/// The terms of something that costs `price_fen` and begins at `start`, folded under a line that says the most of them.
/// How long a hold lasts is said of what isn't held yet; of what is, its own end counts, and so it does of what moves.
#[component]
pub fn Terms(
    terms: TermsView,
    price_fen: i64,
    #[prop(optional_no_strip)] start: Option<Instant>,
    #[prop(optional)] open: bool,
    /// The state of the booking that they are of.
    #[prop(optional, into)]
    booked: Option<String>,
    /// What leaving that costs now.
    #[prop(optional_no_strip)]
    quote: Option<FeeQuote>,
    /// What would move there.
    #[prop(optional_no_strip)]
    moving: Option<Moving>,
    /// Whether the price is one that was agreed to for another place.
    #[prop(optional)]
    kept: bool,
) -> impl IntoView {
    let language = use_language();
    let anew = booked.is_none() && moving.is_none();
    let booked = booked.or_else(|| moving.as_ref().map(|moving| moving.status.clone()));
    let held = held(language, &terms, start);
    let answered = reply(language, &terms);
    let confirmed = booked.as_deref() == Some("confirmed");
    let leaving = leaving(language, &terms, start, confirmed);
    let by_notice = price_fen * i64::from(percent_now(&terms, start).unwrap_or(0)) / 100;
    let least = moving.as_ref().and_then(|moving| moving.at_least(language, by_notice));
    let from = quote.as_ref().and_then(|quote| notice_from(language, quote));
    let from = from.map(|said| view! { <p class="hint">{said}</p> });
    let quoted = quote.and_then(|quote| quoted(language, &quote, by_notice));
    let leaving = least.or(quoted).unwrap_or(leaving);
    let (hold, reply, leaves) = (held.as_str(), answered.as_str(), leaving.as_str());
    let gist = match (&moving, booked.as_deref()) {
        (Some(moving), _) => moving.gist(language, start, leaves),
        (None, None) => say!(language, terms.gist, hold = hold, reply = reply, leaving = leaves).to_string(),
        // What an operator booked has no deadline.
        (None, Some("requested")) if terms.reply_by.is_none() => {
            say!(language, terms.gist_booked, leaving = leaves).to_string()
        }
        (None, Some("held" | "requested")) => {
            say!(language, terms.gist_asked, reply = reply, leaving = leaves).to_string()
        }
        (None, Some("confirmed")) => say!(language, terms.gist_booked, leaving = leaves).to_string(),
        // Nothing of it can be left any more, or it has been.
        (None, Some(_)) => say!(language, terms.gist_agreed).to_owned(),
    };
    let undecided = matches!(booked.as_deref(), Some("held" | "requested"));
    let changes = undecided.then(|| view! { <p class="hint">{say!(language, terms.until_confirmed)}</p> });
    let held = anew.then(|| {
        view! { <li>{say!(language, terms.held, length = held).to_string()}</li> }
    });
    let keeps = moving.as_ref().and_then(|moving| move_keeps(language, &moving.status));
    let keeps = keeps.map(|words| view! { <li>{words}</li> });
    let reply = match booked.as_deref() {
        None | Some("held") => Some(say!(language, terms.reply, days = answered).to_string()),
        Some("requested") if moving.is_none() && terms.reply_by.is_some() => {
            Some(say!(language, terms.reply_sent, days = answered).to_string())
        }
        _ => None,
    };
    let reply = reply.map(|words| view! { <li>{words}</li> });
    let reservation = reservation(language, &terms, booked.as_deref());
    // A move to elsewhere confirms nothing anew.
    let reservation =
        reservation.filter(|_| moving.is_none() || !confirmed).map(|words| view! { <li>{words}</li> });
    let kept = kept || moving.as_ref().is_some_and(|moving| moving.keeps_price);
    let (sum, made_of) = (yuan(price_fen), basis(language, &terms, kept));
    let price = say!(language, terms.price, sum = sum, basis = made_of).to_string();
    let parts = price_parts(language, &terms, price_fen);
    let parts = parts.into_iter().map(|words| view! { <li>{words}</li> }).collect_view();
    let lower = terms.plan.filter(|_| anew).map(|plan| {
        let sum = yuan(plan.price_fen);
        view! { <li>{say!(language, terms.with_plan, sum = sum, percent = plan.percent).to_string()}</li> }
    });
    // What has begun or is over is moved no more.
    let moves = matches!(booked.as_deref(), None | Some("held" | "requested" | "confirmed"));
    let free_move = moves.then(|| {
        let words = match terms.free_move_days {
            1 => say!(language, terms.moving_one).to_owned(),
            days => say!(language, terms.moving, days = days).to_string(),
        };
        view! { <li>{words}</li> }
    });
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
                    <td data-label=say!(language, terms.share)>{share(language, step)}</td>
                    <td data-label=say!(language, terms.sum)>{sum}</td>
                </tr>
            }
        })
        .collect_view();
    let version = say!(language, terms.version, version = terms.version).to_string();
    let resale = say!(language, terms.resale);
    let rules = say!(language, term.sentences, first = resale, second = version).to_string();
    view! {
        <details class="terms" open=open>
            <summary>
                <strong>{say!(language, terms.title)}</strong>
                " "
                <span class="hint">{gist}</span>
            </summary>
            <ul class="terms-list">
                <li>{price} <ul class="hint">{parts}</ul></li>
                {lower}
                {held}
                {keeps}
                {reply}
                {reservation}
                {free_move}
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
            {from}
            {changes}
            <p class="hint">
                {rules} " "
                <a href=use_link("/glossary")>{say!(language, terms.words)}</a>
            </p>
        </details>
    }
}
