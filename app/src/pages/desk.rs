//! The operator's home: what needs somebody now.

use leptos::prelude::*;

use crate::{
    backend::use_backend,
    components::{
        CallState, PageTitle, loaded,
        operator::{
            Cleanings, Flags, Hazards, Lapsing, OpenCases, Refused, Requests, Runs, Waiters, WaitingCompanies,
        },
    },
    contract::{
        BookingView, CallFilter, CallView, ConflictsBrief, DeskView, Failure, OrganisationView, PageQuery,
        Role,
    },
    request::{use_kept, use_language, use_link, use_reader},
    words::{deadline, moment, say},
};

/// Calls that are looked through, the newest first.
const CALLS: u32 = 100;
/// Companies to verify that are named here; their page has all of them.
const TO_VERIFY: u32 = 5;

#[component]
pub fn DeskPage() -> impl IntoView {
    loaded(load(), |found| view! { <Desk found /> })
}

struct Found {
    desk: DeskView,
    conflicts: ConflictsBrief,
    /// Calls in which the platform is to score, decide or publish.
    calls: Vec<CallView>,
    /// The first of those who wait to be verified, for whoever may do that, and how many they are.
    waiting: (Vec<OrganisationView>, u32),
}

/// Whether the reader runs the platform's calendar, and may verify companies.
fn operates() -> bool {
    use_reader().is_some_and(|reader| matches!(reader.role, Role::Operator | Role::PlatformAdmin))
}

async fn load() -> Result<Found, Failure> {
    let backend = use_backend();
    let operates = operates();
    let (desk, conflicts) = (backend.desk().await?, backend.conflicts_brief().await?);
    let waiting = if operates {
        let some = backend.waiting(PageQuery { cursor: None, limit: Some(TO_VERIFY) }).await?;
        (some.items, backend.waiting_count().await?)
    } else {
        (Vec::new(), 0)
    };
    // Those that have closed stand before older ones that are over, however long the list is.
    let mut calls = backend.calls(CallFilter { cursor: None, limit: Some(CALLS) }).await?.items;
    calls.retain(|call| operates && matches!(call.state.as_str(), "closed" | "drafted"));
    Ok(Found { desk, conflicts, calls, waiting })
}

#[component]
fn Desk(found: Found) -> impl IntoView {
    let language = use_language();
    let role = use_reader().map(|reader| reader.role);
    let operates = operates();
    let Found { desk, conflicts, calls, waiting: (to_verify, companies) } = found;
    let DeskView { requests, lapsing, runs, down, to_settle, cleanings, flags, waiters, counts, now } = desk;
    let unconfirmed: Vec<BookingView> =
        requests.iter().filter(|request| !request.hazards_confirmed).cloned().collect();
    // Operators see on each request that it waits for quality assurance, whose own list this is.
    let assures = role == Some(Role::Qa);
    let sections = [
        ("hazards", say!(language, desk.to_confirm), if assures { counts.unconfirmed } else { 0 }),
        ("requests", say!(language, desk.requests), counts.requests),
        ("conflicts", say!(language, desk.open_conflicts), conflicts.untold),
        ("runs", say!(language, desk.runs), counts.runs),
        ("to-settle", say!(language, desk.to_settle), counts.to_settle),
        ("flags", say!(language, desk.flags), counts.flags),
        ("cleanings", say!(language, desk.conflicts), cleanings.len()),
        ("lapsing", say!(language, desk.lapsing), counts.lapsing),
        ("waiters", say!(language, waiting.theirs), waiters.len()),
        ("companies", say!(language, district.waiting), usize::try_from(companies).unwrap_or(usize::MAX)),
        ("rounds", say!(language, desk.calls), calls.len()),
    ];
    let shown = [
        unconfirmed.len(),
        requests.len(),
        conflicts.first.len(),
        runs.len(),
        to_settle.len(),
        flags.len(),
        cleanings.len(),
        lapsing.len(),
        waiters.len(),
        to_verify.len(),
        calls.len(),
    ];
    let due = calls
        .into_iter()
        .map(|call| {
            let href = use_link(&format!("/desk/calls/{}", call.id));
            view! {
                <li>
                    <a href=href>{call.title}</a> " " <CallState state=call.state />
                    " " <span class="hint">{say!(language, round.closes)} " " {deadline(language, call.closes_at)}</span>
                </li>
            }
        })
        .collect_view();
    let open = conflicts.open;
    let open = (open > 0).then(|| view! { " " <span class="count">{open}</span> });
    let nothing = sections.iter().all(|(.., count)| *count == 0);
    let strip = sections
        .iter()
        .filter(|(.., count)| *count > 0)
        .map(|(id, words, count)| {
            let words = match (*count, *id) {
                (1, "requests") => say!(language, desk.requests_one),
                (1, "conflicts") => say!(language, desk.open_conflicts_one),
                (1, "companies") => say!(language, desk.companies_one),
                (1, "flags") => say!(language, desk.flags_one),
                (1, "cleanings") => say!(language, desk.conflicts_one),
                (1, "lapsing") => say!(language, desk.lapsing_one),
                (1, "waiters") => say!(language, desk.waiters_one),
                (1, "rounds") => say!(language, desk.calls_one),
                (1, "hazards") => say!(language, desk.to_confirm_one),
                (1, "runs") => say!(language, desk.runs_one),
                _ => *words,
            };
            view! { <li><a href=format!("#{id}")><strong>{*count}</strong> " " {words}</a></li> }
        })
        .collect_view();
    let section = |place: usize, hint: &'static str, table: AnyView| {
        let (id, words, count) = sections[place];
        let first = (shown[place] < count).then(|| {
            let words = say!(language, desk.first_shown, count = shown[place]).to_string();
            view! { <p class="hint">{words}</p> }
        });
        let section = (count > 0).then(|| {
            view! {
                <section class="desk-section" aria-labelledby=id>
                    <h2 id=id>{words} " " <span class="count">{count}</span></h2>
                    <p class="hint">{hint}</p>
                    {first}
                    {table}
                </section>
            }
        });
        let kept = use_kept().filter(|_| id == "flags");
        // Each by itself: what is typed in one keeps no other from staying fresh.
        view! { <div class="queue-part" id=format!("{id}-part") data-live data-typed=kept>{section}</div> }
    };
    let hazards = section(
        0,
        say!(language, desk.to_confirm_hint),
        view! { <Hazards requests=unconfirmed now /> }.into_any(),
    );
    let requests =
        section(1, say!(language, desk.requests_hint), view! { <Requests requests now /> }.into_any());
    let conflicts = section(
        2,
        say!(language, desk.open_conflicts_hint),
        view! { <OpenCases conflicts=conflicts.first /> }.into_any(),
    );
    let runs = section(
        3,
        say!(language, desk.runs_hint),
        view! { <Runs runs down now operates id="runs" /> }.into_any(),
    );
    let to_settle = section(
        4,
        say!(language, desk.to_settle_hint),
        view! { <Runs runs=to_settle now operates id="to-settle" /> }.into_any(),
    );
    let flags = section(5, say!(language, desk.flags_hint), view! { <Flags flags operates /> }.into_any());
    let cleanings = section(
        6,
        say!(language, desk.conflicts_hint),
        view! { <Cleanings cleanings operates /> }.into_any(),
    );
    let lapsing =
        section(7, say!(language, desk.lapsing_hint), view! { <Lapsing holds=lapsing now /> }.into_any());
    let waiters = section(8, say!(language, waiting.theirs_text), view! { <Waiters waiters /> }.into_any());
    let companies = section(
        9,
        say!(language, district.waiting_what),
        view! { <WaitingCompanies companies=to_verify /> }.into_any(),
    );
    let calls =
        section(10, say!(language, desk.calls_hint), view! { <ul class="rows">{due}</ul> }.into_any());
    let empty = nothing.then(|| {
        view! {
            <div class="note good">
                <p class="note-title">{say!(language, desk.nothing)}</p>
                <p>{say!(language, desk.nothing_hint)}</p>
            </div>
            <section class="desk-section" aria-labelledby="first-steps">
                <h2 id="first-steps">{say!(language, desk.first_steps)}</h2>
                <ol class="first-steps">
                    <li>{say!(language, desk.first_step_hold)}</li>
                    <li>{say!(language, desk.first_step_request)}</li>
                    <li>{say!(language, desk.first_step_decide)}</li>
                    <li>{say!(language, desk.first_step_run)}</li>
                </ol>
            </section>
        }
    });
    let book = operates.then(|| {
        view! { <a class="button small" href=use_link("/desk/book")>{say!(language, desk.book)}</a> }
    });
    view! {
        <PageTitle page=say!(language, desk.page) />
        <div class="desk-head">
            <div>
                <h1>{say!(language, desk.page)}</h1>
                <p class="hint when">{moment(language, now)}</p>
            </div>
            <div class="desk-ways" id="desk-ways" data-live>
                <a class="button small quiet" href=use_link("/desk/conflicts")>{say!(language, conflict.page)} {open}</a>
                <a class="button small quiet" href=use_link("/desk/fairness")>{say!(language, conflict.fair.page)}</a>
                <a class="button small quiet" href=use_link("/lines")>{say!(language, desk.lines)}</a>
                {book}
            </div>
        </div>
        <Refused />
        <div class="queue">
            <div class="queue-part" id="queue" data-live>
                <ul class="strip">{strip}</ul>
                {empty}
            </div>
            {hazards}
            {requests}
            {calls}
            {conflicts}
            {runs}
            {to_settle}
            {flags}
            {cleanings}
            {lapsing}
            {waiters}
            {companies}
        </div>
    }
}
