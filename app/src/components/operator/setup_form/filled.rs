//! What the parts of a form share: its values, and what is wrong with them.

use std::sync::Arc;

use crate::{
    components::offering_name,
    contract::{
        SetupForm, SetupProblem,
        setup_form::{Choices, Layout, NEW, NamedCode, layout, row_numbers, under},
    },
    language::Language,
    words::{HAZARDS, hazard, say, setup_word, text, weekday_name},
};
use domain::offering::OFFERINGS;

/// A form on its way to the page.
#[derive(Clone, Debug)]
pub struct Filled {
    form: Arc<SetupForm>,
    problems: Arc<Vec<SetupProblem>>,
    /// Whether the reader may change anything.
    pub operates: bool,
}

impl Filled {
    pub fn new(form: SetupForm, problems: Vec<SetupProblem>, operates: bool) -> Self {
        Self { form: Arc::new(form), problems: Arc::new(problems), operates }
    }

    /// What the part is made of.
    pub fn layout(&self) -> Option<&'static Layout> {
        layout(&self.form.sort)
    }

    /// The value at `path`, empty if there is none.
    pub fn value(&self, path: &str) -> String {
        self.form.values.get(path).cloned().unwrap_or_default()
    }

    /// Whether there is a value at `path`.
    pub fn has(&self, path: &str) -> bool {
        self.form.values.contains_key(path)
    }

    /// The rows of the list at `path`.
    pub fn rows(&self, path: &str) -> Vec<u32> {
        row_numbers(&self.form.values, path)
    }

    /// What is wrong at `path`, in words.
    pub fn complaint(&self, language: Language, path: &str) -> Option<String> {
        let wrong = self.problems.iter().filter(|problem| problem.field.as_deref() == Some(path));
        let words: Vec<String> = wrong.map(|problem| text(language, &problem.words)).collect();
        (!words.is_empty()).then(|| words.join(" "))
    }

    /// Whether the part has its code for good.
    pub fn is_known(&self) -> bool {
        !self.form.code.is_empty()
    }

    /// Whether a class of the matrix was there when the form was opened; its code then stays. Such classes come first.
    pub fn known_class(&self, path: &str) -> bool {
        self.is_known() && path.starts_with("class.") && !self.has(&under(path, NEW))
    }

    /// The matrix's classes with the names that people read.
    pub fn classes(&self, language: Language) -> Vec<(String, String)> {
        let name = |row: &u32| {
            let (zh, en) = (self.value(&format!("class.{row}.zh")), self.value(&format!("class.{row}.en")));
            let code = self.value(&format!("class.{row}.code"));
            let name = if language == Language::en { en } else { zh };
            (code.clone(), if name.trim().is_empty() { code } else { name })
        };
        let mut classes: Vec<(String, String)> = self.rows("class").iter().map(name).collect();
        classes.retain(|(code, _)| !code.trim().is_empty());
        classes
    }

    /// Codes and words of what there is to choose from.
    pub fn choices(&self, language: Language, choices: Choices) -> Vec<(String, String)> {
        let named = |all: &[NamedCode]| -> Vec<(String, String)> {
            all.iter().map(|one| (one.code.clone(), text(language, &one.name))).collect()
        };
        match choices {
            Choices::Words(words) if words.len() == 7 => words
                .iter()
                .zip(0..)
                .map(|(word, day)| ((*word).to_owned(), weekday_name(language, day).to_owned()))
                .collect(),
            Choices::Words(words) => {
                words.iter().map(|word| ((*word).to_owned(), setup_word(language, word))).collect()
            }
            Choices::Matrices => named(&self.form.matrices),
            Choices::Calendars => named(&self.form.calendars),
            Choices::Pools => named(&self.form.pools),
            Choices::Lines => named(&self.form.lines),
            Choices::Classes => self.classes(language),
            Choices::Offerings => {
                OFFERINGS.iter().map(|one| (one.code.to_owned(), offering_name(language, one.code))).collect()
            }
            Choices::Hazards => {
                HAZARDS.iter().map(|tag| ((*tag).to_owned(), hazard(language, tag))).collect()
            }
        }
    }

    /// What of the list at `path` is ticked, in words.
    pub fn ticked(&self, language: Language, path: &str, choices: &[(String, String)]) -> String {
        let words: Vec<&str> = choices
            .iter()
            .filter(|(code, _)| self.has(&format!("{path}.{code}")))
            .map(|(_, words)| words.as_str())
            .collect();
        if words.is_empty() { say!(language, setup.none_chosen).to_owned() } else { words.join(" · ") }
    }
}

/// A path as an element's id.
pub fn id(path: &str) -> String {
    format!("f-{}", path.replace('.', "-"))
}

/// A path as a field's name.
pub fn name(path: &str) -> String {
    format!("fields[{path}]")
}
