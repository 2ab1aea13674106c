//! What a client asks for.

use serde::{Deserialize, Serialize};

use crate::{Interval, PlatformId, ProductId, hazard::HazardProfile, offering::Unit};

/// The stage of development that a campaign serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    TechTransfer,
    SampleTrial,
    ScaleUp,
    Engineering,
    Registration,
    Release,
    Stability,
    /// Nobody said.
    Unstated,
}

/// A campaign asked for: the input of search, check and repair alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    pub offering: String,
    /// The client's product, for the product relation; `ProductId::NONE` while searching without one, which is
    /// treated as a product different from every other.
    pub product: ProductId,
    /// In thousandths of `unit`.
    pub batch_size: i64,
    pub unit: Unit,
    pub batches: u32,
    pub hazards: HazardProfile,
    pub gmp: bool,
    pub stage: Stage,
    /// Every step lies inside this half-open window.
    pub window: Interval,
    /// Only this platform's routes; `None`: any.
    pub platform: Option<PlatformId>,
}
