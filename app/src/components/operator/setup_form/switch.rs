//! From a part's form to its text and back, with what is typed there.

use leptos::prelude::*;

use crate::{answered::THERE, request::use_link};

/// The page of a part, with `more` parameters.
pub fn part_way(sort: &str, code: &str, more: &str) -> String {
    use_link(&format!("/setup/part?sort={sort}&code={code}{more}"))
}

/// A button of the form in which something is typed: sends that to the function at `to`, whose work is shown on the
/// page `there`.
#[component]
pub fn Switch(to: &'static str, there: String, words: &'static str) -> impl IntoView {
    view! {
        <button class="button quiet" type="submit" formaction=to formnovalidate name=THERE value=there>
            {words}
        </button>
    }
}
