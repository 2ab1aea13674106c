//! What people see: pages rendered by the server (feature `ssr`) and alive in the browser (feature `hydrate`).

#[cfg(feature = "ssr")]
pub mod backend;
pub mod contract;
