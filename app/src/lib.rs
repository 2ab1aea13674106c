//! What people see. The server renders every page whole (feature `ssr`); in the browser only the islands are alive
//! (feature `hydrate`), so a page works without them too.

#[cfg(feature = "ssr")]
mod aloud;
#[cfg(feature = "ssr")]
pub mod answered;
#[cfg(feature = "ssr")]
pub mod api;
#[cfg(feature = "ssr")]
mod app;
#[cfg(feature = "ssr")]
pub mod backend;
#[cfg(feature = "ssr")]
mod components;
pub mod contract;
#[cfg(feature = "ssr")]
mod deed;
#[cfg(feature = "ssr")]
mod error;
#[cfg(feature = "ssr")]
mod guided;
pub mod islands;
pub mod language;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod query;
#[cfg(feature = "ssr")]
mod request;
#[cfg(feature = "ssr")]
pub mod shell;
#[cfg(feature = "ssr")]
mod window;
pub mod words;

#[cfg(feature = "ssr")]
pub use aloud::sounds;
#[cfg(feature = "ssr")]
pub use pages::Stopped;
#[cfg(feature = "ssr")]
pub use query::remedied;
#[cfg(feature = "ssr")]
pub use request::StatusOf;

/// Wakes the islands of the page that the server rendered.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
