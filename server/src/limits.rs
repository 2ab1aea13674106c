//! How often something may be asked.

use std::{hash::Hash, net::IpAddr, num::NonZeroU32, sync::Arc, time::Duration};

use app::contract::Failure;
use governor::{
    Quota, RateLimiter, clock::Clock as GovernorClock, middleware::NoOpMiddleware,
    state::keyed::DashMapStateStore,
};
use uuid::Uuid;

use crate::{clock::Clock, settings::LimitSettings};

/// Our clock in the limiter's terms.
#[derive(Clone, Debug)]
struct Ticks(Arc<dyn Clock>);

impl GovernorClock for Ticks {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_secs(u64::try_from(self.0.now()).unwrap_or_default())
    }
}

/// From all addresses together, so many times as often as from one somebody may try to be the same person: whoever
/// guesses from many places is slowed as well, and nobody keeps another from signing in from a place or two.
const EVERYWHERE: u32 = 10;

type Limiter<K> = RateLimiter<K, DashMapStateStore<K>, Ticks, NoOpMiddleware<Duration>>;

/// What searches are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Searcher {
    Organisation(Uuid),
    Address(Option<IpAddr>),
}

/// The limits of one server.
#[derive(Debug)]
pub struct Limits {
    clock: Ticks,
    /// From one address.
    emails_from: Limiter<(String, Option<IpAddr>)>,
    emails: Limiter<String>,
    addresses: Limiter<Option<IpAddr>>,
    searches: Limiter<Searcher>,
}

impl Limits {
    #[must_use]
    pub fn new(settings: &LimitSettings, clock: Arc<dyn Clock>) -> Self {
        let clock = Ticks(clock);
        Self {
            emails_from: limiter(settings.sign_in_per_email, &clock),
            emails: limiter(settings.sign_in_per_email.saturating_mul(EVERYWHERE), &clock),
            addresses: limiter(settings.sign_in_per_address, &clock),
            searches: limiter(settings.search_per_minute, &clock),
            clock,
        }
    }

    /// One attempt to prove who one is, from `address`; for `email` where one is named, counted from that address and
    /// from all together.
    ///
    /// # Errors
    /// [`Failure::TooMany`].
    pub fn attempt(&self, address: Option<IpAddr>, email: Option<&str>) -> Result<(), Failure> {
        self.count(&self.addresses, &address)?;
        let Some(email) = email else { return Ok(()) };
        // What is refused here doesn't count below: one place alone doesn't use up what others may.
        self.count(&self.emails_from, &(email.to_owned(), address))?;
        self.count(&self.emails, &email.to_owned())
    }

    /// One search.
    ///
    /// # Errors
    /// [`Failure::TooMany`].
    pub fn search(&self, searcher: Searcher) -> Result<(), Failure> {
        self.count(&self.searches, &searcher)
    }

    /// Forgets those who are within their limits anyway.
    pub fn forget_idle(&self) {
        self.emails_from.retain_recent();
        self.emails.retain_recent();
        self.addresses.retain_recent();
        self.searches.retain_recent();
    }

    fn count<K: Hash + Eq + Clone>(&self, limiter: &Limiter<K>, key: &K) -> Result<(), Failure> {
        limiter.check_key(key).map_err(|until| {
            let wait = until.wait_time_from(self.clock.now());
            let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            Failure::TooMany { retry_after_seconds: u32::try_from(seconds.max(1)).unwrap_or(u32::MAX) }
        })
    }
}

fn limiter<K: Hash + Eq + Clone>(a_minute: u32, clock: &Ticks) -> Limiter<K> {
    let burst = NonZeroU32::new(a_minute).unwrap_or(NonZeroU32::MIN);
    RateLimiter::dashmap_with_clock(Quota::per_minute(burst), clock.clone())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use app::contract::Failure;

    use super::Limits;
    use crate::{clock::SetClock, settings::LimitSettings};

    #[test]
    fn attempts_are_counted_by_email_and_by_address() {
        let clock = Arc::new(SetClock::at(1_800_000_000));
        let settings = LimitSettings {
            sign_in_per_email: 2,
            sign_in_per_address: 4,
            search_per_minute: 1,
            holds_per_company: 1,
            unconfirmed_per_company: 1,
            questions_per_company: 1,
        };
        let limits = Limits::new(&settings, clock.clone());
        let address = Some("192.0.2.1".parse().unwrap());
        assert_eq!(limits.attempt(address, Some("a@b.example")), Ok(()));
        assert_eq!(limits.attempt(address, Some("a@b.example")), Ok(()));
        let refused = Err(Failure::TooMany { retry_after_seconds: 30 });
        assert_eq!(limits.attempt(address, Some("a@b.example")), refused, "the e-mail's limit there");
        let elsewhere = Some("192.0.2.2".parse().unwrap());
        assert_eq!(limits.attempt(elsewhere, Some("a@b.example")), Ok(()), "not kept out by that");
        assert_eq!(limits.attempt(address, Some("c@b.example")), Ok(()));
        let refused = Err(Failure::TooMany { retry_after_seconds: 15 });
        assert_eq!(limits.attempt(address, Some("d@b.example")), refused, "the address's limit");
        clock.advance(30);
        assert_eq!(limits.attempt(address, Some("a@b.example")), Ok(()), "refilled");
    }

    #[test]
    fn guessing_from_many_addresses_is_slowed_too() {
        let settings = LimitSettings {
            sign_in_per_email: 2,
            sign_in_per_address: 4,
            search_per_minute: 1,
            holds_per_company: 1,
            unconfirmed_per_company: 1,
            questions_per_company: 1,
        };
        let limits = Limits::new(&settings, Arc::new(SetClock::at(1_800_000_000)));
        let from = |last: u8| limits.attempt(Some([192, 0, 2, last].into()), Some("a@b.example"));
        for last in 0..20 {
            assert_eq!(from(last), Ok(()));
        }
        assert_eq!(from(20), Err(Failure::TooMany { retry_after_seconds: 3 }));
    }
}
