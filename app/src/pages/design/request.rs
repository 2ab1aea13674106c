//! Samples of the longest forms that a firm fills in: a request, as it begins and as it comes back refused, and a wish
//! in a call.

use leptos::{context::Provider, prelude::*, server_fn::ServerFn};
use uuid::Uuid;

use super::{Part, both, sample, wrong::faults};
use crate::{
    answered::{Answered, Typed},
    api::SendRequest,
    backend::use_backend,
    components::{RequestForm, WishForm},
    contract::{CallLine, CallRule, CallView, FieldProblem, Instant},
    request::{use_here, use_language},
    words::{day, say},
};

#[component]
pub fn Request(refused: bool) -> impl IntoView {
    let language = use_language();
    let booking = sample::booking(use_backend().now(), 1, "held");
    if !refused {
        return view! {
            <Part id="request-sample" name=say!(language, design.sheet_request)><RequestForm booking /></Part>
        }
        .into_any();
    }
    let wrong = faults([
        ("molecule", FieldProblem::Missing),
        ("oel", FieldProblem::Malformed { example: "0.5".to_owned() }),
        ("market", FieldProblem::Missing),
        ("confidentiality", FieldProblem::Missing),
    ]);
    let answered = Answered {
        form: SendRequest::PATH.to_owned(),
        here: use_here(),
        outcome: wrong.map_or_else(|| Ok(String::new()), Err),
        typed: Typed::read("details[project]=P-7&details[strength]=5+mg&details[oel]=low"),
    };
    view! {
        <Part id="request-sample" name=say!(language, design.sheet_refused)>
            <Provider value=answered><RequestForm booking /></Provider>
        </Part>
    }
    .into_any()
}

#[component]
pub fn Wish() -> impl IntoView {
    let language = use_language();
    let call = call(use_backend().now());
    view! {
        <Part id="wish-sample" name=say!(language, design.sheet_wish)>
            <WishForm call offerings=sample::offerings() wish=None next_rank=1 />
        </Part>
    }
}

/// A call that is open.
pub fn call(now: Instant) -> CallView {
    let at = |days: i64| Instant(now.0 + days * 24 * super::HOUR);
    CallView {
        id: Uuid::nil(),
        title: say!(use_language(), design.project).to_owned(),
        platform: Uuid::nil(),
        platform_name: both(|language| say!(language, design.platform)),
        from: day(now, 60),
        to: day(now, 90),
        lines: vec![CallLine { id: Uuid::nil(), name: both(|language| say!(language, design.line_one)) }],
        offerings: vec!["TAB".to_owned()],
        opens_at: at(-1),
        closes_at: at(14),
        result_by: Some(at(21)),
        rule: CallRule::FirstCome,
        offered_minutes: None,
        criteria: String::new(),
        hold_days: 14,
        commitment: String::new(),
        seed: None,
        salt: None,
        state: "open".to_owned(),
        ended_at: None,
        reason: None,
        plan: None,
        wishes: None,
        may: vec!["wish".to_owned()],
        now,
    }
}
