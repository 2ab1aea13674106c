//! Sets of starts, as ascending disjoint closed ranges.

/// The starts from the first to the second, both inclusive.
pub(super) type Range = (i64, i64);

/// What two sets share, added to `shared`.
pub(super) fn intersect(one: &[Range], other: &[Range], shared: &mut Vec<Range>) {
    let (mut left, mut right) = (0, 0);
    while left < one.len() && right < other.len() {
        let (first, last) = (one[left].0.max(other[right].0), one[left].1.min(other[right].1));
        if first <= last {
            shared.push((first, last));
        }
        if one[left].1 < other[right].1 {
            left += 1;
        } else {
            right += 1;
        }
    }
}

/// Sorts ranges and joins those that overlap or touch.
pub(super) fn unite(ranges: &mut Vec<Range>) {
    if ranges.len() < 2 {
        return;
    }
    ranges.sort_unstable();
    let mut kept = 0;
    for next in 1..ranges.len() {
        if ranges[next].0 <= ranges[kept].1 + 1 {
            ranges[kept].1 = ranges[kept].1.max(ranges[next].1);
        } else {
            kept += 1;
            ranges[kept] = ranges[next];
        }
    }
    ranges.truncate(kept + 1);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_joined_and_cut() {
        let mut ranges = vec![(8, 9), (1, 3), (4, 5), (2, 2)];
        unite(&mut ranges);
        assert_eq!(ranges, [(1, 5), (8, 9)]);
        let mut two = vec![(4, 6), (1, 3)];
        unite(&mut two);
        assert_eq!(two, [(1, 6)]);
        let mut shared = Vec::new();
        intersect(&ranges, &[(0, 1), (3, 8), (10, 12)], &mut shared);
        assert_eq!(shared, [(1, 1), (3, 5), (8, 8)]);
    }
}
