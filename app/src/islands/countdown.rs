//! The time that is left, ticking.

use std::time::Duration;

use leptos::prelude::*;

use crate::{
    language::Language,
    words::{remaining, say},
};

/// Counts down from the server's `now` to `until`, both in seconds since 1970, by the browser's steady clock: what its
/// calendar says does not matter. Asleep it shows what was left when the page was made.
#[island]
pub fn Countdown(language: Language, now: i64, until: i64) -> impl IntoView {
    let left = RwSignal::new(until - now);
    Effect::new(move |_| {
        let tick = move || left.set(until - now - seconds_on_page());
        tick();
        if let Ok(timer) = set_interval_with_handle(tick, Duration::from_secs(1)) {
            on_cleanup(move || timer.clear());
        }
    });
    let words = move || match left.get() {
        seconds if seconds > 0 => remaining(language, seconds),
        _ => say!(language, booking.over).to_owned(),
    };
    view! { <span class="countdown" role="timer" class:over=move || left.get() <= 0>{words}</span> }
}

/// Whole seconds since the browser asked for the page.
fn seconds_on_page() -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "nobody looks at a page for that long")]
    window().performance().map_or(0, |clock| (clock.now() / 1000.0) as i64)
}
