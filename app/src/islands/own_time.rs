//! A time on the reader's own clock.

use leptos::prelude::*;
use web_sys::{js_sys::Date, wasm_bindgen::JsValue};

use crate::{
    contract::Instant,
    language::Language,
    words::{moment_at, say},
};

/// Minutes that the plant's clock is ahead of UTC.
const PLANT: i64 = domain::calendar::PLANT_OFFSET;

/// Says from `start` to `end`, or when that is if they are the same, in seconds since 1970, on the reader's clock where
/// that differs from the plant's. Asleep it keeps the place, so that nothing jumps.
#[island]
pub fn OwnTime(language: Language, start: i64, end: i64) -> impl IntoView {
    let words = RwSignal::new(String::new());
    Effect::new(move |_| {
        let (begins, ends) = (east(start), east(end));
        if begins != PLANT || ends != PLANT {
            let from = moment_at(language, Instant(start), begins);
            let to = moment_at(language, Instant(end), ends);
            words.set(if start == end {
                say!(language, find.own_moment, at = from).to_string()
            } else {
                say!(language, find.own_time, from = from, to = to).to_string()
            });
        }
    });
    view! { <p class="own-time">{words}</p> }
}

/// Minutes that the reader's clock is ahead of UTC then.
fn east(instant: i64) -> i64 {
    #[expect(clippy::cast_precision_loss, reason = "a browser's own dates are no more precise")]
    let then = Date::new(&JsValue::from_f64(instant as f64 * 1000.0));
    #[expect(clippy::cast_possible_truncation, reason = "a day has few minutes")]
    let west = then.get_timezone_offset() as i64;
    -west
}
