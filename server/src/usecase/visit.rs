//! Where a request came from whose sender isn't signed in, and the name by which such a visitor is counted once a day:
//! it says nothing of the address that it was made from, and is another one tomorrow.

use std::net::IpAddr;

use domain::{Second, calendar::plant_day};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::people::Device;
use crate::secret;

/// Where a request came from.
#[derive(Clone, Debug, Default)]
pub struct Visit {
    pub address: Option<IpAddr>,
    pub device: Device,
}

/// What names are made with. It is kept nowhere and gone with the server: nobody can try afterwards which address gives
/// a name.
#[derive(Clone)]
pub(super) struct VisitKey([Uuid; 2]);

impl VisitKey {
    pub fn generate() -> Self {
        Self([Uuid::new_v4(), Uuid::new_v4()])
    }

    /// The visitor's name for the plant day of `now`; none where no address is known.
    pub fn name(&self, visit: &Visit, now: Second) -> Option<Uuid> {
        let address = visit.address?;
        let mut digest = Sha256::new();
        for half in &self.0 {
            digest.update(half.as_bytes());
        }
        digest.update(plant_day(now.div_euclid(60)).to_be_bytes());
        digest.update(address.to_string());
        digest.update([0_u8]);
        digest.update(visit.device.as_str());
        Some(secret::public_id(&digest.finalize()))
    }
}

impl std::fmt::Debug for VisitKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("VisitKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-30, midnight in the plant.
    const MIDNIGHT: Second = 1_795_968_000;

    #[test]
    fn a_visitor_has_one_name_a_day_and_browser_that_only_this_server_makes() {
        let from = |address: &str, agent: &str| Visit {
            address: address.parse().ok(),
            device: Device::said(Some(agent)),
        };
        let (key, one) = (VisitKey::generate(), from("192.0.2.1", "Firefox"));
        let name = key.name(&one, MIDNIGHT);
        assert!(name.is_some());
        assert_eq!(key.name(&one, MIDNIGHT + 86_399), name, "all day");
        assert_ne!(key.name(&one, MIDNIGHT + 86_400), name, "another tomorrow");
        assert_ne!(key.name(&from("192.0.2.2", "Firefox"), MIDNIGHT), name);
        assert_ne!(key.name(&from("192.0.2.1", "Chrome"), MIDNIGHT), name);
        assert_ne!(VisitKey::generate().name(&one, MIDNIGHT), name, "with another key");
        assert_eq!(key.name(&Visit::default(), MIDNIGHT), None, "whose address isn't known");
    }
}
