//! The pages as the router names them, so that whoever goes through all of them can tell that it has.

use std::collections::BTreeSet;

use uuid::Uuid;

/// Where the pages are named.
const PAGES: &str = include_str!("../../app/src/app.rs");

/// The pages that are in none of `seen`.
pub fn missing(seen: &BTreeSet<String>) -> Vec<&'static str> {
    let pages = PAGES.split("path!(\"").skip(1).filter_map(|rest| rest.split('"').next());
    pages.filter(|page| !seen.contains(*page)).collect()
}

/// An address as the router names its page: without the language, parameters, and which one of its kind it is.
pub fn route(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let within = path.trim_matches('/').split('/').skip(1);
    let named = |part: &str| if part.parse::<Uuid>().is_ok() { "/:id".into() } else { format!("/{part}") };
    within.map(named).collect()
}
