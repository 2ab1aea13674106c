//! The unit of the batch size: those of the chosen offering.

use std::time::Duration;

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

/// A select that follows the field with the id `offering`; asleep it offers every unit, for nothing tells it which
/// offering is chosen by then: whether the unit is one of its, the server says.
#[island]
pub fn Units(
    language: Language,
    units: Vec<UnitsOf>,
    chosen: String,
    offering: String,
    label: String,
) -> impl IntoView {
    let first = units.iter().find(|known| known.offering == offering).and_then(|known| known.units.first());
    let chosen = if chosen.is_empty() { first.cloned().unwrap_or_default() } else { chosen };
    let (offering, awake) = (RwSignal::new(offering), RwSignal::new(false));
    Effect::new(move |_| {
        let Some(field) = select("offering") else { return };
        // The browser may have restored other choices than those rendered, or the reader was faster than this.
        keep_unit();
        offering.set(field.value());
        awake.set(true);
        let watched = field.clone();
        let watch = window_event_listener(ev::change, move |_| {
            if watched.value() != offering.get_untracked() {
                offering.set(watched.value());
            }
        });
        on_cleanup(move || watch.remove());
    });
    let options = move || {
        choices(&units, &offering.get(), awake.get())
            .into_iter()
            .map(|name| view! { <option value=name.clone() selected=name == chosen>{unit(language, &name)}</option> })
            .collect_view()
    };
    view! { <select id="unit" name="unit" aria-label=label>{options}</select> }
}

fn select(id: &str) -> Option<web_sys::HtmlSelectElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Chooses the unit that is chosen now once more when the options are those of the offering, if it is one of them.
fn keep_unit() {
    let Some(unit) = select("unit") else { return };
    let kept = unit.value();
    set_timeout(
        move || {
            unit.set_value(&kept);
            if unit.selected_index() < 0 {
                unit.set_selected_index(0);
            }
        },
        Duration::ZERO,
    );
}

/// The units to choose from: those of the offering, or all of them where nothing follows what is chosen.
fn choices(units: &[UnitsOf], offering: &str, awake: bool) -> Vec<String> {
    let known = units.iter().find(|known| awake && known.offering == offering);
    known.map_or_else(|| UNITS.map(str::to_owned).to_vec(), |known| known.units.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asleep_every_unit_can_be_chosen_and_awake_those_of_the_offering() {
        let units = [("TAB", ["kilogram", "piece"]), ("SVP", ["vial", "litre"])].map(|(offering, units)| {
            UnitsOf { offering: offering.to_owned(), units: units.map(str::to_owned).to_vec() }
        });
        assert_eq!(choices(&units, "SVP", true), ["vial", "litre"]);
        assert_eq!(choices(&units, "SVP", false), UNITS);
        assert_eq!(choices(&units, "", true), UNITS);
    }
}
