//! One field of a set-up's form, by its sort.

use leptos::prelude::*;

use super::filled::{Filled, id, name};
use crate::{
    components::Choice,
    contract::setup_form::{Choices, FormField, Sort, under},
    language::Language,
    request::use_language,
    words::{FAMILIES, UNITS, family, family_name, say, setup_hint, setup_label, unit},
};
use domain::offering;

#[component]
pub fn FieldOf(field: FormField, path: String, filled: Filled) -> impl IntoView {
    let language = use_language();
    let label = setup_label(language, label_key(field, &path));
    let complaint = filled.complaint(language, &path);
    let fixed = field.key == "code" && (filled.is_known() && path == "code" || is_old_class(&filled, &path));
    let hint = if fixed {
        Some(say!(language, setup.code_stays).to_owned())
    } else {
        setup_hint(language, hint_key(field, &path)).filter(|_| is_told(field, &path)).map(str::to_owned)
    };
    let of = id(&path);
    let described = format!("{of}-hint {of}-problem");
    let invalid = complaint.is_some().then_some("true");
    let plain = |kind: &'static str, mode: &'static str| {
        view! {
            <input id=of.clone() name=name(&path) type=kind inputmode=mode value=filled.value(&path) readonly=fixed
                autocomplete="off" aria-invalid=invalid aria-describedby=described.clone() />
        }
        .into_any()
    };
    let control = match field.sort {
        Sort::Text | Sort::Span => plain("text", "text"),
        Sort::Number => plain("text", "numeric"),
        Sort::Money => plain("text", "decimal"),
        Sort::Day => view! {
            <input id=of.clone() name=name(&path) type="date" value=filled.value(&path) aria-invalid=invalid aria-describedby=described.clone() />
        }
        .into_any(),
        Sort::One(choices) => one(language, &filled, &path, choices, invalid),
        Sort::Batch => batch(language, &filled, &path, &described, invalid),
        Sort::Lag => lag(language, &filled, &path, &described, invalid),
        Sort::Tick(_) => return tick(&filled, &path, label, complaint),
        Sort::Any(choices) => return any(language, &filled, &path, choices, label, complaint),
        // A week is drawn as a whole.
        Sort::Shifts => return ().into_any(),
    };
    let class = if complaint.is_some() { "field wrong" } else { "field" };
    let target = match field.sort {
        Sort::Batch | Sort::Lag => id(&under(&path, "min")),
        _ => of.clone(),
    };
    view! {
        <div class=class id=format!("{of}-field")>
            <label for=target>{label}</label>
            {control}
            {hint.map(|hint| view! { <p class="hint" id=format!("{of}-hint")>{hint}</p> })}
            {complaint.map(|words| view! { <p class="complaint" id=format!("{of}-problem")>{words}</p> })}
        </div>
    }
    .into_any()
}

/// The same key means another thing in another place.
pub(super) fn label_key(field: FormField, path: &str) -> &'static str {
    match (field.key, field.sort) {
        ("batch", Sort::Batch) => "batch_size",
        ("horizon", _) if path.starts_with("use_or_lose.") => "held_ahead",
        ("offerings", _) if path.starts_with("rule.") => "if_offerings",
        (key, _) => key,
    }
}

/// And is told otherwise there.
fn hint_key(field: FormField, path: &str) -> &'static str {
    match label_key(field, path) {
        "held_ahead" => "held_ahead",
        _ => field.key,
    }
}

/// A hint is given once: in the first of several rows, and for a code only where it is the part's own.
fn is_told(field: FormField, path: &str) -> bool {
    match field.key {
        "code" => path == "code",
        _ => path.split('.').filter_map(|step| step.parse::<u32>().ok()).all(|row| row == 0),
    }
}

/// A class that is stored keeps its code: rows of the past carry it.
fn is_old_class(filled: &Filled, path: &str) -> bool {
    path.strip_suffix(".code").is_some_and(|row| row.starts_with("class.") && filled.known_class(row))
}

fn one(
    language: Language,
    filled: &Filled,
    path: &str,
    choices: Choices,
    invalid: Option<&'static str>,
) -> AnyView {
    let value = filled.value(path);
    let of = id(path);
    let mut options = filled.choices(language, choices);
    // What is no longer there stays visible, and is told to be wrong.
    if !value.is_empty() && !options.iter().any(|(code, _)| *code == value) {
        options.push((value.clone(), value.clone()));
    }
    let options = options
        .into_iter()
        .map(|(code, words)| {
            let chosen = code == value;
            view! { <Choice value=code words chosen /> }
        })
        .collect_view();
    view! {
        <select id=of.clone() name=name(path) aria-invalid=invalid aria-describedby=format!("{of}-hint {of}-problem")>
            <Choice value="" words=say!(language, setup.open_choice) chosen=value.is_empty() />
            {options}
        </select>
    }
    .into_any()
}

fn tick(filled: &Filled, path: &str, label: String, complaint: Option<String>) -> AnyView {
    let of = id(path);
    let told = format!("{of}-problem");
    let invalid = complaint.is_some().then_some("true");
    let class = if complaint.is_some() { "field wrong" } else { "field" };
    view! {
        <div class=class>
            <label class="tick alone" for=of.clone()>
                <input id=of.clone() type="checkbox" name=name(path) value="on" checked=filled.has(path) aria-invalid=invalid aria-describedby=told.clone() />
                {label}
            </label>
            {complaint.map(|words| view! { <p class="complaint" id=told>{words}</p> })}
        </div>
    }
    .into_any()
}

/// Boxes; of thirty forms, folded away by family.
fn any(
    language: Language,
    filled: &Filled,
    path: &str,
    choices: Choices,
    label: String,
    complaint: Option<String>,
) -> AnyView {
    let options = filled.choices(language, choices);
    let ticked = filled.ticked(language, path, &options);
    let of = id(path);
    let boxes = |wanted: &dyn Fn(&str) -> bool| {
        options
            .iter()
            .enumerate()
            .filter(|(_, (code, _))| wanted(code))
            .map(|(number, (code, words))| {
                let path = under(path, code);
                let checked = filled.has(&path);
                // What is ticked keeps its place; what is added comes behind it.
                let rank = if checked { filled.value(&path) } else { format!("{}", 50 + number) };
                view! {
                    <label class="tick">
                        <input type="checkbox" name=name(&path) value=rank checked=checked />
                        {words.clone()}
                    </label>
                }
            })
            .collect_view()
    };
    let all = if choices == Choices::Offerings {
        let families = FAMILIES
            .into_iter()
            .map(|known| {
                let of_family =
                    |code: &str| offering::find(code).is_some_and(|one| family_name(one.family) == known);
                view! {
                    <div class="family">
                        <p class="hint">{family(language, known)}</p>
                        <div class="ticks">{boxes(&of_family)}</div>
                    </div>
                }
            })
            .collect_view();
        view! { {families} }.into_any()
    } else {
        view! { <div class="ticks">{boxes(&|_| true)}</div> }.into_any()
    };
    let wrong = complaint.is_some();
    let class = if wrong { "field wide wrong" } else { "field wide" };
    let told = format!("{of}-problem");
    view! {
        <div class=class id=format!("{of}-field")>
            <details class="chosen" open=wrong>
                <summary id=of.clone()><span class="label">{label}</span> " " <span class="ticked">{ticked}</span></summary>
                <div role="group" aria-labelledby=of.clone() aria-describedby=told.clone()>{all}</div>
            </details>
            {complaint.map(|words| view! { <p class="complaint" id=told>{words}</p> })}
        </div>
    }
    .into_any()
}

fn batch(
    language: Language,
    filled: &Filled,
    path: &str,
    described: &str,
    invalid: Option<&'static str>,
) -> AnyView {
    let bound = |key, words| bound(filled, &under(path, key), words, Some("decimal"), (described, invalid));
    let unit_path = under(path, "unit");
    let value = filled.value(&unit_path);
    let units = UNITS
        .into_iter()
        .map(|known| view! { <Choice value=known words=unit(language, known) chosen=value == known /> })
        .collect_view();
    view! {
        <div class="bounds" id=id(path)>
            {bound("min", say!(language, setup.min))} {bound("max", say!(language, setup.max))}
            <select name=name(&unit_path) aria-label=say!(language, setup.unit) aria-invalid=invalid aria-describedby=described.to_owned()>{units}</select>
        </div>
    }
    .into_any()
}

fn lag(
    language: Language,
    filled: &Filled,
    path: &str,
    described: &str,
    invalid: Option<&'static str>,
) -> AnyView {
    let bound = |key, words| bound(filled, &under(path, key), words, None, (described, invalid));
    view! {
        <div class="bounds" id=id(path)>
            {bound("min", say!(language, setup.min))} {bound("max", say!(language, setup.max))}
        </div>
    }
    .into_any()
}

/// One end of a range; what is wrong with the range is wrong with both.
fn bound(
    filled: &Filled,
    path: &str,
    words: &'static str,
    mode: Option<&'static str>,
    (described, invalid): (&str, Option<&'static str>),
) -> AnyView {
    view! {
        <input id=id(path) name=name(path) inputmode=mode value=filled.value(path) placeholder=words
            aria-label=words autocomplete="off" aria-invalid=invalid aria-describedby=described.to_owned() />
    }
    .into_any()
}
