//! What a page knows of the request that it answers.

use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_router::{
    hooks::{use_params_map, use_url},
    params::ParamsMap,
};
use uuid::Uuid;

use crate::{
    contract::{Failure, MembershipView, Viewer},
    language::{self, Language},
};

/// Who reads the page; asked once a page.
#[derive(Clone, Debug)]
pub struct Reader(pub Option<Viewer>);

/// The other organisations for which the reader may act; asked once a page.
#[derive(Clone, Debug)]
pub struct Elsewhere(pub Vec<MembershipView>);

/// How many notices the reader has not read, as far as they are counted; asked once a page.
#[derive(Clone, Copy, Debug)]
pub struct Unread(pub u32);

/// How many companies wait to be verified, where the reader is of the district; asked once a page.
#[derive(Clone, Copy, Debug)]
pub struct ToVerify(pub u32);

/// More than this many unread notices are not counted.
pub const MANY_UNREAD: u32 = 99;

pub use crate::answered::{use_failure, use_kept, use_outcome, use_sent, use_typed};

/// The language of the page.
pub fn use_language() -> Language {
    use_context().unwrap_or_default()
}

/// Whether the reader is signed in, and who it is.
pub fn use_reader() -> Option<Viewer> {
    use_context::<Reader>().and_then(|reader| reader.0)
}

/// The other organisations for which the reader may act.
pub fn use_elsewhere() -> Vec<MembershipView> {
    use_context::<Elsewhere>().map(|elsewhere| elsewhere.0).unwrap_or_default()
}

/// The number of unread notices.
pub fn use_unread() -> u32 {
    use_context::<Unread>().map_or(0, |unread| unread.0)
}

/// The number of companies that the district may verify; nothing for others.
pub fn use_to_verify() -> u32 {
    use_context::<ToVerify>().map_or(0, |to_verify| to_verify.0)
}

/// The page's parameters.
pub fn use_parameters() -> ParamsMap {
    use_url().get_untracked().search_params().clone()
}

/// The id in the page's address.
pub fn use_id() -> Option<Uuid> {
    use_params_map().get_untracked().get("id").and_then(|id| Uuid::parse_str(&id).ok())
}

/// A link to `path`, which starts with a slash, in the page's language.
pub fn use_link(path: &str) -> String {
    language::link(use_language(), path)
}

/// This page's path and parameters without its language.
pub fn use_here() -> String {
    let url = use_url().get_untracked();
    let segment = language::segment(use_language());
    let path = url.path().trim_start_matches('/');
    let path = path.strip_prefix(segment).filter(|path| !path.is_empty()).unwrap_or("/").to_owned();
    format!("{path}{}", url.search_params().to_query_string())
}

/// Answers with this status.
pub fn set_status(status: http::StatusCode) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status);
    }
}

/// Which status a failure has: the server knows, and tells every page.
#[derive(Clone, Copy, Debug)]
pub struct StatusOf(pub fn(&Failure) -> http::StatusCode);

/// Answers with the status of `failure`, which the page shows in place of its content or above it.
pub fn set_failure_status(failure: &Failure) {
    let Some(StatusOf(status)) = use_context() else { return };
    set_status(match status(failure) {
        // A page challenges nobody: it says itself where to sign in.
        http::StatusCode::UNAUTHORIZED => http::StatusCode::FORBIDDEN,
        status => status,
    });
}
