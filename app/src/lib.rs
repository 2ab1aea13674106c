//! What people see: pages rendered by the server (feature `ssr`) and alive in the browser (feature `hydrate`).

pub mod api;
pub mod app;
#[cfg(feature = "ssr")]
pub mod backend;
pub mod components;
pub mod contract;
mod error;
pub mod islands;
pub mod language;
mod pages;
mod query;
mod routes;
pub mod shell;
pub mod words;

/// Wakes the islands of the page that the server rendered.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
