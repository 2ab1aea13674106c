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

use leptos::server_fn::ServerFn;

pub use campaign::{
    AnswerQuestion, Cancel, ChangeMaterials, FillIn, Relocate, SaveDraft, SendRequest, Withdraw,
};
pub use conflict::{EndOutage, ForgiveLate, MarkDown, OfferSwap, ResolveConflict, SettleConflict};
pub use desk::{
    Abort, Approve, AskBack, BookFor, CloseLine, ConfirmHazards, Decline, LiftClosure, RecallHazards,
    RemoveCleaning, RunCampaign, SettleFlag, ShortenClosure,
};
pub use district::{ClearInnovation, RecordInnovation, RejectCompany, SubmitAgain, VerifyCompany};
pub use hold::{Hold, HoldSplit};
pub use link::{ChoosePassword, Join};
pub use office::{
    ChangeAccount, ChangePassword, ChangeProfile, ChangeRole, EndSession, Invite, MakeToken, OrderReset,
    ReadNotice, ReadNotices, RemoveMember, RevokeToken, WithdrawInvitation,
};
pub use register::Register;
pub use room::{AnswerMove, MakeRoom, WithdrawRepair};
pub use round::{
    AdjustWish, CancelCall, DecideCall, HandIn, OpenCall, PublishCall, ScoreWishes, WithdrawWish,
};
pub use session::{SignIn, SignOut, SwitchOrganisation};
pub use setup::{LookAtSetup, LookAtText, SaveSetup, ShowAsForm, ShowAsText};
pub use tour::{BeginAnew, LeaveTour, TryAs};
pub use wait::{StopWaiting, Wait};

/// What is asked of all forms, from one list of their functions.
macro_rules! forms {
    ($($form:ident),+ $(,)?) => {
        /// Registers them all: linkers may drop what only registers itself.
        pub fn register() {
            $(leptos::server_fn::axum::register_explicit::<$form>();)+
        }

        /// Reads `fields` as those of the form that posts to `path`, for nothing but whether that can be done; `None`
        /// if there is no such form. Who hands them in can tell which of them is in the way.
        pub fn read<'de, D: serde::Deserializer<'de>>(path: &str, fields: D) -> Option<Result<(), D::Error>> {
            $(if path == <$form as ServerFn>::PATH {
                return Some(<$form as serde::Deserialize<'de>>::deserialize(fields).map(drop));
            })+
            None
        }
    };
}

forms!(
    Hold,
    HoldSplit,
    Wait,
    StopWaiting,
    MakeRoom,
    WithdrawRepair,
    AnswerMove,
    HandIn,
    WithdrawWish,
    OpenCall,
    ScoreWishes,
    DecideCall,
    AdjustWish,
    PublishCall,
    CancelCall,
    MarkDown,
    EndOutage,
    ResolveConflict,
    SettleConflict,
    OfferSwap,
    ForgiveLate,
    Join,
    Register,
    RejectCompany,
    RecordInnovation,
    ClearInnovation,
    SubmitAgain,
    TryAs,
    BeginAnew,
    LeaveTour,
    VerifyCompany,
    ChoosePassword,
    SignIn,
    SignOut,
    SwitchOrganisation,
    LookAtSetup,
    LookAtText,
    ShowAsText,
    ShowAsForm,
    SaveSetup,
    Abort,
    Approve,
    AskBack,
    BookFor,
    CloseLine,
    ConfirmHazards,
    RecallHazards,
    Decline,
    LiftClosure,
    ShortenClosure,
    RemoveCleaning,
    RunCampaign,
    SettleFlag,
    SaveDraft,
    SendRequest,
    FillIn,
    AnswerQuestion,
    ChangeMaterials,
    Withdraw,
    Cancel,
    Relocate,
    ChangeProfile,
    ChangeRole,
    RemoveMember,
    Invite,
    WithdrawInvitation,
    OrderReset,
    ChangeAccount,
    ChangePassword,
    EndSession,
    MakeToken,
    RevokeToken,
    ReadNotice,
    ReadNotices,
);

/// The addresses of all that are registered.
#[cfg(feature = "ssr")]
pub fn paths() -> impl Iterator<Item = &'static str> {
    leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path)
}

/// What has nothing to do with any organisation, or is about which one it is: it may be sent for whichever.
pub const FOR_ANY: [&str; 9] = [
    <SignIn as ServerFn>::PATH,
    <SignOut as ServerFn>::PATH,
    <SwitchOrganisation as ServerFn>::PATH,
    <TryAs as ServerFn>::PATH,
    <BeginAnew as ServerFn>::PATH,
    <LeaveTour as ServerFn>::PATH,
    <Join as ServerFn>::PATH,
    <ChoosePassword as ServerFn>::PATH,
    <Register as ServerFn>::PATH,
];

/// Where they are served.
pub const PREFIX: &str = "/do";
