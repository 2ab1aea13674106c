//! What is wrong with a form: at each field, and all of it at the top.

use leptos::prelude::*;

use super::{notes::FailureNote, refusals::better};
use crate::{
    contract::{Failure, OfferQuery, RefusalView},
    query,
    request::{use_here, use_language, use_link, use_parameters},
    words::{Named, problem_at, problem_in, refusal, remedy, say},
};

/// What is wrong with the field that the form knows by `name`.
pub fn complaint(failure: Option<&Failure>, name: &str) -> Option<String> {
    complaint_in(failure, name, &[])
}

/// The same of a form that has `named` some of its fields.
pub fn complaint_in(failure: Option<&Failure>, name: &str, named: Named<'_>) -> Option<String> {
    let language = use_language();
    match failure? {
        Failure::Invalid { faults } => faults.about(name).map(|fault| problem_in(language, fault, named)),
        Failure::Refused { refusal: why } => {
            (field_of(&why.reason) == Some(name)).then(|| refusal(language, why))
        }
        _ => None,
    }
}

/// The same of a form that calls the field `label`, which is none of its own.
pub fn complaint_at(failure: Option<&Failure>, name: &str, label: &str) -> Option<String> {
    match failure? {
        Failure::Invalid { faults } => {
            faults.about(name).map(|fault| problem_at(use_language(), fault, label))
        }
        _ => None,
    }
}

/// Whether all that is wrong is said at one of these fields: nothing of it is left to be told above the form.
pub fn is_said_at(failure: &Failure, fields: &[&str]) -> bool {
    match failure {
        Failure::Invalid { faults } => faults.iter().all(|fault| fields.contains(&fault.name())),
        _ => false,
    }
}

/// The field of a campaign's form that a refusal is about, where it is about what was asked for and no line.
fn field_of(reason: &str) -> Option<&'static str> {
    Some(match reason {
        "unknown_offering" | "not_offered" => "offering",
        "not_offered_here" => "platform",
        "hazard_unclassified" => "hazards",
        "no_batches" => "batches",
        "window_outside_horizon" => "from",
        "window_reversed" => "to",
        _ => return None,
    })
}

/// Why the form was refused, where the reader begins: every fault a link to its field, whose id is its name. A failure
/// that is about no field is told in its own words.
#[component]
pub fn Complaints(
    failure: Failure,
    /// Whether the reader is brought here.
    #[prop(default = true)]
    focus: bool,
    /// What the form calls some of its fields.
    #[prop(optional)]
    named: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    let language = use_language();
    let (faults, advice) = match &failure {
        Failure::Invalid { faults } => {
            let told = faults.iter().map(|fault| (fault.name(), problem_in(language, fault, &named)));
            (told.collect(), None)
        }
        Failure::Refused { refusal: why } => match field_of(&why.reason) {
            Some(field) => (vec![(field, refusal(language, why))], Some(advice(why))),
            None => (Vec::new(), None),
        },
        _ => (Vec::new(), None),
    };
    let title = match faults.len() {
        0 => return view! { <FailureNote failure /> }.into_any(),
        1 => say!(language, failure.fields_one).to_owned(),
        count => say!(language, failure.fields, count = count).to_string(),
    };
    let links = faults
        .into_iter()
        .map(|(name, words)| view! { <li><a href=format!("#{name}")>{words}</a></li> })
        .collect_view();
    view! {
        <div class="note bad complaints" role="alert" tabindex="-1" autofocus=focus>
            <p class="note-title">{title}</p>
            <ul>{links}</ul>
            {advice}
        </div>
    }
    .into_any()
}

/// What would change a refusal; of a form that nobody offers also what there is instead, of one that others offer the
/// same search at all of them, and of days that nobody has opened those that somebody has.
fn advice(why: &RefusalView) -> AnyView {
    let language = use_language();
    let link = |href: String, words: &'static str| view! { " " <a href=href>{words}</a> }.into_any();
    let onwards = match field_of(&why.reason) {
        Some("offering") => Some(link(use_link("#platforms"), say!(language, search.what_is_offered))),
        Some("platform") => Some(link(use_link(&everywhere()), say!(language, search.on_all_platforms))),
        Some("from") => asked().and_then(|asked| better(language, &asked, why)),
        _ => None,
    };
    remedy(language, &why.reason).map(|words| view! { <p>{words} {onwards}</p> }).into_any()
}

/// The search that the page's address has, on the page that searches.
fn asked() -> Option<OfferQuery> {
    let searches = use_here().starts_with("/?");
    query::read(&use_parameters()).filter(|_| searches)?.query().ok()
}

/// This search on all platforms.
fn everywhere() -> String {
    let mut parameters = use_parameters();
    parameters.remove("platform");
    format!("/{}", parameters.to_query_string())
}
