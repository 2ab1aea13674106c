//! What forms post to. Each answers a browser with a redirect: onwards when it worked, else back to the form, which
//! then says why.

mod hold;
mod link;
mod session;

pub use hold::Hold;
pub use link::{ChoosePassword, Join};
pub use session::{SignIn, SignOut};

/// Registers them all: linkers may drop what only registers itself.
pub fn register() {
    use leptos::server_fn::axum::register_explicit;
    register_explicit::<Hold>();
    register_explicit::<Join>();
    register_explicit::<ChoosePassword>();
    register_explicit::<SignIn>();
    register_explicit::<SignOut>();
}

/// Where they are served.
pub const PREFIX: &str = "/do";
