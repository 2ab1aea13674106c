//! The unit of the batch size: those of the chosen offering.

use leptos::{ev, prelude::*};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;

use crate::{
    language::Language,
    words::{UNITS, unit},
};

/// The units in which platforms measure batches of an offering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitsOf {
    pub offering: String,
    pub units: Vec<String>,
}

/// A select that follows the field with the id `offering`; asleep it offers every unit that the offering first shown
/// could have.
#[island]
pub fn Units(
    language: Language,
    units: Vec<UnitsOf>,
    chosen: String,
    offering: String,
    label: String,
) -> impl IntoView {
    let offering = RwSignal::new(offering);
    Effect::new(move |_| {
        let field = document()
            .get_element_by_id("offering")
            .and_then(|field| field.dyn_into::<web_sys::HtmlSelectElement>().ok());
        let Some(field) = field else { return };
        // The browser may have restored another choice than the one rendered.
        offering.set(field.value());
        let watched = field.clone();
        let watch = window_event_listener(ev::change, move |_| {
            if watched.value() != offering.get_untracked() {
                offering.set(watched.value());
            }
        });
        on_cleanup(move || watch.remove());
    });
    let options = move || {
        let known = units.iter().find(|known| known.offering == offering.get());
        let names: Vec<String> =
            known.map_or_else(|| UNITS.map(str::to_owned).to_vec(), |known| known.units.clone());
        names
            .into_iter()
            .map(|name| view! { <option value=name.clone() selected=name == chosen>{unit(language, &name)}</option> })
            .collect_view()
    };
    view! { <select id="unit" name="unit" aria-label=label>{options}</select> }
}
