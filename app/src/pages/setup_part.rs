//! One part of the set-up: changed in a form or as text, looked at with all that it would touch, then saved.

use std::convert::identity;

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    answered::Typed,
    api::{LookAtSetup, LookAtText, SaveSetup, ShowAsForm, ShowAsText},
    backend::use_backend,
    components::{
        FailureNote, PageTitle, Post, TextArea, loaded,
        operator::{PartForm, PlanNote, Planned, Switch, part_way},
    },
    contract::{
        Failure, Role, SetupForm, SetupLook, SetupPlan, TextView,
        setup_form::{STATE, Values},
    },
    language::Language,
    request::{use_failure, use_language, use_link, use_outcome, use_parameters, use_reader, use_typed},
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
        as_text(sort, code).await
    } else {
        as_form(sort, code).await
    }
}

fn operates() -> bool {
    use_reader().is_some_and(|reader| matches!(reader.role, Role::Operator | Role::PlatformAdmin))
}

async fn as_form(sort: String, code: String) -> Result<AnyView, Failure> {
    let language = use_language();
    let backend = use_backend();
    let looked = use_outcome::<LookAtSetup>().or_else(use_outcome::<ShowAsForm>);
    let looked = looked.filter(|look| look.form.sort == sort && look.form.code == code);
    let failed = use_failure::<LookAtSetup>().or_else(use_failure::<ShowAsText>);
    let failed = failed.or_else(use_failure::<SaveSetup>);
    let carried = carried(use_outcome::<ShowAsForm>().is_some_and(|look| look.changed));
    let overtaken = overtaken(looked.as_ref());
    let (form, planned) = match looked {
        Some(SetupLook { form, text, plan, .. }) => (form, plan.map(|plan| (plan, text))),
        None => {
            let form = backend.setup_form(sort.clone(), code.clone()).await?;
            let typed = use_typed::<LookAtSetup>().or_else(use_typed::<ShowAsText>).map(typed_values);
            let form = SetupForm { values: typed.unwrap_or_else(|| form.values.clone()), ..form };
            match not_saved(&sort, &code).await {
                // What could not be saved is shown as it was, in the state with which it is compared now.
                Some((plan, text)) => {
                    let state = form.values.get(STATE).cloned().unwrap_or_default();
                    let shown = backend.text_as_form(sort.clone(), code.clone(), text.clone(), state).await;
                    (shown.map_or(form, |look| look.form), Some((plan, text)))
                }
                None => (form, None),
            }
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
        // Whoever can type nothing has nothing to take along.
        let as_text = (!operates).then(|| {
            let href = part_way(&sort, &code, "&as=text");
            view! { <a class="button small quiet" href=href>{say!(language, setup.as_text)}</a> }
        });
        let retire = (operates && sort == "route").then(|| {
            let href = part_way(&sort, &code, "&retire=true");
            view! { <a class="button small quiet" href=href>{say!(language, setup.retire)}</a> }
        });
        view! { {as_text} {retire} }
    });
    Ok(view! {
        <Head title />
        <p class="hint">{hint}</p>
        {note}
        {carried}
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

async fn as_text(sort: String, code: String) -> Result<AnyView, Failure> {
    let language = use_language();
    let backend = use_backend();
    let looked = use_outcome::<LookAtText>().or_else(use_outcome::<ShowAsText>);
    let looked = looked.filter(|look| look.form.sort == sort && look.form.code == code);
    let failed = use_failure::<LookAtText>().or_else(use_failure::<ShowAsForm>);
    let failed = failed.or_else(use_failure::<SaveSetup>);
    let carried = carried(use_outcome::<ShowAsText>().is_some_and(|look| look.changed));
    let overtaken = overtaken(looked.as_ref());
    let refused = use_typed::<LookAtText>().or_else(use_typed::<ShowAsForm>);
    let (form, shown, planned) = match looked {
        Some(SetupLook { form, text, plan, .. }) => (form, Some(text.clone()), plan.map(|plan| (plan, text))),
        None => {
            let form = backend.setup_form(sort.clone(), code.clone()).await?;
            let planned = not_saved(&sort, &code).await;
            let typed = refused.as_ref().and_then(|typed| typed.get("text"));
            let shown = typed.or_else(|| planned.as_ref().map(|(_, text)| text.clone()));
            (form, shown, planned)
        }
    };
    let part = backend.setup_part(sort.clone(), code.clone()).await?;
    // What could not be looked at was made from what it was made from.
    let opened = refused.and_then(|typed| typed.get("state"));
    let opened = opened.or_else(|| form.values.get(STATE).cloned()).unwrap_or_default();
    let note = failed.map(|failure| view! { <FailureNote failure /> });
    let plan = planned.map(|(plan, text)| {
        let planned = Planned { sort: sort.clone(), code: code.clone(), text: Some(text) };
        view! { <PlanNote plan planned form /> }
    });
    let shown = shown.unwrap_or(part.text);
    let rows = (shown.lines().count() + 2).min(40).to_string();
    let operates = operates();
    let hint = if operates { say!(language, desk.part_hint) } else { say!(language, setup.look_hint) };
    let foot = operates.then(|| {
        let there = part_way(&sort, &code, "");
        view! {
            <div class="form-foot">
                <button class="button" type="submit">{say!(language, desk.look_setup)}</button>
                <Switch to=ShowAsForm::PATH there words=say!(language, setup.as_form) />
            </div>
        }
    });
    let way = (!operates).then(|| {
        let href = part_way(&sort, &code, "");
        view! {
            <p class="desk-ways"><a class="button small quiet" href=href>{say!(language, setup.as_form)}</a></p>
        }
    });
    Ok(view! {
        <Head title=text(language, &part.name) />
        <p class="hint">{hint}</p>
        {note}
        {carried}
        {overtaken}
        {plan}
        <Post class="panel" to=LookAtText::PATH>
            <input type="hidden" name="sort" value=part.sort />
            <input type="hidden" name="code" value=part.code />
            <input type="hidden" name="state" value=opened />
            <label class="sr" for="text">{say!(language, desk.part_text)}</label>
            <TextArea id="text" class="part-text" name="text" rows text=shown spellcheck="false" readonly=!operates />
            {foot}
        </Post>
        {way}
    }
    .into_any())
}

/// That what was typed has been taken along to the other view of the part, if anything was `typed`.
fn carried(typed: bool) -> Option<AnyView> {
    let words = say!(use_language(), setup.carried);
    typed.then(|| view! { <p class="note info" role="status">{words}</p> }.into_any())
}

/// That somebody else has changed the part since it was opened.
fn overtaken(looked: Option<&SetupLook>) -> Option<AnyView> {
    let words = say!(use_language(), setup.overtaken);
    looked
        .is_some_and(|look| look.overtaken)
        .then(|| view! { <p class="note warn" role="alert">{words}</p> }.into_any())
}

/// What could not be saved, or not be shown as a form, compared with how the part is by now.
async fn not_saved(sort: &str, code: &str) -> Option<(SetupPlan, String)> {
    let text = use_typed::<SaveSetup>().or_else(use_typed::<ShowAsForm>)?.get("text")?;
    let checked = use_backend().check_setup(sort.to_owned(), code.to_owned(), Some(text.clone())).await;
    checked.ok().map(|plan| (plan, text))
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
            <a class="button small quiet" href=part_way(&sort, &code, "")>{say!(language, setup.as_form)}</a>
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
