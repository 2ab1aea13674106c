//! Parts that pages are made of.

mod ask_form;
mod asked;
mod campaign;
mod campaign_fields;
pub mod company;
mod complaints;
mod conflict;
pub mod district;
mod fairness;
mod field;
mod frame;
mod hold_form;
mod lanes;
mod late;
mod line_strip;
mod navigation;
mod notes;
mod offer_card;
pub mod operator;
mod parted;
mod platforms;
mod post;
mod product_field;
mod refusals;
mod room;
mod round;
mod schedule;
mod search_form;
mod session_menu;
mod shown;
mod split_card;
mod steps;
mod swap;
mod terms;
mod tour;
mod tour_strip;
mod unverified;
mod waiting;

pub use asked::Asked;
pub use campaign::{
    Actions, CampaignFilters, CampaignList, Details, Facts, Fee, MonthCalendar, Next, OneMonth, Overtaken,
    Past, Question, Questions, RequestForm, ThreeMonths, Timeline, batches, draft_of, known_as, months_shown,
    offering_name,
};
pub use complaints::{Complaints, complaint, complaint_at};
pub use conflict::{Conflict, TakenNote, needless};
pub use fairness::{Fairness, FairnessTable, size_row};
pub use field::{Choice, Field};
pub use frame::{Frame, PageTitle};
pub use hold_form::HoldForm;
pub use lanes::{StripLane, StripLanes};
pub use late::{FirmStandings, OwnStandings};
pub use line_strip::{LineStrips, Taken, taken};
pub use navigation::Ways;
pub use notes::{FailureNote, Trouble, done, failed, loaded};
pub use offer_card::OfferCard;
pub use parted::Parted;
pub use platforms::Platforms;
pub use post::{LongWork, Once, Post};
pub use product_field::ProductField;
pub use refusals::Refusals;
pub use room::{Room, RoomForm, room_cost};
pub use round::{CallFacts, CallList, CallState, Decided, WishForm, Wishes};
pub use schedule::Schedule;
pub use search_form::SearchForm;
pub use session_menu::sign_in_link;
pub use shown::Shown;
pub use split_card::SplitCard;
pub use steps::{Step, Steps};
pub use swap::Swap;
pub use terms::{Terms, notice, reply, share};
pub use tour::Tour;
pub use tour_strip::{TourAnswer, TourRequest};
pub use unverified::Unverified;
pub use waiting::{WaitForm, Waiting};
