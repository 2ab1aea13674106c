//! Finding an offering by typing.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;

/// An offering to be found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findable {
    pub code: String,
    /// Its name in both languages.
    pub words: String,
    /// Whether any platform offers it, so that the select has it.
    pub offered: bool,
}

/// What the finder says of what was typed; nothing where it has chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FinderWords {
    pub label: String,
    pub hint: String,
    pub none: String,
    pub several: String,
    pub not_offered: String,
}

/// What is typed, against what can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit<'a> {
    Nothing,
    None,
    Several,
    NotOffered,
    One(&'a str),
}

/// A field that chooses in the select with the id `offering` as soon as what is typed fits one of `choices` only. Where
/// it fits none or several, the select is as it was before the typing began, and that is said. The select remains what
/// is sent; without scripts it stands alone.
#[island]
pub fn Finder(words: FinderWords, choices: Vec<Findable>) -> impl IntoView {
    let before = StoredValue::new(None::<(String, String)>);
    let told = RwSignal::new(String::new());
    let FinderWords { label, hint, none, several, not_offered } = words;
    let known = choices.clone();
    let choose = move |typed: String| {
        let Some(field) = offering_field() else { return };
        let earlier = match before.get_value() {
            Some((earlier, set)) if set == field.value() => earlier,
            // What was chosen in the list meanwhile stands.
            _ => field.value(),
        };
        let (code, says) = match fit(&known, &typed) {
            Fit::One(code) => (code.to_owned(), ""),
            Fit::Nothing => (earlier.clone(), ""),
            Fit::None => (earlier.clone(), none.as_str()),
            Fit::Several => (earlier.clone(), several.as_str()),
            Fit::NotOffered => (earlier.clone(), not_offered.as_str()),
        };
        before.set_value((!typed.trim().is_empty()).then_some((earlier, code.clone())));
        if told.with_untracked(|now| now != says) {
            told.set(says.to_owned());
        }
        if field.value() != code {
            field.set_value(&code);
            // Those who follow the field listen to the window.
            if let Ok(changed) = web_sys::Event::new("change") {
                let _ = window().dispatch_event(&changed);
            }
        }
    };
    let options =
        choices.into_iter().map(|choice| view! { <option value=choice.words></option> }).collect_view();
    view! {
        <span class="finder">
            <input
                type="search"
                list="finder-choices"
                aria-label=label
                aria-describedby="finder-told"
                placeholder=hint
                autocomplete="off"
                on:input=move |typed| choose(event_target_value(&typed))
            />
            <datalist id="finder-choices">{options}</datalist>
            <span id="finder-told" class="hint" role="status">{told}</span>
        </span>
    }
}

fn offering_field() -> Option<web_sys::HtmlSelectElement> {
    document().get_element_by_id("offering")?.dyn_into().ok()
}

/// The choice that `typed` names: by its code or its names as they are, or as the only one that has all of its words:
/// each is the code, or begins a word of the names. Chinese is written without spaces, so that any part of it counts.
fn fit<'a>(choices: &'a [Findable], typed: &str) -> Fit<'a> {
    let typed = plain(typed);
    if typed.is_empty() {
        return Fit::Nothing;
    }
    let one = |choice: &'a Findable| if choice.offered { Fit::One(&choice.code) } else { Fit::NotOffered };
    let exact = |choice: &&Findable| {
        let words = plain(&choice.words);
        plain(&choice.code) == typed || is_name(&words, &typed) || sorted(&words) == sorted(&typed)
    };
    if let Some(choice) = choices.iter().find(exact) {
        return one(choice);
    }
    let has_all = |choice: &&Findable| {
        let (code, words) = (plain(&choice.code), plain(&choice.words));
        typed.split(' ').all(|word| {
            let begins = words.split(' ').any(|known| known.starts_with(word));
            begins || code == word || (!word.is_ascii() && words.contains(word))
        })
    };
    let mut within = choices.iter().filter(has_all);
    match (within.next(), within.next()) {
        (Some(choice), None) => one(choice),
        (None, _) => Fit::None,
        _ => Fit::Several,
    }
}

/// `text` as words in lower case with a space between them, whatever stood there, and one between what is Chinese and
/// what isn't. Letters as wide as Chinese ones are what they stand for.
fn plain(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let mut before = None;
    for letter in text.chars().map(narrow).flat_map(char::to_lowercase) {
        if !letter.is_alphanumeric() {
            before = None;
            continue;
        }
        if before != Some(letter.is_ascii()) && !words.is_empty() {
            words.push(' ');
        }
        before = Some(letter.is_ascii());
        words.push(letter);
    }
    words
}

/// The letter for which one of full width stands.
fn narrow(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        _ => letter,
    }
}

/// The words in no order: one may give the names in the other language's first.
fn sorted(words: &str) -> Vec<&str> {
    let mut words: Vec<&str> = words.split(' ').collect();
    words.sort_unstable();
    words
}

/// Whether `typed` is all of the words, or all of their half in one of the two languages.
fn is_name(words: &str, typed: &str) -> bool {
    let other = |rest: &str, edge: Option<char>| {
        rest.is_empty() || edge.is_some_and(|edge| edge.is_ascii() != typed.is_ascii())
    };
    let ahead = words.strip_suffix(typed).map(str::trim_end);
    let behind = words.strip_prefix(typed).map(str::trim_start);
    ahead.is_some_and(|rest| other(rest, rest.chars().next_back()))
        || behind.is_some_and(|rest| other(rest, rest.chars().next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_made_when_only_one_fits_and_never_by_the_middle_of_a_word() {
        let choices = [
            ("TAB", "片剂 tablet", true),
            ("FCT", "薄膜衣片 film-coated tablet", true),
            ("PEP", "多肽原料药 peptide API", true),
            ("EXT", "浸膏 extract", true),
            ("PFS", "预灌封 prefilled syringe", false),
        ]
        .map(|(code, words, offered)| Findable { code: code.into(), words: words.into(), offered });
        let cases = [
            (" pepti", Fit::One("PEP")),
            ("薄膜", Fit::One("FCT")),
            ("tab", Fit::One("TAB")),
            ("coated", Fit::One("FCT")),
            ("tabl", Fit::Several),
            ("tablet", Fit::One("TAB")),
            ("片剂", Fit::One("TAB")),
            ("Film-coated tablet", Fit::One("FCT")),
            ("", Fit::Nothing),
            ("x", Fit::None),
            ("xyz", Fit::None),
            ("pian", Fit::None),
            ("预灌", Fit::NotOffered),
            ("syringe", Fit::NotOffered),
        ];
        for (typed, expected) in cases {
            assert_eq!(fit(&choices, typed), expected, "{typed}");
        }
    }

    #[test]
    fn it_is_found_however_its_names_are_typed() {
        let choices = [
            ("SUP", "栓剂 suppository", true),
            ("FCT", "薄膜衣片 film-coated tablet", true),
            ("ECT", "肠溶衣片 enteric-coated tablet", true),
            ("TAB", "片剂 tablet", true),
            ("ODT", "口崩片剂 orally disintegrating tablet", true),
        ]
        .map(|(code, words, offered)| Findable { code: code.into(), words: words.into(), offered });
        let cases = [
            ("suppository 栓剂", "SUP"),
            ("栓剂 suppository", "SUP"),
            ("栓剂suppository", "SUP"),
            ("SUPPOSITORY", "SUP"),
            ("ＳＵＰ", "SUP"),
            ("sup  栓", "SUP"),
            ("film coated", "FCT"),
            ("Film\u{2011}Coated", "FCT"),
            ("  tablet   film ", "FCT"),
            ("tab coated ent", "ECT"),
            ("ect tablet", "ECT"),
            // Both names as they are go before what has them among others.
            ("tablet（片剂）", "TAB"),
        ];
        for (typed, code) in cases {
            assert_eq!(fit(&choices, typed), Fit::One(code), "{typed}");
        }
        assert_eq!(fit(&choices, "coated tab"), Fit::Several);
        assert_eq!(fit(&choices, "coated syrup"), Fit::None);
        assert_eq!(fit(&choices, " - "), Fit::Nothing);
    }
}
