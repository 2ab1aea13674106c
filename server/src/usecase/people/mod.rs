//! Organisations, accounts, and how people get in.

mod accept;
mod account;
mod administrator;
pub mod authenticate;
pub mod credit_code;
mod invite;
mod link;
mod members;
mod organisation;
mod register;
mod reset;
mod rows;
mod sessions;
mod sign_in;
mod sweep;
mod tokens;
mod verify;
mod viewer;

pub use accept::accept;
pub use account::{account, change_account, change_password};
pub use administrator::{has_administrator, make_administrator};
pub use invite::{invitations, invite, withdraw_invitation};
pub use members::{change_role, members, remove_member};
pub use organisation::{change_profile, own_organisation};
pub use register::register;
pub use reset::{order_reset, set_password};
pub use sessions::{end_session, sessions, sign_out};
pub use sign_in::{SignedIn, sign_in};
pub use sweep::sweep;
pub use tokens::{make_token, revoke_token, tokens};
pub use verify::{companies, set_verified};
pub use viewer::viewer;
