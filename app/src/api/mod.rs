//! What forms post to. Each answers a browser with a redirect: onwards when it worked, else back to the form, which
//! then says why.

mod desk;
mod district;
mod hold;
mod link;
mod session;
mod setup;
mod tour;

pub use desk::{
    Abort, Approve, AskBack, BookFor, CloseLine, ConfirmHazards, Decline, LiftClosure, RemoveCleaning,
    RunCampaign,
};
pub use district::{RejectCompany, VerifyCompany};
pub use hold::Hold;
pub use link::{ChoosePassword, Join};
pub use session::{SignIn, SignOut};
pub use setup::SaveSetup;
pub use tour::TryAs;

/// Registers them all: linkers may drop what only registers itself.
pub fn register() {
    use leptos::server_fn::axum::register_explicit;
    register_explicit::<Hold>();
    register_explicit::<Join>();
    register_explicit::<RejectCompany>();
    register_explicit::<TryAs>();
    register_explicit::<VerifyCompany>();
    register_explicit::<ChoosePassword>();
    register_explicit::<SignIn>();
    register_explicit::<SignOut>();
    register_explicit::<SaveSetup>();
    register_explicit::<Abort>();
    register_explicit::<Approve>();
    register_explicit::<AskBack>();
    register_explicit::<BookFor>();
    register_explicit::<CloseLine>();
    register_explicit::<ConfirmHazards>();
    register_explicit::<Decline>();
    register_explicit::<LiftClosure>();
    register_explicit::<RemoveCleaning>();
    register_explicit::<RunCampaign>();
}

/// Where they are served.
pub const PREFIX: &str = "/do";
