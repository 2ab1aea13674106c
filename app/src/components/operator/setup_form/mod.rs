//! A part of the set-up as a form: fields and rows as its layout says, a matrix as a grid, a calendar as a week.

mod field;
mod filled;
mod grid;
mod group;
mod switch;
mod told;
mod week;

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::{LookAtSetup, ShowAsText},
    components::Stand,
    contract::{
        SetupForm, SetupProblem,
        setup_form::{Layout, STATE, Sort, layout},
    },
    request::use_language,
    words::say,
};
use field::{FieldOf, label_key};
pub use filled::Filled;
pub use switch::{Switch, part_way};
pub use told::{place, value};

use grid::Grids;
use group::GroupOf;
use week::Week;

/// Whether lengths of time are written in it; those of a matrix are in its cells.
fn has_lengths(layout: &Layout) -> bool {
    layout.fields.iter().any(|field| matches!(field.sort, Sort::Span | Sort::Lag))
        || layout.groups.iter().any(|group| has_lengths(&group.layout))
}

/// The whole form; `operates`: whether the reader may change anything.
#[component]
pub fn PartForm(form: SetupForm, problems: Vec<SetupProblem>, operates: bool) -> impl IntoView {
    let language = use_language();
    let (sort, code) = (form.sort.clone(), form.code.clone());
    let filled = Filled::new(form, problems, operates);
    let opened = filled.value(STATE);
    let layout = layout(&sort);
    let hint = (sort == "matrix" || layout.is_some_and(has_lengths))
        .then(|| view! { <p class="hint">{say!(language, setup.span_hint)}</p> });
    let fields = layout.map(|layout| layout.fields).unwrap_or_default();
    let fields = fields
        .iter()
        .filter(|field| field.sort != Sort::Shifts)
        .map(|field| view! { <FieldOf field=*field path=field.key.to_owned() filled=filled.clone() /> })
        .collect_view();
    let groups = layout.map(|layout| layout.groups).unwrap_or_default();
    let groups = groups
        .iter()
        .map(|group| view! { <GroupOf group=*group path=group.key.to_owned() depth=0 filled=filled.clone() /> })
        .collect_view();
    let special = match sort.as_str() {
        "matrix" => view! { <Grids filled=filled.clone() /> }.into_any(),
        "calendar" => view! { <Week filled=filled.clone() /> }.into_any(),
        _ => ().into_any(),
    };
    // Enter looks, whatever other buttons stand before.
    let first = operates.then(|| {
        view! {
            <button class="sr" type="submit" tabindex="-1" aria-hidden="true">{say!(language, desk.look_setup)}</button>
        }
    });
    // A new part has no address of its own yet.
    let switch = (operates && !code.is_empty()).then(|| {
        view! { <Switch to=ShowAsText::PATH there=part_way(&sort, &code, "&as=text") words=say!(language, setup.as_text) /> }
    });
    let look = operates.then(|| {
        view! {
            <div class="form-foot">
                <button class="button" type="submit">{say!(language, desk.look_setup)}</button>
                {switch}
                {hint}
            </div>
        }
    });
    view! {
        <form class="panel setup-form" method="post" action=LookAtSetup::PATH>
            {first}
            <Stand />
            <input type="hidden" name="sort" value=sort />
            <input type="hidden" name="code" value=code />
            <input type="hidden" name=filled::name(STATE) value=opened />
            <fieldset class="bare" disabled=!operates>
                <div class="fields">{fields}</div>
                {special}
                {groups}
            </fieldset>
            {look}
        </form>
    }
}
