//! `[[calendar]]`: shift patterns.

use app::contract::setup_form::DAYS;
use domain::{Text, calendar::Pattern, calendar::Shift};

use super::{
    super::{
        codes::part_id,
        notation,
        problem::{Example, Fault},
        section::{At, Section},
        validate,
    },
    platform::Known,
};

pub(super) fn read(root: &Section<'_>, known: &mut Known<'_>) -> Vec<Pattern> {
    root.sections("calendar").into_iter().map(|section| one(section, known)).collect()
}

fn one(section: Section<'_>, known: &mut Known<'_>) -> Pattern {
    let code = known.calendars.declare(&section, "code");
    let name: Text = section.name();
    let every_day = shifts(&section, "every_day");
    let workdays = shifts(&section, "workdays");
    let mut week: [Vec<At<Shift>>; 7] = Default::default();
    for (day, key) in DAYS.into_iter().enumerate() {
        let own = shifts(&section, key);
        let general = if day < 5 { workdays.as_ref().or(every_day.as_ref()) } else { every_day.as_ref() };
        week[day] = own.or_else(|| general.cloned()).unwrap_or_default();
    }
    if week.iter().all(Vec::is_empty) {
        section.note(section.line, Fault::NeverOpen { calendar: code.clone() });
    }
    validate::shifts_disjoint(&section, &mut week);
    let observes_holidays = section.flag("observes_holidays", true);
    let like = section.maybe_written(
        "working_weekend_as",
        |text| DAYS.iter().position(|day| *day == text).and_then(|day| u8::try_from(day).ok()),
        Example::Notation("\"monday\""),
    );
    let pattern = Pattern {
        id: part_id(known.platform, "calendar", &code).into(),
        code,
        name,
        week: week.map(|day| day.into_iter().map(|shift| shift.value).collect()),
        observes_holidays,
        working_weekend_as: like.map_or(0, |day| day.value),
    };
    section.finish();
    pattern
}

/// The shifts under `key`; `None` if it is absent (an empty list is a closed day).
fn shifts(section: &Section<'_>, key: &'static str) -> Option<Vec<At<Shift>>> {
    if !section.has(key) {
        section.texts(key);
        return None;
    }
    let read = section.texts(key).into_iter().filter_map(|text| {
        let shift = notation::shift(&text.value);
        if shift.is_none() {
            let example = Example::Notation("\"08:00-16:00\", \"20:00-08:00\"");
            section.note(text.line, Fault::Malformed { key: key.to_owned(), value: text.value, example });
        }
        shift.map(|value| At { value, line: text.line })
    });
    Some(read.collect())
}
