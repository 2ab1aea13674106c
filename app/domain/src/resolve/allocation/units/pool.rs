//! How much of a pool is in use at every moment.

use super::ranges::Range;

/// The use of one pool, as it changes.
#[derive(Clone, Debug)]
pub(super) struct Profile {
    capacity: i64,
    /// From when on how much is in use, until the next entry; times rise, and the first lies before all time.
    levels: Vec<(i64, i64)>,
}

impl Profile {
    pub fn new(capacity: i64) -> Self {
        Self { capacity, levels: vec![(i64::MIN, 0)] }
    }

    /// Uses `amount` more in the half-open `start..end`; a negative amount gives back.
    pub fn add(&mut self, (start, end): (i64, i64), amount: i64) {
        let first = self.cut(start);
        let last = self.cut(end);
        for level in &mut self.levels[first..last] {
            level.1 += amount;
        }
        self.mend(last);
        self.mend(first);
    }

    /// The entry that begins at `time`, made if need be.
    fn cut(&mut self, time: i64) -> usize {
        let at = self.levels.partition_point(|level| level.0 < time);
        if self.levels.get(at).is_none_or(|level| level.0 != time) {
            let (_, used) = self.levels[at - 1];
            self.levels.insert(at, (time, used));
        }
        at
    }

    /// Drops an entry that changes nothing.
    fn mend(&mut self, at: usize) {
        if self.levels[at].1 == self.levels[at - 1].1 {
            self.levels.remove(at);
        }
    }

    /// Adds to `free` the starts within `range` at which `amount` more is there for `duration`.
    pub fn starts(&self, (first, last): Range, duration: i64, amount: i64, free: &mut Vec<Range>) {
        let mut from = first;
        let begin = self.levels.partition_point(|level| level.0 <= first) - 1;
        for at in begin..self.levels.len() {
            let (start, used) = self.levels[at];
            if start >= last + duration {
                break;
            }
            if used + amount > self.capacity {
                if start > i64::MIN && start - duration >= from {
                    free.push((from, start - duration));
                }
                let Some(next) = self.levels.get(at + 1) else { return };
                from = from.max(next.0);
                if from > last {
                    return;
                }
            }
        }
        free.push((from, last));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_use_given_back_leaves_nothing_behind() {
        let mut pool = Profile::new(3);
        pool.add((2, 5), 2);
        pool.add((5, 9), 2);
        pool.add((4, 6), 1);
        assert_eq!(pool.levels, [(i64::MIN, 0), (2, 2), (4, 3), (6, 2), (9, 0)]);
        let mut free = Vec::new();
        pool.starts((0, 20), 2, 2, &mut free);
        assert_eq!(free, [(0, 0), (9, 20)]);
        free.clear();
        pool.starts((0, 5), 2, 1, &mut free);
        assert_eq!(free, [(0, 2)]);
        for (stay, amount) in [((5, 9), 2), ((4, 6), 1), ((2, 5), 2)] {
            pool.add(stay, -amount);
        }
        assert_eq!(pool.levels, [(i64::MIN, 0)]);
    }
}
