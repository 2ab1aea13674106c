//! Why a request was not carried out, in plain words.

use domain::calendar::DAY;

use super::{detail, grouped, long_day, refusal, say, text};
use crate::{
    contract::{Failure, FieldFault, FieldProblem, RefusalView},
    language::Language,
};

/// One or two sentences.
#[must_use]
pub fn failure(language: Language, failure: &Failure) -> String {
    match failure {
        Failure::Unauthenticated => say!(language, failure.unauthenticated).to_owned(),
        Failure::WrongCredentials => say!(language, failure.wrong_credentials).to_owned(),
        Failure::Forbidden => say!(language, failure.forbidden).to_owned(),
        Failure::Unverified => say!(language, failure.unverified).to_owned(),
        Failure::NotFound => say!(language, failure.not_found).to_owned(),
        Failure::Invalid { faults } => {
            faults.iter().map(|fault| problem(language, fault)).collect::<Vec<_>>().join(" ")
        }
        Failure::Refused { refusal } => self::refusal(language, refusal),
        Failure::Conflict { refusal, alternatives, split, .. } => {
            lost(language, refusal, alternatives.is_empty() && split.is_none()).to_owned()
        }
        Failure::Unsearched { retry_after_seconds: 1, .. } => {
            say!(language, failure.taken_wait_one).to_owned()
        }
        Failure::Unsearched { retry_after_seconds, .. } => {
            say!(language, failure.taken_wait, seconds = retry_after_seconds).to_string()
        }
        Failure::InTheWay { hits } if hits.len() == 1 => say!(language, failure.in_the_way_one).to_owned(),
        Failure::InTheWay { hits } => say!(language, failure.in_the_way, count = hits.len()).to_string(),
        Failure::Unreadable { .. } | Failure::WrongMedia => say!(language, failure.unreadable).to_owned(),
        Failure::WrongMethod => say!(language, failure.wrong_method).to_owned(),
        Failure::KeyReused => say!(language, failure.key_reused).to_owned(),
        Failure::TooMany { retry_after_seconds: 1 } => say!(language, failure.too_many_one).to_owned(),
        Failure::TooMany { retry_after_seconds } => {
            say!(language, failure.too_many, seconds = retry_after_seconds).to_string()
        }
        Failure::ForeignOrigin => say!(language, failure.foreign_origin).to_owned(),
        Failure::TooLarge => say!(language, failure.too_large).to_owned(),
        Failure::Busy => say!(language, failure.busy).to_owned(),
        Failure::Internal { request } => {
            say!(language, failure.internal, request = request.as_str()).to_string()
        }
    }
}

/// That what was chosen can't be had any more, and that there is something else, unless there is `nothing`.
#[must_use]
pub fn lost(language: Language, why: &RefusalView, nothing: bool) -> &'static str {
    match (why.reason == RefusalView::OWN_BOOKING, nothing) {
        (true, true) => say!(language, failure.own_nothing),
        (true, false) => say!(language, failure.own_text),
        (false, true) => say!(language, failure.taken_nothing),
        (false, false) => say!(language, failure.taken_text),
    }
}

/// What is wrong with `field`, which is named as its form names it.
#[must_use]
pub fn problem(language: Language, fault: &FieldFault) -> String {
    problem_at(language, fault, &label(language, fault.name()))
}

/// What is wrong with a field that its form calls `field`.
#[must_use]
pub fn problem_at(language: Language, fault: &FieldFault, field: &str) -> String {
    let code = fault.name() == "product_code";
    match &fault.problem {
        FieldProblem::Taken if code => say!(language, failure.product_taken).to_owned(),
        FieldProblem::Invisible => say!(language, failure.invisible, field = field).to_string(),
        // Either of two is enough.
        FieldProblem::Missing if fault.name() == "contact_phone" => {
            say!(language, failure.missing_contact).to_owned()
        }
        FieldProblem::Missing if fault.name() == "confidentiality" => {
            say!(language, failure.missing_tick, field = field).to_string()
        }
        FieldProblem::Missing => say!(language, failure.missing, field = field).to_string(),
        // Most that are malformed are right but for one character, which the form can't show.
        FieldProblem::Malformed { example } if fault.name() == "credit_code" => {
            say!(language, failure.malformed_code, field = field, example = example.as_str()).to_string()
        }
        FieldProblem::Malformed { example } => {
            say!(language, failure.malformed, field = field, example = example.as_str()).to_string()
        }
        FieldProblem::OutOfRange { min, max } if min == max => {
            let one = bound(language, min);
            say!(language, failure.not_exactly, field = field, one = one).to_string()
        }
        FieldProblem::OutOfRange { min, max } => {
            let (min, max) = (bound(language, min), bound(language, max));
            say!(language, failure.out_of_range, field = field, min = min, max = max).to_string()
        }
        FieldProblem::TooShort { min: 1 } => say!(language, failure.too_short_one, field = field).to_string(),
        FieldProblem::TooShort { min } => {
            say!(language, failure.too_short, field = field, min = min).to_string()
        }
        FieldProblem::TooLong { max } => {
            say!(language, failure.too_long, field = field, max = max).to_string()
        }
        FieldProblem::Unknown { value } => {
            say!(language, failure.unknown, field = field, value = value.as_str()).to_string()
        }
        FieldProblem::Several { names } => {
            let names: Vec<String> = names.iter().map(|name| text(language, name)).collect();
            let names = names.join(say!(language, campaign.and));
            say!(language, failure.several, field = field, names = names).to_string()
        }
        FieldProblem::Taken => say!(language, failure.field_taken, field = field).to_string(),
        FieldProblem::TooNarrow { minutes } => {
            // Windows are searched in whole days; a day and a run are more than one.
            let days = minutes.saturating_add(DAY - 1) / DAY;
            say!(language, failure.too_narrow, field = field, days = days).to_string()
        }
        FieldProblem::Frozen { days } => {
            say!(language, failure.frozen, field = field, days = days).to_string()
        }
        FieldProblem::TooLate { latest } => {
            let latest = bound(language, latest);
            say!(language, failure.too_late, field = field, latest = latest).to_string()
        }
        FieldProblem::Reversed { start } => {
            let start = label(language, start);
            say!(language, failure.reversed, field = field, start = start).to_string()
        }
    }
}

/// A bound as people read it: a plant day, a figure, or what it is.
fn bound(language: Language, bound: &str) -> String {
    match bound.parse() {
        Ok(number) => grouped(number),
        Err(_) => long_day(language, bound),
    }
}

/// What forms call the field that the contract calls `name`.
fn label(language: Language, name: &str) -> String {
    match name {
        "offering" => say!(language, search.offering).to_owned(),
        "batch_size" => say!(language, search.batch_size).to_owned(),
        "unit" => say!(language, search.unit).to_owned(),
        "batches" => say!(language, search.batches).to_owned(),
        "from" => say!(language, search.from).to_owned(),
        "to" => say!(language, search.to).to_owned(),
        "hazards" => say!(language, search.hazards).to_owned(),
        "oeb" => say!(language, search.oeb).to_owned(),
        "stage" => say!(language, search.stage).to_owned(),
        "platform" => say!(language, search.platform).to_owned(),
        "product_code" => say!(language, offer.product_code).to_owned(),
        "flexible" => say!(language, campaign.plan).to_owned(),
        "email" => say!(language, session.email).to_owned(),
        "password" => say!(language, session.password).to_owned(),
        "reason" => say!(language, desk.reason).to_owned(),
        "question" => say!(language, desk.question).to_owned(),
        "answer" => say!(language, campaign.answer).to_owned(),
        "text" => say!(language, desk.part_text).to_owned(),
        "kind" => say!(language, desk.closure_kind).to_owned(),
        "start" => say!(language, desk.closed_from).to_owned(),
        "until" => say!(language, conflict.down_until).to_owned(),
        "now" => say!(language, failure.now).to_owned(),
        "end" => say!(language, desk.closed_until).to_owned(),
        "note" => say!(language, desk.closure_note).to_owned(),
        "company" => say!(language, failure.company).to_owned(),
        "company_en" => say!(language, register.company_en).to_owned(),
        "credit_code" => say!(language, register.credit_code).to_owned(),
        "contact" => say!(language, register.contact).to_owned(),
        "size" => say!(language, register.size).to_owned(),
        "name" => say!(language, register.name).to_owned(),
        "quarter" => say!(language, district.chooser).to_owned(),
        "name_en" => say!(language, office.name_en).to_owned(),
        "new" => say!(language, office.password_new).to_owned(),
        "days" => say!(language, office.token_days).to_owned(),
        "role" => say!(language, office.role).to_owned(),
        "status" => say!(language, campaign.status).to_owned(),
        "title" => say!(language, round.title).to_owned(),
        "lines" => say!(language, round.lines).to_owned(),
        "opens_at" => say!(language, round.opens).to_owned(),
        "closes_at" => say!(language, round.closes).to_owned(),
        "rule" => say!(language, round.rule).to_owned(),
        "criteria" => say!(language, round.criteria).to_owned(),
        "hold_days" => say!(language, round.hold_days).to_owned(),
        "per_call" => say!(language, round.per_call).to_owned(),
        "per_firm" => say!(language, round.per_firm).to_owned(),
        "reserved" => say!(language, round.reserved).to_owned(),
        "rank" => say!(language, round.rank).to_owned(),
        "else_from" => say!(language, round.else_from).to_owned(),
        "else_to" => say!(language, round.else_to).to_owned(),
        "points" => say!(language, round.points).to_owned(),
        "place" => say!(language, round.places).to_owned(),
        other => detail(language, other).map_or_else(|| other.to_owned(), str::to_owned),
    }
}
