//! Tier 3, the waiting list: who of those that wait could be served at all, and who of them wait for the same.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use uuid::Uuid;

use crate::{Interval, LineId, Minute, Second, availability, request::Request, snapshot::Snapshot};

/// What somebody waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The entry's.
    pub id: Uuid,
    pub window: Interval,
    /// The lines that could take it, see [`could_take`].
    pub lines: BTreeSet<LineId>,
}

/// Some who wait for the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rivals {
    /// The first line that could take each of them.
    pub line: LineId,
    /// The first minute that lies in all their windows.
    pub from: Minute,
    pub entries: BTreeSet<Uuid>,
}

/// The lines on which `request` would find room in `empty`, a snapshot that is [`emptied`](super::waiting::emptied):
/// none if it waits in vain.
#[must_use]
pub fn could_take(empty: &Snapshot, request: &Request, now: Second) -> BTreeSet<LineId> {
    let Ok(found) = availability::search(empty, request, now) else { return BTreeSet::new() };
    found.offers.iter().flat_map(|offer| offer.placement.steps).map(|step| step.line).collect()
}

/// Those who wait for the same: a line that could take each of them, whatever each would make there, and a minute that
/// lies in all their windows. Each set is as large as it can be and none is part of another, so that whoever meets two
/// others who don't meet each other is in two of them; nobody is alone in one. By that minute, then by line.
#[must_use]
pub fn rivals(wanted: &[Wanted]) -> Vec<Rivals> {
    let mut on: BTreeMap<LineId, Vec<&Wanted>> = BTreeMap::new();
    for one in wanted {
        for line in &one.lines {
            on.entry(*line).or_default().push(one);
        }
    }
    let mut sets: Vec<Rivals> = Vec::new();
    for (line, able) in on {
        // What windows have in common begins where the last of them does.
        let starts: BTreeSet<Minute> = able.iter().map(|one| one.window.start).collect();
        for from in starts {
            let there = able.iter().filter(|one| one.window.contains(from));
            sets.push(Rivals { line, from, entries: there.map(|one| one.id).collect() });
        }
    }
    sets.retain(|one| one.entries.len() > 1);
    // The larger ones first: what is part of another finds that one kept.
    sets.sort_by_key(|one| Reverse(one.entries.len()));
    let mut kept: Vec<Rivals> = Vec::new();
    for one in sets {
        if kept.iter().all(|known| !one.entries.is_subset(&known.entries)) {
            kept.push(one);
        }
    }
    kept.sort_by_key(|one| (one.from, one.line));
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(id: u128, (start, end): (Minute, Minute), lines: &[u128]) -> Wanted {
        let lines = lines.iter().map(|line| LineId(Uuid::from_u128(*line))).collect();
        let window = Interval { start, end };
        Wanted { id: Uuid::from_u128(id), window, lines }
    }

    /// By the minute that they have in common.
    fn found(wanted: &[Wanted]) -> Vec<(Minute, Vec<u128>)> {
        let ids = |one: &Rivals| one.entries.iter().map(Uuid::as_u128).collect();
        rivals(wanted).iter().map(|one| (one.from, ids(one))).collect()
    }

    #[test]
    fn all_of_a_set_have_a_minute_in_common() {
        let chain = [wanted(1, (0, 10), &[1]), wanted(2, (5, 20), &[1]), wanted(3, (15, 30), &[1])];
        assert_eq!(found(&chain), [(5, vec![1, 2]), (15, vec![2, 3])]);
        let all = [wanted(1, (0, 10), &[1]), wanted(2, (5, 20), &[1]), wanted(3, (9, 30), &[1])];
        assert_eq!(found(&all), [(9, vec![1, 2, 3])]);
        let touching = [wanted(1, (0, 10), &[1]), wanted(2, (10, 20), &[1])];
        assert!(found(&touching).is_empty());
    }

    #[test]
    fn all_of_a_set_could_run_on_one_line() {
        let one = |id, lines: &[u128]| wanted(id, (0, 10), lines);
        assert!(found(&[one(1, &[1]), one(2, &[2])]).is_empty());
        assert_eq!(found(&[one(1, &[1]), one(2, &[1, 2]), one(3, &[2])]), [(0, vec![1, 2]), (0, vec![2, 3])]);
        // On two lines it is the same set, and the smaller one is part of it.
        assert_eq!(found(&[one(1, &[1, 2]), one(2, &[1, 2]), one(3, &[2])]), [(0, vec![1, 2, 3])]);
        // Each on a line that another could use too, whoever makes what there.
        let ring = [one(1, &[1, 2]), one(2, &[2, 3]), one(3, &[3, 1])];
        assert_eq!(found(&ring), [(0, vec![1, 3]), (0, vec![1, 2]), (0, vec![2, 3])]);
    }
}
