//! Rows that hold a line's capacity. A live row *is* the capacity, be it hold, booking, cleaning or closure.

use serde::{Deserialize, Serialize};

use crate::{
    ClassId, Interval, LineId, Minute, Minutes, OccupancyId, ProductId, Second, changeover::Relation,
};

/// What a row stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The line's sentinel: the state before anything ran. `[start, end)` is of no meaning but `end`.
    Head,
    /// A step of a booking, held or firm.
    Campaign,
    /// The owner-less cleaning that a cancellation left because its neighbours don't fit each other. It keeps the
    /// released row's product too, so that both links stay what they were and it always fits.
    Cleaning,
    /// A dated closure that doesn't clean: it needs nothing and leaves what it found.
    Closure,
}

impl Kind {
    /// A transparent row carries its predecessor's state through.
    #[must_use]
    pub const fn is_transparent(self) -> bool {
        matches!(self, Self::Head | Self::Closure)
    }
}

/// What a row remembers of its predecessor, and the set-up between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub prev_end: Minute,
    pub prev_leaves: ClassId,
    pub prev_product: ProductId,
    /// Version of the line's matrix that `setup` comes from.
    pub version: i32,
    pub relation: Relation,
    /// The cell's elapsed minimum, 0 on a closure.
    pub setup: Minutes,
}

/// One live row of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occupancy {
    pub id: OccupancyId,
    pub line: LineId,
    pub kind: Kind,
    pub interval: Interval,
    /// `None` on a head and on a closure.
    pub needs: Option<ClassId>,
    /// On a closure: what it carries through.
    pub leaves: ClassId,
    pub product: ProductId,
    /// Batches run, for the campaign cap; 0 on anything but a campaign.
    pub batches: u32,
    /// A hold counts as free from this second on (`now >= expires_at`); `None` on firm rows.
    pub expires_at: Option<Second>,
    /// `None` on the head only.
    pub link: Option<Link>,
}

impl Occupancy {
    /// Whether it is a hold that counts as free at `now`.
    #[must_use]
    pub fn is_expired(&self, now: Second) -> bool {
        self.expires_at.is_some_and(|expiry| expiry <= now)
    }

    /// Whether it carries its predecessor's state through.
    #[must_use]
    pub const fn is_transparent(&self) -> bool {
        self.kind.is_transparent()
    }

    /// The sentinel head of `line`, whose life begins at `at` in the matrix's initial state.
    #[must_use]
    pub const fn head(id: OccupancyId, line: LineId, at: Minute, initial: ClassId) -> Self {
        Self {
            id,
            line,
            kind: Kind::Head,
            interval: Interval { start: at, end: at },
            needs: None,
            leaves: initial,
            product: ProductId::NONE,
            batches: 0,
            expires_at: None,
            link: None,
        }
    }
}
