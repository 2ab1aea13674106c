//! Parts that pages are made of.

mod conflict;
pub mod district;
mod field;
mod frame;
mod hold_form;
mod navigation;
mod notes;
mod offer_card;
pub mod operator;
mod platforms;
mod refusals;
mod schedule;
mod search_form;
mod session_menu;
mod steps;
mod tour;

pub use conflict::Conflict;
pub use field::{Choice, Field};
pub use frame::{Frame, PageTitle};
pub use notes::{FailureNote, Trouble};
pub use offer_card::{OfferCard, Takes};
pub use platforms::Platforms;
pub use refusals::Refusals;
pub use schedule::Schedule;
pub use search_form::SearchForm;
pub use steps::{Step, Steps};
pub use tour::Tour;
