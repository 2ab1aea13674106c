//! Parts of the operator's pages.

mod act;
mod book_form;
mod call_draft;
mod call_form;
mod case;
mod checks;
mod close_form;
mod decide_form;
mod facts;
mod flags;
mod hidden;
mod history;
mod legend;
mod pieces;
mod questions;
mod queue;
mod refused;
mod runs;
mod settle;
mod setup_form;
mod setup_plan;
mod setup_tables;
mod shorten;
mod timeline;
mod waiters;
mod way;
mod window_bar;

pub use act::Acts;
pub use book_form::{BookForm, BookOffers, Caller};
pub use call_draft::{Adjusting, CallWishes, DraftStrips};
pub use call_form::CallForm;
pub use case::Case;
pub use checks::Checks;
pub use close_form::{CloseForm, Hits};
pub use decide_form::{DecideForm, PointsHint};
pub use facts::Facts;
pub use flags::Flags;
pub use hidden::Hidden;
pub use history::History;
pub use legend::Legend;
pub use pieces::Pieces;
pub use questions::Questions;
pub use queue::{Cleanings, Hazards, Lapsing, Requests};
pub use refused::Refused;
pub use runs::Runs;
pub use setup_form::PartForm;
pub use setup_plan::{PlanNote, Planned};
pub use setup_tables::{
    AddLink, CalendarTable, EditLink, LineTable, MatrixGrids, PolicyFacts, PoolTable, RouteTable,
};
pub use timeline::{Lane, Timeline};
pub use waiters::Waiters;
pub use window_bar::WindowBar;
