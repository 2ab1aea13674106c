//! The page stays fresh while it is open, without losing what is being typed.

#[cfg(target_arch = "wasm32")]
pub(super) use browser::elements;
use leptos::prelude::*;

/// Listens from `mark` on, while the page is seen. When something that the reader may see has changed, the page is
/// asked for again, and those of its parts that are marked `data-live` and have an id are replaced: not one in which
/// somebody types or has typed, and not one that reads the same (or, with `data-state`, whose state is the same),
/// unless its forms are about another version by now, which `data-version` tells. Of the islands only
/// [`super::OwnTime`] may stand in such a part: any other has the page loaded anew.
///
/// What is held back since somebody types is said: the page shows its element `held-back`, whose button `show-new` puts
/// all of it in place, with what was typed in the fields that are still there. A form that keeps a draft stays even so:
/// its page says beside it what became of it.
///
/// A page whose parts all name another, as in `data-live="/en/notices"`, isn't asked for again: that other one has them
/// too. A page without such parts doesn't listen. Asleep, a page shows what was when it was made.
///
/// A page whose reader is signed out, or that can't reach the server for a while, says so: it shows its element
/// `signed-out` or `cut-off`.
///
/// When the page has lost such a part, or says an error by now, it is another page: it is loaded anew, unless something
/// is typed on it. One that is about what can be done, marked `data-return`, is loaded anew when the browser's back
/// button shows it as it was.
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
    use std::{
        cell::RefCell,
        rc::{Rc, Weak},
        time::Duration,
    };

    use gloo_net::http::Request;
    use leptos::{ev, prelude::*, task::spawn_local};
    use wasm_bindgen::{JsCast, JsValue, closure::Closure};
    use web_sys::{
        Element, EventSource, HtmlElement, HtmlInputElement, HtmlTextAreaElement, MessageEvent, NodeList,
        VisibilityState,
    };

    use super::super::{own_time::tell, typed};
    use crate::language;

    /// Changes often come together.
    const GATHER: Duration = Duration::from_millis(300);
    /// A connection that the browser has given up is tried again after this, then after twice as long, and so on.
    const WAIT: Duration = Duration::from_secs(2);
    /// The longest wait for a server that may have ended the session, too.
    const LONGEST: Duration = Duration::from_secs(300);
    /// A server that starts anew is back within this.
    const PATIENCE: Duration = Duration::from_secs(15);
    /// Where is asked whether the reader is still signed in.
    const SESSION: &str = "/api/v1/sessions/current";
    /// The value of the mark of a part in which somebody has typed here.
    const TYPED: &str = "here";
    /// How a page came to be shown: by the browser's back or forward button.
    const BY_HISTORY: u16 = 2;

    /// What is listening, if anything is; `due` while a fresh page is on its way.
    struct State {
        source: Option<EventSource>,
        hear: JsValue,
        fail: JsValue,
        connect: JsValue,
        /// Whether it is waited for a connection that broke.
        broken: bool,
        wait: Duration,
        due: bool,
        mark: String,
    }

    pub fn watch(mark: String) {
        let by_history = window().performance().is_some_and(|clock| clock.navigation().type_() == BY_HISTORY);
        if regions().is_none_or(|regions| regions.length() == 0) || (by_history && begin_again()) {
            return;
        }
        let state = Rc::new_cyclic(|state: &Weak<RefCell<State>>| {
            let (hearing, failing, connecting) = (state.clone(), state.clone(), state.clone());
            let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                if let Some(state) = hearing.upgrade() {
                    state.borrow_mut().mark = event.last_event_id();
                    state.borrow_mut().wait = WAIT;
                    refresh(&state);
                }
            });
            let fail = Closure::<dyn FnMut()>::new(move || {
                if let Some(state) = failing.upgrade() {
                    miss(&state);
                    try_again(&state);
                }
            });
            let connect = Closure::<dyn FnMut()>::new(move || {
                if let Some(state) = connecting.upgrade() {
                    state.borrow_mut().broken = false;
                    show("signed-out", false);
                    show("cut-off", false);
                }
            });
            // They live as long as the page.
            let (hear, fail, connect) = (hear.into_js_value(), fail.into_js_value(), connect.into_js_value());
            RefCell::new(State {
                source: None,
                hear,
                fail,
                connect,
                broken: false,
                wait: WAIT,
                due: false,
                mark,
            })
        });
        open(&state);
        let typed = window_event_listener(ev::input, |event| {
            let field = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let region = field.and_then(|field| field.closest("[data-live], body").ok().flatten());
            if let Some(region) = region {
                // What the page came with, because a form in it was refused, stays.
                let own = region.get_attribute("data-typed").is_some_and(|mark| mark == TYPED);
                if is_typed(&region) && !region.has_attribute("data-typed") {
                    let _ = region.set_attribute("data-typed", TYPED);
                } else if own && !is_typed(&region) {
                    let _ = region.remove_attribute("data-typed");
                }
            }
        });
        // A page that the browser had put aside whole shows what was when it was left.
        let shown = {
            let state = Rc::clone(&state);
            window_event_listener(ev::pageshow, move |event| {
                if event.persisted() && !begin_again() {
                    refresh(&state);
                }
            })
        };
        let wanted = window_event_listener(ev::click, |event| {
            let on = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            if on.is_some_and(|on| on.closest("#show-new").ok().flatten().is_some()) {
                spawn_local(ask(true));
            }
        });
        // A page in the background neither listens nor takes one of the few connections that a browser opens.
        let seen = window_event_listener(ev::visibilitychange, move |_| {
            if is_seen() {
                open(&state);
            } else if let Some(source) = state.borrow_mut().source.take() {
                source.close();
            }
        });
        on_cleanup(move || {
            typed.remove();
            wanted.remove();
            shown.remove();
            seen.remove();
        });
    }

    fn is_seen() -> bool {
        document().visibility_state() == VisibilityState::Visible
    }

    fn open(state: &Rc<RefCell<State>>) {
        let mut state = state.borrow_mut();
        let source = EventSource::new(&format!("/live?since={}", state.mark)).ok();
        if let Some(source) = &source {
            source.set_onmessage(Some(state.hear.unchecked_ref()));
            source.set_onerror(Some(state.fail.unchecked_ref()));
            source.set_onopen(Some(state.connect.unchecked_ref()));
        }
        if let Some(old) = std::mem::replace(&mut state.source, source) {
            old.close();
        }
    }

    /// Asks why nothing is heard any more, and says so: at once of a session that has ended, after a while of a server
    /// that is away. A stream doesn't tell which it is.
    fn miss(state: &Rc<RefCell<State>>) {
        if std::mem::replace(&mut state.borrow_mut().broken, true) {
            return;
        }
        spawn_local(async {
            if is_signed_out().await {
                show("signed-out", true);
            }
        });
        let state = Rc::clone(state);
        set_timeout(
            move || {
                // A page in the background doesn't listen.
                if !state.borrow().broken || !is_seen() {
                    return;
                }
                spawn_local(async {
                    let out = is_signed_out().await;
                    show("signed-out", out);
                    show("cut-off", !out);
                });
            },
            PATIENCE,
        );
    }

    async fn is_signed_out() -> bool {
        Request::get(SESSION).send().await.is_ok_and(|answer| answer.status() == 401)
    }

    fn show(id: &str, shown: bool) {
        if let Some(note) = document().get_element_by_id(id) {
            let _ = if shown { note.remove_attribute("hidden") } else { note.set_attribute("hidden", "") };
        }
    }

    /// The browser itself goes on after a connection that broke, but not after an answer that was an error, such as a
    /// gateway's while the server starts.
    fn try_again(state: &Rc<RefCell<State>>) {
        let wait = {
            let mut state = state.borrow_mut();
            if state.source.as_ref().is_none_or(|source| source.ready_state() != EventSource::CLOSED) {
                return;
            }
            let next = (state.wait * 2).min(LONGEST);
            std::mem::replace(&mut state.wait, next)
        };
        let state = Rc::clone(state);
        set_timeout(
            move || {
                if is_seen() {
                    open(&state);
                }
            },
            wait,
        );
    }

    /// Loads a page again that was shown by the back button and is about what could be done then, if it is such.
    fn begin_again() -> bool {
        let is_such = document().query_selector("[data-return]").ok().flatten().is_some();
        is_such && window().location().reload().is_ok()
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
            Some(first) if !first.is_empty() && places.iter().all(|place| place == first) => {
                Some(first.clone())
            }
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
                    ask(false).await;
                });
            },
            GATHER,
        );
    }

    /// Asks for the page; `all` of it is wanted, be it that somebody types, or what can be had without disturbing them.
    async fn ask(all: bool) {
        let Some(here) = source() else { return };
        // A form's answer has the address of its page; a page that fails to load changes nothing.
        let Ok(answer) = Request::get(&here).send().await else { return };
        match (answer.ok(), answer.text().await) {
            (true, Ok(page)) => swap(&page, all),
            // Not the reader's to see any more, gone, or past what the page is for.
            (false, _) if matches!(answer.status(), 403 | 404 | 422) => load_anew(all),
            _ => {}
        }
    }

    /// Puts the fresh parts of `page` in place of the stale ones; those in which somebody types, if `all` are wanted.
    fn swap(page: &str, all: bool) {
        // Parsed out of the document: nothing in it is run or shown.
        let Ok(fresh) = document().create_element("div") else { return };
        fresh.set_inner_html(page);
        let Some(regions) = regions() else { return };
        let language = window().location().pathname().ok().and_then(|path| language::of_path(&path));
        let language = language.unwrap_or_default();
        let (mut sleeps, mut held) = (false, false);
        for at in 0..regions.length() {
            let Some(stale) = regions.item(at).and_then(|node| node.dyn_into::<Element>().ok()) else {
                continue;
            };
            let found = fresh.query_selector(&format!("[id='{}']", stale.id())).ok().flatten();
            let Some(found) = found else {
                load_anew(all);
                return;
            };
            for own in elements(&found, ".own-time") {
                tell(&own, language);
            }
            if reads_the_same(&stale, &found) {
                continue;
            }
            let at_work = stale.has_attribute("data-typed") || is_used(&stale);
            if at_work && (!all || keeps_draft(&stale)) {
                held |= !keeps_draft(&stale) && is_news(&stale, &found);
                continue;
            }
            // What lives in the browser wakes up only with its page; times on the reader's clock were told here.
            if elements(&found, "leptos-island").iter().any(sleeps_on) {
                sleeps = true;
                continue;
            }
            let _ = found.set_attribute("data-fresh", "");
            open_again(&stale, &found);
            let carried = if at_work { typed::carry(&stale, &found, is_kept(&stale)) } else { None };
            if carried.is_some() {
                let _ = found.set_attribute("data-typed", TYPED);
            }
            let focus = focused_again(&stale, &found).or(carried);
            let _ = stale.replace_with_with_node_1(&found);
            if let Some(focus) = focus {
                let _ = focus.focus();
            }
        }
        show("held-back", held);
        // Last, since it does nothing where somebody types: the others are fresh by then.
        if sleeps {
            load_anew(all);
        }
    }

    /// Whether a form in it saves itself what is filled in.
    fn keeps_draft(region: &Element) -> bool {
        region.query_selector("[data-draft]").ok().flatten().is_some()
    }

    /// Whether it came with what was typed, because a form in it was refused.
    fn is_kept(region: &Element) -> bool {
        region.get_attribute("data-typed").is_some_and(|mark| mark != TYPED)
    }

    /// Whether a part in which somebody types says something else by now, but for the time that is left. One that came
    /// with a refused form reads otherwise than a fresh one anyway: of it only its version tells.
    fn is_news(stale: &Element, fresh: &Element) -> bool {
        let version = |region: &Element| region.get_attribute("data-version");
        let said = |region: &Element| {
            let copy = region.clone_node_with_deep(true).ok()?.dyn_into::<Element>().ok()?;
            elements(&copy, ".left").iter().for_each(Element::remove);
            copy.text_content()
        };
        version(stale) != version(fresh) || (!is_kept(stale) && said(stale) != said(fresh))
    }

    /// Whether an island is anything else than one time on the reader's clock. Offers have several of them: what is
    /// typed goes along with what is taken from a page that was loaded anew, not with what came to it.
    fn sleeps_on(island: &Element) -> bool {
        island.query_selector("p.own-time").ok().flatten().is_none()
    }

    pub fn elements(within: &Element, css: &str) -> Vec<Element> {
        let found = within.query_selector_all(css).ok();
        let at = |found: &NodeList, place| found.item(place)?.dyn_into().ok();
        found.map_or_else(Vec::new, |found| {
            (0..found.length()).filter_map(|place| at(&found, place)).collect()
        })
    }

    /// What the reader had unfolded stays so: it is known by what its summary says.
    fn open_again(stale: &Element, fresh: &Element) {
        let title = |fold: &Element| fold.query_selector("summary").ok().flatten()?.text_content();
        let open: Vec<_> = elements(stale, "details[open]").iter().filter_map(title).collect();
        for fold in elements(fresh, "details") {
            if title(&fold).is_some_and(|title| open.contains(&title)) {
                let _ = fold.set_attribute("open", "");
            }
        }
    }

    /// The fresh one of the link, button or fold at which the reader is, if it is in the stale part.
    fn focused_again(stale: &Element, fresh: &Element) -> Option<HtmlElement> {
        let active = document().active_element().filter(|active| stale.contains(Some(active)))?;
        let is_same = |one: &Element| {
            one.text_content() == active.text_content()
                && one.get_attribute("href") == active.get_attribute("href")
        };
        elements(fresh, &active.tag_name()).into_iter().find(is_same)?.dyn_into().ok()
    }

    /// Whether anything in it reads otherwise than the page said.
    fn is_typed(region: &Element) -> bool {
        elements(region, "input, textarea, select").into_iter().any(|field| {
            if let Some(field) = field.dyn_ref::<HtmlInputElement>() {
                field.value() != field.default_value() || field.checked() != field.default_checked()
            } else if let Some(field) = field.dyn_ref::<HtmlTextAreaElement>() {
                field.default_value().is_ok_and(|before| field.value() != before)
            } else {
                // What a list said first isn't worth finding out: whoever chooses is at work.
                true
            }
        })
    }

    /// Loads the page anew, unless something is typed on it: then that is said. If `all` is wanted, what is typed is
    /// given up for it, but where a form keeps a draft.
    fn load_anew(all: bool) {
        let is_there = |css: &str| document().query_selector(css).ok().flatten().is_some();
        let keeps_draft = is_there("[data-typed] [data-draft]");
        if !is_there("[data-typed]") || (all && !keeps_draft) {
            let _ = window().location().reload();
        } else if !keeps_draft {
            show("held-back", true);
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
        if one.get_attribute("data-version") != other.get_attribute("data-version") {
            return false;
        }
        match (one.get_attribute("data-state"), other.get_attribute("data-state")) {
            (None, None) => one.text_content() == other.text_content(),
            (one, other) => one == other,
        }
    }
}
