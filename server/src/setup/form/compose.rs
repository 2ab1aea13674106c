//! From the values of a form to its part's text, a value a line, and back from lines to fields.

use std::collections::{BTreeMap, BTreeSet};

use app::contract::setup_form::{FormField, Layout, Sort, Values, layout, row_numbers, under};
use time::{Date, macros::format_description};

use super::super::{problem::Fault, write::quoted};

/// A part's text with the fields that its lines come from.
#[derive(Clone, Debug, Default)]
pub struct Written {
    pub text: String,
    lines: u32,
    fields: BTreeMap<u32, String>,
    /// What each table of the text is called in the form.
    heads: BTreeMap<u32, String>,
}

impl Written {
    /// How many lines the text has.
    #[must_use]
    pub const fn lines(&self) -> u32 {
        self.lines
    }

    /// The path of the field that a fault in this line of the text is about.
    #[must_use]
    pub fn field(&self, line: u32, fault: &Fault) -> Option<String> {
        if matches!(fault, Fault::MatrixExchanged { .. }) {
            return Some("matrix".to_owned());
        }
        if let Some(path) = self.fields.get(&line) {
            // It is noted at the pool, and mended at the amount.
            let asked = path.strip_suffix(".pool").filter(|_| matches!(fault, Fault::PoolTooSmall { .. }));
            return Some(asked.map_or_else(|| path.clone(), |row| under(row, "amount")));
        }
        let head = self.heads.get(&line)?;
        match key(fault) {
            Some(key) => Some(under(head, key)),
            None => (!head.is_empty()).then(|| head.clone()),
        }
    }

    fn line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
        self.lines += 1;
    }

    fn head(&mut self, text: &str, path: &str) {
        self.line(text);
        self.heads.insert(self.lines, path.to_owned());
    }

    fn put(&mut self, path: &str, text: &str) {
        self.line(text);
        self.fields.insert(self.lines, path.to_owned());
    }
}

/// The key that a fault of a whole table is about.
fn key(fault: &Fault) -> Option<&str> {
    Some(match fault {
        Fault::Missing { key } | Fault::Empty { key } => key,
        Fault::OutOfRange { key, .. } | Fault::Malformed { key, .. } | Fault::WrongType { key, .. } => key,
        Fault::DedicatedNotAdmitted { .. } => "admits",
        Fault::NeedsDedicated { .. } => "dedicated_to",
        Fault::ApprovalPointless { .. } => "approvals",
        Fault::LadderOrder => "ladder",
        Fault::NoCatchAll => "rule",
        Fault::NeverOpen { .. } => "monday",
        _ => return None,
    })
}

/// The text of a part of this sort. Rows in which nothing was filled in are left out; what is left open isn't written,
/// so that reading it says whether it is needed.
#[must_use]
pub fn compose(sort: &str, values: &Values) -> Written {
    let mut written = Written::default();
    let Some(layout) = layout(sort) else { return written };
    let head = match sort {
        "platform" | "policy" => format!("[{sort}]"),
        _ => format!("[[{sort}]]"),
    };
    written.head(&head, "");
    table(&mut written, layout, values, sort, "");
    if sort == "matrix" {
        pairs(&mut written, values);
    }
    written
}

/// A table's fields, then the tables in it.
fn table(written: &mut Written, layout: &Layout, values: &Values, name: &str, path: &str) {
    for field in layout.fields {
        let path = under(path, field.key);
        // A policy has all of its figures: one that was emptied is missing, and not what it would be by default.
        let needed = name == "policy" && matches!(field.sort, Sort::Number | Sort::Span);
        if needed && values.get(&path).is_none_or(|text| text.trim().is_empty()) {
            written.put(&path, &format!("{} = \"\"", field.key));
        } else {
            value(written, field, values, &path);
        }
    }
    let filled = |path: &str| -> Vec<String> {
        let rows = row_numbers(values, path).into_iter().map(|number| under(path, &number.to_string()));
        rows.filter(|row| !is_blank(values, row)).collect()
    };
    for group in layout.groups.iter().filter(|group| group.rows) {
        let path = under(path, group.key);
        if filled(&path).is_empty() {
            written.put(&path, &format!("{} = []", group.key));
        }
    }
    for group in layout.groups {
        let (name, path) = (format!("{name}.{}", group.key), under(path, group.key));
        if group.rows {
            for row in filled(&path) {
                written.head(&format!("[[{name}]]"), &row);
                table(written, &group.layout, values, &name, &row);
            }
        } else if !is_blank(values, &path) {
            written.head(&format!("[{name}]"), &path);
            table(written, &group.layout, values, &name, &path);
        }
    }
}

/// Whether nothing was filled in below `path`: what a list offers first counts for nothing.
fn is_blank(values: &Values, path: &str) -> bool {
    let start = format!("{path}.");
    let below = values.range(start.clone()..).take_while(|(name, _)| name.starts_with(&start));
    below
        .filter(|(name, _)| !name.ends_with(".unit") && !name.ends_with(".running"))
        .all(|(_, value)| value.trim().is_empty())
}

fn value(written: &mut Written, field: &FormField, values: &Values, path: &str) {
    let key = field.key;
    let given = |path: &str| values.get(path).map(|text| text.trim()).filter(|text| !text.is_empty());
    let text = match field.sort {
        Sort::Tick(_) => Some(values.contains_key(path).to_string()),
        Sort::Any(_) => {
            let start = format!("{path}.");
            let ticked = values.range(start.clone()..).take_while(|(name, _)| name.starts_with(&start));
            let mut ticked: Vec<(&str, &str)> =
                ticked.map(|(name, rank)| (rank.as_str(), &name[start.len()..])).collect();
            ticked.sort_unstable();
            let codes: Vec<String> = ticked.into_iter().map(|(_, code)| quoted(code)).collect();
            (!codes.is_empty()).then(|| format!("[{}]", codes.join(", ")))
        }
        Sort::Number => given(path).map(|text| {
            // What is no number is told to be none.
            text.parse::<i64>().map_or_else(|_| quoted(text), |number| number.to_string())
        }),
        Sort::Day => given(path).map(|text| {
            let day = Date::parse(text, format_description!("[year]-[month]-[day]"));
            day.map_or_else(|_| quoted(text), |day| day.to_string())
        }),
        Sort::Batch => {
            let [min, max, unit] = ["min", "max", "unit"].map(|part| given(&under(path, part)));
            let range = match (min, max) {
                (Some(min), Some(max)) if min != max => Some(format!("{min}-{max}")),
                (Some(one), _) | (None, Some(one)) => Some(one.to_owned()),
                (None, None) => None,
            };
            range.map(|range| quoted(&format!("{range} {}", unit.unwrap_or_default())))
        }
        Sort::Lag => match ["min", "max"].map(|part| given(&under(path, part))) {
            [None, None] => None,
            [None, Some("0")] => Some(quoted("0")),
            [None, Some(most)] => Some(quoted(&format!("≤ {most}"))),
            [Some(least), None] => Some(quoted(&format!("≥ {least}"))),
            [Some(least), Some(most)] => Some(quoted(&format!("{least} - {most}"))),
        },
        Sort::Shifts => return shifts(written, key, values, path),
        Sort::Text | Sort::Money | Sort::Span | Sort::One(_) => given(path).map(quoted),
    };
    if let Some(text) = text {
        written.put(path, &format!("{key} = {text}"));
    }
}

/// A day's shifts, each in a line of its own.
fn shifts(written: &mut Written, key: &str, values: &Values, path: &str) {
    written.put(path, &format!("{key} = ["));
    for number in row_numbers(values, path) {
        let slot = under(path, &number.to_string());
        let [from, to] =
            ["from", "to"].map(|end| values.get(&under(&slot, end)).map_or("", |text| text.trim()));
        if !from.is_empty() || !to.is_empty() {
            written.put(&slot, &format!("{},", quoted(&format!("{from}-{to}"))));
        }
    }
    written.put(path, "]");
}

/// Every pair of classes, those left open forbidden: nothing is forbidden by forgetting it, since the form shows it.
fn pairs(written: &mut Written, values: &Values) {
    let codes: Vec<&str> = row_numbers(values, "class")
        .into_iter()
        .filter_map(|number| values.get(&format!("class.{number}.code")))
        .map(|code| code.trim())
        .filter(|code| !code.is_empty())
        .collect();
    let mut seen = BTreeSet::new();
    for left in &codes {
        for needed in &codes {
            if !seen.insert((left, needed)) {
                continue;
            }
            let path = format!("cells.{left}.{needed}");
            written.head("[[matrix.pair]]", &path);
            written.put(&path, &format!("left = {}", quoted(left)));
            written.put(&path, &format!("needed = {}", quoted(needed)));
            for key in ["same", "other"] {
                let path = under(&path, key);
                let [crew, wait] =
                    ["crew", "wait"].map(|part| values.get(&under(&path, part)).map_or("", |t| t.trim()));
                let cell = match (crew, wait) {
                    ("", "") => "-".to_owned(),
                    (crew, "") => crew.to_owned(),
                    // A wait without crew time is no changeover: it is refused there, rather than taken for one.
                    ("", wait) => format!("+ {wait}"),
                    (crew, wait) => format!("{crew} + {wait}"),
                };
                written.put(&path, &format!("{key} = {}", quoted(&cell)));
            }
        }
    }
}
