//! What pages keep in their address, as their forms write it.

mod call;
mod campaign;
mod closure;
mod outage;
mod search;

pub use call::CallDraft;
pub use campaign::CampaignDraft;
pub use closure::ClosureDraft;
pub use outage::OutageDraft;
pub use search::{again, blank, choose, chosen, near, parse, read, write};
