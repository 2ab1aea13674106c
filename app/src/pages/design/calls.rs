//! Samples of a call on its way: opening one that is refused, the list, its published rule, a firm's wishes with what
//! became of each, and the draft on the desk.

use leptos::prelude::*;
use uuid::Uuid;

use super::{HOUR, Part, both, request::call, sample, wrong::faults};
use crate::{
    backend::use_backend,
    components::{
        CallFacts, CallList, Wishes,
        operator::{Adjusting, CallForm, CallWishes, DecideForm, DraftStrips, PointsHint},
    },
    contract::{
        BusyView, CallRule, CallView, FieldProblem, Instant, OfferQuery, OtherDays, RefusalView, StepView,
        WishCounted, WishFirm, WishPlace, WishResult, WishView,
    },
    query::CallDraft,
    request::{use_language, use_link},
    words::{day, say},
};

/// Days until the calls' period begins.
const AHEAD: i64 = 60;

#[component]
pub fn Calls() -> impl IntoView {
    let language = use_language();
    let now = use_backend().now();
    let states = ["announced", "open", "closed", "published", "cancelled"];
    let calls: Vec<CallView> = states.map(|state| CallView { state: state.to_owned(), ..call(now) }).into();
    let lines = vec![(Uuid::nil(), both(|language| say!(language, design.line_one)))];
    let refused = faults([("title", FieldProblem::Missing), ("lines", FieldProblem::Missing)]);
    let published = CallView { state: "published".to_owned(), may: Vec::new(), ..on_points(now) };
    let drafted = CallView {
        state: "drafted".to_owned(),
        may: ["score", "adjust"].map(str::to_owned).into(),
        ..on_points(now)
    };
    let next = use_link("/design?view=calls");
    let busy = vec![vec![BusyView { start: at(now, 4), end: at(now, 9) }]];
    let (seen, again) = (drafted.clone(), next.clone());
    view! {
        <Part id="open-call" name=say!(language, round.open)>
            <CallForm draft=CallDraft::blank(now) lines failure=refused />
        </Part>
        <Part id="list-of-calls" name=say!(language, round.page)>
            <CallList calls folder="/calls" />
        </Part>
        <CallFacts call=published.clone() />
        <Wishes call=published wishes=wishes(now) />
        <Part id="wishes-head" name=say!(language, round.wishes)>
            <DraftStrips call=seen wishes=wishes(now) busy />
            <PointsHint changes=1 />
            <CallWishes call=drafted wishes=wishes(now) changes=1 />
        </Part>
        <Adjusting call=Uuid::nil() wish=wish(now, 1, None) places=places(now) />
        <Part id="deciding" name=say!(language, round.decide)>
            <DecideForm call=Uuid::nil() again=false changes=0 next />
            <DecideForm call=Uuid::nil() again=true changes=2 next=again />
        </Part>
    }
}

/// A call that counts points, those for earlier calls included.
fn on_points(now: Instant) -> CallView {
    CallView {
        rule: CallRule::ScoreWithAgeing { per_call: 5 },
        criteria: say!(use_language(), design.empty_text).to_owned(),
        commitment: "0".repeat(64),
        ..call(now)
    }
}

/// So many days into the calls' period.
fn at(now: Instant, days: i64) -> Instant {
    Instant(now.0 + (AHEAD + days) * 24 * HOUR)
}

fn place(now: Instant, days: i64) -> Vec<StepView> {
    vec![sample::step(at(now, days), at(now, days + 3))]
}

/// One that was placed, one that others went before, one that the platform took out, and one that no line takes.
fn wishes(now: Instant) -> Vec<WishView> {
    let result = |outcome: &str| WishResult {
        outcome: outcome.to_owned(),
        choice: None,
        steps: Vec::new(),
        refusals: Vec::new(),
        reason: None,
        booking: None,
        counted: None,
    };
    let counted = WishCounted {
        place: None,
        points: Some(65),
        waited: Some(1),
        waited_points: Some(5),
        newcomer: Some(true),
        small: Some(true),
        innovation: Some(640),
    };
    let placed = WishResult {
        choice: Some(1),
        steps: place(now, 12),
        booking: Some(Uuid::nil()),
        counted: Some(counted),
        ..result("placed")
    };
    let why = say!(use_language(), design.down_reason).to_owned();
    let taken_out = WishResult { reason: Some(why), ..result("taken_out") };
    let impossible =
        WishResult { refusals: vec![RefusalView::named("batch_out_of_range")], ..result("impossible") };
    let results = [placed, result("outranked"), taken_out, impossible];
    results.into_iter().zip(1..).map(|(result, rank)| wish(now, rank, Some(result))).collect()
}

fn wish(now: Instant, rank: u16, result: Option<WishResult>) -> WishView {
    let query = OfferQuery { from: day(now, AHEAD), to: day(now, AHEAD + 20), ..sample::query(now) };
    WishView {
        id: Uuid::from_u128(rank.into()),
        call: Uuid::nil(),
        rank,
        query,
        otherwise: vec![OtherDays { from: day(now, AHEAD + 21), to: day(now, AHEAD + 30) }],
        product_code: Some(format!("ZS-{rank}")),
        flexible: rank == 1,
        offering_name: sample::form("TAB"),
        company: Some(sample::company()),
        firm: Some(WishFirm { size: (rank > 1).then(|| "small".to_owned()), first_use: rank == 2 }),
        asked_at: Instant(now.0 - i64::from(rank) * HOUR),
        points: (rank < 3).then_some(60),
        result,
    }
}

fn places(now: Instant) -> Vec<WishPlace> {
    let place =
        |number: i64| WishPlace { key: format!("place-{number}"), choice: 1, steps: place(now, 10 * number) };
    vec![place(1), place(2)]
}
