//! Identifiers. UUIDv7 where a row is born in the store, so that none can be counted or guessed.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! identifiers {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

identifiers! {
    /// A pilot platform: the organisation that owns lines.
    PlatformId,
    /// A company, platform or district, as an organisation with accounts.
    OrganisationId,
    /// An exclusive line.
    LineId,
    /// A pool of shared capacity.
    PoolId,
    /// A changeover matrix, shared by the lines that it describes.
    MatrixId,
    /// A plant calendar (shift pattern).
    CalendarId,
    /// A route: how one platform makes one offering.
    RouteId,
    /// A client's product; the nil UUID stands for "no product" (a line's head).
    ProductId,
    /// A booking: one campaign.
    BookingId,
    /// One step of a booking.
    StepId,
    /// A row that holds a line's capacity.
    OccupancyId,
}

impl ProductId {
    /// No product: what a line's sentinel head carries, and closures right behind it. Never the same product as
    /// another, itself included; a campaign always has a real one.
    pub const NONE: Self = Self(Uuid::nil());

    /// The product of a search without one: the same as itself (two steps of the campaign), and no client's.
    pub(crate) const UNNAMED: Self = Self(Uuid::max());
}

/// A *class*: a state of a line, numbered within its matrix. What an occupancy needs at its start or leaves at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClassId(pub i32);
