//! `[[holidays]]`: the holiday table, a year at a time.

use std::collections::BTreeMap;

use domain::{
    Text,
    calendar::{DayKind, Holiday},
};
use time::Date;

use super::super::{
    problem::Fault,
    section::{At, Section},
    what::What,
};

pub(super) fn read(root: &Section<'_>, years: &mut BTreeMap<i32, BTreeMap<Date, Holiday>>) {
    for section in root.sections("holidays") {
        let year = section.integer("year", 2000, 2099);
        let official = section.flag("official", false);
        let mut days = BTreeMap::new();
        for (key, kind) in [("off", DayKind::Off), ("work", DayKind::Work)] {
            for entry in section.sections(key) {
                entries(entry, year, kind, official, &mut days);
            }
        }
        let year = i32::try_from(year).unwrap_or(0);
        if years.insert(year, days).is_some() {
            section
                .note(section.line, Fault::Duplicate { what: What::Year, code: year.to_string(), first: 0 });
        }
        section.finish();
    }
}

fn entries(entry: Section<'_>, year: i64, kind: DayKind, official: bool, days: &mut BTreeMap<Date, Holiday>) {
    let name: Text = entry.name();
    let from = entry.date("from");
    let to = entry.maybe_date("to").or_else(|| from.clone());
    if let (Some(from), Some(to)) = (from, to) {
        put(&entry, year, (from, to), &Holiday { kind, name, official }, days);
    }
    entry.finish();
}

fn put(
    entry: &Section<'_>,
    year: i64,
    (from, to): (At<Date>, At<Date>),
    holiday: &Holiday,
    days: &mut BTreeMap<Date, Holiday>,
) {
    for date in [&from, &to] {
        if i64::from(date.value.year()) != year {
            entry.out_of_range(
                date.line,
                "from, to",
                date.value,
                format!("{year}-01-01"),
                format!("{year}-12-31"),
            );
            return;
        }
    }
    if to.value < from.value || (to.value - from.value).whole_days() > 31 {
        entry.out_of_range(to.line, "to", to.value, from.value, "31 d");
        return;
    }
    let mut date = from.value;
    while date <= to.value {
        if days.insert(date, holiday.clone()).is_some() {
            entry.note(from.line, Fault::Duplicate { what: What::Date, code: date.to_string(), first: 0 });
        }
        let Some(next) = date.next_day() else { return };
        date = next;
    }
}
