//! One part of the set-up: changed in a form or as text, looked at with all that it would touch, then saved.

use std::convert::identity;

use leptos::prelude::*;

use crate::{
    answered::Typed,
    api::{LookAtSetup, SaveSetup},
    backend::use_backend,
    components::{
        FailureNote, PageTitle, loaded,
        operator::{PartForm, PlanNote, Planned},
    },
    contract::{Failure, Role, SetupForm, SetupLook, TextView, setup_form::Values},
    language::Language,
    request::{
        set_failure_status, use_failure, use_language, use_link, use_outcome, use_parameters, use_reader,
        use_typed,
    },
    words::{say, text},
};

#[component]
pub fn SetupPartPage() -> impl IntoView {
    loaded(load(), identity)
}

async fn load() -> Result<AnyView, Failure> {
    let parameters = use_parameters();
    let given = |name: &str| parameters.get(name).unwrap_or_default();
    let (sort, code) = (given("sort"), given("code"));
    if parameters.get("retire").is_some() {
        retire(sort, code).await
    } else if given("as") == "text" && !code.is_empty() {
        as_text(sort, code, parameters.get("text")).await
    } else {
        as_form(sort, code).await
    }
}

fn operates() -> bool {
    use_reader().is_some_and(|reader| matches!(reader.role, Role::Operator | Role::PlatformAdmin))
}

/// Where a part is edited.
fn way(sort: &str, code: &str, more: &str) -> String {
    use_link(&format!("/setup/part?sort={sort}&code={code}{more}"))
}

async fn as_form(sort: String, code: String) -> Result<AnyView, Failure> {
    let language = use_language();
    let backend = use_backend();
    let looked = use_outcome::<LookAtSetup>().filter(|look| look.form.sort == sort && look.form.code == code);
    let failed = use_failure::<LookAtSetup>().or_else(use_failure::<SaveSetup>);
    let overtaken = looked.as_ref().is_some_and(|look| look.overtaken).then(|| {
        view! { <p class="note warn" role="alert">{say!(language, setup.overtaken)}</p> }
    });
    let (form, planned) = match looked {
        Some(SetupLook { form, text, plan, .. }) => (form, plan.map(|plan| (plan, text))),
        None => {
            let form = backend.setup_form(sort.clone(), code.clone()).await?;
            let typed = use_typed::<LookAtSetup>().map(typed_values);
            let form = SetupForm { values: typed.unwrap_or_else(|| form.values.clone()), ..form };
            // What could not be saved is compared with how the part is by now.
            let planned = match use_typed::<SaveSetup>().and_then(|typed| typed.get("text")) {
                Some(text) => {
                    let plan = backend.check_setup(sort.clone(), code.clone(), Some(text.clone())).await;
                    plan.ok().map(|plan| (plan, text))
                }
                None => None,
            };
            (form, planned)
        }
    };
    let problems = planned.as_ref().map(|(plan, _)| plan.problems.clone()).unwrap_or_default();
    let note = failed.map(|failure| view! { <FailureNote failure /> });
    let plan = planned.map(|(plan, text)| {
        let planned = Planned { sort: sort.clone(), code: code.clone(), text: Some(text) };
        view! { <PlanNote plan planned form=form.clone() /> }
    });
    let title = title(language, &sort, &code, &form.name);
    let operates = operates();
    let hint = if operates { say!(language, setup.form_hint) } else { say!(language, setup.look_hint) };
    let others = (!code.is_empty()).then(|| {
        let as_text = way(&sort, &code, "&as=text");
        let retire = (operates && sort == "route").then(|| {
            let href = way(&sort, &code, "&retire=true");
            view! { <a class="button small quiet" href=href>{say!(language, setup.retire)}</a> }
        });
        view! { <a class="button small quiet" href=as_text>{say!(language, setup.as_text)}</a> {retire} }
    });
    Ok(view! {
        <Head title />
        <p class="hint">{hint}</p>
        {note}
        {overtaken}
        {plan}
        <PartForm form problems operates />
        <p class="desk-ways">{others}</p>
    }
    .into_any())
}

/// What was typed into a form that could not be looked at.
fn typed_values(typed: Typed) -> Values {
    let path = |name: &str| name.strip_prefix("fields[")?.strip_suffix(']').map(str::to_owned);
    typed.fields().filter_map(|(name, value)| Some((path(&name)?, value))).collect()
}

async fn as_text(sort: String, code: String, draft: Option<String>) -> Result<AnyView, Failure> {
    let language = use_language();
    let backend = use_backend();
    let part = backend.setup_part(sort.clone(), code.clone()).await?;
    let draft = draft.map(|text| text.replace("\r\n", "\n"));
    let planned = match &draft {
        Some(draft) => Some(backend.check_setup(sort.clone(), code.clone(), Some(draft.clone())).await),
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
    let form = backend.setup_form(sort.clone(), code.clone()).await?;
    let plan = planned.and_then(Result::ok).zip(draft.clone()).map(|(plan, text)| {
        let planned = Planned { sort: sort.clone(), code: code.clone(), text: Some(text) };
        view! { <PlanNote plan planned form=form.clone() /> }
    });
    let shown = draft.unwrap_or_else(|| part.text.clone());
    let rows = (shown.lines().count() + 2).min(40).to_string();
    let operates = operates();
    let hint = if operates { say!(language, desk.part_hint) } else { say!(language, setup.look_hint) };
    let look = operates.then(|| {
        view! { <button class="button quiet" type="submit">{say!(language, desk.look_setup)}</button> }
    });
    Ok(view! {
        <Head title=text(language, &part.name) />
        <p class="hint">{hint}</p>
        {note}
        {plan}
        <form class="panel" method="get" action=use_link("/setup/part")>
            <input type="hidden" name="sort" value=part.sort />
            <input type="hidden" name="code" value=part.code />
            <input type="hidden" name="as" value="text" />
            <label class="sr" for="text">{say!(language, desk.part_text)}</label>
            <textarea id="text" class="part-text" name="text" rows=rows spellcheck="false" readonly=!operates>{shown}</textarea>
            {look}
        </form>
        <p class="desk-ways">
            <a class="button small quiet" href=way(&sort, &code, "")>{say!(language, setup.as_form)}</a>
        </p>
    }
    .into_any())
}

/// Leaving a route out: what that would do, then the deed.
async fn retire(sort: String, code: String) -> Result<AnyView, Failure> {
    let language = use_language();
    let backend = use_backend();
    let part = backend.setup_part(sort.clone(), code.clone()).await?;
    let plan = backend.check_setup(sort.clone(), code.clone(), None).await?;
    let note = use_failure::<SaveSetup>().map(|failure| view! { <FailureNote failure /> });
    let form = backend.setup_form(sort.clone(), code.clone()).await?;
    let planned = Planned { sort: sort.clone(), code: code.clone(), text: None };
    Ok(view! {
        <Head title=text(language, &part.name) />
        <p class="lead">{say!(language, setup.retire_hint)}</p>
        {note}
        <PlanNote plan planned form />
        <p class="desk-ways">
            <a class="button small quiet" href=way(&sort, &code, "")>{say!(language, setup.as_form)}</a>
        </p>
    }
    .into_any())
}

fn title(language: Language, sort: &str, code: &str, name: &TextView) -> String {
    if !code.is_empty() {
        return text(language, name);
    }
    let what = match sort {
        "calendar" => say!(language, desk.calendar),
        "matrix" => say!(language, setup.field.matrix),
        "pool" => say!(language, desk.pool),
        "line" => say!(language, desk.line),
        _ => say!(language, desk.route),
    };
    say!(language, setup.new_part, what = what.to_lowercase()).to_string()
}

#[component]
fn Head(title: String) -> impl IntoView {
    let language = use_language();
    view! {
        <PageTitle page=title.clone() />
        <p class="crumb"><a href=use_link("/setup")>{say!(language, desk.setup_page)}</a></p>
        <h1 class="sober">{title}</h1>
    }
}
