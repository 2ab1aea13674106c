//! A part as a form. What is typed is put together to the part's text, which goes the way of every text; what is wrong
//! with a line of it is told at that line's field.

use app::contract::{
    Failure, SetupForm, SetupLook, SetupPlan, SetupProblem,
    setup_form::{LESS, MORE, NEW, NEWEST, NamedCode, STATE, Values, layout, row_numbers, under},
};
use domain::{PlatformId, Text};

use super::{
    super::{Caller, Member},
    edit::{self, Draft, Whole},
};
use crate::{
    setup::{
        self, PlatformSetup, Problem,
        form::{Written, compose, fill},
    },
    state::AppState,
};

/// A part's form, filled in with what is in force; without a code that of a new part.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] for whoever isn't of a platform, [`Failure::NotFound`].
pub async fn form(state: &AppState, caller: &Caller, sort: &str, code: &str) -> Result<SetupForm, Failure> {
    let platform = caller.member()?.platform().ok_or(Failure::Forbidden)?;
    let now = super::current(state, platform).await?;
    if code.is_empty() {
        layout(sort).ok_or(Failure::NotFound)?;
        let name = Text { zh: String::new(), en: String::new() };
        return Ok(with(&now, sort, code, name, setup::form::blank(sort)));
    }
    let parts = super::parts(state, platform).await?;
    let part = parts.into_iter().find(|part| edit::is(part, sort, code)).ok_or(Failure::NotFound)?;
    let matrix = now.matrices.iter().find(|matrix| sort == "matrix" && matrix.code == code);
    let mut values = fill(sort, &part.text, matrix);
    values.insert(STATE.to_owned(), edit::digest(&part.text));
    Ok(with(&now, sort, code, part.name, values))
}

/// The form with what its fields choose from.
fn with(now: &PlatformSetup, sort: &str, code: &str, name: Text, values: Values) -> SetupForm {
    let named = |code: &str, name: &Text| NamedCode { code: code.to_owned(), name: name.clone().into() };
    SetupForm {
        sort: sort.to_owned(),
        code: code.to_owned(),
        name: name.into(),
        values,
        matrices: now.matrices.iter().map(|one| named(&one.code, &one.name)).collect(),
        calendars: now.calendars.iter().map(|one| named(&one.code, &one.name)).collect(),
        pools: now.pools.iter().map(|one| named(&one.code, &one.name)).collect(),
        lines: now.lines.iter().map(|one| named(&one.code, &one.name)).collect(),
    }
}

/// What writing a form would do, or what is wrong at which field; or the form with a row more or less, if it asks for
/// that. Writes nothing.
///
/// # Errors
/// As [`form`]; [`Failure::Forbidden`] but for operators; [`Failure::TooLarge`].
pub async fn look(
    state: &AppState,
    caller: &Caller,
    sort: &str,
    code: &str,
    values: Values,
) -> Result<SetupLook, Failure> {
    let (member, platform) = caller.own_platform()?;
    let known = form(state, caller, sort, code).await?;
    let mut values = values;
    keep_code(&known, &mut values);
    // What follows compares with the part as it is now.
    let now = known.values.get(STATE).cloned().unwrap_or_default();
    let overtaken = values.insert(STATE.to_owned(), now.clone()).is_some_and(|opened| opened != now);
    let (more, less) = (values.remove(MORE), values.remove(LESS));
    let rows = more.is_some() || less.is_some();
    if let Some(path) = more {
        add_row(&mut values, &path);
    }
    if let Some(path) = less {
        let start = format!("{path}.");
        values.retain(|name, _| !name.starts_with(&start));
    }
    let written = compose(sort, &values);
    let changed = written.text != compose(sort, &known.values).text;
    let plan = if rows { None } else { Some(plan(state, (member, platform), (sort, code), &written).await?) };
    Ok(SetupLook { form: SetupForm { values, ..known }, text: written.text, plan, overtaken, changed })
}

/// What a part is called stays.
pub(super) fn keep_code(known: &SetupForm, values: &mut Values) {
    if !known.code.is_empty() && known.values.contains_key("code") {
        values.insert("code".to_owned(), known.code.clone());
    }
}

/// The same of a part's text, whose problems are told by its lines; `opened` is the state of the part that the text was
/// made from, empty if that isn't said.
///
/// # Errors
/// As [`look`], and as [`super::check`] for a text that isn't the part's.
pub async fn look_at_text(
    state: &AppState,
    caller: &Caller,
    (sort, code): (&str, &str),
    text: &str,
    opened: &str,
) -> Result<SetupLook, Failure> {
    caller.own_platform()?;
    // Read before the plan is made: whoever changes the part in between keeps this from being saved.
    let known = form(state, caller, sort, code).await?;
    let now = known.values.get(STATE).map_or("", String::as_str);
    let overtaken = !opened.is_empty() && opened != now;
    let text = text.replace("\r\n", "\n");
    let plan = edit::check(state, caller, sort, code, Some(&text)).await?;
    let changed = plan != SetupPlan::default();
    Ok(SetupLook { form: known, text, plan: Some(plan), overtaken, changed })
}

/// An empty row behind the others: a value that says nothing is enough to show it. Behind a matrix's rule without
/// conditions none is ever reached, so a new one comes before that.
fn add_row(values: &mut Values, path: &str) {
    let last = row_numbers(values, path).last().copied();
    let next = last.map_or(0, |last| last + 1);
    let row = |number: u32| under(path, &number.to_string());
    let mut fresh = next;
    if let Some(last) = last.filter(|last| path == "rule" && !has_condition(values, &row(*last))) {
        let start = format!("{}.", row(last));
        let moved: Vec<_> = values.extract_if(.., |name, _| name.starts_with(&start)).collect();
        let renamed = |name: &str| under(&row(next), name.strip_prefix(&start).unwrap_or(name));
        values.extend(moved.iter().map(|(name, value)| (renamed(name), value.clone())));
        fresh = last;
    }
    values.insert(under(&row(fresh), NEW), String::new());
    values.insert(NEWEST.to_owned(), row(fresh));
}

/// Whether the rule at `path` asks anything of a campaign.
fn has_condition(values: &Values, path: &str) -> bool {
    let [oeb, hazards, offerings] = ["oeb_at_least", "hazards.", "offerings."].map(|key| under(path, key));
    let says = |(name, value): (&String, &String)| {
        (*name == oeb && !value.trim().is_empty())
            || name.starts_with(&hazards)
            || name.starts_with(&offerings)
    };
    values.iter().any(says)
}

async fn plan(
    state: &AppState,
    (member, platform): (&Member, PlatformId),
    (sort, code): (&str, &str),
    written: &Written,
) -> Result<SetupPlan, Failure> {
    let whole = Whole::of(state, platform, Draft { sort, code, text: Some(&written.text) }).await?;
    Ok(whole.plan(state, member).await?.unwrap_or_else(|problems| {
        let mut told: Vec<SetupProblem> = Vec::new();
        for problem in problems.iter().map(|problem| at_field(&whole, written, problem)) {
            // What is wrong at several lines of a part may read the same for each.
            if !told.contains(&problem) {
                told.push(problem);
            }
        }
        SetupPlan { problems: told, ..SetupPlan::default() }
    }))
}

fn at_field(whole: &Whole, written: &Written, problem: &Problem) -> SetupProblem {
    let words = edit::worded(problem, Problem::in_form);
    match whole.line(problem) {
        Some(line) => SetupProblem { field: written.field(line, &problem.fault), words },
        None => SetupProblem { field: None, words: whole.elsewhere(problem, words) },
    }
}
