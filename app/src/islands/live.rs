//! The page stays fresh while it is open, without losing what is being typed.

use leptos::prelude::*;

/// Listens from `mark` on, while the page is seen. When something that the reader may see has changed, the page is
/// asked for again, and those of its parts that are marked `data-live` and have an id are replaced: not one in which
/// somebody types or has typed, and not one that reads the same (or, with `data-state`, whose state is the same).
///
/// A page whose parts all name another, as in `data-live="/en/notices"`, isn't asked for again: that other one has them
/// too. A page without such parts doesn't listen. Asleep, a page shows what was when it was made.
#[island]
pub fn Live(mark: String) -> impl IntoView {
    #[cfg(target_arch = "wasm32")]
    Effect::new(move |_| browser::watch(mark.clone()));
    #[cfg(not(target_arch = "wasm32"))]
    let _ = mark;
    view! { <span hidden></span> }
}

#[cfg(target_arch = "wasm32")]
mod browser {
    use std::{cell::RefCell, rc::Rc, time::Duration};

    use gloo_net::http::Request;
    use leptos::{ev, prelude::*, task::spawn_local};
    use wasm_bindgen::{JsCast, closure::Closure};
    use web_sys::{Element, EventSource, MessageEvent, NodeList, VisibilityState};

    /// Changes often come together.
    const GATHER: Duration = Duration::from_millis(300);

    /// What is listening, if anything is; `due` while a fresh page is on its way.
    #[derive(Default)]
    struct State {
        source: Option<EventSource>,
        due: bool,
        mark: String,
    }

    pub fn watch(mark: String) {
        if regions().is_none_or(|regions| regions.length() == 0) {
            return;
        }
        let state = Rc::new(RefCell::new(State { mark, ..State::default() }));
        let hear = {
            let state = Rc::clone(&state);
            // Lives as long as the page.
            let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                state.borrow_mut().mark = event.last_event_id();
                refresh(&state);
            });
            hear.into_js_value()
        };
        let open = {
            let state = Rc::clone(&state);
            move || {
                let mut state = state.borrow_mut();
                let source = EventSource::new(&format!("/live?since={}", state.mark)).ok();
                if let Some(source) = &source {
                    source.set_onmessage(Some(hear.unchecked_ref()));
                }
                if let Some(old) = std::mem::replace(&mut state.source, source) {
                    old.close();
                }
            }
        };
        open();
        let typed = window_event_listener(ev::input, |event| {
            let field = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let region = field.and_then(|field| field.closest("[data-live]").ok().flatten());
            if let Some(region) = region {
                let _ = region.set_attribute("data-typed", "");
            }
        });
        // A page in the background neither listens nor takes one of the few connections that a browser opens.
        let seen = window_event_listener(ev::visibilitychange, move |_| {
            if document().visibility_state() == VisibilityState::Visible {
                open();
            } else if let Some(source) = state.borrow_mut().source.take() {
                source.close();
            }
        });
        on_cleanup(move || {
            typed.remove();
            seen.remove();
        });
    }

    fn regions() -> Option<NodeList> {
        document().query_selector_all("[data-live][id]").ok()
    }

    /// The address of the page that has all parts fresh: this one, unless another does for all of them.
    fn source() -> Option<String> {
        let regions = regions()?;
        let named = |at| regions.item(at)?.dyn_into::<Element>().ok()?.get_attribute("data-live");
        let places: Vec<String> = (0..regions.length()).filter_map(named).collect();
        match places.first() {
            Some(first) if !first.is_empty() && places.iter().all(|place| place == first) => Some(first.clone()),
            _ => window().location().href().ok(),
        }
    }

    /// Asks for the page again, soon and once.
    fn refresh(state: &Rc<RefCell<State>>) {
        if std::mem::replace(&mut state.borrow_mut().due, true) {
            return;
        }
        let state = Rc::clone(state);
        set_timeout(
            move || {
                spawn_local(async move {
                    state.borrow_mut().due = false;
                    let Some(here) = source() else { return };
                    // A form's answer has the address of its page; a page that fails to load changes nothing.
                    let Ok(answer) = Request::get(&here).send().await else { return };
                    if let (true, Ok(page)) = (answer.ok(), answer.text().await) {
                        swap(&page);
                    }
                });
            },
            GATHER,
        );
    }

    /// Puts the fresh parts of `page` in place of the stale ones.
    fn swap(page: &str) {
        // Parsed out of the document: nothing in it is run or shown.
        let Ok(fresh) = document().create_element("div") else { return };
        fresh.set_inner_html(page);
        let Some(regions) = regions() else { return };
        for at in 0..regions.length() {
            let Some(stale) = regions.item(at).and_then(|node| node.dyn_into::<Element>().ok()) else {
                continue;
            };
            let found = fresh.query_selector(&format!("[id='{}']", stale.id())).ok().flatten();
            let Some(found) = found else { continue };
            if stale.has_attribute("data-typed") || is_used(&stale) || reads_the_same(&stale, &found) {
                continue;
            }
            // What lives in the browser wakes up only with its page.
            if found.query_selector("leptos-island").ok().flatten().is_some() {
                if document().query_selector("[data-typed]").ok().flatten().is_none() {
                    let _ = window().location().reload();
                }
                continue;
            }
            let _ = found.set_attribute("data-fresh", "");
            let _ = stale.replace_with_with_node_1(&found);
        }
    }

    /// Whether somebody is at a field in it.
    fn is_used(region: &Element) -> bool {
        let active = document().active_element();
        active.is_some_and(|active| {
            matches!(active.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
                && region.contains(Some(&active))
        })
    }

    fn reads_the_same(one: &Element, other: &Element) -> bool {
        match (one.get_attribute("data-state"), other.get_attribute("data-state")) {
            (None, None) => one.text_content() == other.text_content(),
            (one, other) => one == other,
        }
    }
}
