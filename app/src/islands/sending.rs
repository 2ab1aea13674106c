//! A form that is on its way shows it, and isn't sent twice.

use leptos::prelude::*;

/// Marks the button by which a form is sent as busy until its answer is there, and keeps the form from being sent again
/// meanwhile. One for all the forms of a page. A page that the browser's back button shows as it was left is as before.
/// Asleep, what is sent twice is done once all the same, by the form's key.
#[island]
pub fn Sending() -> impl IntoView {
    #[cfg(target_arch = "wasm32")]
    Effect::new(move |_| browser::watch());
    view! { <span hidden></span> }
}

#[cfg(target_arch = "wasm32")]
mod browser {
    use std::time::Duration;

    use leptos::{ev, prelude::*};
    use wasm_bindgen::JsCast;
    use web_sys::Element;

    /// Whoever stopped the browser, or saved what was answered as a file, may send again after this.
    const LONGEST: Duration = Duration::from_secs(20);
    const BUSY: &str = "aria-busy";
    const SENT: &str = "data-sending";

    pub fn watch() {
        let sent = window_event_listener(ev::submit, |event| {
            let form = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let Some(form) = form.filter(|_| !event.default_prevented()) else { return };
            if form.has_attribute(SENT) {
                event.prevent_default();
                return;
            }
            let button = event.submitter().and_then(|button| button.dyn_into::<Element>().ok());
            let _ = form.set_attribute(SENT, "");
            if let Some(button) = &button {
                let _ = button.set_attribute(BUSY, "true");
            }
            set_timeout(move || rest(&form, button.as_ref()), LONGEST);
        });
        let shown = window_event_listener(ev::pageshow, |event| {
            if !event.persisted() {
                return;
            }
            let Ok(sent) = document().query_selector_all(&format!("form[{SENT}]")) else { return };
            for at in 0..sent.length() {
                let form = sent.item(at).and_then(|form| form.dyn_into::<Element>().ok());
                let Some(form) = form else { continue };
                let button = form.query_selector(&format!("[{BUSY}]")).ok().flatten();
                rest(&form, button.as_ref());
            }
        });
        on_cleanup(move || {
            sent.remove();
            shown.remove();
        });
    }

    fn rest(form: &Element, button: Option<&Element>) {
        let _ = form.remove_attribute(SENT);
        if let Some(button) = button {
            let _ = button.remove_attribute(BUSY);
        }
    }
}
