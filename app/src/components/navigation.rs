//! The ways to the pages, by what the reader's organisation does.

use leptos::prelude::*;

use super::frame::SampleHead;
use crate::{
    contract::OrganisationKind,
    language::Language,
    request::{MANY_UNREAD, use_here, use_language, use_link, use_reader, use_to_verify, use_unread},
    words::say,
};

/// Where the notices are.
const NOTICES: &str = "/notices";
/// Where the district verifies companies.
const WAITING: &str = "/district/waiting";

/// Nothing for visitors: they have the first page, where the brand leads.
#[component]
pub fn Navigation(sample: Option<SampleHead>) -> impl IntoView {
    let language = use_language();
    let Some(reader) = use_reader() else { return ().into_any() };
    let here = sample.map_or_else(use_here, |sample| sample.here.to_owned());
    let fresh = sample.is_none();
    let places = places(language, reader.organisation_kind);
    // Of a place and one below it, the nearer one.
    let nearest = places
        .iter()
        .map(|(path, _)| *path)
        .filter(|path| is_current(&here, path))
        .max_by_key(|path| path.len());
    let links = places
        .into_iter()
        .map(|(path, name)| {
            let current = (nearest == Some(path)).then_some("page");
            let count = match path {
                NOTICES => Some(view! { " " <UnreadCount fresh /> }.into_any()),
                WAITING => Some(view! { " " <WaitingCount fresh /> }.into_any()),
                _ => None,
            };
            view! { <li><a href=use_link(path) aria-current=current>{name} {count}</a></li> }
        })
        .collect_view();
    view! {
        <nav class="ways" aria-label=SampleHead::label(sample, say!(language, nav.main))>
            <ul>{links}</ul>
        </nav>
    }
    .into_any()
}

/// The same where a reader is lost, and for visitors what they can see.
#[component]
pub fn Ways() -> impl IntoView {
    let language = use_language();
    let places = match use_reader() {
        Some(reader) => places(language, reader.organisation_kind),
        None => vec![
            ("/", say!(language, nav.search)),
            ("/sign-in", say!(language, session.sign_in)),
            ("/register", say!(language, register.link)),
        ],
    };
    let places = places.into_iter().chain([("/glossary", say!(language, glossary.page))]);
    let links =
        places.map(|(path, name)| view! { <li><a href=use_link(path)>{name}</a></li> }).collect_view();
    view! {
        <nav class="lost" aria-label=say!(language, failure.ways)>
            <p>{say!(language, failure.ways)}</p>
            <ul>{links}</ul>
        </nav>
    }
}

/// How many notices are unread; stays `fresh` by the page of the notices, which is cheaper than most.
#[component]
fn UnreadCount(fresh: bool) -> impl IntoView {
    let language = use_language();
    let unread = use_unread();
    let count = if unread > MANY_UNREAD { format!("{MANY_UNREAD}+") } else { unread.to_string() };
    let words = (unread > 0).then(|| {
        let said = say!(language, nav.unread, count = count.as_str()).to_string();
        view! {
            <span aria-hidden="true">{count}</span>
            <span class="sr">{said}</span>
        }
    });
    let (id, live) = (fresh.then_some("unread"), fresh.then(|| use_link(NOTICES)));
    view! { <span class="unread-count" id=id data-live=live>{words}</span> }
}

/// How many companies wait to be verified; stays `fresh` by the page that lists them, which is cheaper than the
/// overview.
#[component]
fn WaitingCount(fresh: bool) -> impl IntoView {
    let language = use_language();
    let words = match use_to_verify() {
        0 => None,
        1 => Some((1, say!(language, district.waiting_count_one).to_owned())),
        count => Some((count, say!(language, district.waiting_count, count = count).to_string())),
    };
    let words = words.map(|(count, said)| {
        view! {
            <span aria-hidden="true">{count}</span>
            <span class="sr">{said}</span>
        }
    });
    let (id, live) = (fresh.then_some("to-verify"), fresh.then(|| use_link(WAITING)));
    view! { <span class="unread-count" id=id data-live=live>{words}</span> }
}

fn places(language: Language, kind: OrganisationKind) -> Vec<(&'static str, &'static str)> {
    let notices = (NOTICES, say!(language, nav.notices));
    match kind {
        OrganisationKind::Company => vec![
            ("/", say!(language, nav.search)),
            ("/campaigns", say!(language, nav.campaigns)),
            ("/calls", say!(language, nav.calls)),
            notices,
            ("/company", say!(language, nav.company)),
        ],
        OrganisationKind::Platform => {
            vec![
                ("/desk", say!(language, nav.queue)),
                ("/lines", say!(language, nav.lines)),
                ("/desk/bookings", say!(language, desk.bookings)),
                ("/desk/calls", say!(language, nav.calls)),
                ("/setup", say!(language, nav.setup)),
                notices,
            ]
        }
        OrganisationKind::District => {
            vec![
                ("/district", say!(language, nav.overview)),
                (WAITING, say!(language, district.waiting)),
                ("/district/companies", say!(language, nav.companies)),
            ]
        }
    }
}

/// Whether the page at `here` is the place at `path` or below it.
fn is_current(here: &str, path: &str) -> bool {
    let here = here.split('?').next().unwrap_or_default().trim_end_matches('/');
    let path = path.trim_end_matches('/');
    match here.strip_prefix(path) {
        Some(rest) if path.is_empty() => rest.is_empty(),
        Some(rest) => rest.is_empty() || rest.starts_with('/'),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_current;

    #[test]
    fn a_place_is_current_on_its_own_pages_only() {
        assert!(is_current("/", "/"));
        assert!(is_current("/?offering=TAB", "/"));
        assert!(is_current("/lines/1/week?x=y", "/lines"));
        assert!(!is_current("/lines", "/"));
        assert!(!is_current("/linesman", "/lines"));
    }
}
