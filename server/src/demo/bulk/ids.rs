//! Ids that the seed decides, ascending in the order in which they are given out.

use domain::Second;
use rand::{RngExt, rngs::StdRng};
use uuid::{Builder, Uuid};

/// Gives out version 7 ids, a thousand for each of its milliseconds.
#[derive(Debug)]
pub(super) struct Ids {
    given: u64,
    /// Milliseconds: long enough before now that no id given later in earnest comes before one of these.
    from: u64,
}

impl Ids {
    pub fn new(now: Second) -> Self {
        Self { given: 0, from: u64::try_from((now - 30 * 24 * 3600) * 1000).unwrap_or(0) }
    }

    pub fn next(&mut self, rng: &mut StdRng) -> Uuid {
        let mut random: [u8; 10] = rng.random();
        // The first bits after the time keep the order within a millisecond.
        let within = u16::try_from(self.given % 1000).unwrap_or(0).to_be_bytes();
        (random[0], random[1]) = (within[0], within[1]);
        let id = Builder::from_unix_timestamp_millis(self.from + self.given / 1000, &random).into_uuid();
        self.given += 1;
        id
    }
}
