//! What saving a part would do, and the button that does it; or what is wrong.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::SaveSetup,
    components::Post,
    contract::{SetupPlan, SetupProblem},
    language::Language,
    request::{use_language, use_link},
    words::{moment, say, setup_label, text, trouble},
};

/// Bookings named one by one; the others are counted.
const NAMED: usize = 50;

/// What is to be written.
#[derive(Clone, Debug)]
pub struct Planned {
    pub sort: String,
    /// Empty: a new part.
    pub code: String,
    /// Absent: the part is left out.
    pub text: Option<String>,
}

#[component]
pub fn PlanNote(plan: SetupPlan, planned: Planned) -> impl IntoView {
    let language = use_language();
    if !plan.problems.is_empty() {
        let problems =
            plan.problems.iter().map(|one| view! { <li>{wrong(language, one)}</li> }).collect_view();
        return view! {
            <div class="note bad hits" role="alert">
                <p class="note-title">{say!(language, desk.setup_wrong)}</p>
                <ul>{problems}</ul>
            </div>
        }
        .into_any();
    }
    if plan.changes.is_empty() {
        return view! { <p class="note good">{say!(language, desk.setup_same)}</p> }.into_any();
    }
    let changes = plan
        .changes
        .iter()
        .map(|one| {
            let fate = match one.change.as_str() {
                "added" => say!(language, desk.added),
                "switched_off" => say!(language, desk.switched_off),
                _ => say!(language, desk.changed),
            };
            view! { <li>{fate} " · " {text(language, &one.what)} " " <code>{one.code.clone()}</code></li> }
        })
        .collect_view();
    let affected = affected(language, &plan);
    let text = match planned.text {
        Some(text) => view! { <input type="hidden" name="text" value=text /> }.into_any(),
        None => view! { <input type="hidden" name="leave_out" value="true" /> }.into_any(),
    };
    view! {
        <div class="note warn hits">
            <p class="note-title">{say!(language, desk.setup_would)}</p>
            <ul>{changes}</ul>
            {lines(say!(language, desk.lines_gone), "gone", &plan.gone)}
            {lines(say!(language, desk.lines_new), "new", &plan.new)}
            {affected}
            <Post to=SaveSetup::PATH>
                <input type="hidden" name="sort" value=planned.sort />
                <input type="hidden" name="code" value=planned.code />
                {text}
                <input type="hidden" name="next" value=use_link("/setup") />
                <button class="button" type="submit">{say!(language, desk.save)}</button>
            </Post>
        </div>
    }
    .into_any()
}

/// Lines of the part's text that would go or come.
fn lines(title: &'static str, class: &'static str, lines: &[String]) -> Option<AnyView> {
    let words = lines.join("\n");
    (!lines.is_empty()).then(|| {
        view! {
            <p class="hint">{title}</p>
            <pre class=format!("text-lines {class}") tabindex="0">{words}</pre>
        }
        .into_any()
    })
}

/// The bookings that would no longer fit.
fn affected(language: Language, plan: &SetupPlan) -> AnyView {
    if plan.affected.is_empty() {
        return view! { <p>{say!(language, desk.touches_nothing)}</p> }.into_any();
    }
    let count = plan.affected.len();
    let hits = plan
        .affected
        .iter()
        .take(NAMED)
        .map(|hit| {
            view! {
                <li>
                    <a href=use_link(&format!("/desk/requests/{}", hit.booking))>{hit.reference.clone()}</a>
                    " · " {text(language, &hit.line_name)} " · "
                    <span class="when">{moment(language, hit.start)}</span> " · " {trouble(language, &hit.trouble)}
                </li>
            }
        })
        .collect_view();
    view! {
        <p>{say!(language, desk.touches, count = count).to_string()}</p>
        <ul>{hits}</ul>
    }
    .into_any()
}

/// A problem, leading to its field if it has one.
fn wrong(language: Language, problem: &SetupProblem) -> AnyView {
    let words = text(language, &problem.words);
    let Some(field) = &problem.field else { return words.into_any() };
    let href = format!("#f-{}", field.replace('.', "-"));
    let label = place(language, field);
    view! { <a href=href>{label}</a> ": " {words} }.into_any()
}

/// Where a field is: `Steps 2 · Lines able to do it 1 · Set-up`.
fn place(language: Language, path: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for step in path.split('.') {
        match (step.parse::<u32>(), parts.last_mut()) {
            (Ok(row), Some(last)) => *last = format!("{last} {}", row + 1),
            _ => parts.push(label(language, step)),
        }
    }
    parts.join(" · ")
}

fn label(language: Language, step: &str) -> String {
    match step {
        "cells" => say!(language, desk.matrices).to_owned(),
        "same" => say!(language, desk.same_product).to_owned(),
        "other" => say!(language, desk.other_product).to_owned(),
        step => match crate::contract::setup_form::DAYS.iter().position(|day| *day == step) {
            Some(day) => crate::words::weekday_name(language, day).to_owned(),
            None => setup_label(language, step),
        },
    }
}
