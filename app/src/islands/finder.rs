//! Finding an offering by typing.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// A field that chooses in the select with the id `offering` as soon as what is typed fits one of `choices` only (code
/// and words in both languages). The select remains what is sent; without scripts it stands alone.
#[island]
pub fn Finder(label: String, hint: String, choices: Vec<(String, String)>) -> impl IntoView {
    let known = choices.clone();
    let choose = move |typed: String| {
        let Some(code) = fitting(&known, &typed) else { return };
        let field = document()
            .get_element_by_id("offering")
            .and_then(|field| field.dyn_into::<web_sys::HtmlSelectElement>().ok());
        let Some(field) = field else { return };
        if field.value() != code {
            field.set_value(code);
            // Those who follow the field listen to the window.
            if let Ok(changed) = web_sys::Event::new("change") {
                let _ = window().dispatch_event(&changed);
            }
        }
    };
    let options =
        choices.into_iter().map(|(_, words)| view! { <option value=words></option> }).collect_view();
    view! {
        <span class="finder">
            <input
                type="search"
                list="finder-choices"
                aria-label=label
                placeholder=hint
                autocomplete="off"
                on:input=move |typed| choose(event_target_value(&typed))
            />
            <datalist id="finder-choices">{options}</datalist>
        </span>
    }
}

/// The code of the choice that `typed` names: by its words or its code as they are, or as the only one that contains it.
fn fitting<'a>(choices: &'a [(String, String)], typed: &str) -> Option<&'a str> {
    let typed = typed.trim().to_lowercase();
    if typed.is_empty() {
        return None;
    }
    let exact =
        choices.iter().find(|(code, words)| code.to_lowercase() == typed || words.to_lowercase() == typed);
    if let Some((code, _)) = exact {
        return Some(code);
    }
    let mut within = choices.iter().filter(|(_, words)| words.to_lowercase().contains(&typed));
    match (within.next(), within.next()) {
        (Some((code, _)), None) => Some(code),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::fitting;

    #[test]
    fn a_choice_is_made_when_only_one_fits() {
        let choices = [
            ("TAB", "片剂 tablet"),
            ("FCT", "薄膜衣片 film-coated tablet"),
            ("PEP", "多肽原料药 peptide API"),
        ]
        .map(|(code, words)| (code.to_owned(), words.to_owned()));
        assert_eq!(fitting(&choices, " pepti"), Some("PEP"));
        assert_eq!(fitting(&choices, "薄膜"), Some("FCT"));
        assert_eq!(fitting(&choices, "tab"), Some("TAB"), "its code");
        assert_eq!(fitting(&choices, "tablet"), None, "two fit");
        assert_eq!(fitting(&choices, ""), None);
    }
}
