//! The words of the field.

use leptos::prelude::*;

use crate::{
    components::PageTitle,
    request::use_language,
    words::{glossary, say},
};

/// `/glossary`; every word can be linked to by its anchor.
#[component]
pub fn GlossaryPage() -> impl IntoView {
    let language = use_language();
    let groups = glossary(language);
    let ways = groups
        .iter()
        .map(|group| view! { <li><a href=format!("#{}", group.id)>{group.name}</a></li> })
        .collect_view();
    let groups = groups
        .into_iter()
        .map(|group| {
            let entries = group
                .entries
                .into_iter()
                .map(|(anchor, word, meaning)| {
                    view! {
                        <div id=format!("word-{anchor}")>
                            <dt>{word}</dt>
                            <dd>{meaning}</dd>
                        </div>
                    }
                })
                .collect_view();
            view! {
                <section aria-labelledby=group.id>
                    <h2 id=group.id>{group.name}</h2>
                    <dl class="glossary">{entries}</dl>
                </section>
            }
        })
        .collect_view();
    view! {
        <PageTitle page=say!(language, glossary.page) />
        <header class="page-head">
            <h1>{say!(language, glossary.page)}</h1>
            <p class="lead">{say!(language, glossary.lead)}</p>
            <ul class="tags">{ways}</ul>
        </header>
        {groups}
    }
}
