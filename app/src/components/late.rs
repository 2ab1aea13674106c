//! Where firms stand by the platforms' rules about bookings given up late.

use domain::calendar::DAY;
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::ForgiveLate,
    components::{Field, Post, TextArea, complaint_at, failed_elsewhere},
    contract::{LateLeavingView, LateStandingView},
    language::Language,
    request::{use_failure, use_language, use_link, use_typed},
    words::{deadline, length, moment, say, text},
};

/// A company's own standing, on every platform that has a rule.
#[component]
pub fn OwnStandings(standings: Vec<LateStandingView>) -> impl IntoView {
    let language = use_language();
    if standings.is_empty() {
        return ().into_any();
    }
    let rows = standings
        .into_iter()
        .map(|standing| {
            let name = text(language, &standing.platform_name);
            view! { <Standing standing name own=true /> }
        })
        .collect_view();
    view! {
        <section class="panel" aria-labelledby="late">
            <h2 id="late">{say!(language, office.late)}</h2>
            <p class="hint">
                {say!(language, office.late_text)} " "
                <a href=use_link("/glossary#word-use_or_lose")>{say!(language, glossary.page)}</a>
            </p>
            <ul class="companies">{rows}</ul>
        </section>
    }
    .into_any()
}

/// A platform's firms, of whom its administrator forgives.
#[component]
pub fn FirmStandings(standings: Vec<LateStandingView>, forgives: bool) -> impl IntoView {
    let language = use_language();
    if standings.is_empty() {
        return ().into_any();
    }
    let failure = failed_elsewhere::<ForgiveLate>(&["reason"]);
    let rows = standings
        .into_iter()
        .map(|standing| {
            let name = text(language, &standing.company_name);
            view! { <Standing standing name forgives /> }
        })
        .collect_view();
    view! {
        <section class="waiting" id="late-firms" aria-labelledby="late">
            <h2 id="late">{say!(language, office.late)}</h2>
            <p class="hint">{say!(language, office.late_firms_text)}</p>
            {failure}
            <ul class="companies">{rows}</ul>
        </section>
    }
    .into_any()
}

/// Within a sentence: `180 days`.
fn whole_length(language: Language, minutes: i64) -> String {
    match (minutes / DAY, minutes % DAY) {
        (1, 0) => say!(language, campaign.days_one).to_owned(),
        (count, 0) => say!(language, campaign.days, count = count).to_string(),
        _ => length(language, minutes),
    }
}

/// One standing, of the platform or firm called `name`; `own`: it is the reader's own.
#[component]
fn Standing(
    standing: LateStandingView,
    name: String,
    #[prop(optional)] own: bool,
    #[prop(optional)] forgives: bool,
) -> impl IntoView {
    let language = use_language();
    let rule = standing.rule;
    let [within, horizon] =
        [rule.within_minutes, rule.horizon_minutes].map(|minutes| whole_length(language, minutes));
    let (times, within, horizon) = (rule.times, within.as_str(), horizon.as_str());
    let rule = match times {
        1 => say!(language, office.late_rule_one, within = within, horizon = horizon).to_string(),
        _ => say!(language, office.late_rule, times = times, within = within, horizon = horizon).to_string(),
    };
    let count = standing.counted;
    let counted = if own {
        say!(language, office.late_counted, count = count).to_string()
    } else {
        say!(language, office.late_counted_firm, count = count).to_string()
    };
    let told = say!(language, term.sentences, first = rule, second = counted).to_string();
    let state = match standing.until {
        Some(until) => {
            let until = deadline(language, until);
            let words = say!(language, office.late_limited, moment = until).to_string();
            view! { <span class="status cancelled">{words}</span> }.into_any()
        }
        None => view! { <span class="tag">{say!(language, office.late_free)}</span> }.into_any(),
    };
    let leavings =
        standing.leavings.into_iter().map(|leaving| view! { <Leaving leaving forgives /> }).collect_view();
    view! {
        <li class="company">
            <h3>{name} " " {state}</h3>
            <p class="hint">{told}</p>
            <ul class="rows">{leavings}</ul>
        </li>
    }
    .into_any()
}

#[component]
fn Leaving(leaving: LateLeavingView, forgives: bool) -> impl IntoView {
    let language = use_language();
    let at = moment(language, leaving.at);
    let when = if leaving.moved {
        say!(language, office.late_moved_at, moment = at).to_string()
    } else {
        say!(language, office.late_at, moment = at).to_string()
    };
    let state = match (leaving.counts_until, leaving.forgiven_at) {
        (Some(until), _) => {
            let until = deadline(language, until);
            say!(language, office.late_counts, moment = until).to_string()
        }
        (None, Some(at)) => {
            let (at, reason) = (moment(language, at), leaving.reason.unwrap_or_default());
            say!(language, office.late_was_forgiven, moment = at, reason = reason).to_string()
        }
        (None, None) => say!(language, office.late_resold).to_owned(),
    };
    let link = use_link(&format!("/bookings/{}", leaving.booking));
    let form = (forgives && leaving.counts_until.is_some()).then(|| {
        // Of one booking there may be several.
        let id = leaving.id.to_string();
        let field = format!("forgive-{id}");
        let typed = use_typed::<ForgiveLate>().filter(|typed| typed.get("id").as_ref() == Some(&id));
        let open = typed.is_some();
        let failure = use_failure::<ForgiveLate>().filter(|_| open);
        let complaint = complaint_at(failure.as_ref(), "reason", say!(language, office.late_reason));
        let (wrong, told) = (complaint.is_some(), format!("{field}-problem"));
        let reason = typed.and_then(|typed| typed.get("reason")).unwrap_or_default();
        let next = use_link("/desk/fairness#late-firms");
        view! {
            <details open=open>
                <summary class="button small quiet">
                    {say!(language, office.late_forgive)} <span class="sr">{leaving.reference.clone()}</span>
                </summary>
                <Post to=ForgiveLate::PATH class="turn-away">
                    <input type="hidden" name="id" value=id />
                    <input type="hidden" name="next" value=next />
                    <Field id=field.clone() label=say!(language, office.late_reason) complaint>
                        <TextArea id=field name="reason" rows="2" text=reason required=true placeholder=say!(language, office.late_example) described=Some(told) autofocus=wrong />
                    </Field>
                    <button class="button small" type="submit">{say!(language, office.late_forgive)}</button>
                </Post>
            </details>
        }
    });
    view! {
        <li>
            <a href=link>{leaving.reference}</a>
            " "
            {when}
            " · "
            {state}
            {form}
        </li>
    }
    .into_any()
}
