//! How full the lines able to make each form are in the quarter.

use std::cmp::Reverse;

use leptos::prelude::*;

use super::figures::Figures;
use crate::{contract::OccupancyCell, request::use_language, words::say};

/// The fullest first; those that can't be told last.
#[component]
pub fn ByForm(mut offerings: Vec<OccupancyCell>) -> impl IntoView {
    let language = use_language();
    let share = |cell: &OccupancyCell| {
        cell.committed_minutes.map(|minutes| minutes * 1000 / cell.bookable_minutes.max(1))
    };
    offerings.sort_by_key(|cell| Reverse(share(cell)));
    let [title, of] = [say!(language, district.by_form), say!(language, district.form)];
    let definition = [
        say!(language, district.by_form_what),
        say!(language, district.held_what),
        say!(language, district.bookable_what),
    ];
    let definition = definition.join("\n\n");
    view! { <Figures id="forms" title definition of cells=offerings coded=true /> }
}
