//! Samples of a part of the set-up as a form: a matrix, whose cells are a grid, with something wrong in one of them;
//! and of what is said once it was looked at.

use leptos::prelude::*;

use super::{Part, both, sample};
use crate::{
    backend::use_backend,
    components::operator::{PartForm, PlanNote, Planned},
    contract::{FieldChange, SetupChange, SetupForm, SetupHit, SetupPlan, SetupProblem},
    language::Language,
    request::use_language,
    words::say,
};

/// What the sample's fields hold, but for names.
const VALUES: [(&str, &str); 17] = [
    ("code", "oral"),
    ("initial", "low"),
    ("clean_hold", "7d"),
    ("reclean.crew", "8h"),
    ("class.0.code", "low"),
    ("class.1.code", "high"),
    ("rule.0.needs", "low"),
    ("rule.0.leaves", "low"),
    ("rule.0.oeb_at_least", "1"),
    ("cells.low.low.same", "3h"),
    ("cells.low.high.same", "12h"),
    ("cells.high.low.same", "24h + 1d"),
    ("cells.high.high.same", "4h"),
    ("cells.low.low.other", "16h + 1d"),
    ("cells.low.high.other", "soon"),
    ("cells.high.low.other", "-"),
    ("cells.high.high.other", "48h + 2d"),
];

#[component]
pub fn SetupParts() -> impl IntoView {
    let language = use_language();
    let problems = vec![problem()];
    let wrong = SetupPlan { problems: problems.clone(), ..SetupPlan::default() };
    view! {
        <Part id="setup-sample" name=say!(language, design.sheet_setup)>
            <PartForm form=form() problems operates=true />
        </Part>
        <Part id="plan-sample" name=say!(language, desk.look_setup)>
            <Plan plan=wrong />
            <Plan plan=SetupPlan::default() />
            <Plan plan=changes() />
        </Part>
    }
}

/// What saving the sample would do.
#[component]
fn Plan(plan: SetupPlan) -> impl IntoView {
    let text = Some(String::new());
    let planned = Planned { sort: "matrix".to_owned(), code: "oral".to_owned(), text };
    view! { <PlanNote plan planned form=form() /> }
}

fn problem() -> SetupProblem {
    SetupProblem {
        field: Some("cells.low.high.other".to_owned()),
        words: both(|language| say!(language, design.field_wrong)),
    }
}

/// A cell changes, so that a booking no longer fits.
fn changes() -> SetupPlan {
    let now = use_backend().now();
    let booking = sample::booking(now, 3, "confirmed");
    SetupPlan {
        problems: Vec::new(),
        changes: vec![SetupChange {
            what: both(|language| say!(language, design.matrix)),
            code: "oral".to_owned(),
            name: both(|language| say!(language, design.matrix_name)),
            change: "changed".to_owned(),
        }],
        fields: vec![FieldChange {
            path: "cells.low.high.other".to_owned(),
            was: "12h".to_owned(),
            is: "16h + 1d".to_owned(),
        }],
        affected: vec![SetupHit {
            booking: booking.id,
            reference: booking.reference,
            campaign: None,
            line: both(|language| say!(language, design.line_one)),
            start: booking.steps.first().map_or(now, |step| step.start),
            trouble: "changeover".to_owned(),
        }],
        on_new_terms: 0,
        limited: Some(1),
    }
}

/// The matrix as its form.
fn form() -> SetupForm {
    let of = |path: &str, of: fn(Language) -> &'static str| {
        let (zh, en) = (of(Language::zh_CN).to_owned(), of(Language::en).to_owned());
        [(format!("{path}zh"), zh), (format!("{path}en"), en)]
    };
    let names = [
        of("", |language| say!(language, design.matrix_name)),
        of("class.0.", |language| say!(language, design.class_low)),
        of("class.1.", |language| say!(language, design.class_high)),
    ];
    let values = VALUES.map(|(path, value)| (path.to_owned(), value.to_owned()));
    SetupForm {
        sort: "matrix".to_owned(),
        code: "oral".to_owned(),
        name: both(|language| say!(language, design.matrix_name)),
        values: values.into_iter().chain(names.into_iter().flatten()).collect(),
        matrices: Vec::new(),
        calendars: Vec::new(),
        pools: Vec::new(),
        lines: Vec::new(),
    }
}
