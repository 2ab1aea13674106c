//! Finding an offering by typing: a field with a list of what fits, which stands for the select where scripts run.

use std::time::Duration;

use leptos::{ev, prelude::*};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use web_sys::{Event, EventInit, HtmlElement, HtmlInputElement, HtmlSelectElement, KeyboardEvent};

use super::fit::{Findable, Fit, fit, listed};

/// The ids of the select, which remains what is sent, of the field and of its list.
const SELECT: &str = "offering";
const FIELD: &str = "offering-find";
const LIST: &str = "offering-list";

/// What the finder says; of what was typed nothing where it has chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FinderWords {
    /// What the field is called, and its list.
    pub label: String,
    pub list: String,
    pub hint: String,
    pub none: String,
    pub alike: String,
    pub several: String,
    pub not_offered: String,
    /// Beside one in the list that nobody offers.
    pub aside: String,
}

/// A field that chooses in the select with the id `offering` as soon as what is typed fits one of `choices` only, or
/// when one is picked from the list of what fits. Where none or several fit, the select is as it was before the typing
/// began, and that is said. Asleep it isn't seen, and the select stands alone.
#[island]
pub fn Finder(words: FinderWords, choices: Vec<Findable>, wrong: bool) -> impl IntoView {
    let FinderWords { label, list, hint, aside, .. } = words.clone();
    let finding = Finding::of(words, choices);
    Effect::new(move |_| finding.wake());
    let options = move || finding.options(&aside);
    let expanded = move || if finding.is_open() { "true" } else { "false" };
    let active =
        move || finding.known.with_value(|known| Some(option_id(&known.get(finding.at.get()?)?.code)));
    view! {
        <div class="finder" class:awake=move || finding.awake.get()>
            <input
                id=FIELD
                type="text"
                role="combobox"
                aria-label=label
                aria-autocomplete="list"
                aria-controls=LIST
                aria-expanded=expanded
                aria-activedescendant=active
                aria-invalid=wrong.then_some("true")
                aria-describedby="offering-problem"
                placeholder=hint
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                required=move || finding.awake.get()
                on:input=move |typed| finding.hear(event_target_value(&typed))
                on:keydown=move |key| finding.press(&key)
                on:click=move |_| finding.begin()
                on:blur=move |_| finding.leave()
            />
            <div class="finder-pop" hidden=move || !finding.is_open() on:mousedown=keep_focus>
                <div class="finder-list" id=LIST role="listbox" tabindex="-1" aria-label=list>{options}</div>
                <p class="hint" aria-hidden="true">{finding.told}</p>
            </div>
            <p id="finder-told" class="sr" role="status">{finding.told}</p>
        </div>
    }
}

/// A press in the list takes the focus from the field, which would close the list.
fn keep_focus(pressed: ev::MouseEvent) {
    pressed.prevent_default();
}

/// What there is to choose from, and what is typed.
#[derive(Clone, Copy)]
struct Finding {
    known: StoredValue<Vec<Findable>>,
    words: StoredValue<FinderWords>,
    /// The code in the select, as far as it is known here.
    chosen: StoredValue<String>,
    /// The one that was in it before what is typed now was begun.
    earlier: StoredValue<Option<String>>,
    awake: RwSignal<bool>,
    /// What the list is of, while it is open: of everything where that is empty.
    filter: RwSignal<Option<String>>,
    /// The choice at which the keyboard is.
    at: RwSignal<Option<usize>>,
    told: RwSignal<String>,
}

impl Finding {
    fn of(words: FinderWords, choices: Vec<Findable>) -> Self {
        Self {
            known: StoredValue::new(choices),
            words: StoredValue::new(words),
            chosen: StoredValue::new(String::new()),
            earlier: StoredValue::new(None),
            awake: RwSignal::new(false),
            filter: RwSignal::new(None),
            at: RwSignal::new(None),
            told: RwSignal::new(String::new()),
        }
    }

    /// Takes the place of the select. Whatever leads to that, be it its label or a complaint, leads to the field.
    fn wake(self) {
        let Some(select) = select() else { return };
        for (name, value) in [("tabindex", "-1"), ("aria-hidden", "true")] {
            let _ = select.set_attribute(name, value);
        }
        // It can't be seen, so that the browser could not say what it lacks; of the field it can.
        select.set_required(false);
        self.awake.set(true);
        self.take(select.value());
        let is_at_it = |at: &web_sys::Element| at.id() == SELECT;
        if document().active_element().as_ref().is_some_and(is_at_it) {
            set_timeout(focus, Duration::ZERO);
        }
        let chosen = window_event_listener(ev::change, move |_| self.follow());
        let led = window_event_listener_untyped("focusin", move |event| {
            let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
            // Not at once: this would be called for the field before it is done with the select.
            if target.as_ref().is_some_and(is_at_it) {
                set_timeout(focus, Duration::ZERO);
            }
        });
        on_cleanup(move || {
            chosen.remove();
            led.remove();
        });
    }

    fn is_open(self) -> bool {
        self.filter.with(Option::is_some)
    }

    /// What something else has chosen in the select stands, such as what keeps a form while the language is changed.
    fn follow(self) {
        let Some(now) = select().map(|select| select.value()) else { return };
        if now != self.chosen.get_value() {
            self.take(now);
        }
    }

    fn take(self, code: String) {
        self.chosen.set_value(code);
        self.settle();
    }

    /// Chooses in the select, which tells those who follow it.
    fn choose(self, code: &str) {
        self.chosen.set_value(code.to_owned());
        let Some(select) = select() else { return };
        if select.value() == code {
            return;
        }
        select.set_value(code);
        let bubbles = EventInit::new();
        bubbles.set_bubbles(true);
        if let Ok(changed) = Event::new_with_event_init_dict("change", &bubbles) {
            let _ = select.dispatch_event(&changed);
        }
    }

    /// Closes the list; the field then names what is chosen.
    fn settle(self) {
        self.close();
        self.earlier.set_value(None);
        self.say(String::new());
        let chosen = self.chosen.get_value();
        let name = self.known.with_value(|known| {
            known.iter().find(|choice| choice.code == chosen).map(|choice| choice.words.clone())
        });
        if let Some(field) = field() {
            field.set_value(&name.unwrap_or_default());
        }
    }

    fn close(self) {
        self.filter.set(None);
        self.at.set(None);
    }

    /// Says why nothing is chosen, also to whoever sends the form like that.
    fn say(self, told: String) {
        if let Some(field) = field() {
            field.set_custom_validity(&told);
        }
        if self.told.with_untracked(|now| *now != told) {
            self.told.set(told);
        }
    }

    /// Opens the list of what fits `typed`, at what that means.
    fn open(self, typed: String) {
        let chosen = self.chosen.get_value();
        let at = self.known.with_value(|known| {
            let meant = match fit(known, &typed) {
                Fit::One(code) => Some(code),
                Fit::Nothing => Some(chosen.as_str()),
                // Of the whole list none was meant.
                Fit::None => return None,
                Fit::Alike | Fit::Several | Fit::NotOffered => None,
            };
            match meant {
                Some(code) => known.iter().position(|choice| choice.code == code),
                None => offered(known, &typed).first().copied(),
            }
        });
        self.filter.set(Some(typed));
        self.stand(at);
    }

    /// Brings the keyboard to a choice, and the list to where that is seen.
    fn stand(self, at: Option<usize>) {
        self.at.set(at);
        let code = self.known.with_value(|known| Some(known.get(at?)?.code.clone()));
        if let Some(code) = code {
            request_animation_frame(move || reveal(&code));
        }
    }

    /// What was typed, letter by letter.
    fn hear(self, typed: String) {
        let earlier = self.earlier.get_value().unwrap_or_else(|| self.chosen.get_value());
        self.earlier.set_value(Some(earlier.clone()));
        let (code, told) = self.known.with_value(|known| {
            self.words.with_value(|words| match fit(known, &typed) {
                Fit::One(code) => (code.to_owned(), String::new()),
                Fit::Nothing => (earlier, String::new()),
                Fit::None => (earlier, words.none.clone()),
                Fit::Alike => (earlier, words.alike.clone()),
                Fit::Several => (earlier, words.several.clone()),
                Fit::NotOffered => (earlier, words.not_offered.clone()),
            })
        });
        self.choose(&code);
        self.say(told);
        self.open(typed);
    }

    /// Whoever comes by a click sees everything, and types over what is chosen.
    fn begin(self) {
        if self.filter.with_untracked(Option::is_none) {
            if let Some(field) = field() {
                field.select();
            }
            self.open(String::new());
        }
    }

    fn press(self, key: &KeyboardEvent) {
        // What is composed, as Chinese is, has keys of its own.
        if key.is_composing() {
            return;
        }
        let open = self.filter.with_untracked(Option::is_some);
        match (key.key().as_str(), open) {
            ("ArrowDown", true) => self.step(true),
            ("ArrowUp", true) => self.step(false),
            ("ArrowDown" | "ArrowUp", false) => self.open(String::new()),
            ("Enter", true) => {
                if let Some(at) = self.at.get_untracked() {
                    self.pick(at);
                }
            }
            ("Escape", true) => {
                if let Some(earlier) = self.earlier.get_value() {
                    self.choose(&earlier);
                }
                self.settle();
            }
            _ => return,
        }
        key.prevent_default();
    }

    /// To the next one that can be chosen, or the one before, round and round.
    fn step(self, down: bool) {
        let typed = self.filter.get_untracked().unwrap_or_default();
        let choices = self.known.with_value(|known| offered(known, &typed));
        let at = self.at.get_untracked();
        let now = choices.iter().position(|choice| Some(*choice) == at);
        let last = choices.len().saturating_sub(1);
        let next = match (now, down) {
            (Some(now), true) if now < last => now + 1,
            (Some(now), false) if now > 0 => now - 1,
            (_, true) => 0,
            (_, false) => last,
        };
        self.stand(choices.get(next).copied());
    }

    fn pick(self, at: usize) {
        let code = self.known.with_value(|known| {
            known.get(at).filter(|choice| choice.offered).map(|choice| choice.code.clone())
        });
        if let Some(code) = code {
            self.choose(&code);
            self.settle();
        }
    }

    /// Whoever goes on has chosen what is chosen. What is typed stays where that is nothing yet, and is complained of
    /// when the form is sent.
    fn leave(self) {
        let Some(field) = field() else { return };
        if self.earlier.with_value(Option::is_none) {
            self.close();
            return;
        }
        if field.value().trim().is_empty() {
            self.choose("");
        } else if self.chosen.with_value(String::is_empty) {
            self.close();
            return;
        }
        self.settle();
    }

    /// What fits, by family; everything where nothing does.
    fn options(self, aside: &str) -> AnyView {
        let Some(typed) = self.filter.get() else { return ().into_any() };
        let mut families: Vec<(String, Vec<AnyView>)> = Vec::new();
        self.known.with_value(|known| {
            for at in listed(known, &typed) {
                let Some(choice) = known.get(at) else { continue };
                let option = self.option(choice, at, aside);
                match families.last_mut() {
                    Some((family, options)) if *family == choice.family => options.push(option),
                    _ => families.push((choice.family.clone(), vec![option])),
                }
            }
        });
        let families = families.into_iter().map(|(family, options)| {
            let named = family.clone();
            view! {
                <div role="group" aria-label=named>
                    <div class="finder-family" aria-hidden="true">{family}</div>
                    {options}
                </div>
            }
        });
        families.collect_view().into_any()
    }

    fn option(self, choice: &Findable, at: usize, aside: &str) -> AnyView {
        let selected = move || if self.at.get() == Some(at) { "true" } else { "false" };
        let aside = (!choice.offered).then(|| view! { <span class="hint">{aside.to_owned()}</span> });
        view! {
            <div
                class="finder-option"
                id=option_id(&choice.code)
                role="option"
                aria-selected=selected
                aria-disabled=(!choice.offered).then_some("true")
                on:click=move |_| self.pick(at)
            >
                <span>{choice.words.clone()}</span>
                {aside}
                <span class="finder-code">{choice.code.clone()}</span>
            </div>
        }
        .into_any()
    }
}

/// Those in the list that can be chosen.
fn offered(known: &[Findable], typed: &str) -> Vec<usize> {
    let mut shown = listed(known, typed);
    shown.retain(|at| known.get(*at).is_some_and(|choice| choice.offered));
    shown
}

fn option_id(code: &str) -> String {
    format!("{SELECT}-{code}")
}

fn element<T: JsCast>(id: &str) -> Option<T> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

fn select() -> Option<HtmlSelectElement> {
    element(SELECT)
}

fn field() -> Option<HtmlInputElement> {
    element(FIELD)
}

fn focus() {
    if let Some(field) = field() {
        let _ = field.focus();
    }
}

/// Scrolls the list, and nothing else, until the option is in it.
fn reveal(code: &str) {
    let (list, option) = (element::<HtmlElement>(LIST), element::<HtmlElement>(&option_id(code)));
    let Some((list, option)) = list.zip(option) else { return };
    let (top, room) = (option.offset_top(), list.client_height());
    let bottom = top + option.offset_height();
    if top < list.scroll_top() {
        list.set_scroll_top(top);
    } else if bottom > list.scroll_top() + room {
        list.set_scroll_top(bottom - room);
    }
}
