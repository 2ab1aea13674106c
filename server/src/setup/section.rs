//! A TOML table being read: typed getters that note every problem and go on, so that one run lists all of them.
//!
//! After a problem a getter answers a harmless stand-in; nothing that was read with a problem is ever used.

use std::{cell::RefCell, collections::BTreeSet};

use domain::{Minutes, Text, calendar::DAY};
use time::{Date, Month};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    notation,
    problem::{Example, Fault, Kind, Problem},
    source::Source,
};

/// A value and the line it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct At<T> {
    pub value: T,
    pub line: u32,
}

/// Collects the problems of one file.
#[derive(Debug)]
pub(super) struct Reader<'s> {
    pub source: &'s Source,
    problems: RefCell<Vec<Problem>>,
}

impl<'s> Reader<'s> {
    pub fn new(source: &'s Source) -> Self {
        Self { source, problems: RefCell::default() }
    }

    pub fn note(&self, line: u32, fault: Fault) {
        self.problems.borrow_mut().push(Problem { file: self.source.name.clone(), line, fault });
    }

    /// Every problem noted, by line.
    pub fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|problem| problem.line);
        problems
    }
}

/// One table; [`Section::finish`] reports the keys that nobody asked for.
#[derive(Debug)]
pub(super) struct Section<'r> {
    pub reader: &'r Reader<'r>,
    table: &'r DeTable<'r>,
    pub line: u32,
    asked: RefCell<BTreeSet<&'static str>>,
}

impl<'r> Section<'r> {
    pub fn new(reader: &'r Reader<'r>, table: &'r DeTable<'r>, line: u32) -> Self {
        Self { reader, table, line, asked: RefCell::default() }
    }

    fn at(&self, spanned: &Spanned<DeValue<'_>>) -> u32 {
        self.reader.source.line_at(spanned.span().start)
    }

    pub fn note(&self, line: u32, fault: Fault) {
        self.reader.note(line, fault);
    }

    /// Whether the key is there.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    fn value(&self, key: &'static str) -> Option<&'r Spanned<DeValue<'r>>> {
        self.asked.borrow_mut().insert(key);
        self.table.get(key)
    }

    fn need(&self, key: &'static str) -> Option<&'r Spanned<DeValue<'r>>> {
        let value = self.value(key);
        if value.is_none() {
            self.note(self.line, Fault::Missing { key });
        }
        value
    }

    fn wrong_type(&self, line: u32, key: &str, wanted: Kind) {
        self.note(line, Fault::WrongType { key: key.to_owned(), wanted });
    }

    fn string(&self, key: &str, value: &'r Spanned<DeValue<'r>>) -> Option<At<String>> {
        let line = self.at(value);
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(line, key, Kind::Text);
            return None;
        };
        if text.chars().count() > 2000 || text.chars().any(|c| c.is_control() && c != '\n') {
            self.note(
                line,
                Fault::Malformed {
                    key: key.to_owned(),
                    value: text.chars().take(40).collect(),
                    example: Example::Plain,
                },
            );
            return None;
        }
        Some(At { value: text.to_owned(), line })
    }

    /// Text that must be there and not blank.
    pub fn text(&self, key: &'static str) -> At<String> {
        let text = self.need(key).and_then(|value| self.string(key, value));
        if let Some(text) = &text
            && text.value.trim().is_empty()
        {
            self.note(text.line, Fault::Empty { key });
        }
        text.unwrap_or(At { value: String::new(), line: self.line })
    }

    /// Text that may be absent.
    pub fn maybe_text(&self, key: &'static str) -> Option<At<String>> {
        self.value(key).and_then(|value| self.string(key, value))
    }

    /// The keys `zh` and `en`.
    pub fn name(&self) -> Text {
        Text { zh: self.text("zh").value, en: self.text("en").value }
    }

    /// A list of texts; absent is empty.
    pub fn texts(&self, key: &'static str) -> Vec<At<String>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong_type(self.at(value), key, Kind::Texts);
            return Vec::new();
        };
        array.iter().filter_map(|item| self.string(key, item)).collect()
    }

    /// A text with a notation of its own; `None` if absent or unreadable.
    pub fn maybe_written<T>(
        &self,
        key: &'static str,
        parse: impl Fn(&str) -> Option<T>,
        example: Example,
    ) -> Option<At<T>> {
        let text = self.maybe_text(key)?;
        match parse(&text.value) {
            Some(value) => Some(At { value, line: text.line }),
            None if text.value.trim().is_empty() => {
                self.note(text.line, Fault::Missing { key });
                None
            }
            None => {
                self.note(text.line, Fault::Malformed { key: key.to_owned(), value: text.value, example });
                None
            }
        }
    }

    /// The same, when it must be there.
    pub fn written<T>(
        &self,
        key: &'static str,
        parse: impl Fn(&str) -> Option<T>,
        example: Example,
    ) -> Option<At<T>> {
        if !self.has(key) {
            self.need(key);
            return None;
        }
        self.maybe_written(key, parse, example)
    }

    /// A duration of at most 800 days; `None` if absent.
    pub fn maybe_duration(&self, key: &'static str) -> Option<Minutes> {
        let most = 800 * DAY;
        let duration = self.maybe_written(key, notation::duration, Example::Duration)?;
        if duration.value > most {
            self.out_of_range(
                duration.line,
                key,
                notation::write_duration(duration.value),
                "0",
                notation::write_duration(most),
            );
        }
        Some(duration.value.min(most))
    }

    /// A duration that must be there.
    pub fn duration(&self, key: &'static str) -> Minutes {
        if !self.has(key) {
            self.need(key);
        }
        self.maybe_duration(key).unwrap_or(0)
    }

    pub fn out_of_range(
        &self,
        line: u32,
        key: &str,
        value: impl ToString,
        min: impl ToString,
        max: impl ToString,
    ) {
        self.note(
            line,
            Fault::OutOfRange {
                key: key.to_owned(),
                value: value.to_string(),
                min: min.to_string(),
                max: max.to_string(),
            },
        );
    }

    /// A whole number in `min..=max`; `None` if absent.
    pub fn maybe_integer(&self, key: &'static str, min: i64, max: i64) -> Option<At<i64>> {
        let value = self.value(key)?;
        let line = self.at(value);
        // Where nothing is written, none is missed rather than misread.
        if value.get_ref().as_str().is_some_and(|text| text.trim().is_empty()) {
            self.note(line, Fault::Missing { key });
            return None;
        }
        let DeValue::Integer(integer) = value.get_ref() else {
            self.wrong_type(line, key, Kind::Whole);
            return None;
        };
        let number =
            i64::from_str_radix(integer.as_str(), integer.radix()).ok().filter(|n| (min..=max).contains(n));
        if number.is_none() {
            self.out_of_range(line, key, integer, min, max);
        }
        number.map(|value| At { value, line })
    }

    /// A whole number that must be there.
    pub fn integer(&self, key: &'static str, min: i64, max: i64) -> i64 {
        self.known_integer(key, min, max).unwrap_or(min)
    }

    /// The same; `None` if it isn't one, which is noted.
    pub fn known_integer(&self, key: &'static str, min: i64, max: i64) -> Option<i64> {
        if !self.has(key) {
            self.need(key);
        }
        self.maybe_integer(key, min, max).map(|number| number.value)
    }

    /// `true` or `false`.
    pub fn flag(&self, key: &'static str, default: bool) -> bool {
        let Some(value) = self.value(key) else { return default };
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong_type(self.at(value), key, Kind::Truth);
            default
        })
    }

    /// A date from 2000 to 2099, written without quotes; `None` if absent.
    pub fn maybe_date(&self, key: &'static str) -> Option<At<Date>> {
        let value = self.value(key)?;
        let line = self.at(value);
        let date = match value.get_ref() {
            DeValue::Datetime(moment) if moment.time.is_none() => moment.date,
            _ => None,
        };
        let Some(date) = date else {
            self.wrong_type(line, key, Kind::Date);
            return None;
        };
        let parsed = Month::try_from(date.month)
            .ok()
            .and_then(|month| Date::from_calendar_date(i32::from(date.year), month, date.day).ok())
            .filter(|date| (2000..2100).contains(&date.year()));
        if parsed.is_none() {
            self.out_of_range(line, key, date, "2000-01-01", "2099-12-31");
        }
        parsed.map(|value| At { value, line })
    }

    /// A date that must be there.
    pub fn date(&self, key: &'static str) -> Option<At<Date>> {
        if !self.has(key) {
            self.need(key);
        }
        self.maybe_date(key)
    }

    /// A table within this one; `None` if absent.
    pub fn maybe_section(&self, key: &'static str) -> Option<Section<'r>> {
        let value = self.value(key)?;
        let line = self.at(value);
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(line, key, Kind::Table);
            return None;
        };
        Some(Section::new(self.reader, table, line))
    }

    /// A list of tables; absent is empty.
    pub fn sections(&self, key: &'static str) -> Vec<Section<'r>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong_type(self.at(value), key, Kind::Tables);
            return Vec::new();
        };
        array
            .iter()
            .filter_map(|item| {
                let line = self.at(item);
                let table = item.get_ref().as_table();
                if table.is_none() {
                    self.wrong_type(line, key, Kind::Tables);
                }
                table.map(|table| Section::new(self.reader, table, line))
            })
            .collect()
    }

    /// Notes every key that nobody asked for.
    pub fn finish(self) {
        let asked = self.asked.into_inner();
        for key in self.table.keys() {
            if !asked.contains(key.get_ref().as_ref()) {
                let line = self.reader.source.line_at(key.span().start);
                let fault = Fault::UnknownKey {
                    key: key.get_ref().to_string(),
                    known: asked.iter().copied().collect(),
                };
                self.reader.note(line, fault);
            }
        }
    }
}
