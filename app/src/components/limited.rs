//! What keeps a firm from places that would fit: platforms' rule “use it or lose it”.

use leptos::prelude::*;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{
    contract::{Instant, LineRefusalView, OfferQuery, TextView, field},
    language::Language,
    request::{use_language, use_link},
    words::{deadline, say, text},
};

/// A platform on which the reader's firm holds only what begins soon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limited {
    platform: TextView,
    /// The last start that it may hold.
    latest: Instant,
    /// From then on it isn't limited.
    until: Instant,
}

/// The platforms where something fits but for a limit of the reader's firm, each once.
pub fn limited(refusals: &[LineRefusalView]) -> Vec<Limited> {
    let mut all: Vec<Limited> = Vec::new();
    for line in refusals.iter().filter(|line| line.refusal.reason == "use_or_lose") {
        let told = |name: &str| {
            let instant = OffsetDateTime::parse(line.refusal.fact(name)?, &Rfc3339).ok()?;
            Some(Instant(instant.unix_timestamp()))
        };
        let Some((latest, until)) = told("latest").zip(told("until")) else { continue };
        if all.iter().all(|known| known.platform != line.platform_name) {
            all.push(Limited { platform: line.platform_name.clone(), latest, until });
        }
    }
    all
}

/// What limits the firm, without a stop at its end.
pub fn limits(language: Language, limited: &[Limited]) -> Option<String> {
    let one = |one: &Limited| {
        let (until, latest) = (deadline(language, one.until), deadline(language, one.latest));
        let platform = text(language, &one.platform);
        say!(language, search.limited, until = until, platform = platform, latest = latest).to_string()
    };
    let all: Vec<String> = limited.iter().map(one).collect();
    (!all.is_empty()).then(|| all.join(say!(language, term.semicolon)))
}

/// Whether it helps that others make room: on a platform that doesn't limit the firm, or soon enough.
pub fn may_have_room(limited: &[Limited], refusals: &[LineRefusalView], asked: &OfferQuery) -> bool {
    let Ok(first) = field::plant_day("from", &asked.from) else { return true };
    let begins = Instant::from_minute(field::midnight(first));
    let soon = limited.is_empty() || limited.iter().any(|one| begins <= one.latest);
    let elsewhere = |line: &&LineRefusalView| limited.iter().all(|one| one.platform != line.platform_name);
    let held = |reason: &str| matches!(reason, "busy" | "no_room" | "pool_full" | "later_step_unplaced");
    soon || refusals.iter().filter(elsewhere).any(|line| held(&line.refusal.reason))
}

/// The way to what counts against the firm.
#[component]
pub fn LimitLink() -> impl IntoView {
    let language = use_language();
    view! { <a href=use_link("/company#late")>{say!(language, search.limited_link)}</a> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::RefusalView;

    fn line(platform: &str, refusal: RefusalView) -> LineRefusalView {
        let name = |name: &str| TextView { zh: name.to_owned(), en: name.to_owned() };
        LineRefusalView {
            platform_name: name(platform),
            line_name: name("press"),
            step: 1,
            refusal,
            in_vain: false,
        }
    }

    #[test]
    fn a_limit_is_told_once_a_platform_and_room_is_asked_for_where_it_helps() {
        let limit = RefusalView::named("use_or_lose")
            .with("late", 2)
            .with("latest", "2027-01-29T01:00:00Z")
            .with("until", "2026-12-12T01:00:00Z");
        let mut lines = vec![line("one", limit.clone()), line("one", limit)];
        let all = limited(&lines);
        let told = limits(Language::en, &all).expect("a limit");
        for part in ["29 Jan 2027", "12 Dec 2026", "one"] {
            assert!(told.matches(part).count() == 1, "{part}: {told}");
        }
        let from = |from: &str| {
            let blank = crate::query::blank(Instant(1_796_054_400));
            OfferQuery { from: from.into(), ..blank }
        };
        assert!(!may_have_room(&all, &lines, &from("2027-02-20")));
        assert!(may_have_room(&all, &lines, &from("2027-01-20")), "soon enough");
        lines.push(line("one", RefusalView::named("busy")));
        assert!(!may_have_room(&all, &lines, &from("2027-02-20")), "limited there too");
        lines.push(line("two", RefusalView::named("busy")));
        assert!(may_have_room(&all, &lines, &from("2027-02-20")));
        assert!(limits(Language::en, &limited(&[])).is_none());
        assert!(may_have_room(&[], &[], &from("2027-02-20")));
    }
}
