//! Chance that can be replayed: the same seed gives the same numbers on every machine.

/// SplitMix64 (Steele, Lea and Flood, 2014): small, quick, and good enough to shuffle by. No secret comes of it.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// The sequence of this seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub const fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// One of `0..many`; 0 of none.
    pub fn below(&mut self, many: usize) -> usize {
        let scaled = (u128::from(self.bits()) * many as u128) >> 64;
        usize::try_from(scaled).unwrap_or(0)
    }

    /// A number in `[0, 1)`.
    pub fn share(&mut self) -> f64 {
        // 53 bits are what a float holds exactly.
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Yes, with this probability.
    pub fn yes(&mut self, probability: f64) -> bool {
        self.share() < probability
    }

    /// Every order is equally likely.
    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for last in (1..all.len()).rev() {
            all.swap(last, self.below(last + 1));
        }
    }
}
