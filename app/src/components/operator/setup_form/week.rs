//! A calendar's week: a row a day, a column a shift.

use leptos::prelude::*;

use super::filled::{Filled, id, name};
use crate::{
    contract::setup_form::{DAYS, under},
    request::use_language,
    words::{say, weekday_name},
};

/// Shifts that a day has room for at least.
const ROOM: u32 = 3;

#[component]
pub fn Week(filled: Filled) -> impl IntoView {
    let language = use_language();
    // What was shown empty and sent so is no shift: it makes no room for one more.
    let is_told = |day: &str, slot: u32| {
        let path = under(day, &slot.to_string());
        ["from", "to"].iter().any(|key| !filled.value(&under(&path, key)).is_empty())
    };
    let told = |day: &&'static str| filled.rows(day).into_iter().filter(|slot| is_told(day, *slot)).max();
    let most = DAYS.iter().filter_map(told).max();
    // Whoever only looks has nothing to fill in.
    let slots = if filled.operates {
        most.map_or(ROOM, |most| ROOM.max(most + 2))
    } else {
        most.map_or(1, |most| most + 1)
    };
    let heads = (1..=slots)
        .map(|number| view! { <th scope="col">{say!(language, setup.shift, number = number).to_string()}</th> })
        .collect_view();
    let rows = DAYS
        .into_iter()
        .zip(0..)
        .map(|(day, place)| {
            let words = weekday_name(language, place);
            let complaint = filled.complaint(language, day);
            let cells = (0..slots)
                .map(|slot| {
                    let path = under(day, &slot.to_string());
                    let label = say!(language, setup.shift, number = slot + 1).to_string();
                    let shown = filled.operates || filled.has(&under(&path, "from"));
                    let slot = shown.then(|| {
                        view! { <Slot path day words=format!("{words} {label}") filled=filled.clone() /> }
                    });
                    view! { <td data-label=label.clone()>{slot}</td> }
                })
                .collect_view();
            view! {
                <tr id=id(day)>
                    <th scope="row">
                        {words}
                        {complaint.map(|words| view! { <p class="complaint" id=format!("{}-problem", id(day))>{words}</p> })}
                    </th>
                    {cells}
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="group">
            <p class="hint" id="week-hint">{say!(language, setup.week_hint)}</p>
            <table class="cell-grid week-grid" aria-describedby="week-hint">
                <caption>{say!(language, setup.week)}</caption>
                <thead class="sr">
                    <tr><td></td>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

/// A shift of `day`: what is wrong with the day is wrong with each of its shifts.
#[component]
fn Slot(path: String, day: &'static str, words: String, filled: Filled) -> impl IntoView {
    let language = use_language();
    let complaint = filled.complaint(language, &path);
    let of = id(&path);
    let problem = format!("{of}-problem");
    let described = format!("{problem} {}-problem", id(day));
    let wrong = complaint.is_some() || filled.complaint(language, day).is_some();
    let invalid = wrong.then_some("true");
    let end = |key: &'static str, says: &'static str| {
        let path = under(&path, key);
        view! {
            <input id=if key == "from" { of.clone() } else { id(&path) } name=name(&path) type="time" value=filled.value(&path)
                aria-label=format!("{words}{}{says}", say!(language, term.colon)) aria-invalid=invalid aria-describedby=described.clone() />
        }
    };
    let class = if complaint.is_some() { "cell wrong" } else { "cell" };
    view! {
        <div class=class>
            {end("from", say!(language, setup.from))} <span aria-hidden="true">"–"</span> {end("to", say!(language, setup.to))}
        </div>
        {complaint.map(|words| view! { <p class="complaint" id=problem.clone()>{words}</p> })}
    }
}
