//! The time that is left, ticking.

use std::time::Duration;

use leptos::prelude::*;

use crate::{
    language::Language,
    words::{remaining, say},
};

/// Counts down from the server's `now` to `until`, both in seconds since 1970, by the browser's steady clock: what its
/// calendar says does not matter. Asleep it shows what was left when the page was made. A page that the browser's back
/// button took from its cache was made at another time: the server is asked for its time again.
#[island]
pub fn Countdown(language: Language, now: i64, until: i64) -> impl IntoView {
    let left = RwSignal::new(until - now);
    let made = RwSignal::new(now);
    Effect::new(move |_| {
        #[cfg(target_arch = "wasm32")]
        browser::ask_again(made);
        let tick = move || left.set(until - made.get_untracked() - seconds_on_page());
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

#[cfg(target_arch = "wasm32")]
mod browser {
    use gloo_net::http::Request;
    use leptos::{prelude::*, task::spawn_local};
    use web_sys::js_sys::Date;

    use super::seconds_on_page;

    /// Any answer says when it was made.
    const ANYTHING: &str = "/api/v1/sessions/current";
    /// How a page came to be shown: by the browser's back or forward button.
    const BY_HISTORY: u16 = 2;

    /// Puts right when the page was made, where its own word for that may be from before.
    pub fn ask_again(made: RwSignal<i64>) {
        let navigation = window().performance().map(|clock| clock.navigation().type_());
        if navigation != Some(BY_HISTORY) {
            return;
        }
        spawn_local(async move {
            let Ok(answer) = Request::get(ANYTHING).send().await else { return };
            let said = answer.headers().get("date").map_or(f64::NAN, |date| Date::parse(&date));
            if said.is_finite() {
                #[expect(clippy::cast_possible_truncation, reason = "a date has few seconds")]
                made.set((said / 1000.0) as i64 - seconds_on_page());
            }
        });
    }
}
