//! The demonstration: seven platforms, invented firms and people, and a history made through the protocol.

mod bulk;
mod files;
mod first_start;
mod history;
mod load;
mod mark;
mod people;
mod reset;
mod visit;

use uuid::Uuid;

pub use bulk::{Bulk, fill};
pub use files::files;
pub use first_start::first_start;
pub use history::{History, HistoryReport};
pub use load::{Demonstration, DemonstrationError, load, new_password};
pub use mark::is_demonstration;
pub use people::{DISTRICT, FIRMS, Firm, Person, Product, accounts, everybody};
pub use reset::{ResetError, reset};
pub use visit::{begin_anew, begins_anew, sign_in_as};

/// The namespace of ids that belong to the demonstration.
const NAMESPACE: Uuid = Uuid::from_u128(0x7e0f_2d44_91a3_4b58_8c1d_0b6e_55aa_9d13);

/// The id of something invented: it follows from its name, so that every demonstration has the same.
fn demonstration_id(sort: &str, name: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, format!("{sort}/{name}").as_bytes())
}
