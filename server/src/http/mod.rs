//! HTTP: the API, the pages, and what every request passes through.

pub mod answer;
pub mod assets;
pub mod backend;
pub mod extract;
mod forms;
pub mod language;
pub mod live;
pub mod middleware;
pub mod openapi;
pub mod origin;
pub mod pages;
pub mod problem;
pub mod router;
pub mod security;
pub mod session;
mod tell;
pub mod v1;
pub mod words;

pub use answer::{Created, Done};
pub use extract::{Json, Path, Query};
pub use middleware::{ClientAddress, PageNonce, RequestId};
pub use problem::Problem;
pub use router::router;
