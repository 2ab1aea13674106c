//! Whether whoever looks around in a demonstration follows the guided first booking. The browser keeps it, not the
//! account: a visitor without a seat may follow it too, and whoever only searches is left alone.

use http::{
    HeaderValue,
    header::{COOKIE, SET_COOKIE},
    request::Parts,
};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use crate::request::use_parameters;

/// The cookie that says so.
const COOKIE_SAYS: &str = "zhongshi-tour=1";
/// So long it is followed, in seconds: a day.
const LASTS: u32 = 86_400;
/// The parameter of an address by which it begins or ends, and its value there where it begins.
pub const PARAMETER: &str = "tour";
pub const FIRST: &str = "first";

/// Whether the way is followed: it has begun, or begins or ends with this page.
pub fn use_guided() -> bool {
    let Some(asked) = use_context::<Parts>() else { return false };
    let cookies = asked.headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let begun = cookies.flat_map(|cookies| cookies.split(';')).any(|cookie| cookie.trim() == COOKIE_SAYS);
    begun || use_parameters().get(PARAMETER).is_some()
}

/// Begins it, or goes on with it.
pub fn begin() {
    keep(&format!("{COOKIE_SAYS}; Path=/; Max-Age={LASTS}; HttpOnly; SameSite=Lax"));
}

/// Begins it where the page's address says so.
pub fn begin_here() {
    if use_parameters().get(PARAMETER).as_deref() == Some(FIRST) {
        begin();
    }
}

/// Ends it.
pub fn leave() {
    keep(&format!("{COOKIE_SAYS}; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"));
}

fn keep(cookie: &str) {
    if let (Some(response), Ok(cookie)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(cookie)) {
        response.append_header(SET_COOKIE, cookie);
    }
}
