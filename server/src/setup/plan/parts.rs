//! One platform's parts against the stored ones.

use std::collections::{BTreeMap, BTreeSet};

use domain::{MatrixId, changeover::Matrix};
use uuid::Uuid;

use super::{
    super::{
        PlatformSetup,
        problem::{Fault, Problem},
        what::What,
    },
    Change, Difference, Item, Stored, matrix,
};

pub(super) fn compare(
    stored: &Stored,
    setup: &PlatformSetup,
    items: &mut Vec<Item>,
    difference: &mut Difference,
    problems: &mut Vec<Problem>,
) {
    let mut seen: BTreeSet<Uuid> = BTreeSet::new();
    let mut note = |what: What, id: Uuid, code: &str, change: Change| {
        seen.insert(id);
        items.push(Item { platform: setup.code.clone(), what, code: code.to_owned(), change });
        matches!(change, Change::Added | Change::Changed)
    };

    // The matrices as they will be stored.
    let mut current: BTreeMap<MatrixId, Matrix> = BTreeMap::new();
    let change = platform(stored, setup);
    if note(What::Platform, setup.id.0, &setup.code, change) {
        difference.platforms.push(setup.clone());
    }
    for calendar in &setup.calendars {
        let change = fate(stored.calendars.get(&calendar.id.0), calendar);
        if note(What::Calendar, calendar.id.0, &calendar.code, change) {
            difference.calendars.push((setup.id, calendar.clone()));
        }
    }
    for given in &setup.matrices {
        match matrix::renumber(given, stored.matrices.get(&given.id.0)) {
            Ok((matrix, change)) => {
                current.insert(matrix.id, matrix.clone());
                if note(What::Matrix, matrix.id.0, &matrix.code, change) {
                    difference.matrices.push((setup.id, matrix));
                }
            }
            Err(removed) => problems.extend(removed.into_iter().map(|class| Problem {
                file: setup.places.file.clone(),
                line: place(setup, "matrix", &given.code),
                fault: Fault::ClassRemoved { class },
            })),
        }
    }
    for pool in &setup.pools {
        let change = fate(stored.pools.get(&pool.id.0), pool);
        if note(What::Pool, pool.id.0, &pool.code, change) {
            difference.pools.push(pool.clone());
        }
    }
    for line in &setup.lines {
        let before = stored.lines.get(&line.id.0);
        if before.is_some_and(|before| before.matrix != line.matrix) {
            problems.push(Problem {
                file: setup.places.file.clone(),
                line: place(setup, "line", &line.code),
                fault: Fault::MatrixExchanged { line: line.code.clone() },
            });
        }
        let change = fate(before, line);
        let noted = note(What::Line, line.id.0, &line.code, change);
        // A matrix that is missing was refused just above.
        if let (true, Some(matrix)) = (noted, current.get(&line.matrix)) {
            difference.lines.push((line.clone(), matrix.clone()));
        }
    }
    for route in &setup.routes {
        let before = stored.routes.get(&route.id.0);
        // A route that is switched on again is a change.
        let change = match before {
            Some((before, true)) => fate(Some(before), route),
            Some((_, false)) => Change::Changed,
            None => Change::Added,
        };
        if note(What::Route, route.id.0, &route.code, change) {
            difference.routes.push((route.clone(), true));
        }
    }
    policy(stored, setup, items, difference);
    left_out(stored, setup, &seen, items, difference);
}

fn place(setup: &PlatformSetup, sort: &'static str, code: &str) -> u32 {
    setup.places.lines.get(&(sort, code.to_owned())).copied().unwrap_or(0)
}

fn fate<T: PartialEq>(before: Option<&T>, now: &T) -> Change {
    match before {
        None => Change::Added,
        Some(before) if before == now => Change::Unchanged,
        Some(_) => Change::Changed,
    }
}

fn platform(stored: &Stored, setup: &PlatformSetup) -> Change {
    let (organisation, platform) = (stored.organisations.get(&setup.id.0), stored.platforms.get(&setup.id.0));
    let (Some(organisation), Some(platform)) = (organisation, platform) else { return Change::Added };
    let same = organisation.name_zh == setup.name.zh
        && organisation.name_en == setup.name.en
        && organisation.contact == setup.contact
        && platform.illustrative == setup.illustrative;
    if same { Change::Unchanged } else { Change::Changed }
}

fn policy(stored: &Stored, setup: &PlatformSetup, items: &mut Vec<Item>, difference: &mut Difference) {
    let before = stored.policies.get(&setup.id.0);
    let mut policy = setup.policy.clone();
    policy.version = before.map_or(1, |before| before.version);
    let change = fate(before, &policy);
    items.push(Item { platform: setup.code.clone(), what: What::Policy, code: "policy".to_owned(), change });
    if change != Change::Unchanged {
        policy.version = before.map_or(1, |before| before.version + 1);
        difference.policies.push((setup.id, policy));
    }
}

/// Stored parts of the platform that the file doesn't name.
fn left_out(
    stored: &Stored,
    setup: &PlatformSetup,
    seen: &BTreeSet<Uuid>,
    items: &mut Vec<Item>,
    difference: &mut Difference,
) {
    let owned = |id: &&Uuid| stored.owner.get(*id) == Some(&setup.id.0) && !seen.contains(*id);
    let mut keep = |what: What, code: &str, change: Change| {
        items.push(Item { platform: setup.code.clone(), what, code: code.to_owned(), change });
    };
    for id in stored.calendars.keys().filter(owned) {
        keep(What::Calendar, &stored.calendars[id].code, Change::Kept);
    }
    for id in stored.matrices.keys().filter(owned) {
        keep(What::Matrix, &stored.matrices[id].code, Change::Kept);
    }
    for id in stored.pools.keys().filter(owned) {
        keep(What::Pool, &stored.pools[id].code, Change::Kept);
    }
    for id in stored.lines.keys().filter(owned) {
        keep(What::Line, &stored.lines[id].code, Change::Kept);
    }
    for id in stored.routes.keys().filter(owned) {
        let (route, active) = &stored.routes[id];
        if *active {
            difference.routes.push((route.clone(), false));
            keep(What::Route, &route.code, Change::SwitchedOff);
        }
    }
}
