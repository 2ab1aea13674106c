//! Why lines were left out, by platform.

use leptos::prelude::*;

use crate::{
    contract::LineRefusalView,
    request::use_language,
    words::{refusal, remedy, say, text},
};

#[component]
pub fn Refusals(refusals: Vec<LineRefusalView>, open: bool) -> impl IntoView {
    if refusals.is_empty() {
        return ().into_any();
    }
    let language = use_language();
    let count = refusals.len();
    let mut platforms: Vec<(String, Vec<LineRefusalView>)> = Vec::new();
    for refusal in refusals {
        let name = text(language, &refusal.platform_name);
        match platforms.iter_mut().find(|(known, _)| *known == name) {
            Some((_, lines)) => lines.push(refusal),
            None => platforms.push((name, vec![refusal])),
        }
    }
    let groups = platforms
        .into_iter()
        .map(|(name, lines)| {
            let lines = lines
                .into_iter()
                .map(|line| {
                    view! {
                        <div>
                            <dt>{text(language, &line.line_name)}</dt>
                            <dd>
                                {refusal(language, &line.refusal)}
                                {remedy(language, &line.refusal.reason)
                                    .map(|words| view! { <span class="remedy">{words}</span> })}
                            </dd>
                        </div>
                    }
                })
                .collect_view();
            view! {
                <section>
                    <h3>{name}</h3>
                    <dl>{lines}</dl>
                </section>
            }
        })
        .collect_view();
    view! {
        <details class="refusals" open=open>
            <summary>{say!(language, search.refusals, count = count).to_string()}</summary>
            {groups}
        </details>
    }
    .into_any()
}
