//! What a request says.

use leptos::prelude::*;

use crate::{
    contract::RequestDetails,
    language::Language,
    request::use_language,
    words::{detail, markets, molecule, plant_day, say, storage},
};

/// Only what was filled in. `id` is the heading's.
#[component]
pub fn Details(id: &'static str, title: &'static str, details: RequestDetails) -> impl IntoView {
    let language = use_language();
    let rows = rows(language, details);
    if rows.is_empty() {
        return ().into_any();
    }
    let rows = rows
        .into_iter()
        .map(|(name, value)| {
            // Sentences have a row to themselves.
            let class = (name == "remark").then_some("wide");
            view! { <div class=class><dt>{detail(language, name).unwrap_or(name)}</dt><dd>{value}</dd></div> }
        })
        .collect_view();
    view! {
        <section aria-labelledby=id>
            <h2 id=id>{title}</h2>
            <dl class="facts">{rows}</dl>
        </section>
    }
    .into_any()
}

/// What was filled in, by the names of the fields.
pub(super) fn rows(language: Language, details: RequestDetails) -> Vec<(&'static str, String)> {
    let whether = |agreed: bool| {
        if agreed { say!(language, request.yes) } else { say!(language, request.no) }
    };
    let known = details != RequestDetails::default();
    let named = |value: &str, words: fn(Language, &str) -> String| {
        if value.is_empty() { String::new() } else { words(language, value) }
    };
    let rows = vec![
        ("project", details.project),
        ("molecule", named(&details.molecule, molecule)),
        ("strength", details.strength),
        ("container", details.container),
        ("fill", details.fill),
        ("market", markets(language, &details.market)),
        ("oel", details.oel),
        ("pde", details.pde),
        ("storage", named(&details.storage, storage)),
        ("materials_on", plant_day(language, &details.materials_on).unwrap_or_default()),
        ("controlled_licence", details.controlled_licence),
        ("genetic_licence", details.genetic_licence),
        ("biosafety_licence", details.biosafety_licence),
        ("confidentiality", if known { whether(details.confidentiality).to_owned() } else { String::new() }),
        ("quality", if known { whether(details.quality).to_owned() } else { String::new() }),
        ("contact_name", details.contact_name),
        ("contact_phone", details.contact_phone),
        ("contact_email", details.contact_email),
        ("order_number", details.order_number),
        ("remark", details.remark),
    ];
    rows.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}
