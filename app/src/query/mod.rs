//! What pages keep in their address, as their forms write it.

mod call;
mod campaign;
mod closure;
mod looked;
mod outage;
mod remedied;
mod search;

pub use call::CallDraft;
pub use campaign::CampaignDraft;
pub use closure::ClosureDraft;
pub use looked::Looked;
pub use outage::OutageDraft;
pub use remedied::remedied;
pub use search::{again, blank, choose, chosen, near, parse, parse_with, read, write, write_with};
