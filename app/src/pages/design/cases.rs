//! Samples of a booking and of conflicts on the desk: what may be done to one, what was asked back, what no longer
//! fits, and the ways out of what can't stay as it is.

use leptos::prelude::*;
use uuid::Uuid;

use super::{HOUR, Part, booking::events, both, deals::PRICE, district::size, office::standing, sample};
use crate::{
    backend::use_backend,
    components::{
        Fairness, FirmStandings,
        operator::{Acts, Case, Flags, History, OpenCases, Questions, Waiters},
    },
    contract::{
        AnswerView, BookingView, ConflictDesk, ConflictView, FairnessView, FlagView, FreedView, Instant,
        OptionView, ProposedView, QuestionView, RefusalView, SearchedView, TroubleView, WaitView,
    },
    request::use_language,
    words::say,
};

/// Everything that may be done to a booking, in one state or another.
const ACTS: [&str; 10] = [
    "confirm_hazards",
    "recall_hazards",
    "approve",
    "decline",
    "ask",
    "start",
    "complete",
    "close",
    "no_show",
    "abort",
];

#[component]
pub fn Cases() -> impl IntoView {
    let language = use_language();
    let now = use_backend().now();
    let booking =
        BookingView { actions: ACTS.map(str::to_owned).into(), ..sample::booking(now, 2, "requested") };
    let asked = BookingView {
        actions: vec!["ask".to_owned()],
        questions: questions(now),
        ..sample::booking(now, 2, "requested")
    };
    let frees = vec![FreedView {
        line_name: sample::booking(now, 2, "requested").steps.swap_remove(0).line_name,
        from: now,
        until: Instant(now.0 + 5 * HOUR),
    }];
    let open = conflict(now, 11, "outage", "open");
    let others = [
        conflict(now, 12, "outage", "asked"),
        conflict(now, 13, "flag", "declined"),
        conflict(now, 14, "cleaning", "open"),
        conflict(now, 15, "repair", "overtaken"),
        conflict(now, 16, "waiters", "open"),
    ];
    let searched = Some(SearchedView { reach_minutes: Some(21 * 24 * 60), horizon_minutes: 180 * 24 * 60 });
    let desk = ConflictDesk { conflict: open.clone(), options: options(now), searched, now };
    let brief = vec![open.clone(), others[0].clone(), others[3].clone()];
    let others = others.map(|one| view! { <Case conflict=one opened=None operates=true /> }).collect_view();
    let flag = FlagView {
        id: Uuid::from_u128(21),
        booking: sample::booking(now, 3, "confirmed"),
        at: Instant(now.0 - 5 * HOUR),
        troubles: vec![trouble(now, "length"), trouble(now, "changeover")],
    };
    view! {
        <Part id="acts-sample" name=say!(language, desk.to_do)>
            <Acts booking frees down=true />
        </Part>
        <Part id="history-sample" name=say!(language, desk.history)>
            <History events=events(now) />
        </Part>
        <Questions booking=asked />
        <Part id="flags-sample" name=say!(language, desk.flags)>
            <Flags flags=vec![flag] operates=true />
        </Part>
        <Part id="conflicts" name=say!(language, desk.open_conflicts)>
            <OpenCases conflicts=brief />
        </Part>
        <Part id="cases-sample" name=say!(language, conflict.page)>
            <ul class="flags">
                <Case conflict=open opened=Some(desk) operates=true />
                {others}
            </ul>
        </Part>
        <Part id="waiters" name=say!(language, design.waiting)>
            <Waiters waiters=vec![waiter(now)] />
        </Part>
        <Fairness firms=firms() sizes=vec![size("small", Some(2)), size("all", Some(5))] />
        <FirmStandings standings=vec![standing(now, 4, true), standing(now, 5, false)] forgives=true />
    }
}

/// One that waits for the client, and one that is answered.
fn questions(now: Instant) -> Vec<QuestionView> {
    let language = use_language();
    let question = |number: u128, answers: Vec<AnswerView>| QuestionView {
        id: Uuid::from_u128(number),
        at: Instant(now.0 - 48 * HOUR),
        question: say!(language, design.question).to_owned(),
        answers,
    };
    let answer =
        AnswerView { at: Instant(now.0 - 24 * HOUR), answer: say!(language, design.answer).to_owned() };
    vec![question(1, Vec::new()), question(2, vec![answer])]
}

fn trouble(now: Instant, name: &str) -> TroubleView {
    TroubleView {
        trouble: name.to_owned(),
        line: Some(Uuid::nil()),
        line_name: both(|language| say!(language, design.line_one)),
        start: Instant(now.0 + 72 * HOUR),
    }
}

/// A conflict of this kind, as far as it is by now.
fn conflict(now: Instant, number: u128, kind: &str, state: &str) -> ConflictView {
    let at = |hours: i64| Instant(now.0 + hours * HOUR);
    let of_booking = matches!(kind, "outage" | "flag");
    let is_wanted = matches!(kind, "repair" | "waiters");
    let asked = state == "asked";
    ConflictView {
        id: Uuid::from_u128(number),
        kind: kind.to_owned(),
        state: state.to_owned(),
        at: at(-5),
        answer_by: asked.then(|| at(40)),
        proposal: asked.then(Uuid::nil),
        asked: asked.then(|| ProposedView {
            asked_at: at(-4),
            from: vec![sample::step(at(72), at(132))],
            to: vec![sample::step(at(168), at(228))],
            parted: None,
            shift_minutes: 96 * 60,
        }),
        contact: None,
        booking: of_booking.then(|| sample::booking(now, 3, "confirmed")),
        line: Some(Uuid::nil()),
        line_name: Some(both(|language| say!(language, design.line_one))),
        from: Some(at(72)),
        until: Some(at(120)),
        outage_kind: (kind == "outage").then(|| "breakdown".to_owned()),
        reason: (kind == "outage").then(|| say!(use_language(), design.down_reason).to_owned()),
        troubles: if kind == "flag" { vec![trouble(now, "length")] } else { Vec::new() },
        cleaning: None,
        waiters: if kind == "waiters" { vec![waiter(now)] } else { Vec::new() },
        company_name: (kind == "repair").then(sample::company),
        offering_name: is_wanted.then(|| sample::form("TAB")),
    }
}

/// Ways out: at once, if somebody agrees, for a reason, and one that can't be taken.
fn options(now: Instant) -> Vec<OptionView> {
    let option = |key: &str, kind: &str, days: i64| OptionView {
        key: key.to_owned(),
        kind: kind.to_owned(),
        steps: vec![sample::step(
            Instant(now.0 + (72 + 24 * days) * HOUR),
            Instant(now.0 + (132 + 24 * days) * HOUR),
        )],
        shift_minutes: days * 24 * 60,
        price_fen: PRICE,
        changeover_minutes: 6 * 60,
        ..OptionView::default()
    };
    vec![
        option("one", "another_line", 0),
        OptionView { asks: vec![sample::company()], ..option("two", "later", 4) },
        OptionView {
            needs_reason: true,
            declined: true,
            asks: vec![sample::company()],
            ..option("three", "sooner", -1)
        },
        OptionView { beyond: true, asks: vec![sample::company()], ..option("five", "later", 40) },
        OptionView {
            blocked: Some(RefusalView::named("too_many_holds")),
            company: Some(sample::company()),
            ..option("four", "give", 9)
        },
    ]
}

fn waiter(now: Instant) -> WaitView {
    let at = |hours: i64| Instant(now.0 + hours * HOUR);
    WaitView {
        id: Uuid::nil(),
        query: sample::query(now),
        offering_name: sample::form("TAB"),
        product_code: None,
        platform_name: None,
        company: Some(sample::company()),
        since: at(-72),
        until: at(45 * 24),
        flexible: false,
        hold: None,
    }
}

fn firms() -> Vec<FairnessView> {
    let firm = |size: Option<&str>, times: i64| FairnessView {
        company_name: sample::company(),
        size: size.map(str::to_owned),
        requests: 9 * times,
        placed: 7 * times,
        unmet: times,
        shifts_asked: 2 * times,
        shifts_granted: times,
        moved_by_rule: times,
        given_up: times,
        given_up_late: 0,
    };
    vec![firm(Some("small"), 2), firm(None, 1)]
}
