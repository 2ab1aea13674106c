//! The words of problems. They are in `app/locales`, under `problem`.

use app::{
    contract::{Failure, FieldFault, FieldProblem, RefusalView, field},
    language::Language,
    words::{all_refused, say, text},
};

/// The refusal of who asks to wait, or for room to be made, where there is some.
const ROOM_FOUND: &str = "room_found";

/// The stable name of every problem.
pub const PROBLEMS: [&str; 18] = [
    "unreadable",
    "unauthenticated",
    "wrong-credentials",
    "forbidden",
    "unverified",
    "foreign-origin",
    "not-found",
    "wrong-method",
    "conflict",
    "in-the-way",
    "too-large",
    "wrong-media",
    "invalid",
    "refused",
    "key-reused",
    "too-many",
    "busy",
    "internal",
];

/// The failure's stable name.
#[must_use]
pub const fn name(failure: &Failure) -> &'static str {
    match failure {
        Failure::Unreadable { .. } => "unreadable",
        Failure::Unauthenticated => "unauthenticated",
        Failure::WrongCredentials => "wrong-credentials",
        Failure::Forbidden => "forbidden",
        Failure::Unverified => "unverified",
        Failure::ForeignOrigin => "foreign-origin",
        Failure::NotFound => "not-found",
        Failure::WrongMethod => "wrong-method",
        Failure::Conflict { .. } | Failure::Unsearched { .. } => "conflict",
        Failure::InTheWay { .. } => "in-the-way",
        Failure::TooLarge => "too-large",
        Failure::WrongMedia => "wrong-media",
        Failure::Invalid { .. } => "invalid",
        Failure::Refused { .. } => "refused",
        Failure::KeyReused => "key-reused",
        Failure::TooMany { .. } => "too-many",
        Failure::Busy => "busy",
        Failure::Internal { .. } => "internal",
    }
}

/// What kind of failure it is.
#[must_use]
pub fn title(failure: &Failure, language: Language) -> &'static str {
    let name = name(failure);
    title_of(name, language).unwrap_or(name)
}

/// The title of the problem that is called `name`.
#[must_use]
pub fn title_of(name: &str, language: Language) -> Option<&'static str> {
    Some(match name {
        "unreadable" => say!(language, problem.title.unreadable),
        "unauthenticated" => say!(language, problem.title.unauthenticated),
        "wrong-credentials" => say!(language, problem.title.wrong_credentials),
        "forbidden" => say!(language, problem.title.forbidden),
        "unverified" => say!(language, problem.title.unverified),
        "foreign-origin" => say!(language, problem.title.foreign_origin),
        "not-found" => say!(language, problem.title.not_found),
        "wrong-method" => say!(language, problem.title.wrong_method),
        "conflict" => say!(language, problem.title.conflict),
        "in-the-way" => say!(language, problem.title.in_the_way),
        "too-large" => say!(language, problem.title.too_large),
        "wrong-media" => say!(language, problem.title.wrong_media),
        "invalid" => say!(language, problem.title.invalid),
        "refused" => say!(language, problem.title.refused),
        "key-reused" => say!(language, problem.title.key_reused),
        "too-many" => say!(language, problem.title.too_many),
        "busy" => say!(language, problem.title.busy),
        "internal" => say!(language, problem.title.internal),
        _ => return None,
    })
}

/// What happened, and what to do about it.
#[must_use]
pub fn detail(failure: &Failure, language: Language) -> String {
    match failure {
        Failure::Unsearched { refusal, retry_after_seconds } => {
            let gone = gone(language, refusal);
            let again = match retry_after_seconds {
                1 => say!(language, problem.detail.unsearched_one).to_owned(),
                seconds => say!(language, problem.detail.unsearched, seconds = *seconds).to_string(),
            };
            return [gone, again].join(say!(language, problem.gap));
        }
        Failure::Conflict { refusal, alternatives, split, left_out } => {
            let mut words = vec![gone(language, refusal)];
            words.extend(ways(language, alternatives.len(), split.is_some(), left_out.may_free));
            return words.join(say!(language, problem.gap));
        }
        Failure::InTheWay { hits } if hits.len() != 1 => {
            return say!(language, problem.detail.in_the_way, count = hits.len()).to_string();
        }
        Failure::Invalid { faults } => {
            let faults: Vec<String> = faults.iter().map(|fault| field_detail(language, fault)).collect();
            return faults.join(say!(language, problem.gap));
        }
        Failure::Refused { refusal } => return why(language, refusal),
        Failure::TooMany { retry_after_seconds } if *retry_after_seconds != 1 => {
            return say!(language, problem.detail.too_many, seconds = *retry_after_seconds).to_string();
        }
        Failure::Unreadable { .. } => say!(language, problem.detail.unreadable),
        Failure::Unauthenticated => say!(language, problem.detail.unauthenticated),
        Failure::WrongCredentials => say!(language, problem.detail.wrong_credentials),
        Failure::Forbidden => say!(language, problem.detail.forbidden),
        Failure::Unverified => say!(language, problem.detail.unverified),
        Failure::ForeignOrigin => say!(language, problem.detail.foreign_origin),
        Failure::NotFound => say!(language, problem.detail.not_found),
        Failure::WrongMethod => say!(language, problem.detail.wrong_method),
        Failure::TooLarge => say!(language, problem.detail.too_large),
        Failure::WrongMedia => say!(language, problem.detail.wrong_media),
        Failure::KeyReused => say!(language, problem.detail.key_reused),
        Failure::Busy => say!(language, problem.detail.busy),
        Failure::InTheWay { .. } => say!(language, problem.detail.in_the_way_one),
        Failure::TooMany { .. } => say!(language, problem.detail.too_many_one),
        Failure::Internal { .. } => say!(language, problem.detail.internal),
    }
    .to_owned()
}

/// Why what was chosen can't be had.
fn gone(language: Language, refusal: &RefusalView) -> String {
    let why = why(language, refusal);
    // Whoever asks for what needn't be waited or made room for has chosen nothing that somebody took.
    if refusal.reason == ROOM_FOUND {
        why
    } else {
        say!(language, problem.detail.gone, why = why).to_string()
    }
}

/// Every sort of way out, a sentence each; that there is none, where there is none.
fn ways(language: Language, alternatives: usize, is_split: bool, may_free: bool) -> Vec<String> {
    let mut ways = Vec::new();
    match alternatives {
        0 => {}
        1 => ways.push(say!(language, problem.detail.alternatives_one).to_owned()),
        count => ways.push(say!(language, problem.detail.alternatives, count = count).to_string()),
    }
    if is_split {
        ways.push(say!(language, problem.detail.split).to_owned());
    }
    if may_free {
        ways.push(say!(language, problem.detail.may_free).to_owned());
    }
    if ways.is_empty() {
        ways.push(say!(language, problem.detail.nothing).to_owned());
    }
    ways
}

/// A refusal as the pages word it, as a sentence.
fn why(language: Language, refusal: &RefusalView) -> String {
    let stop = say!(language, problem.stop);
    let words = app::words::refusal(language, refusal);
    if words.ends_with(stop) { words } else { words + stop }
}

/// That `field` is of another form than that of `example`, with what was `sent` where that may be told.
fn malformed(language: Language, field: &str, (sent, example): (Option<&str>, &str)) -> String {
    let expected = expected(language, example);
    let expected = expected.as_str();
    match sent {
        Some(sent) => {
            say!(language, problem.field.malformed_sent, field = field, sent = sent, example = expected)
                .to_string()
        }
        None => say!(language, problem.field.malformed, field = field, example = expected).to_string(),
    }
}

/// What `example` is one of, where it alone would leave that open.
fn expected(language: Language, example: &str) -> String {
    match example {
        field::EXAMPLE_INSTANT => say!(language, problem.field.an_instant, example = example).to_string(),
        field::EXAMPLE_DAY => say!(language, problem.field.a_day, example = example).to_string(),
        _ => example.to_owned(),
    }
}

fn field_detail(language: Language, FieldFault { field, problem, sent }: &FieldFault) -> String {
    let field = field.as_str();
    match problem {
        FieldProblem::Missing => say!(language, problem.field.missing, field = field).to_string(),
        FieldProblem::Malformed { example } => {
            malformed(language, field, (sent.as_deref(), example.as_str()))
        }
        FieldProblem::OutOfRange { min, max } if min == max => {
            say!(language, problem.field.exactly, field = field, one = min.as_str()).to_string()
        }
        FieldProblem::OutOfRange { min, max } => {
            let (min, max) = (min.as_str(), max.as_str());
            say!(language, problem.field.out_of_range, field = field, min = min, max = max).to_string()
        }
        FieldProblem::TooLong { max } => {
            say!(language, problem.field.too_long, field = field, max = *max).to_string()
        }
        FieldProblem::TooShort { min: 1 } => {
            say!(language, problem.field.too_short_one, field = field).to_string()
        }
        FieldProblem::TooShort { min } => {
            say!(language, problem.field.too_short, field = field, min = *min).to_string()
        }
        FieldProblem::Several { names } => {
            let names: Vec<String> = names.iter().map(|name| text(language, name)).collect();
            let names = names.join(say!(language, campaign.and));
            say!(language, problem.field.several, field = field, names = names).to_string()
        }
        FieldProblem::Unverified { name } => {
            let name = text(language, name);
            say!(language, problem.field.unverified, field = field, name = name).to_string()
        }
        FieldProblem::Unknown { value } => {
            say!(language, problem.field.unknown, field = field, value = value.as_str()).to_string()
        }
        FieldProblem::Invisible => say!(language, problem.field.invisible, field = field).to_string(),
        FieldProblem::Taken => say!(language, problem.field.taken, field = field).to_string(),
        FieldProblem::TooNarrow { minutes } => {
            say!(language, problem.field.too_narrow, field = field, minutes = *minutes).to_string()
        }
        FieldProblem::Frozen { days: 1 } => {
            say!(language, problem.field.frozen_one, field = field).to_string()
        }
        FieldProblem::Frozen { days } => {
            say!(language, problem.field.frozen, field = field, days = *days).to_string()
        }
        FieldProblem::TooLate { latest } => {
            say!(language, problem.field.too_late, field = field, latest = latest.as_str()).to_string()
        }
        FieldProblem::DayPast => say!(language, problem.field.day_past, field = field).to_string(),
        FieldProblem::PinsWindow { latest } => {
            say!(language, problem.field.pins_window, field = field, latest = latest.as_str()).to_string()
        }
        FieldProblem::TooEarly { earliest } => {
            let earliest = app::words::moment(language, *earliest);
            say!(language, problem.field.too_early, field = field, earliest = earliest).to_string()
        }
        FieldProblem::Reversed { start } => {
            say!(language, problem.field.reversed, field = field, start = start.as_str()).to_string()
        }
        FieldProblem::LastAdministrator => {
            say!(language, problem.field.last_administrator, field = field).to_string()
        }
        FieldProblem::Refused { refusals } => {
            let why = all_refused(language, refusals);
            say!(language, problem.field.refused, field = field, why = why).to_string()
        }
    }
}

#[cfg(test)]
mod tests {
    use app::{contract::Failure, language::Language};

    use super::{PROBLEMS, detail, name, title, title_of, ways};

    #[test]
    fn every_way_out_is_told_and_what_there_is_none_of_is_not_counted() {
        let told =
            |alternatives, is_split, may_free| ways(Language::en, alternatives, is_split, may_free).join(" ");
        assert_eq!(told(1, false, false), "There is 1 alternative.");
        assert_eq!(told(3, true, false), "There are 3 alternatives. All batches fit as two runs.");
        let waits = "You can wait for a place to become free, or ask others to make room.";
        assert_eq!(told(0, true, true), format!("All batches fit as two runs. {waits}"));
        assert_eq!(told(0, false, false), "Nothing else fits in the window now.");
    }

    #[test]
    fn a_parsers_words_are_in_no_sentence() {
        let failure = Failure::Unreadable { cause: "EOF while parsing an object at line 1 column 1".into() };
        for language in [Language::zh_CN, Language::en] {
            assert!(!detail(&failure, language).contains("EOF"));
        }
    }

    #[test]
    fn every_failure_has_a_title_in_both_languages() {
        for failure in [
            Failure::Unreadable { cause: String::new() },
            Failure::Unauthenticated,
            Failure::WrongCredentials,
            Failure::Forbidden,
            Failure::Unverified,
            Failure::ForeignOrigin,
            Failure::NotFound,
            Failure::WrongMethod,
            Failure::InTheWay { hits: Vec::new() },
            Failure::TooLarge,
            Failure::WrongMedia,
            Failure::KeyReused,
            Failure::TooMany { retry_after_seconds: 1 },
            Failure::Busy,
            Failure::Internal { request: String::new() },
        ] {
            assert!(PROBLEMS.contains(&name(&failure)), "{failure:?}");
            assert_ne!(title(&failure, Language::zh_CN), title(&failure, Language::en));
        }
        for name in PROBLEMS {
            assert_ne!(title_of(name, Language::zh_CN), title_of(name, Language::en), "{name}");
        }
    }
}
