//! Today's campaigns: to start, running, and over but not settled yet.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    Hidden,
    queue::{Dense, Reference, campaign, company},
};
use crate::{
    api::RunCampaign,
    contract::{BookingView, DownView, Instant},
    language::Language,
    request::{use_language, use_link},
    words::{end_moment, moment, outcome, say, span, text},
};

/// `id` is the table's.
#[component]
pub fn Runs(
    runs: Vec<BookingView>,
    /// Which of them stand where a line is down.
    #[prop(optional)]
    down: Vec<DownView>,
    now: Instant,
    operates: bool,
    id: &'static str,
) -> impl IntoView {
    let language = use_language();
    let [who, what, line, when, state, act] = [
        say!(language, desk.company),
        say!(language, desk.campaign),
        say!(language, desk.line),
        say!(language, desk.when),
        say!(language, desk.state),
        say!(language, desk.to_do),
    ];
    let rows = runs
        .into_iter()
        .map(|one| {
            let start = one.steps.iter().map(|step| step.start).min().unwrap_or(now);
            let end = one.steps.iter().map(|step| step.end).max().unwrap_or(now);
            let lines: Vec<String> = one.steps.iter().map(|step| text(language, &step.line_name)).collect();
            let (late, due, step, words) = match one.status.as_str() {
                // Done sooner than planned: on its page, which says what that frees.
                "running" => (end <= now, end <= now, "complete", say!(language, desk.finish)),
                "completed" => (false, true, "close", say!(language, desk.close)),
                _ => (start <= now, true, "start", say!(language, desk.start)),
            };
            let troubles: Vec<String> = down
                .iter()
                .filter(|outage| outage.booking == one.id)
                .map(|outage| down_words(language, outage, now))
                .collect();
            // It may run all the same, which is said on its page, beside the ways out.
            let doubtful = step == "start" && !troubles.is_empty();
            let ways = (operates && doubtful).then(|| {
                let href = use_link(&format!("/desk/requests/{}#way-out", one.id));
                view! {
                    <a class="button small quiet" href=href>
                        {say!(language, conflict.show_ways)} " " <span class="sr">{one.reference.clone()}</span>
                    </a>
                }
            });
            let allowed = operates && due && !doubtful && one.may(step);
            let action = allowed.then(|| {
                view! {
                    <form method="post" action=RunCampaign::PATH>
                        <Hidden id=one.id.to_string() next=use_link("/desk") />
                        <button class="button small" type="submit" name="step" value=step>{words} <span class="sr">{one.reference.clone()}</span></button>
                    </form>
                }
            });
            let rest = (operates && !due && one.may("abort")).then(|| {
                let href = use_link(&format!("/desk/requests/{}#act", one.id));
                // Before its last step has begun there is nothing to finish.
                let words = if one.may("complete") {
                    say!(language, desk.finish_or_abort)
                } else {
                    say!(language, desk.abort)
                };
                view! {
                    <a class="button small quiet" href=href>
                        {words} " " <span class="sr">{one.reference.clone()}</span>
                    </a>
                }
            });
            // Whoever only looks has no column of what to do.
            let action = operates.then(|| view! { <td data-label=act>{action} {ways} {rest}</td> });
            let late = late.then(|| view! { <span class="tag bad">{say!(language, desk.overdue)}</span> });
            let troubles = troubles
                .into_iter()
                .map(|words| view! { <p class="hint"><strong>{words}</strong></p> })
                .collect_view();
            let state_words = outcome(language, &one);
            view! {
                <tr>
                    <th scope="row"><Reference booking=one.clone() /></th>
                    <td data-label=who><span class="typed">{company(language, one.company_name.as_ref())}</span></td>
                    <td data-label=what><span class="typed">{campaign(language, &one)}</span></td>
                    <td data-label=line>{lines.join(" → ")}</td>
                    <td data-label=when class="when">{span(language, start, end)}</td>
                    <td data-label=state>
                        <span class=format!("status {}", one.status)>{state_words}</span>
                        " "
                        {late}
                        {troubles}
                    </td>
                    {action}
                </tr>
            }
        })
        .collect_view();
    let mut heads = vec![say!(language, desk.reference), who, what, line, when, state];
    heads.extend(operates.then_some(act));
    view! { <Dense id heads>{rows}</Dense> }
}

/// That a line of it is down, or will be, and until when.
fn down_words(language: Language, outage: &DownView, now: Instant) -> String {
    let (line, until) = (text(language, &outage.line_name), end_moment(language, outage.until));
    if outage.from <= now {
        return say!(language, desk.down_until, line = line, until = until).to_string();
    }
    let from = moment(language, outage.from);
    say!(language, desk.down_between, line = line, from = from, until = until).to_string()
}
