//! One file a route.

mod booking;
mod link;
mod not_found;
mod search;
mod sign_in;

pub use booking::BookingPage;
pub use link::{JoinPage, ResetPage};
pub use not_found::NotFoundPage;
pub use search::SearchPage;
pub use sign_in::SignInPage;
