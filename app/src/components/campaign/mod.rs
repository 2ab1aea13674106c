//! Parts of the pages about a firm's campaigns.

mod actions;
mod destinations;
mod details;
mod draft;
mod draft_note;
mod facts;
mod fee;
mod filters;
mod list;
mod month;
mod months;
mod name;
mod next;
mod overtaken;
mod past;
mod questions;
mod request_form;
mod strip;
mod timeline;

pub use actions::Actions;
pub use destinations::{Destinations, MoveFields, dearer, shift};
pub use details::Details;
pub use draft::{HiddenDraft, draft_of};
pub use facts::{Facts, batches, offering_name};
pub use fee::Fee;
pub use filters::CampaignFilters;
pub use list::CampaignList;
pub use month::MonthCalendar;
pub use months::{OneMonth, ThreeMonths, months_shown};
pub use name::known_as;
pub use next::{Next, materials_of, too_soon_for_materials};
pub use overtaken::Overtaken;
pub use past::Past;
pub use questions::{Question, Questions};
pub use request_form::RequestForm;
pub use timeline::Timeline;
