//! One file a route.

mod booking;
mod close_line;
mod design;
mod desk;
mod desk_book;
mod desk_request;
mod district;
mod line;
mod lines;
mod link;
mod not_found;
mod search;
mod setup;
mod setup_part;
mod sign_in;
mod verification;

pub use booking::BookingPage;
pub use close_line::CloseLinePage;
pub use design::DesignPage;
pub use desk::DeskPage;
pub use desk_book::DeskBookPage;
pub use desk_request::DeskRequestPage;
pub use district::DistrictPage;
pub use line::LinePage;
pub use lines::LinesPage;
pub use link::{JoinPage, ResetPage};
pub use not_found::NotFoundPage;
pub use search::SearchPage;
pub use setup::SetupPage;
pub use setup_part::SetupPartPage;
pub use sign_in::SignInPage;
pub use verification::VerificationPage;
