//! A booking as the use cases handle it: loaded whole, shown by the viewer's rights, written by its parts.

mod access;
mod by_start;
mod campaign;
mod insert;
mod known_by;
mod load;
mod names;
mod plan;
mod question;
mod save;
mod view;

pub(crate) use access::{Side, side, visible};
pub(crate) use by_start::{begins_in, by_start};
pub(crate) use campaign::{Campaign, SavedBy};
pub(crate) use insert::{NewStep, begins_at, insert, insert_steps};
pub(crate) use known_by::known_by;
pub(crate) use load::{Loaded, Piece, load, load_many, owners};
pub(crate) use names::names;
pub(crate) use plan::{drop_plan, insert_plan};
pub(crate) use question::{Answer, Question};
pub(crate) use save::{leave, leave_steps, save};
pub(crate) use view::view;
