//! A time on the reader's own clock.

use leptos::prelude::*;
use web_sys::{js_sys::Date, wasm_bindgen::JsValue};

use crate::{
    contract::Instant,
    language::Language,
    words::{moment_at, say, short_moment},
};

/// Minutes that the plant's clock is ahead of UTC.
const PLANT: i64 = domain::calendar::PLANT_OFFSET;

/// Says from `start` to `end`, or when that is if they are the same, in seconds since 1970, on the reader's clock where
/// that differs from the plant's. Asleep it keeps the place, so that nothing jumps.
#[island]
pub fn OwnTime(language: Language, start: i64, end: i64) -> impl IntoView {
    let words = RwSignal::new(String::new());
    Effect::new(move |_| {
        if let Some(own) = own(language, (start, end), false) {
            words.set(own);
        }
    });
    view! { <p class="own-time" data-from=start.to_string() data-to=end.to_string()>{words}</p> }
}

/// The same of each of `steps`, in few words: by its name, from when to when. On paper once it is told: names alone say
/// nothing.
#[island]
pub fn OwnSteps(language: Language, steps: Vec<(String, i64, i64)>) -> impl IntoView {
    let awake = RwSignal::new(false);
    Effect::new(move |_| awake.set(true));
    let lines = steps
        .into_iter()
        .map(|(name, start, end)| {
            let told = move || own(language, (start, end), true).unwrap_or_default();
            let words = move || if awake.get() { told() } else { String::new() };
            view! {
                <li>
                    <span>{name}</span>
                    " "
                    <span class="own-time" data-from=start.to_string() data-to=end.to_string() data-brief="" data-told=move || awake.get()>{words}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ul>{lines}</ul> }
}

/// Says it in an element of either that came while the page is open: no island wakes in it.
#[cfg(target_arch = "wasm32")]
pub(super) fn tell(element: &web_sys::Element, language: Language) {
    let at = |name: &str| element.get_attribute(name)?.parse().ok();
    let times = at("data-from").zip(at("data-to"));
    let own = times.and_then(|times| own(language, times, element.has_attribute("data-brief")));
    if let Some(own) = own {
        element.set_text_content(Some(&own));
        let _ = element.set_attribute("data-told", "");
    }
}

/// From when to when on the reader's clock; `None` where that is the plant's.
fn own(language: Language, (start, end): (i64, i64), brief: bool) -> Option<String> {
    let (begins, ends) = (east(start), east(end));
    if begins == PLANT && ends == PLANT {
        return None;
    }
    if brief {
        let at = |instant: i64, east: i64| short_moment(language, Instant(instant + (east - PLANT) * 60));
        return Some(format!("{} → {}", at(start, begins), at(end, ends)));
    }
    let from = moment_at(language, Instant(start), begins);
    let to = moment_at(language, Instant(end), ends);
    Some(if start == end {
        say!(language, find.own_moment, at = from).to_string()
    } else {
        say!(language, find.own_time, from = from, to = to).to_string()
    })
}

/// Minutes that the reader's clock is ahead of UTC then.
fn east(instant: i64) -> i64 {
    #[expect(clippy::cast_precision_loss, reason = "a browser's own dates are no more precise")]
    let then = Date::new(&JsValue::from_f64(instant as f64 * 1000.0));
    #[expect(clippy::cast_possible_truncation, reason = "a day has few minutes")]
    let west = then.get_timezone_offset() as i64;
    -west
}
