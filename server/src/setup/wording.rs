//! The words for each fault: what is wrong, and what to do. They are in `app/locales`, under `import`.

use app::{
    contract::setup_form::is_chosen,
    language::Language,
    words::{hazard as hazard_name, say, spans, whole_weekday},
};

use super::{
    notation,
    problem::{Example, Fault, Kind},
    what::What,
};

/// Several words as a list.
fn list<T: AsRef<str>>(language: Language, words: &[T]) -> String {
    words.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(say!(language, campaign.and))
}

/// What is wrong, and what to do about it.
pub(super) fn words(language: Language, fault: &Fault) -> String {
    let (wrong, advice) = (wrong(language, fault), advice(language, fault));
    say!(language, import.told, wrong = wrong, advice = advice).to_string()
}

/// The name of a sort of thing, for sentences.
pub(super) fn name(language: Language, what: What) -> &'static str {
    match what {
        What::Platform => say!(language, import.what.platform),
        What::Calendar => say!(language, import.what.calendar),
        What::Matrix => say!(language, import.what.matrix),
        What::Class => say!(language, import.what.class),
        What::Pool => say!(language, import.what.pool),
        What::Line => say!(language, import.what.line),
        What::Route => say!(language, import.what.route),
        What::Step => say!(language, import.what.step),
        What::Offering => say!(language, import.what.offering),
        What::Hazard => say!(language, import.what.hazard),
        What::Policy => say!(language, import.what.policy),
        What::Year => say!(language, import.what.year),
        What::Date => say!(language, import.what.date),
    }
}

fn kind(language: Language, kind: Kind) -> &'static str {
    match kind {
        Kind::Text => say!(language, import.kind.text),
        Kind::Texts => say!(language, import.kind.texts),
        Kind::Whole => say!(language, import.kind.whole),
        Kind::Truth => say!(language, import.kind.truth),
        Kind::Date => say!(language, import.kind.date),
        Kind::Table => say!(language, import.kind.table),
        Kind::Tables => say!(language, import.kind.tables),
    }
}

fn wrong(language: Language, fault: &Fault) -> String {
    match fault {
        Fault::Syntax { message } => {
            say!(language, import.wrong.syntax, message = message.as_str()).to_string()
        }
        Fault::Unreadable { message } => {
            say!(language, import.wrong.unreadable, message = message.as_str()).to_string()
        }
        Fault::UnknownKey { key, .. } => {
            say!(language, import.wrong.unknown_key, key = key.as_str()).to_string()
        }
        Fault::Missing { key } => say!(language, import.wrong.missing, key = *key).to_string(),
        Fault::Empty { key } => say!(language, import.wrong.empty, key = *key).to_string(),
        Fault::WrongType { key, .. } => say!(language, import.wrong.kind, key = key.as_str()).to_string(),
        Fault::Malformed { key, value, .. } => {
            say!(language, import.wrong.malformed, key = key.as_str(), value = value.as_str()).to_string()
        }
        Fault::OutOfRange { key, value, .. } => {
            say!(language, import.wrong.out_of_range, key = key.as_str(), value = value.as_str()).to_string()
        }
        Fault::TooMany { what, .. } => {
            say!(language, import.wrong.too_many, what = name(language, *what)).to_string()
        }
        Fault::Duplicate { what, code, first: 0 } => {
            say!(language, import.wrong.duplicate, what = name(language, *what), code = code.as_str())
                .to_string()
        }
        Fault::Duplicate { what, code, first } => say!(
            language,
            import.wrong.duplicate_of,
            what = name(language, *what),
            code = code.as_str(),
            line = *first
        )
        .to_string(),
        Fault::Unknown { what, code, .. } => {
            say!(language, import.wrong.unknown, what = name(language, *what), code = code.as_str())
                .to_string()
        }
        Fault::ShiftsOverlap { day, first, second } => say!(
            language,
            import.wrong.shifts_overlap,
            day = whole_weekday(language, *day),
            first = first.as_str(),
            second = second.as_str()
        )
        .to_string(),
        Fault::NeverOpen { calendar } => {
            say!(language, import.wrong.never_open, calendar = calendar.as_str()).to_string()
        }
        Fault::GridShape { found, .. } => {
            say!(language, import.wrong.grid_shape, found = found.as_str()).to_string()
        }
        Fault::CellMissing { leaves, needs } => {
            say!(language, import.wrong.cell_missing, leaves = leaves.as_str(), needs = needs.as_str())
                .to_string()
        }
        Fault::CellTwice { leaves, needs } => {
            say!(language, import.wrong.cell_twice, leaves = leaves.as_str(), needs = needs.as_str())
                .to_string()
        }
        Fault::RulesNeverReached => say!(language, import.wrong.rules_never_reached).to_owned(),
        Fault::NoCatchAll => say!(language, import.wrong.no_catch_all).to_owned(),
        Fault::NotCapable { line, offering } => {
            say!(language, import.wrong.not_capable, line = line.as_str(), offering = offering.as_str())
                .to_string()
        }
        Fault::NoCommonBatch { offering } => {
            say!(language, import.wrong.no_common_batch, offering = offering.as_str()).to_string()
        }
        Fault::BatchReversed { text } => {
            say!(language, import.wrong.batch_reversed, batch = text.as_str()).to_string()
        }
        Fault::LagReversed { text } => {
            say!(language, import.wrong.lag_reversed, lag = text.as_str()).to_string()
        }
        Fault::PoolTooSmall { pool, amount, capacity } => say!(
            language,
            import.wrong.pool_too_small,
            pool = pool.as_str(),
            amount = *amount,
            capacity = *capacity
        )
        .to_string(),
        Fault::DedicatedNotAdmitted { hazard } => {
            say!(language, import.wrong.dedicated_not_admitted, hazard = hazard.as_str()).to_string()
        }
        Fault::NeedsDedicated { hazard } => {
            say!(language, import.wrong.needs_dedicated, hazard = hazard.as_str()).to_string()
        }
        Fault::ApprovalPointless { hazard } => {
            say!(language, import.wrong.approval_pointless, hazard = hazard.as_str()).to_string()
        }
        Fault::LadderOrder => say!(language, import.wrong.ladder_order).to_owned(),
        Fault::NothingToDo => say!(language, import.wrong.nothing_to_do).to_owned(),
        Fault::ClassRemoved { class } => {
            say!(language, import.wrong.class_removed, class = class.as_str()).to_string()
        }
        Fault::MatrixExchanged { line } => {
            say!(language, import.wrong.matrix_exchanged, line = line.as_str()).to_string()
        }
    }
}

fn advice(language: Language, fault: &Fault) -> String {
    match fault {
        Fault::Syntax { .. } => say!(language, import.advice.syntax).to_owned(),
        Fault::Unreadable { .. } => say!(language, import.advice.unreadable).to_owned(),
        Fault::UnknownKey { known, .. } => {
            say!(language, import.advice.unknown_key, known = list(language, known)).to_string()
        }
        Fault::Missing { .. } => say!(language, import.advice.missing).to_owned(),
        Fault::Empty { .. } => say!(language, import.advice.empty).to_owned(),
        Fault::WrongType { wanted, .. } => {
            say!(language, import.advice.kind, wanted = kind(language, *wanted)).to_string()
        }
        Fault::Malformed { example, .. } => in_file(language, *example),
        Fault::OutOfRange { min, max, .. } => {
            say!(language, import.advice.out_of_range, min = min.as_str(), max = max.as_str()).to_string()
        }
        Fault::TooMany { max, .. } => say!(language, import.advice.too_many, max = *max).to_string(),
        Fault::Duplicate { .. } => say!(language, import.advice.duplicate).to_owned(),
        Fault::Unknown { known, .. } => {
            say!(language, import.advice.unknown, known = list(language, known)).to_string()
        }
        Fault::ShiftsOverlap { .. } => say!(language, import.advice.shifts_overlap).to_owned(),
        Fault::NeverOpen { .. } => say!(language, import.advice.never_open).to_owned(),
        Fault::GridShape { wanted, .. } => {
            say!(language, import.advice.grid_shape, wanted = wanted.as_str()).to_string()
        }
        Fault::CellMissing { .. } => say!(language, import.advice.cell_missing).to_owned(),
        Fault::CellTwice { .. } => say!(language, import.advice.cell_twice).to_owned(),
        Fault::RulesNeverReached => say!(language, import.advice.rules_never_reached).to_owned(),
        Fault::NoCatchAll => say!(language, import.advice.no_catch_all).to_owned(),
        Fault::NotCapable { .. } => say!(language, import.advice.not_capable).to_owned(),
        Fault::NoCommonBatch { .. } => say!(language, import.advice.no_common_batch).to_owned(),
        Fault::BatchReversed { .. } | Fault::LagReversed { .. } => {
            say!(language, import.advice.reversed).to_owned()
        }
        Fault::PoolTooSmall { .. } => say!(language, import.advice.pool_too_small).to_owned(),
        Fault::DedicatedNotAdmitted { .. } => say!(language, import.advice.dedicated_not_admitted).to_owned(),
        Fault::NeedsDedicated { hazard } => {
            say!(language, import.advice.needs_dedicated, hazard = hazard.as_str()).to_string()
        }
        Fault::ApprovalPointless { .. } => say!(language, import.advice.approval_pointless).to_owned(),
        Fault::LadderOrder => say!(language, import.advice.ladder_order).to_owned(),
        Fault::NothingToDo => say!(language, import.advice.nothing_to_do).to_owned(),
        Fault::ClassRemoved { .. } => say!(language, import.advice.class_removed).to_owned(),
        Fault::MatrixExchanged { .. } => say!(language, import.advice.matrix_exchanged).to_owned(),
    }
}

/// What is wrong and what to do in the words of a form, which has labels and neither lines nor keys; `None`: as in a
/// file.
pub(super) fn at_field(language: Language, fault: &Fault) -> Option<String> {
    Some(match fault {
        Fault::Missing { key } | Fault::Empty { key } if is_chosen(key) => {
            say!(language, import.field.missing_choice).to_owned()
        }
        Fault::Missing { .. } | Fault::Empty { .. } => say!(language, import.field.missing).to_owned(),
        Fault::WrongType { wanted, .. } => {
            say!(language, import.field.kind, wanted = kind(language, *wanted)).to_string()
        }
        Fault::Malformed { value, example, .. } => in_form(language, *example, value),
        Fault::OutOfRange { value, min, max, .. } => say!(
            language,
            import.field.out_of_range,
            value = spans(language, value),
            min = spans(language, min),
            max = spans(language, max)
        )
        .to_string(),
        Fault::DedicatedNotAdmitted { .. } => say!(language, import.field.dedicated_not_admitted).to_owned(),
        Fault::NeedsDedicated { hazard } => {
            say!(language, import.field.needs_dedicated, hazard = hazard_name(language, hazard)).to_string()
        }
        Fault::NeverOpen { .. } => say!(language, import.field.never_open).to_owned(),
        Fault::ClassRemoved { class } => {
            say!(language, import.field.class_removed, class = class.as_str()).to_string()
        }
        Fault::NotCapable { line, offering } => {
            say!(language, import.field.not_capable, line = line.as_str(), offering = offering.as_str())
                .to_string()
        }
        Fault::Duplicate { what, code, .. } => {
            say!(language, import.field.duplicate, what = name(language, *what), code = code.as_str())
                .to_string()
        }
        Fault::Unknown { what, code, known } => say!(
            language,
            import.field.unknown,
            what = name(language, *what),
            code = code.as_str(),
            known = list(language, known)
        )
        .to_string(),
        Fault::BatchReversed { .. } | Fault::LagReversed { .. } => {
            say!(language, import.field.reversed).to_owned()
        }
        Fault::PoolTooSmall { pool, amount, capacity } => say!(
            language,
            import.field.pool_too_small,
            pool = pool.as_str(),
            amount = *amount,
            capacity = *capacity
        )
        .to_string(),
        Fault::ApprovalPointless { hazard } => {
            say!(language, import.field.approval_pointless, hazard = hazard_name(language, hazard))
                .to_string()
        }
        Fault::MatrixExchanged { line } => {
            say!(language, import.field.matrix_exchanged, line = line.as_str()).to_string()
        }
        _ => return None,
    })
}

/// How something is written in a file.
fn in_file(language: Language, example: Example) -> String {
    let like = |example: &str| say!(language, import.write.like, example = example).to_string();
    match example {
        Example::Notation(example) => like(example),
        Example::Changeover => say!(language, import.write.changeover).to_owned(),
        Example::Batch => like("\"5-50 kg\", \"1 lot\", \"20000-200000 pieces\""),
        Example::Lag => like("\"≤ 24h\", \"2h - 30d\", \"≥ 2h\", \"0\""),
        Example::Duration => like("\"2h\", \"1d 8h\", \"30min\""),
        Example::Grid => say!(language, import.write.grid).to_owned(),
        Example::Code => say!(language, import.write.code).to_owned(),
        Example::Plain => say!(language, import.write.plain).to_owned(),
    }
}

/// The same in a form, where `value` was put together of what several fields say if it has several.
fn in_form(language: Language, example: Example, value: &str) -> String {
    let wrong =
        |advice: &str| say!(language, import.field.unread, value = value, advice = advice).to_string();
    match example {
        Example::Notation(example) => {
            let example = example.replace('"', "");
            wrong(&say!(language, import.write.like, example = example).to_string())
        }
        Example::Changeover => say!(language, import.field.changeover).to_owned(),
        Example::Batch => say!(language, import.field.batch).to_owned(),
        Example::Lag => say!(language, import.field.lag).to_owned(),
        Example::Duration => wrong(say!(language, import.field.duration)),
        Example::Grid => {
            let advice = say!(language, import.field.grid);
            match notation::duration(value) {
                Some(5..) => say!(language, import.field.uneven, value = value, advice = advice).to_string(),
                Some(_) => say!(language, import.field.too_short, value = value, advice = advice).to_string(),
                None => wrong(advice),
            }
        }
        Example::Code => wrong(say!(language, import.field.code)),
        Example::Plain => in_file(language, example),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_at_a_field_is_all_in_its_language_and_names_no_notation_of_files() {
        let examples = [
            Example::Changeover,
            Example::Batch,
            Example::Lag,
            Example::Duration,
            Example::Grid,
            Example::Code,
            Example::Plain,
            Example::Notation("\"2h\", \"1d 8h\""),
        ];
        for example in examples {
            let (zh, en) = (in_form(Language::zh_CN, example, "?"), in_form(Language::en, example, "?"));
            // Units and codes are shorter than any English word that would tell something.
            let english = zh.split(|letter: char| !letter.is_ascii_alphabetic());
            let english: Vec<&str> = english.filter(|word| word.len() > 3 && *word != "press").collect();
            assert_eq!(english, [""; 0], "{zh}");
            assert!(!en.chars().any(|letter| letter > '\u{2fff}'), "{en}");
            assert!(!zh.contains(['"', '+']) && !en.contains(['"', '+']), "{zh} {en}");
        }
    }
}
