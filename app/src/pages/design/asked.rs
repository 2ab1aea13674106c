//! Samples of what others ask of a firm and a firm of others: a platform's question, a proposal to move, and the
//! waiting list; then the set-up's grid, and the tour.

use leptos::prelude::*;
use uuid::Uuid;

use super::{HOUR, Part, both, sample::step};
use crate::{
    backend::use_backend,
    components::{Asked, Down, Question, Tour, Waiting, WaitsAlready, operator::MatrixGrids},
    contract::{
        AnswerView, AskView, Instant, MatrixSetup, OfferQuery, OutageView, PartedView, QuestionView,
        TextView, WaitView,
    },
    language::Language,
    request::use_language,
    words::{day, moment, say},
};

#[component]
pub fn Conversations() -> impl IntoView {
    let language = use_language();
    let now = use_backend().now();
    let at = move |hours: i64| Instant(now.0 + hours * HOUR);
    let question = move |number: u128, answers: Vec<AnswerView>| QuestionView {
        id: Uuid::from_u128(number),
        at: at(-48),
        question: say!(language, design.question).to_owned(),
        answers,
    };
    let answer = AnswerView { at: at(-24), answer: say!(language, design.answer).to_owned() };
    let waits = say!(language, campaign.question_due, moment = moment(language, at(72))).to_string();
    let asks = [("open", 1), ("accepted", 2), ("moved", 3), ("declined", 4), ("lapsed", 5), ("over", 6)];
    let asks = asks.map(|(state, number)| AskView {
        kind: if state == "accepted" { "rescue" } else { "room" }.into(),
        id: Uuid::from_u128(number),
        booking: Uuid::from_u128(number),
        reference: format!("ZS-00000-0000{number}"),
        offering_name: both(|language| say!(language, design.form)),
        platform_name: both(|language| say!(language, design.platform)),
        product_code: Some("ZS-1".to_owned()),
        from: vec![step(at(240), at(264))],
        to: vec![step(at(288), at(312))],
        first_day: day(at(288), 0),
        last_day: day(at(312), 0),
        materials_on: day(at(312), 0),
        leaving_fen: (state == "open").then_some(750_000),
        price_fen: None,
        price_there_fen: None,
        parted: (state == "accepted").then(|| PartedView {
            stays_batches: 2,
            stays: vec![step(at(240), at(258))],
            in_place: true,
            goes_batches: 1,
            goes: vec![step(at(288), at(300))],
            booking: None,
        }),
        state: state.to_owned(),
        lapse: (state == "lapsed").then(|| "other".to_owned()),
        asked_at: at(-2),
        answer_by: at(46),
    });
    let entries = [false, true].map(|anywhere| WaitView {
        id: Uuid::nil(),
        product_code: anywhere.then(|| "ZS-1".to_owned()),
        query: OfferQuery {
            offering: "TAB".to_owned(),
            batch_size: "20".to_owned(),
            unit: "kilogram".to_owned(),
            batches: 1,
            from: day(now, 14),
            to: day(now, 44),
            hazards: String::new(),
            oeb: None,
            gmp: false,
            stage: None,
            platform: None,
            product: None,
            moving: None,
        },
        offering_name: both(|language| say!(language, design.form)),
        platform_name: (!anywhere).then(|| both(|language| say!(language, design.platform))),
        company: None,
        since: at(-72),
        until: at(45 * 24),
        flexible: !anywhere,
        hold: None,
    });
    let [_, known] = entries.clone();
    let outages = vec![OutageView {
        id: Uuid::nil(),
        line: Uuid::nil(),
        line_name: both(|language| say!(language, design.line_one)),
        kind: "breakdown".to_owned(),
        reason: say!(language, design.down_reason).to_owned(),
        from: at(-3),
        until: at(72),
        marked_at: at(-2),
        ended_at: None,
    }];
    view! {
        <Part id="questions-asked" name=say!(language, design.questions)>
            <Question booking=Uuid::nil() materials_on="" asked=question(1, Vec::new()) waits=waits.clone() />
            <Question booking=Uuid::nil() materials_on="" asked=question(2, vec![answer]) waits />
        </Part>
        <Part id="proposals" name=say!(language, design.proposals)>
            <Down outages />
            <Asked asks=asks.into() now all=true />
        </Part>
        <Part id="list-of-waiting" name=say!(language, design.waiting)>
            <WaitsAlready search=known.query.clone() entries=vec![known] />
            <Waiting entries=entries.into() />
        </Part>
    }
}

#[component]
pub fn Grids() -> impl IntoView {
    let language = use_language();
    let class = |of: fn(Language) -> &'static str| -> TextView { both(of) };
    let cells = |rows: [[&str; 2]; 2]| rows.map(|row| row.map(str::to_owned).into()).into();
    let matrix = MatrixSetup {
        code: String::new(),
        name: class(|language| say!(language, design.matrix_name)),
        version: 1,
        classes: vec![
            class(|language| say!(language, design.class_low)),
            class(|language| say!(language, design.class_high)),
        ],
        same_product: cells([["2h", "4h"], ["8h", "4h"]]),
        other_product: cells([["12h + 1d", "16h + 1d"], ["-", "20h + 1d"]]),
    };
    view! { <Part id="matrix-sample" name=say!(language, design.matrix)><MatrixGrids matrix /></Part> }
}

#[component]
pub fn Tours() -> impl IntoView {
    let language = use_language();
    view! {
        <Part id="tour-sample" name=say!(language, design.tour)>
            <Suspense>
                {Suspend::new(async move {
                    let platforms = use_backend().platforms().await.unwrap_or_default();
                    view! { <Tour platforms /> }
                })}
            </Suspense>
        </Part>
    }
}
