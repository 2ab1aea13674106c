//! What crosses the wire, to the browser and over `/api/v1` alike. DTOs stop at the server's use cases.

mod booking;
mod catalogue;
mod failure;
mod instant;
mod offer;
mod session;

pub use booking::{BookingView, HoldOrder, StepView};
pub use catalogue::{OfferingView, PlatformView, TextView};
pub use failure::{Failure, FieldProblem, RefusalView};
pub use instant::Instant;
pub use offer::{LineRefusalView, OfferQuery, OfferStepView, OfferView, SearchAnswer};
pub use session::{Credentials, OrganisationKind, Role, Viewer};
