//! Use it or lose it: who has given up confirmed bookings late again and again holds, on that platform, only what
//! begins soon, until the oldest of them that matters has passed.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    Minute, Minutes, PlatformId, Second,
    availability::{LineRefusal, Outcome},
    policy::Policy,
    refusal::Refusal,
    snapshot::Snapshot,
};

/// A platform's published rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UseOrLose {
    /// So many late ones that still count limit a firm, positive.
    pub times: u32,
    /// How long one counts from when it was given up, half-open: at its end it counts no more.
    pub within: Minutes,
    /// A limited firm holds what begins at most so long from now, inclusive.
    pub horizon: Minutes,
}

/// Where a firm stands by a rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// How many count now.
    pub counted: u32,
    /// Until when the firm is limited, exclusive; `None`: it isn't.
    pub until: Option<Second>,
}

/// What a firm is limited to on a platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Curb {
    /// By how many that count.
    pub times: u32,
    /// As [`UseOrLose::horizon`].
    pub horizon: Minutes,
    /// From then on no more.
    pub until: Second,
}

/// The platforms on which a firm is limited.
pub type Curbs = BTreeMap<PlatformId, Curb>;

impl UseOrLose {
    /// Where a firm stands at `now` that gave up bookings late at these times; what lies in the future doesn't count
    /// yet.
    #[must_use]
    pub fn standing(&self, left: &[Second], now: Second) -> Standing {
        let lasts = self.within.saturating_mul(60);
        let counts = |at: &&Second| **at <= now && now < at.saturating_add(lasts);
        let mut counted: Vec<Second> = left.iter().filter(counts).copied().collect();
        counted.sort_unstable_by(|a, b| b.cmp(a));
        // With the newest `times` of them it is limited: until the oldest of these counts no more.
        let last = usize::try_from(self.times).unwrap_or(usize::MAX).max(1) - 1;
        Standing {
            counted: u32::try_from(counted.len()).unwrap_or(u32::MAX),
            until: counted.get(last).map(|at| at.saturating_add(lasts)),
        }
    }

    /// What a firm of this standing is limited to.
    #[must_use]
    pub fn curb(&self, standing: Standing) -> Option<Curb> {
        standing.until.map(|until| Curb { times: standing.counted, horizon: self.horizon, until })
    }
}

impl Curb {
    /// The last start that may be held at `now`, inclusive.
    #[must_use]
    pub const fn latest(&self, now: Second) -> Minute {
        now.div_euclid(60).saturating_add(self.horizon)
    }

    /// Refuses what begins later than that.
    ///
    /// # Errors
    /// [`Refusal::UseOrLose`].
    pub fn admit(&self, first_start: Minute, now: Second) -> Result<(), Refusal> {
        let latest = self.latest(now);
        if first_start <= latest {
            return Ok(());
        }
        Err(Refusal::UseOrLose { times: self.times, latest, until: self.until })
    }
}

impl Snapshot {
    /// What a firm with these limits may choose from: platforms that limit it end sooner.
    #[must_use]
    pub fn curbed(&self, curbs: &Curbs) -> Cow<'_, Self> {
        if curbs.is_empty() {
            return Cow::Borrowed(self);
        }
        let mut near = self.clone();
        for (platform, curb) in curbs {
            let policy = near.policy(*platform);
            let horizon = policy.horizon.min(curb.horizon);
            let policy = Policy { horizon, ..policy.clone() };
            near.policies.insert(*platform, Arc::new(policy));
        }
        Cow::Owned(near)
    }
}

impl Outcome {
    /// Leaves only what a firm with these limits may hold; each line of which that takes an offer is named with the
    /// refusal. For a gap there is the earliest start alone, so that none that may be held is missed.
    pub fn curb(&mut self, snapshot: &Snapshot, curbs: &Curbs, now: Second) {
        if curbs.is_empty() {
            return;
        }
        let of: BTreeMap<_, _> = snapshot.routes.iter().map(|route| (route.id, route.platform)).collect();
        let mut taken: BTreeMap<_, Refusal> = BTreeMap::new();
        self.offers.retain(|offer| {
            let curb = of.get(&offer.placement.route).and_then(|platform| curbs.get(platform));
            let start = offer.placement.span().map_or(Minute::MIN, |span| span.start);
            let Some(Err(why)) = curb.map(|curb| curb.admit(start, now)) else { return true };
            let lines = offer.placement.steps.first().map(|step| (offer.placement.route, step.line));
            taken.extend(lines.map(|line| (line, why)));
            false
        });
        let named = taken.into_iter();
        self.refusals.extend(named.map(|((route, line), refusal)| LineRefusal {
            line,
            route,
            step: 0,
            refusal,
        }));
    }
}
