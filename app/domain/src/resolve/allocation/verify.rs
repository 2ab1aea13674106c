//! An independent verifier of plans: every rule of the format by its own words, no code shared with the search.

use std::collections::{BTreeMap, BTreeSet};

use super::instance::{Instance, Plan, Request};

/// What a plan is worth if it keeps to every rule of an instance that was admitted.
///
/// # Errors
/// The first rule that it breaks, in words.
pub fn verify(instance: &Instance, plan: &Plan) -> Result<i64, String> {
    let mut seen = BTreeSet::new();
    let mut worth = 0;
    let mut on_line: BTreeMap<i64, Vec<(i64, i64, usize)>> = BTreeMap::new();
    let mut changes: BTreeMap<i64, BTreeMap<i64, i64>> = BTreeMap::new();
    for accepted in &plan.accepted {
        let id = accepted.id;
        let request = instance.requests.iter().find(|request| request.id == id);
        let Some(request) = request.filter(|_| seen.insert(id)) else {
            return Err(format!("request {id}: unknown or accepted twice"));
        };
        if accepted.steps.len() != request.steps.len() {
            return Err(format!("request {id}: wrong number of steps"));
        }
        let placed = accepted.steps.iter().map(|step| (step.line, step.start));
        runs(instance, request, &placed.collect::<Vec<_>>())?;
        for (step, placed) in request.steps.iter().zip(&accepted.steps) {
            let end = placed.start + step.duration;
            on_line.entry(placed.line).or_default().push((placed.start, end, request.class));
            for (pool, amount) in &step.uses {
                let changes = changes.entry(*pool).or_default();
                *changes.entry(placed.start).or_default() += amount;
                *changes.entry(end).or_default() -= amount;
            }
        }
        worth += request.value;
    }
    for (line, mut rows) in on_line {
        rows.sort_unstable();
        for pair in rows.windows(2) {
            let ((_, end, before), (start, _, behind)) = (pair[0], pair[1]);
            if start < end + instance.changeover[before][behind] {
                return Err(format!("line {line}: {start} is too soon after {end}"));
            }
        }
    }
    for pool in &instance.pools {
        let mut used = 0;
        for (moment, change) in changes.get(&pool.id).into_iter().flatten() {
            used += change;
            if used > pool.capacity {
                return Err(format!("pool {}: {used} in use at {moment}", pool.id));
            }
        }
    }
    if plan.value == worth {
        Ok(worth)
    } else {
        Err(format!("the plan claims {}, its requests are worth {worth}", plan.value))
    }
}

/// Whether a request's steps, by line and start, keep to everything that no other request decides.
fn runs(instance: &Instance, request: &Request, placed: &[(i64, i64)]) -> Result<(), String> {
    let mut end_before = None;
    for (number, (step, (line, start))) in request.steps.iter().zip(placed.iter().copied()).enumerate() {
        let place = format!("request {}, step {number}", request.id);
        let end = start + step.duration;
        let known = instance.lines.iter().find(|known| known.id == line);
        let Some(known) = known.filter(|_| step.lines.contains(&line)) else {
            return Err(format!("{place}: line {line} can't do it"));
        };
        if start < request.release || end > request.due {
            return Err(format!("{place}: outside its window"));
        }
        if known.closed.iter().any(|(from, until)| start < *until && *from < end) {
            return Err(format!("{place}: overlaps a closure"));
        }
        if let Some(end_before) = end_before {
            let lag = start - end_before;
            if lag < step.min_lag || step.max_lag.is_some_and(|most| lag > most) {
                return Err(format!("{place}: a lag of {lag}"));
            }
        }
        end_before = Some(end);
    }
    Ok(())
}
