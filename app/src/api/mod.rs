//! What forms post to. Each answers a browser with a redirect onwards when it worked, else with the page that the form
//! stands on, which then says why. A function that brings something, such as a secret shown once, is answered by the
//! form's page too.

mod campaign;
mod conflict;
mod desk;
mod district;
mod hold;
mod link;
mod office;
mod register;
mod room;
mod round;
mod session;
mod setup;
mod tour;
mod wait;

pub use campaign::{AnswerQuestion, Cancel, Relocate, SaveDraft, SendRequest, Withdraw};
pub use conflict::{EndOutage, ForgiveLate, MarkDown, OfferSwap, ResolveConflict, SettleConflict};
pub use desk::{
    Abort, Approve, AskBack, BookFor, CloseLine, ConfirmHazards, Decline, LiftClosure, RemoveCleaning,
    RunCampaign, SettleFlag,
};
pub use district::{RecordInnovation, RejectCompany, VerifyCompany};
pub use hold::{Hold, HoldSplit};
pub use link::{ChoosePassword, Join};
pub use office::{
    ChangeAccount, ChangePassword, ChangeProfile, ChangeRole, EndSession, Invite, MakeToken, OrderReset,
    ReadNotice, ReadNotices, RemoveMember, RevokeToken, WithdrawInvitation,
};
pub use register::Register;
pub use room::{AnswerMove, MakeRoom, WithdrawRepair};
pub use round::{AdjustWish, CancelCall, DecideCall, HandIn, OpenCall, PublishCall, ScoreWish, WithdrawWish};
pub use session::{SignIn, SignOut};
pub use setup::{LookAtSetup, SaveSetup};
pub use tour::{BeginAnew, TryAs};
pub use wait::{StopWaiting, Wait};

/// Registers them all: linkers may drop what only registers itself.
pub fn register() {
    use leptos::server_fn::axum::register_explicit;
    register_explicit::<Hold>();
    register_explicit::<HoldSplit>();
    register_explicit::<Wait>();
    register_explicit::<StopWaiting>();
    register_explicit::<MakeRoom>();
    register_explicit::<WithdrawRepair>();
    register_explicit::<AnswerMove>();
    register_explicit::<HandIn>();
    register_explicit::<WithdrawWish>();
    register_explicit::<OpenCall>();
    register_explicit::<ScoreWish>();
    register_explicit::<DecideCall>();
    register_explicit::<AdjustWish>();
    register_explicit::<PublishCall>();
    register_explicit::<CancelCall>();
    register_explicit::<MarkDown>();
    register_explicit::<EndOutage>();
    register_explicit::<ResolveConflict>();
    register_explicit::<SettleConflict>();
    register_explicit::<OfferSwap>();
    register_explicit::<ForgiveLate>();
    register_explicit::<Join>();
    register_explicit::<Register>();
    register_explicit::<RejectCompany>();
    register_explicit::<RecordInnovation>();
    register_explicit::<TryAs>();
    register_explicit::<BeginAnew>();
    register_explicit::<VerifyCompany>();
    register_explicit::<ChoosePassword>();
    register_explicit::<SignIn>();
    register_explicit::<SignOut>();
    register_explicit::<LookAtSetup>();
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
    register_explicit::<SettleFlag>();
    register_explicit::<SaveDraft>();
    register_explicit::<SendRequest>();
    register_explicit::<AnswerQuestion>();
    register_explicit::<Withdraw>();
    register_explicit::<Cancel>();
    register_explicit::<Relocate>();
    register_explicit::<ChangeProfile>();
    register_explicit::<ChangeRole>();
    register_explicit::<RemoveMember>();
    register_explicit::<Invite>();
    register_explicit::<WithdrawInvitation>();
    register_explicit::<OrderReset>();
    register_explicit::<ChangeAccount>();
    register_explicit::<ChangePassword>();
    register_explicit::<EndSession>();
    register_explicit::<MakeToken>();
    register_explicit::<RevokeToken>();
    register_explicit::<ReadNotice>();
    register_explicit::<ReadNotices>();
}

/// The addresses of all that are registered.
#[cfg(feature = "ssr")]
pub fn paths() -> impl Iterator<Item = &'static str> {
    leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path)
}

/// Where they are served.
pub const PREFIX: &str = "/do";
