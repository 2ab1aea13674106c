//! An organisation as its own people see it.

mod people;
mod profile;

pub use people::{Colleagues, Invitations, InvitePlatform};
pub use profile::Profile;
