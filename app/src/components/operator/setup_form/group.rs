//! Fields that belong together: once, or in rows that can be added and removed.

use leptos::prelude::*;

use super::{
    field::FieldOf,
    filled::{Filled, id, name},
};
use crate::{
    contract::setup_form::{Group, LESS, MORE, NEW, NEWEST, Sort, under},
    request::use_language,
    words::{say, setup_hint, setup_label},
};

/// `depth`: how many groups it stands in.
#[component]
pub fn GroupOf(group: Group, path: String, depth: u8, filled: Filled) -> AnyView {
    let language = use_language();
    let label = setup_label(language, group.key);
    let hint = setup_hint(language, group.key)
        .filter(|_| depth == 0 || path.ends_with(&format!(".0.{}", group.key)));
    let complaint = filled.complaint(language, &path);
    let body = if group.rows {
        let rows = filled.rows(&path);
        let none = rows.is_empty();
        let rows = rows
            .into_iter()
            .enumerate()
            .map(|(place, number)| {
                let path = under(&path, &number.to_string());
                view! { <Row group path place depth filled=filled.clone() /> }
            })
            .collect_view();
        let add = filled.operates.then(|| {
            let more = path.clone();
            view! {
                <button class="button small quiet" type="submit" name=name(MORE) value=more formnovalidate>
                    {say!(language, setup.add_row)} <span class="sr">{say!(language, term.colon)} {label.clone()}</span>
                </button>
            }
        });
        view! {
            {none.then(|| view! { <p class="hint">{say!(language, setup.nothing_yet)}</p> })}
            {rows}
            {add}
        }
        .into_any()
    } else {
        view! { <Parts group path=path.clone() first=true depth filled=filled.clone() /> }.into_any()
    };
    let of = id(&path);
    let told = format!("{of}-problem");
    let class = if complaint.is_some() { "group wrong" } else { "group" };
    view! {
        <fieldset class=class id=of aria-describedby=told.clone()>
            <legend>{label}</legend>
            {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
            {complaint.map(|words| view! { <p class="complaint" id=told.clone()>{words}</p> })}
            {body}
        </fieldset>
    }
    .into_any()
}

#[component]
fn Row(group: Group, path: String, place: usize, depth: u8, filled: Filled) -> AnyView {
    let language = use_language();
    let complaint = filled.complaint(language, &path);
    let of = id(&path);
    let title =
        say!(language, setup.row, what = setup_label(language, group.key), number = place + 1).to_string();
    // What is stored of a class can't be taken back.
    let fixed = group.key == "class" && filled.known_class(&path);
    let remove = (filled.operates && !fixed).then(|| {
        let less = path.clone();
        view! {
            <button class="button small quiet remove" type="submit" name=name(LESS) value=less formnovalidate>
                {say!(language, setup.remove_row)} <span class="sr">{say!(language, term.colon)} {title.clone()}</span>
            </button>
        }
    });
    let new = filled.has(&under(&path, NEW)).then(|| {
        view! { <input type="hidden" name=name(&under(&path, NEW)) value="" /> }
    });
    // Whoever has just asked for it goes on there.
    let newest = filled.value(NEWEST) == path;
    let told = format!("{of}-problem");
    let class = if complaint.is_some() { "row-of wrong" } else { "row-of" };
    view! {
        <div class=class role="group" aria-label=title id=of aria-describedby=told.clone() tabindex=newest.then_some("-1") autofocus=newest>
            {new}
            {complaint.map(|words| view! { <p class="complaint" id=told.clone()>{words}</p> })}
            <Parts group path first={place == 0} depth filled />
            {remove}
        </div>
    }
    .into_any()
}

/// The fields of a group and the groups in it. A first step follows none.
#[component]
fn Parts(group: Group, path: String, first: bool, depth: u8, filled: Filled) -> AnyView {
    let fields = group
        .layout
        .fields
        .iter()
        .filter(|field| !(first && field.sort == Sort::Lag))
        .map(|field| {
            let path = under(&path, field.key);
            view! { <FieldOf field=*field path filled=filled.clone() /> }
        })
        .collect_view();
    let groups = group
        .layout
        .groups
        .iter()
        .map(|inner| {
            let path = under(&path, inner.key);
            view! { <GroupOf group=*inner path depth={depth + 1} filled=filled.clone() /> }
        })
        .collect_view();
    view! {
        <div class="fields">{fields}</div>
        {groups}
    }
    .into_any()
}
