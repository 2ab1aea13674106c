//! How much of every pool is in use at every moment.

use super::ranges::Range;

/// What a step uses: pools by number with positive amounts.
pub(super) type Uses = [(usize, i64)];

/// The use of all pools, as it changes.
#[derive(Clone, Debug)]
pub(super) struct Pools {
    capacities: Vec<i64>,
    /// When the use of some pool changes; rising, and the first lies before all time.
    times: Vec<i64>,
    /// For each of them how much of each pool is in use from then on.
    used: Vec<i64>,
}

impl Pools {
    pub fn new(capacities: Vec<i64>) -> Self {
        let used = vec![0; capacities.len()];
        Self { capacities, times: vec![i64::MIN], used }
    }

    /// Uses `sign` times as much more in the half-open `start..end`.
    pub fn add(&mut self, (start, end): (i64, i64), uses: &Uses, sign: i64) {
        if uses.is_empty() {
            return;
        }
        let pools = self.capacities.len();
        let first = self.cut(start, 0);
        let last = self.cut(end, first);
        for (pool, amount) in uses {
            for used in self.used[first * pools + pool..last * pools].iter_mut().step_by(pools) {
                *used += sign * amount;
            }
        }
        self.mend(last);
        self.mend(first);
    }

    /// The entry that begins at `time`, not before entry `from`; made if need be.
    fn cut(&mut self, time: i64, from: usize) -> usize {
        let pools = self.capacities.len();
        let at = from + self.times[from..].partition_point(|known| *known < time);
        if self.times.get(at).is_none_or(|known| *known != time) {
            self.times.insert(at, time);
            let length = self.used.len();
            self.used.resize(length + pools, 0);
            self.used.copy_within((at - 1) * pools..length, at * pools);
        }
        at
    }

    /// Drops an entry that changes nothing.
    fn mend(&mut self, at: usize) {
        let pools = self.capacities.len();
        if self.of(at) == self.of(at - 1) {
            self.times.remove(at);
            self.used.copy_within((at + 1) * pools.., at * pools);
            self.used.truncate(self.times.len() * pools);
        }
    }

    fn of(&self, at: usize) -> &[i64] {
        let pools = self.capacities.len();
        &self.used[at * pools..(at + 1) * pools]
    }

    /// Adds to `free` the starts within `range` at which that much more is there for `duration`.
    pub fn starts(&self, (first, last): Range, duration: i64, uses: &Uses, free: &mut Vec<Range>) {
        let mut from = first;
        let begin = self.times.partition_point(|time| *time <= first) - 1;
        for at in begin..self.times.len() {
            let start = self.times[at];
            if start >= last + duration {
                break;
            }
            let used = self.of(at);
            if uses.iter().any(|(pool, amount)| used[*pool] + amount > self.capacities[*pool]) {
                if start > i64::MIN && start - duration >= from {
                    free.push((from, start - duration));
                }
                let Some(next) = self.times.get(at + 1) else { return };
                from = from.max(*next);
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
        let mut pools = Pools::new(vec![3, 1]);
        let stays: [((i64, i64), &Uses); 3] =
            [((2, 5), &[(0, 2)]), ((5, 9), &[(0, 2)]), ((4, 6), &[(0, 1), (1, 1)])];
        for (stay, uses) in stays {
            pools.add(stay, uses, 1);
        }
        assert_eq!(pools.times, [i64::MIN, 2, 4, 6, 9]);
        assert_eq!(pools.used, [0, 0, 2, 0, 3, 1, 2, 0, 0, 0]);
        let starts = |range, uses: &Uses| {
            let mut free = Vec::new();
            pools.starts(range, 2, uses, &mut free);
            free
        };
        assert_eq!(starts((0, 20), &[(0, 2)]), [(0, 0), (9, 20)]);
        assert_eq!(starts((0, 9), &[(0, 2)]), [(0, 0), (9, 9)]);
        assert_eq!(starts((0, 5), &[(0, 1)]), [(0, 2)]);
        assert_eq!(starts((0, 9), &[(1, 1)]), [(0, 2), (6, 9)]);
        for (stay, uses) in stays.into_iter().rev() {
            pools.add(stay, uses, -1);
        }
        assert_eq!((pools.times, pools.used), (vec![i64::MIN], vec![0, 0]));
    }
}
