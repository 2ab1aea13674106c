//! The server: use cases over the domain and the store, the HTTP API, the pages, and the commands of `zhongshi`.

pub mod cli;
pub mod clock;
pub mod demo;
pub mod http;
pub mod limits;
pub mod listening;
pub mod live;
pub mod log;
pub mod password;
pub mod secret;
pub mod serve;
pub mod settings;
pub mod setup;
pub mod state;
pub mod store;
pub mod usecase;

pub use http::router::router;
pub use serve::run;
pub use state::AppState;
