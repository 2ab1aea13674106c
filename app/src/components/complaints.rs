//! What is wrong with a form: at each field, and all of it at the top.

use leptos::prelude::*;

use super::notes::FailureNote;
use crate::{
    contract::Failure,
    request::use_language,
    words::{problem, say},
};

/// What is wrong with the field that the form knows by `name`.
pub fn complaint(failure: Option<&Failure>, name: &str) -> Option<String> {
    let Some(Failure::Invalid { faults }) = failure else { return None };
    faults.about(name).map(|fault| problem(use_language(), fault))
}

/// Why the form was refused, where the reader begins: every fault a link to its field, whose id is its name. A failure
/// that is about no field is told in its own words.
#[component]
pub fn Complaints(
    failure: Failure,
    /// Whether the reader is brought here.
    #[prop(default = true)]
    focus: bool,
) -> impl IntoView {
    let language = use_language();
    let Failure::Invalid { faults } = failure else {
        return view! { <FailureNote failure /> }.into_any();
    };
    let title = match faults.iter().count() {
        1 => say!(language, failure.fields_one).to_owned(),
        count => say!(language, failure.fields, count = count).to_string(),
    };
    let links = faults
        .iter()
        .map(|fault| {
            let href = format!("#{}", fault.name());
            view! { <li><a href=href>{problem(language, fault)}</a></li> }
        })
        .collect_view();
    view! {
        <div class="note bad complaints" role="alert" tabindex="-1" autofocus=focus>
            <p class="note-title">{title}</p>
            <ul>{links}</ul>
        </div>
    }
    .into_any()
}
