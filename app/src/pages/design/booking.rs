//! Samples of what a booking's own page is made of: how long it is still held, what it is of and what was asked for,
//! what happened, what may be done about it, where it may move, and that something came too late.

use domain::{calendar::DAY, resolve::repair};
use leptos::{context::Provider, prelude::*, server_fn::ServerFn};
use uuid::Uuid;

use super::{HOUR, Part, deals::offer, firm::quote, sample};
use crate::{
    answered::{Answered, Typed},
    api::SendRequest,
    backend::use_backend,
    components::{Actions, Destinations, Details, Facts, MaterialsForm, Next, Overtaken, Timeline},
    contract::{
        BookingView, ConsideredMove, ConsideredView, ConsideredWay, EventView, Failure, Instant, PlanView,
        RepairCostView, RequestDetails,
    },
    request::{use_here, use_language},
    words::say,
};

#[component]
pub fn Booking() -> impl IntoView {
    let language = use_language();
    let now = use_backend().now();
    let held = sample::booking(now, 1, "held");
    let details = RequestDetails {
        project: say!(language, design.project).to_owned(),
        molecule: "small_molecule".to_owned(),
        strength: "5 mg".to_owned(),
        market: "cn,ru".to_owned(),
        storage: "ambient".to_owned(),
        confidentiality: true,
        ..RequestDetails::default()
    };
    let requested = BookingView {
        actions: ["move", "cancel", "withdraw"].map(str::to_owned).into(),
        ..sample::booking(now, 2, "requested")
    };
    let plan = PlanView {
        from: Instant(now.0 + 24 * HOUR),
        until: Instant(now.0 + 60 * 24 * HOUR),
        freezes_at: Instant(now.0 + 3 * 24 * HOUR),
        frozen: false,
        percent: 8,
    };
    let (of, past) = (BookingView { plan: Some(plan), ..requested.clone() }, requested.clone());
    let sends = BookingView { actions: vec!["change_materials".to_owned()], ..requested.clone() };
    let confirmed = sample::booking(now, 3, "confirmed");
    let moves = [(confirmed.clone(), true, 1), (confirmed, false, 2)].map(|(booking, waived, rank)| {
        let (quote, offers) = (quote(now, waived), vec![offer(now, rank)]);
        view! { <Destinations booking quote search=String::new() offers taken=None /> }
    });
    view! {
        <Part id="next-sample" name=say!(language, booking.remaining)>
            <Next booking=held />
        </Part>
        <Part id="facts-sample" name=say!(language, campaign.column)>
            <Facts booking=of />
            <Details id="details-sample" title=say!(language, request.sent) details />
        </Part>
        <Part id="history-sample" name=say!(language, design.past)>
            <Timeline events=events(now) booking=past />
        </Part>
        <Part id="actions-sample" name=say!(language, design.acts)>
            <MaterialsForm booking=sends />
            <Actions booking=requested />
        </Part>
        <Part id="moves-sample" name=say!(language, campaign.relocate)>
            {moves.collect_view()}
        </Part>
        <TooLate last=events(now).pop() />
    }
}

/// A request that came too late, with what was typed.
#[component]
fn TooLate(last: Option<EventView>) -> impl IntoView {
    let answered = Answered {
        form: SendRequest::PATH.to_owned(),
        here: use_here(),
        outcome: Err(Failure::refused("wrong_state")),
        typed: Typed::read("details[project]=P-7&details[strength]=5+mg"),
    };
    view! { <Provider value=answered><Overtaken last /></Provider> }
}

/// What has happened so far, by either side and by none.
pub fn events(now: Instant) -> Vec<EventView> {
    let event = |hours: i64, action: &str, by: &str| EventView {
        at: Instant(now.0 - hours * HOUR),
        action: action.to_owned(),
        by: by.to_owned(),
        person: None,
        reason: None,
        moved: None,
        fee_fen: None,
        considered: None,
        call: None,
        split_with: None,
        freed: Vec::new(),
    };
    let asked = say!(use_language(), design.question).to_owned();
    vec![
        EventView { considered: Some(considered(now)), ..event(30, "hold", "company") },
        event(20, "request", "company"),
        EventView { reason: Some(asked), ..event(10, "ask", "platform") },
        event(2, "resell", "system"),
    ]
}

/// Two ways in which room could be made, as a platform reads them.
fn considered(now: Instant) -> ConsideredView {
    let way = |days: i64| {
        let start = Instant(now.0 + days * 24 * HOUR);
        let move_of = ConsideredMove {
            booking: Uuid::from_u128(7),
            reference: sample::booking(now, 7, "confirmed").reference,
            from: start,
            to: Instant(start.0 + 48 * HOUR),
            asked: days > 20,
        };
        ConsideredWay {
            chosen: days <= 20,
            steps: vec![sample::step(start, Instant(start.0 + 18 * HOUR))],
            parted: None,
            price_fen: 1_200_000,
            cost: RepairCostView { consents: u32::from(move_of.asked), moves: 1, shift_days: 2 },
            finish_minutes: Some(days * DAY),
            waiting_minutes: None,
            shift_minutes: None,
            reckoned_minutes: None,
            moves: vec![move_of],
        }
    };
    ConsideredView {
        rule: repair::RULE.to_owned(),
        extent: "sets".to_owned(),
        tried: Some(14),
        searches: Some(212),
        near: None,
        looked_at: None,
        ways: vec![way(12), way(24)],
        others: 1,
    }
}
