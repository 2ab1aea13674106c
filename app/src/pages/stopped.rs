//! A request that got neither to its page nor to its form: too large, from another site, too slow.

use leptos::prelude::*;

use crate::{
    components::{PageTitle, Ways, sign_in_link},
    contract::Failure,
    language,
    request::{set_failure_status, use_language, use_link},
    words::{failure, say},
};

/// What stopped it, where the page for that finds it.
#[derive(Clone, Debug)]
pub struct Stopped {
    pub failure: Failure,
    /// Whether a form was sent, rather than a page asked for.
    pub sent: bool,
    /// The page that was asked for, or on which the form stands, if it says so.
    pub page: Option<String>,
    /// KiB that a form may have.
    pub most_kib: u32,
    /// Whether it is known who reads it: what stopped it may be that nobody could be made out.
    pub knows_reader: bool,
}

/// Says what happened, whether anything came of it, and where to go.
#[component]
pub fn StoppedPage(stopped: Stopped) -> impl IntoView {
    let Stopped { failure: why, sent, page, most_kib, .. } = stopped;
    set_failure_status(&why);
    let language = use_language();
    let heading = match why {
        Failure::NotFound => say!(language, failure.not_found_page),
        Failure::Unauthenticated => say!(language, session.sign_in),
        _ => say!(language, failure.problem_page),
    };
    let limit = (why == Failure::TooLarge).then(|| say!(language, failure.limit, kib = most_kib).to_string());
    // A server that gave up waiting, or broke, may have done it all the same.
    let came_of_it = sent.then(|| match why {
        Failure::Busy | Failure::Internal { .. } => say!(language, failure.perhaps_done),
        _ => say!(language, failure.undone),
    });
    let onwards = match page {
        _ if why == Failure::Unauthenticated => {
            let href = sign_in_link(language, &language::link(language, "/"));
            view! { <a class="button" href=href>{say!(language, session.sign_in)}</a> }.into_any()
        }
        Some(href) if why != Failure::NotFound => {
            let words = if sent { say!(language, failure.back) } else { say!(language, failure.again) };
            view! { <a class="button" href=href>{words}</a> }.into_any()
        }
        _ => view! { <a class="button" href=use_link("/")>{say!(language, failure.home)}</a> }.into_any(),
    };
    view! {
        <PageTitle page=heading />
        <section class="narrow lone">
            <h1>{heading}</h1>
            <p class="lead">{failure(language, &why)} " " {came_of_it}</p>
            {limit.map(|words| view! { <p>{words}</p> })}
            <p>{onwards}</p>
            <Ways />
        </section>
    }
}
