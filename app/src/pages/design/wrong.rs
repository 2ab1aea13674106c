//! Samples of what is said when something went wrong.

use leptos::prelude::*;

use super::{Part, both, sample};
use crate::{
    backend::use_backend,
    components::{Complaints, FailureNote, LimitLink, PastLeftOut, Refusals, Ways},
    contract::{Complaints as Heard, Failure, FieldProblem, LineRefusalView, OfferQuery, RefusalView, field},
    request::use_language,
    words::say,
};

/// Why a form with these faults is refused.
pub fn faults<const N: usize>(wrong: [(&str, FieldProblem); N]) -> Option<Failure> {
    let mut heard = Heard::default();
    for (name, problem) in wrong {
        let _ = heard.hear::<()>(Err(field::invalid(name, problem)));
    }
    heard.answer().err()
}

/// The same of a search with two faults.
pub fn two_faults() -> Option<Failure> {
    faults([
        ("offering", FieldProblem::Missing),
        ("batches", FieldProblem::OutOfRange { min: "1".to_owned(), max: "1000".to_owned() }),
    ])
}

#[component]
pub fn Wrong() -> impl IntoView {
    let language = use_language();
    let refused = |reason: &str, facts: &[(&str, &str)]| LineRefusalView {
        platform_name: both(|language| say!(language, design.platform)),
        line_name: both(|language| say!(language, design.line_one)),
        step: 1,
        refusal: RefusalView {
            reason: reason.to_owned(),
            line: None,
            facts: facts.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        },
        in_vain: false,
    };
    let refusals = vec![
        refused("batch_out_of_range", &[("min", "5"), ("max", "25"), ("unit", "kilogram")]),
        refused("busy", &[]),
        refused("not_aligned", &[("granularity", "1440 min")]),
    ];
    let now = use_backend().now();
    let begun = OfferQuery { from: "2020-01-01".to_owned(), ..sample::query(now) };
    let complaints = two_faults().map(|failure| view! { <Complaints failure focus=false /> });
    view! {
        <Part id="complaints" name=say!(language, design.complaints)>
            {complaints}
            <Complaints failure=field::invalid("unit", FieldProblem::Missing) focus=false />
        </Part>
        <Part id="failures" name=say!(language, design.failures)>
            <FailureNote failure=Failure::Forbidden focus=false />
            <FailureNote failure=Failure::TooMany { retry_after_seconds: 20 } focus=false />
        </Part>
        <Part id="left-out" name=say!(language, design.refusals)>
            <Refusals refusals open=true />
            <p class="hint">{say!(language, search.limited_text)} " " <LimitLink /></p>
            <PastLeftOut asked=begun now />
        </Part>
        <Part id="lost" name=say!(language, design.lost)>
            <Ways />
        </Part>
    }
}
