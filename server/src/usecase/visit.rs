//! Where a request came from whose sender isn't signed in, and the name by which such a visitor is counted once a day:
//! it says nothing of the address that it was made from, and is another one tomorrow. It is made of nothing else, since
//! whoever would count often can say of itself what it likes. All who come from one address are one visitor.

use std::net::{IpAddr, Ipv6Addr};

use domain::{Second, calendar::plant_day};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::secret;

/// Where a request came from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Visit {
    pub address: Option<IpAddr>,
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
        let network = network(visit.address?);
        let mut digest = Sha256::new();
        for half in &self.0 {
            digest.update(half.as_bytes());
        }
        digest.update(plant_day(now.div_euclid(60)).to_be_bytes());
        digest.update(network.to_string());
        Some(secret::public_id(&digest.finalize()))
    }
}

/// What of an address its owner can't choose: all of IPv4, the first half of IPv6, of which one connection has all the
/// other.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
        address @ IpAddr::V4(_) => address,
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
    fn a_visitor_has_one_name_a_day_that_only_this_server_makes() {
        let from = |address: &str| Visit { address: address.parse().ok() };
        let (key, one) = (VisitKey::generate(), from("192.0.2.1"));
        let name = key.name(&one, MIDNIGHT);
        assert!(name.is_some());
        assert_eq!(key.name(&one, MIDNIGHT + 86_399), name, "all day");
        assert_ne!(key.name(&one, MIDNIGHT + 86_400), name, "another tomorrow");
        assert_ne!(key.name(&from("192.0.2.2"), MIDNIGHT), name);
        assert_eq!(key.name(&from("::ffff:192.0.2.1"), MIDNIGHT), name, "the same, written otherwise");
        let [one_host, its_next, another] =
            ["2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "2001:db8:0:2::1"].map(from);
        assert_eq!(key.name(&one_host, MIDNIGHT), key.name(&its_next, MIDNIGHT), "one connection has both");
        assert_ne!(key.name(&one_host, MIDNIGHT), key.name(&another, MIDNIGHT));
        assert_ne!(VisitKey::generate().name(&one, MIDNIGHT), name, "with another key");
        assert_eq!(key.name(&Visit::default(), MIDNIGHT), None, "whose address isn't known");
    }
}
