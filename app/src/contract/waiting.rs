//! The waiting list.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Instant, OfferQuery, TextView};

/// To wait for a place in the window of `query`: the first that becomes free is held, in the order of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct WaitOrder {
    pub query: OfferQuery,
    /// The client's own code of the product, as for a hold.
    #[serde(default)]
    pub product_code: Option<String>,
    /// Whether the window is agreed to as a plan window, as for a hold: wherever it becomes free, if that platform
    /// offers them and the place leaves something to move in.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub flexible: bool,
}

/// Which entries of the waiting list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::IntoParams))]
pub struct WaitFilter {
    /// The `next` of the page before; the first page when left out. Opaque.
    pub cursor: Option<String>,
    /// Entries at most, 1 to 200; 50 when left out.
    pub limit: Option<u32>,
}

/// Somebody who waits: a firm sees its own entries, a platform those that its lines could serve. Nobody is told how
/// many wait, or whose turn it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct WaitView {
    pub id: Uuid,
    pub query: OfferQuery,
    pub offering_name: TextView,
    /// The firm's own code of the product, if it gave one; told to the firm alone.
    pub product_code: Option<String>,
    /// The only platform waited for, if it is one.
    pub platform_name: Option<TextView>,
    /// Who waits; only told to operators.
    pub company: Option<TextView>,
    pub since: Instant,
    /// The end of the window, half-open: until when it waits at most.
    pub until: Instant,
    /// Whether its window is agreed to as a plan window.
    #[serde(default)]
    pub flexible: bool,
    /// The hold that it was given and that waits for an answer now.
    pub hold: Option<Uuid>,
}
