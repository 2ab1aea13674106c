//! From a part's text to the values of its form.

use app::contract::setup_form::{FormField, Layout, Sort, Values, layout, under};
use domain::changeover::{Matrix, Relation};
use toml::{Table, Value};

use super::super::{notation, write_crew, write_duration};

/// The values of a part of this sort, from its text and, of a matrix, what is stored. Text that can't be read has none.
#[must_use]
pub fn fill(sort: &str, text: &str, matrix: Option<&Matrix>) -> Values {
    let mut values = Values::new();
    let root = text.parse::<Table>().unwrap_or_default();
    let part = match root.get(sort) {
        Some(Value::Array(parts)) => parts.first().and_then(Value::as_table),
        Some(Value::Table(part)) => Some(part),
        _ => None,
    };
    if let (Some(part), Some(layout)) = (part, layout(sort)) {
        fill_layout(layout, part, "", &mut values);
    }
    if let Some(matrix) = matrix {
        cells(matrix, &mut values);
    }
    values
}

/// The values of a new part of this sort: what its text would say by default.
#[must_use]
pub fn blank(sort: &str) -> Values {
    let mut values = Values::new();
    let Some(layout) = layout(sort) else { return values };
    fill_layout(layout, &Table::new(), "", &mut values);
    for group in layout.groups.iter().filter(|group| group.rows && group.key != "approvals") {
        let first = under(group.key, "0");
        fill_layout(&group.layout, &Table::new(), &first, &mut values);
        for list in group.layout.groups.iter().filter(|list| list.key != "uses") {
            fill_layout(&list.layout, &Table::new(), &under(&first, &under(list.key, "0")), &mut values);
        }
    }
    values
}

fn fill_layout(layout: &Layout, table: &Table, path: &str, values: &mut Values) {
    for field in layout.fields {
        fill_field(field, table.get(field.key), &under(path, field.key), values);
    }
    for group in layout.groups {
        let path = under(path, group.key);
        match table.get(group.key) {
            Some(Value::Array(rows)) => {
                for (number, row) in rows.iter().filter_map(Value::as_table).enumerate() {
                    fill_layout(&group.layout, row, &under(&path, &number.to_string()), values);
                }
            }
            Some(Value::Table(table)) => fill_layout(&group.layout, table, &path, values),
            _ => {}
        }
    }
}

fn fill_field(field: &FormField, value: Option<&Value>, path: &str, values: &mut Values) {
    let mut put = |path: String, value: String| drop(values.insert(path, value));
    let text = value.and_then(Value::as_str);
    match field.sort {
        Sort::Tick(otherwise) => {
            if value.and_then(Value::as_bool).unwrap_or(otherwise) {
                put(path.to_owned(), "on".to_owned());
            }
        }
        // Their order is part of what is stored, so it is kept.
        Sort::Any(_) => {
            let codes = value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
            for (number, code) in codes.enumerate() {
                put(under(path, code), format!("{number:02}"));
            }
        }
        Sort::Batch => {
            let (range, unit) = text.and_then(|text| text.rsplit_once(' ')).unwrap_or_default();
            let (min, max) = range.split_once('-').unwrap_or((range, range));
            for (key, value) in [("min", min), ("max", max), ("unit", unit)] {
                put(under(path, key), value.trim().to_owned());
            }
        }
        Sort::Lag => {
            let Some((least, most)) = text.and_then(notation::lag) else { return };
            if least > 0 {
                put(under(path, "min"), write_duration(least));
            }
            if let Some(most) = most {
                put(under(path, "max"), write_duration(most));
            }
        }
        Sort::Shifts => {
            let shifts = value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
            for (number, shift) in shifts.enumerate() {
                let (from, to) = shift.split_once('-').unwrap_or((shift, ""));
                let slot = under(path, &number.to_string());
                put(under(&slot, "from"), from.to_owned());
                // A time field knows no 24:00; an end at midnight is the next day's beginning.
                put(under(&slot, "to"), if to == "24:00" { "00:00".to_owned() } else { to.to_owned() });
            }
        }
        Sort::Text | Sort::Number | Sort::Money | Sort::Day | Sort::Span | Sort::One(_) => {
            let value = match value {
                None => String::new(),
                Some(Value::String(text)) => text.clone(),
                Some(other) => other.to_string(),
            };
            put(path.to_owned(), value);
        }
    }
}

/// Crew time and waiting of every pair, under the codes of what was left and what is needed; a forbidden pair has none.
fn cells(matrix: &Matrix, values: &mut Values) {
    for left in &matrix.classes {
        for needed in &matrix.classes {
            for (relation, key) in [(Relation::Same, "same"), (Relation::Other, "other")] {
                let Some(cell) = matrix.cell(left.id, needed.id, relation) else { continue };
                let path = format!("cells.{}.{}.{key}", left.code, needed.code);
                values.insert(under(&path, "crew"), write_crew(cell.crew));
                if cell.wait > 0 {
                    values.insert(under(&path, "wait"), write_duration(cell.wait));
                }
            }
        }
    }
}
