//! What was typed into a part of a page goes along into the same part as it is by now.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

use super::live::elements;

/// What can be filled in.
const FIELDS: &str = "input:not([type=hidden]), textarea, select";
/// What a form says of itself that is not about what: which sending, version and draft it is.
const PASSING: &str = "[name=key], [name=version], [name=known], [name=turn]";

/// Takes what reads otherwise than `stale` came with, or all if it came with what was typed, along into the same fields
/// of `fresh`, and unfolds these. What they were is the first of them; a field that is gone takes nothing.
pub fn carry(stale: &Element, fresh: &Element, whole: bool) -> Option<HtmlElement> {
    let mut first = None;
    for field in elements(stale, FIELDS) {
        if !whole && !is_changed(&field) {
            continue;
        }
        let Some(same) = twin(&field, fresh) else { continue };
        copy(&field, &same);
        if let Some(fold) = same.closest("details").ok().flatten() {
            let _ = fold.set_attribute("open", "");
        }
        first = first.or_else(|| same.dyn_into().ok());
    }
    first
}

/// Whether it reads otherwise than it came.
fn is_changed(field: &Element) -> bool {
    if let Some(field) = field.dyn_ref::<HtmlInputElement>() {
        field.value() != field.default_value() || field.checked() != field.default_checked()
    } else if let Some(field) = field.dyn_ref::<HtmlTextAreaElement>() {
        field.default_value().is_ok_and(|before| field.value() != before)
    } else if let Some(list) = field.dyn_ref::<HtmlSelectElement>() {
        let option = |css: &str| list.query_selector(css).ok().flatten();
        let first = option("option[selected]").or_else(|| option("option"));
        first.is_some_and(|first| first.get_attribute("value").unwrap_or_default() != list.value())
    } else {
        false
    }
}

/// The same field of the fresh part: it has the same id, or the same name in a form about the same.
fn twin(field: &Element, fresh: &Element) -> Option<Element> {
    let id = field.id();
    if !id.is_empty() {
        return fresh.query_selector(&format!("[id='{id}']")).ok().flatten();
    }
    let (about, ticks) = (about(field)?, is_ticked_or_not(field));
    let is_same = |other: &Element| {
        let same = |name: &str| other.get_attribute(name) == field.get_attribute(name);
        let alike = same("name") && same("type") && (!ticks || same("value"));
        alike && self::about(other).as_ref() == Some(&about)
    };
    elements(fresh, &field.tag_name()).into_iter().find(is_same)
}

/// What the field's form is about: where it goes, and what it says unseen.
fn about(field: &Element) -> Option<String> {
    let form = field.closest("form").ok().flatten()?;
    let unseen = elements(&form, &format!("input[type=hidden]:not({PASSING})"));
    let value = |one: &Element, name: &str| one.get_attribute(name).unwrap_or_default();
    let said = unseen.iter().map(|one| format!("{}={}", value(one, "name"), value(one, "value")));
    let said = said.collect::<Vec<_>>().join("&");
    Some(format!("{}?{said}", form.get_attribute("action").unwrap_or_default()))
}

fn is_ticked_or_not(field: &Element) -> bool {
    field.get_attribute("type").is_some_and(|sort| matches!(sort.as_str(), "checkbox" | "radio"))
}

/// Makes `to` say what `from` says.
fn copy(from: &Element, to: &Element) {
    if let (Some(from), Some(to)) = (from.dyn_ref::<HtmlInputElement>(), to.dyn_ref::<HtmlInputElement>()) {
        if is_ticked_or_not(from) {
            to.set_checked(from.checked());
        } else {
            to.set_value(&from.value());
        }
    } else if let (Some(from), Some(to)) =
        (from.dyn_ref::<HtmlTextAreaElement>(), to.dyn_ref::<HtmlTextAreaElement>())
    {
        to.set_value(&from.value());
    } else if let (Some(from), Some(to)) =
        (from.dyn_ref::<HtmlSelectElement>(), to.dyn_ref::<HtmlSelectElement>())
    {
        to.set_value(&from.value());
    }
}
