//! Why lines were left out, by platform.

use leptos::prelude::*;

use super::{
    search_form::RESULTS,
    waiting::{waited, window_of},
};
use crate::{
    contract::{LineRefusalView, OfferQuery, RefusalView},
    language::Language,
    query::{remedied, write},
    request::{use_language, use_link},
    words::{own_remedy, refusal, remedy, say, text},
};

#[component]
pub fn Refusals(
    refusals: Vec<LineRefusalView>,
    open: bool,
    /// Whether the lines are the reader's.
    #[prop(optional)]
    own: bool,
    /// The search that left them out, where it can be searched otherwise from here.
    #[prop(optional)]
    asked: Option<OfferQuery>,
    /// Whether nothing is free that would be if nobody had anything booked: others may make room, and one may wait.
    #[prop(optional)]
    may_free: bool,
) -> impl IntoView {
    if refusals.is_empty() {
        return ().into_any();
    }
    let language = use_language();
    let remedy = move |reason: &str| match reason {
        _ if own => own_remedy(language, reason),
        "no_room" if !may_free => Some(say!(language, remedy.longer)),
        _ => remedy(language, reason),
    };
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
                    let way = asked.as_ref().filter(|_| !line.in_vain);
                    let way = way.and_then(|asked| better(language, asked, &line.refusal));
                    view! {
                        <div>
                            <dt>{text(language, &line.line_name)}</dt>
                            <dd>
                                {refusal(language, &line.refusal)}
                                {remedy(&line.refusal.reason)
                                    .map(|words| view! { <span class="remedy">{words} {way}</span> })}
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

/// The way to `asked` as it would have to be, where the refusal tells that.
pub fn better(language: Language, asked: &OfferQuery, why: &RefusalView) -> Option<AnyView> {
    let changed = remedied(asked, why)?;
    let words = if changed.gmp != asked.gmp {
        say!(language, remedy.try_gmp).to_owned()
    } else if (&changed.from, &changed.to) != (&asked.from, &asked.to) {
        let window = window_of(language, &changed);
        say!(language, remedy.try_window, window = window.as_str()).to_string()
    } else {
        let what = waited(language, &changed);
        say!(language, remedy.try_batches, what = what.as_str()).to_string()
    };
    let href = use_link(&format!("/{}#{RESULTS}", write(&changed)));
    Some(view! { " " <a href=href>{words}</a> }.into_any())
}
