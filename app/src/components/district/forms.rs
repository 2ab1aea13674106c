//! How full the lines able to make each form are in the quarter.

use leptos::prelude::*;

use super::{figures::Figures, order::place};
use crate::{contract::OccupancyCell, request::use_language, words::say};

/// In the order of all tables of forms.
#[component]
pub fn ByForm(mut offerings: Vec<OccupancyCell>) -> impl IntoView {
    let language = use_language();
    offerings.sort_by_key(|cell| place(&cell.code));
    let [title, of] = [say!(language, district.by_form), say!(language, district.form)];
    let definition = [
        say!(language, district.by_form_what),
        say!(language, district.held_what),
        say!(language, district.bookable_what),
        say!(language, district.firms_what),
    ];
    let definition = definition.join("\n\n");
    view! { <Figures id="forms" title definition of cells=offerings coded=true /> }
}
