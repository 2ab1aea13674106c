//! One part of the set-up as text: changed, looked at with all that it would touch, then saved.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::SaveSetup,
    backend::use_backend,
    components::{FailureNote, PageTitle, Post, Trouble},
    contract::{Failure, Role, SetupPart, SetupPlan},
    request::{set_failure_status, use_failure, use_language, use_link, use_parameters, use_reader},
    words::{moment, say, text},
};

#[component]
pub fn SetupPartPage() -> impl IntoView {
    view! { <Suspense>{Suspend::new(async { load().await.unwrap_or_else(trouble) })}</Suspense> }
}

fn trouble(failure: Failure) -> AnyView {
    view! { <Trouble failure /> }.into_any()
}

async fn load() -> Result<AnyView, Failure> {
    let language = use_language();
    let backend = use_backend();
    let parameters = use_parameters();
    let given = |name: &str| parameters.get(name).unwrap_or_default();
    let part = backend.setup_part(given("sort"), given("code")).await?;
    let draft = parameters.get("text").map(|text| text.replace("\r\n", "\n"));
    let planned = match &draft {
        Some(draft) => Some(backend.check_setup(part.sort.clone(), part.code.clone(), draft.clone()).await),
        None => None,
    };
    let failed = planned
        .as_ref()
        .and_then(|planned| planned.as_ref().err().cloned())
        .or_else(use_failure::<SaveSetup>);
    if let Some(failure) = &failed {
        set_failure_status(failure);
    }
    let note = failed.map(|failure| view! { <FailureNote failure /> });
    let plan = planned.and_then(Result::ok).zip(draft.clone()).map(|(plan, text)| {
        let part = SetupPart { text, ..part.clone() };
        view! { <Plan plan part /> }
    });
    let name = text(language, &part.name);
    let operates =
        use_reader().is_some_and(|reader| matches!(reader.role, Role::Operator | Role::PlatformAdmin));
    let shown = draft.unwrap_or_else(|| part.text.clone());
    let rows = (shown.lines().count() + 2).min(40).to_string();
    let look = operates.then(|| {
        view! { <button class="button quiet" type="submit">{say!(language, desk.look_setup)}</button> }
    });
    Ok(view! {
        <PageTitle page=name.clone() />
        <p class="crumb"><a href=use_link("/setup")>{say!(language, desk.setup_page)}</a></p>
        <h1 class="sober">{name}</h1>
        <p class="hint">{say!(language, desk.part_hint)}</p>
        {note}
        {plan}
        <form class="panel" method="get" action=use_link("/setup/part")>
            <input type="hidden" name="sort" value=part.sort />
            <input type="hidden" name="code" value=part.code />
            <label class="sr" for="text">{say!(language, desk.part_text)}</label>
            <textarea id="text" class="part-text" name="text" rows=rows spellcheck="false" readonly=!operates>{shown}</textarea>
            {look}
        </form>
    }
    .into_any())
}

/// What saving would do, and the button that does it; or what is wrong.
#[component]
fn Plan(plan: SetupPlan, part: SetupPart) -> impl IntoView {
    let language = use_language();
    if !plan.problems.is_empty() {
        let problems =
            plan.problems.iter().map(|one| view! { <li>{text(language, one)}</li> }).collect_view();
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
    let affected = if plan.affected.is_empty() {
        view! { <p>{say!(language, desk.touches_nothing)}</p> }.into_any()
    } else {
        let count = plan.affected.len();
        let hits = plan
            .affected
            .iter()
            .take(50)
            .map(|hit| {
                view! { <li><strong>{hit.reference.clone()}</strong> " · " {hit.line.clone()} " · " <span class="when">{moment(language, hit.start)}</span></li> }
            })
            .collect_view();
        view! {
            <p>{say!(language, desk.touches, count = count).to_string()}</p>
            <ul>{hits}</ul>
        }
        .into_any()
    };
    view! {
        <div class="note warn hits">
            <p class="note-title">{say!(language, desk.setup_would)}</p>
            <ul>{changes}</ul>
            {affected}
            <Post to=SaveSetup::PATH>
                <input type="hidden" name="sort" value=part.sort />
                <input type="hidden" name="code" value=part.code />
                <input type="hidden" name="text" value=part.text />
                <input type="hidden" name="next" value=use_link("/setup") />
                <button class="button" type="submit">{say!(language, desk.save)}</button>
            </Post>
        </div>
    }
    .into_any()
}
