//! Lines' time in words: what is drawn beside it is heard by nobody, and this is seen by nobody.

use leptos::prelude::*;

use crate::{request::use_language, words::more};

/// A line's time.
#[derive(Clone, Debug)]
pub struct LineWords {
    pub name: String,
    /// What is on it, in its order.
    pub rows: Vec<String>,
    /// When it is closed, in a row of its own.
    pub closed: Option<String>,
}

/// A list a line, of at most so many rows each and then how many more there are.
#[component]
pub fn InWords(label: &'static str, lines: Vec<LineWords>, most: usize) -> impl IntoView {
    let language = use_language();
    let lines = lines
        .into_iter()
        .map(|LineWords { name, rows, closed }| {
            let left_out = rows.len().saturating_sub(most);
            let left_out = (left_out > 0).then(|| more(language, left_out));
            let rows = rows.into_iter().take(most).chain(left_out).chain(closed);
            let rows = rows.map(|row| view! { <li>{row}</li> }).collect_view();
            view! { <li>{name} <ul>{rows}</ul></li> }
        })
        .collect_view();
    view! { <ul class="sr" aria-label=label>{lines}</ul> }.into_any()
}
