//! A form's fields in sentences: where one is, and what it holds.

use super::{Filled, label_key};
use crate::{
    contract::setup_form::{Choices, DAYS, FormField, Layout, Sort},
    language::Language,
    words::{grouped, plant_day, say, setup_label, spans, unit, weekday_name, yuan},
};

/// Where a field is: `Steps 2 · Lines able to do it 1 · Set-up`, `Low hazard → Hormone, same product`.
pub fn place(language: Language, filled: &Filled, path: &str) -> String {
    if let Some(cell) = path.strip_prefix("cells.") {
        return cell_place(language, filled, cell);
    }
    let layout = filled.layout();
    let found = layout.and_then(|layout| find(layout, path));
    let mut parts: Vec<String> = Vec::new();
    let mut below = None;
    for step in path.split('.') {
        match (step.parse::<u32>(), parts.last_mut(), below) {
            // Of several, one of its choices: a code.
            (_, _, Some(Sort::Any(choices))) => parts.push(choice(language, filled, choices, step)),
            // As the week's columns are headed.
            (Ok(row), _, Some(Sort::Shifts)) => {
                parts.push(say!(language, setup.shift, number = row + 1).to_string());
            }
            (Ok(row), Some(last), _) => *last = format!("{last} {}", row + 1),
            (.., of) => {
                let field = found.filter(|field| of.is_none() && field.key == step);
                below = below.or(field.map(|field| field.sort));
                parts.push(label(language, field, path, step));
            }
        }
    }
    parts.join(" · ")
}

fn label(language: Language, field: Option<FormField>, path: &str, step: &str) -> String {
    match step {
        "min" => say!(language, setup.min).to_owned(),
        "max" => say!(language, setup.max).to_owned(),
        "unit" => say!(language, setup.unit).to_owned(),
        "from" => say!(language, setup.from).to_owned(),
        "to" => say!(language, setup.to).to_owned(),
        step => match DAYS.iter().position(|day| *day == step) {
            Some(day) => weekday_name(language, day).to_owned(),
            None => setup_label(language, field.map_or(step, |field| label_key(field, path))),
        },
    }
}

/// `plain.hormone.same` as people read it, with `crew` or `wait` where it is of only one.
fn cell_place(language: Language, filled: &Filled, cell: &str) -> String {
    let steps: Vec<&str> = cell.split('.').collect();
    let [left, needed, relation, part @ ..] = steps.as_slice() else { return cell.to_owned() };
    let class = |code: &str| choice(language, filled, Choices::Classes, code);
    let pair = say!(language, setup.cell, left = class(left), needed = class(needed)).to_string();
    let relation = if *relation == "same" {
        say!(language, desk.same_product)
    } else {
        say!(language, desk.other_product)
    };
    let mut words = vec![pair, relation.to_owned()];
    words.extend(part.iter().map(|step| setup_label(language, step)));
    words.join(" · ")
}

/// What the field at `path` holds when its value is `value`, in the format's notation.
pub fn value(language: Language, filled: &Filled, path: &str, value: &str) -> String {
    let is_cell = path.starts_with("cells.");
    let sort = filled.layout().and_then(|layout| find(layout, path)).map(|field| field.sort);
    match sort {
        Some(Sort::Tick(_) | Sort::Any(_)) => {
            if value.is_empty() { say!(language, setup.no) } else { say!(language, setup.yes) }.to_owned()
        }
        _ if is_cell && value.is_empty() => say!(language, desk.forbidden).to_owned(),
        _ if value.trim().is_empty() => say!(language, setup.open_choice).to_owned(),
        _ if is_cell => spans(language, value),
        Some(Sort::Span | Sort::Lag) => spans(language, value),
        Some(Sort::Number) => number(value),
        Some(Sort::Money) => money(value),
        Some(Sort::Day) => plant_day(language, value).unwrap_or_else(|| value.to_owned()),
        Some(Sort::One(choices)) => choice(language, filled, choices, value),
        Some(Sort::Batch) if path.ends_with(".unit") => unit(language, value),
        Some(Sort::Batch) => number(value),
        Some(Sort::Text | Sort::Shifts) | None => value.to_owned(),
    }
}

/// Yuan as prices are written; anything else as it is.
fn money(value: &str) -> String {
    let (whole, part) = value.split_once('.').unwrap_or((value, ""));
    let fen = format!("{whole}{part:0<2}");
    if part.len() > 2 { value.to_owned() } else { fen.parse().map_or_else(|_| value.to_owned(), yuan) }
}

/// A decimal, grouped before its point; anything else as it is.
fn number(value: &str) -> String {
    let (whole, part) = value.split_once('.').map_or((value, None), |(whole, part)| (whole, Some(part)));
    match (whole.parse(), part) {
        (Err(_), _) => value.to_owned(),
        (Ok(whole), None) => grouped(whole),
        (Ok(whole), Some(part)) => format!("{}.{part}", grouped(whole)),
    }
}

fn choice(language: Language, filled: &Filled, choices: Choices, code: &str) -> String {
    let all = filled.choices(language, choices);
    all.into_iter().find(|(known, _)| known == code).map_or_else(|| code.to_owned(), |(_, words)| words)
}

/// The field that a path leads to, be it to a bound or a box of it.
fn find(layout: &Layout, path: &str) -> Option<FormField> {
    let mut steps = path.split('.').filter(|step| step.parse::<u32>().is_err());
    let mut layout = *layout;
    loop {
        let step = steps.next()?;
        if let Some(field) = layout.fields.iter().find(|field| field.key == step) {
            return Some(*field);
        }
        layout = layout.groups.iter().find(|group| group.key == step)?.layout;
    }
}
