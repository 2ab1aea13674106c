//! Why a request was not carried out, in plain words.

use domain::calendar::DAY;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{detail, grouped, long_day, moment, refusal, say, short_moment, text};
use crate::{
    contract::{Failure, FieldFault, FieldProblem, Instant, RefusalView, field},
    language::Language,
};

/// The least that a decimal can be, as its bound has it.
const LEAST: &str = "0.001";

/// Fields by the names that the contract has for them, each with what one form calls it where others call it otherwise.
pub type Named<'a> = &'a [(&'static str, &'static str)];

/// One or two sentences.
#[must_use]
pub fn failure(language: Language, failure: &Failure) -> String {
    failure_in(language, failure, &[])
}

/// The same about a form that has `named` some of its fields.
#[must_use]
pub fn failure_in(language: Language, failure: &Failure, named: Named<'_>) -> String {
    match failure {
        Failure::Unauthenticated => say!(language, failure.unauthenticated).to_owned(),
        Failure::WrongCredentials => say!(language, failure.wrong_credentials).to_owned(),
        Failure::Forbidden => say!(language, failure.forbidden).to_owned(),
        Failure::Unverified => say!(language, failure.unverified).to_owned(),
        Failure::NotFound => say!(language, failure.not_found).to_owned(),
        Failure::Invalid { faults } => {
            faults.iter().map(|fault| problem_in(language, fault, named)).collect::<Vec<_>>().join(" ")
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

/// What is wrong with a field, which is named as its form names it. What no form has a name for nobody has typed.
#[must_use]
pub fn problem(language: Language, fault: &FieldFault) -> String {
    problem_in(language, fault, &[])
}

/// The same in a form that has `named` some of its fields.
#[must_use]
pub fn problem_in(language: Language, fault: &FieldFault, named: Named<'_>) -> String {
    // At the desk a company is looked for by its name; where it registers, that is its registered one.
    let is_looked_for = matches!(fault.problem, FieldProblem::Unknown { .. } | FieldProblem::Several { .. });
    let label = match fault.name() {
        "company" if is_looked_for => Some(say!(language, desk.client)),
        name => called(language, name, named),
    };
    match label {
        Some(field) => worded(language, fault, field, named),
        None => say!(language, failure.altered).to_owned(),
    }
}

/// What is wrong with a field that its form calls `field`.
#[must_use]
pub fn problem_at(language: Language, fault: &FieldFault, field: &str) -> String {
    worded(language, fault, field, &[])
}

fn worded(language: Language, fault: &FieldFault, field: &str, named: Named<'_>) -> String {
    let code = fault.name() == "product_code";
    match &fault.problem {
        FieldProblem::Taken if code => say!(language, failure.product_taken).to_owned(),
        FieldProblem::Taken if fault.name() == "rank" => say!(language, failure.rank_taken).to_owned(),
        FieldProblem::Invisible => say!(language, failure.invisible, field = field).to_string(),
        // Either of two is enough.
        FieldProblem::Missing if fault.name() == "contact_phone" => {
            say!(language, failure.missing_contact).to_owned()
        }
        FieldProblem::Missing if matches!(fault.name(), "confidentiality" | "quality") => {
            say!(language, failure.missing_tick, field = field).to_string()
        }
        FieldProblem::Missing if is_chosen(fault.name()) => {
            say!(language, failure.missing_choice, field = field).to_string()
        }
        FieldProblem::Missing => say!(language, failure.missing, field = field).to_string(),
        // Most that are malformed are right but for one character, which the form can't show.
        FieldProblem::Malformed { example } if fault.name() == "credit_code" => {
            say!(language, failure.malformed_code, field = field, example = example.as_str()).to_string()
        }
        FieldProblem::Malformed { example } if example == field::EXAMPLE_AMOUNT => {
            say!(language, failure.malformed_amount, field = field, example = example.as_str()).to_string()
        }
        FieldProblem::Malformed { example } => {
            say!(language, failure.malformed, field = field, example = example.as_str()).to_string()
        }
        FieldProblem::OutOfRange { min, max } if min == max => {
            let one = bound(language, min);
            say!(language, failure.not_exactly, field = field, one = one).to_string()
        }
        // The least amount there is: whatever is more than nothing.
        FieldProblem::OutOfRange { min, max } if min == LEAST => {
            say!(language, failure.not_above_zero, field = field, max = bound(language, max)).to_string()
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
        FieldProblem::Unverified { name } => {
            say!(language, failure.company_unverified, name = text(language, name)).to_string()
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
        FieldProblem::DayPast => say!(language, failure.day_past, field = field).to_string(),
        FieldProblem::PinsWindow { latest } => {
            let latest = bound(language, latest);
            say!(language, failure.pins_window, field = field, latest = latest).to_string()
        }
        FieldProblem::TooEarly { earliest } => {
            let earliest = short_moment(language, *earliest);
            say!(language, failure.too_early, field = field, earliest = earliest).to_string()
        }
        // Days, of which the last may be the first.
        FieldProblem::Reversed { start } if matches!(start.as_str(), "from" | "else_from") => {
            let start = called(language, start, named).unwrap_or_else(|| say!(language, search.from));
            say!(language, failure.before, field = field, start = start).to_string()
        }
        FieldProblem::Reversed { start } => {
            let start = called(language, start, named).unwrap_or_else(|| say!(language, desk.closed_from));
            say!(language, failure.reversed, field = field, start = start).to_string()
        }
        FieldProblem::LastAdministrator => say!(language, failure.last_administrator).to_owned(),
        FieldProblem::Refused { refusals } => {
            let told = all_refused(language, refusals);
            if refusals.iter().all(|why| why.reason == "later_step_unplaced") {
                let way = say!(language, remedy.step);
                say!(language, term.sentences, first = told.as_str(), second = way).to_string()
            } else {
                told
            }
        }
    }
}

/// Why each of several lines doesn't take it, in one sentence.
#[must_use]
pub fn all_refused(language: Language, refusals: &[RefusalView]) -> String {
    let stop = say!(language, problem.stop);
    let told = refusals.iter().map(|why| {
        let line = why.line.as_ref().map(|line| format!("{} · ", text(language, line))).unwrap_or_default();
        let words = refusal(language, why);
        format!("{line}{}", words.strip_suffix(stop).unwrap_or(&words))
    });
    told.collect::<Vec<_>>().join(say!(language, term.semicolon)) + stop
}

/// Whether forms have the field `name` chosen, from a list, by boxes or on a calendar, rather than typed.
fn is_chosen(name: &str) -> bool {
    matches!(
        name,
        "offering"
            | "unit"
            | "from"
            | "to"
            | "hazards"
            | "oeb"
            | "stage"
            | "platform"
            | "kind"
            | "start"
            | "until"
            | "end"
            | "size"
            | "quarter"
            | "role"
            | "status"
            | "month"
            | "lines"
            | "opens_at"
            | "closes_at"
            | "result_by"
            | "rule"
            | "else_from"
            | "else_to"
            | "place"
            | "assessed_on"
            | "locale"
            | "start_time"
            | "end_time"
            | "opens_time"
            | "closes_time"
            | "result_time"
            | "molecule"
            | "market"
            | "storage"
            | "materials_on"
    )
}

/// A bound as people read it: an instant in plant time, a plant day, a figure, or what it is.
fn bound(language: Language, bound: &str) -> String {
    if let Ok(number) = bound.parse() {
        return grouped(number);
    }
    match OffsetDateTime::parse(bound, &Rfc3339) {
        Ok(instant) => moment(language, Instant(instant.unix_timestamp())),
        Err(_) => long_day(language, bound),
    }
}

/// What a form that has `named` some of its fields calls the field `name`.
fn called(language: Language, name: &str, named: Named<'_>) -> Option<&'static str> {
    let own = named.iter().find(|(known, _)| *known == name).map(|(_, label)| *label);
    own.or_else(|| label(language, name))
}

/// What forms call the field that the contract calls `name`, if people see it there.
fn label(language: Language, name: &str) -> Option<&'static str> {
    Some(match name {
        "offering" => say!(language, search.offering),
        "batch_size" => say!(language, search.batch_size),
        "unit" => say!(language, search.unit),
        "batches" => say!(language, search.batches),
        "from" => say!(language, search.from),
        "to" => say!(language, search.to),
        "hazards" => say!(language, search.hazards),
        "oeb" => say!(language, search.oeb),
        "gmp" => say!(language, search.gmp),
        "stage" => say!(language, search.stage),
        "platform" => say!(language, search.platform),
        "product_code" | "product" => say!(language, offer.product_code),
        "flexible" => say!(language, campaign.plan),
        "email" => say!(language, session.email),
        "password" => say!(language, session.password),
        "reason" => say!(language, desk.reason),
        "ahead" => say!(language, desk.ahead_why),
        "question" => say!(language, desk.question),
        "answer" => say!(language, campaign.answer),
        "text" => say!(language, desk.part_text),
        "kind" => say!(language, desk.closure_kind),
        "start" => say!(language, desk.closed_from),
        "until" => say!(language, conflict.down_until),
        "now" => say!(language, failure.now),
        "end" => say!(language, desk.closed_until),
        "note" => say!(language, desk.closure_note),
        "company" => say!(language, register.company),
        "company_en" => say!(language, register.company_en),
        "credit_code" => say!(language, register.credit_code),
        "contact" => say!(language, register.contact),
        "size" => say!(language, register.size),
        "name" => say!(language, register.name),
        "quarter" => say!(language, district.chooser),
        "name_en" => say!(language, office.name_en),
        "new" => say!(language, office.password_new),
        "days" => say!(language, office.token_days),
        "role" => say!(language, office.role),
        "status" => say!(language, campaign.status),
        "find" => say!(language, campaign.text),
        "month" => say!(language, desk.booking_month),
        "title" => say!(language, round.title),
        "lines" => say!(language, round.lines),
        "opens_at" => say!(language, round.opens),
        "closes_at" => say!(language, round.closes),
        "result_by" => say!(language, round.result_by),
        "rule" => say!(language, round.rule),
        "criteria" => say!(language, round.criteria),
        "hold_days" => say!(language, round.hold_days),
        "per_call" => say!(language, round.per_call),
        "per_firm" => say!(language, round.per_firm),
        "reserved" => say!(language, round.reserved),
        "rank" => say!(language, round.rank),
        "else_from" => say!(language, round.else_from),
        "else_to" => say!(language, round.else_to),
        "points" => say!(language, round.points),
        "place" => say!(language, round.places),
        "score" => say!(language, district.score_points),
        "assessed_on" => say!(language, district.score_day),
        "current" => say!(language, office.password_current),
        "locale" => say!(language, office.language),
        "start_time" => say!(language, desk.start_time),
        "end_time" => say!(language, desk.end_time),
        "opens_time" | "closes_time" | "result_time" => say!(language, round.time),
        other => return detail(language, other),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        contract::{Faults, TextView},
        words::reason,
    };

    #[test]
    fn what_no_line_takes_is_told_of_each_line() {
        let of = |reason: &str, line: Option<&str>| {
            let line = line.map(|name| TextView { zh: name.to_owned(), en: name.to_owned() });
            RefusalView { line, ..RefusalView::named(reason) }
        };
        let told = [
            of("hazard_not_admitted", Some("A")).with("hazard", "cytotoxic"),
            of("approval_missing", Some("B")).with("hazard", "cytotoxic"),
        ];
        let words = all_refused(Language::en, &told);
        assert!(words.starts_with("A · The line does not admit this hazard (cytotoxic); B · "), "{words}");
        assert!(words.ends_with("(cytotoxic)."), "{words}");
        let one = all_refused(Language::zh_CN, &[of("not_gmp", None)]);
        assert_eq!(one, reason(Language::zh_CN, "not_gmp"), "one stop, and no line");
    }

    #[test]
    fn a_later_step_without_a_place_tells_that_more_days_may_help() {
        let why = RefusalView::named("later_step_unplaced").with("name_en", "coating");
        let problem = FieldProblem::Refused { refusals: vec![why] };
        let fault = FieldFault { field: "to".to_owned(), problem, sent: None };
        let told = super::problem(Language::en, &fault);
        assert!(told.contains("(coating)") && told.ends_with(say!(Language::en, remedy.step)), "{told}");
    }

    #[test]
    fn what_is_chosen_is_asked_for_otherwise_than_what_is_typed() {
        let told = |name: &str| {
            let fault = FieldFault { field: name.to_owned(), problem: FieldProblem::Missing, sent: None };
            [Language::en, Language::zh_CN].map(|language| {
                let label = label(language, fault.name()).unwrap_or_default();
                let chosen = say!(language, failure.missing_choice, field = label).to_string();
                let typed = say!(language, failure.missing, field = label).to_string();
                let told = problem(language, &fault);
                (told == chosen, told == typed)
            })
        };
        for name in ["offering", "query.stage", "details.storage", "materials_on", "rule", "role", "from"] {
            assert_eq!(told(name), [(true, false); 2], "{name}");
        }
        for name in ["batch_size", "details.strength", "reason", "company"] {
            assert_eq!(told(name), [(false, true); 2], "{name}");
        }
    }

    #[test]
    fn amounts_are_above_zero_and_days_come_in_their_order() {
        let told = |field: &str, problem: FieldProblem| {
            super::problem(Language::en, &FieldFault { field: field.to_owned(), problem, sent: None })
        };
        let amount = FieldProblem::OutOfRange { min: "0.001".to_owned(), max: "1000000000".to_owned() };
        assert_eq!(told("batch_size", amount), "Batch size must be above 0, and at most 1,000,000,000.");
        let days = told("to", FieldProblem::Reversed { start: "from".to_owned() });
        assert!(days.contains("is before") && days.contains(say!(Language::en, search.from)), "{days}");
        let other = told("else_to", FieldProblem::Reversed { start: "else_from".to_owned() });
        assert!(other.contains(&format!("is before “{}”", say!(Language::en, round.else_from))), "{other}");
        assert!(told("end", FieldProblem::Reversed { start: "start".to_owned() }).contains("must be later"));
        assert!(told("rank", FieldProblem::Taken).contains("ranks must differ"));
        assert!(told("company", FieldProblem::Missing).contains(say!(Language::en, register.company)));
    }

    #[test]
    fn a_form_names_its_fields_as_it_calls_them() {
        let language = Language::en;
        let named = [("from", say!(language, round.from)), ("to", say!(language, round.to))];
        let told = |name: &str, problem: FieldProblem| {
            let fault = FieldFault { field: name.to_owned(), problem, sent: None };
            failure_in(language, &Failure::Invalid { faults: Faults::one(fault) }, &named)
        };
        let reversed = told("to", FieldProblem::Reversed { start: "from".to_owned() });
        assert_eq!(
            reversed,
            say!(language, failure.before, field = named[1].1, start = named[0].1).to_string()
        );
        // What it has no name of its own for is called as everywhere.
        assert!(told("title", FieldProblem::Missing).contains(say!(language, round.title)));
    }

    #[test]
    fn nobody_reads_the_name_of_a_field_that_no_form_shows() {
        for name in ["cursor", "idempotency-key", "form", "id", "offer", "query.moving"] {
            let fault = FieldFault { field: name.to_owned(), problem: FieldProblem::Missing, sent: None };
            for language in [Language::zh_CN, Language::en] {
                assert_eq!(problem(language, &fault), say!(language, failure.altered), "{name}");
            }
        }
        let shown =
            FieldFault { field: "query.batches".to_owned(), problem: FieldProblem::Missing, sent: None };
        assert!(problem(Language::en, &shown).contains(say!(Language::en, search.batches)));
    }
}
