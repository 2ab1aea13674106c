//! What lies between the rows of a line, for those who may see them: when the line is made ready for whom, and what of
//! its time none of them needs.

use crate::{
    Interval, Minute, OccupancyId, Second,
    changeover::{Changeover, Relation, clean_since, done_at, last_end, run_before, run_behind},
    metrics::Spans,
    occupancy::Occupancy,
    snapshot::LineState,
};

use super::view::View;

/// What lies between rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Between {
    /// One for each row that isn't a closure, ascending; without length where nothing has to be done.
    pub setups: Vec<Setup>,
    /// What nobody needs, half-open, ascending and disjoint: a closure in it hits none of the rows.
    pub free: Vec<Interval>,
}

/// How a line is made ready for a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setup {
    /// The row for which.
    pub row: OccupancyId,
    /// The end of what is ahead, a closure too: it is begun as soon as it can be.
    pub from: Minute,
    /// When it is done by the crew's hours and the wait after them, which is when a search would first have the row
    /// begin; no later than it does begin.
    pub done: Minute,
    /// From then on the time up to the row is kept for it: whatever is put in between must be over by then, for behind
    /// that the line is made ready anew. At the end of the set-up if nothing can be put in between, at the row's start
    /// if it needs no time.
    pub kept: Minute,
}

/// What lies between the rows of `line` in `asked`; set-ups are told whole. Where the line is down it isn't free, but a
/// changeover goes on.
#[must_use]
pub fn between(line: &LineState, asked: Interval, now: Second) -> Between {
    let view = View::new(line, now);
    let rows = &*view.rows;
    let (mut setups, mut free) = (Vec::new(), Vec::new());
    for index in view.gaps.at(asked.start)..rows.len() {
        let from = rows[index].interval.end;
        if from >= asked.end {
            break;
        }
        match rows.get(index + 1) {
            Some(next) if !next.is_transparent() => {
                let setup = setup(line, rows, index, next);
                free.extend(Interval::new(setup.done, setup.kept));
                setups.push(setup);
            }
            // For a closure nothing is made ready; for what comes after it, behind it.
            next => {
                let until = next.map_or(asked.end, |closure| closure.interval.start);
                free.extend(Interval::new(from, until));
            }
        }
    }
    let free = Spans::unite(free.into_iter().filter_map(|free| free.intersection(asked)));
    let down = Spans::unite(line.outages().iter().copied());
    Between { setups, free: free.without(&down).intervals().to_vec() }
}

/// The set-up for `next`, which stands behind row `index`.
fn setup(line: &LineState, rows: &[Occupancy], index: usize, next: &Occupancy) -> Setup {
    let (calendar, row) = (&line.calendar, &rows[index]);
    let (from, start) = (row.interval.end, next.interval.start);
    let relation = Relation::between(next.product, row.product);
    let needs = next.needs.unwrap_or(next.leaves);
    let Some(changeover) = line.matrix.cell(row.leaves, needs, relation) else {
        // It stands by an older matrix; by today's it may not follow, so that nothing can be put in between.
        let done = start.min(from + next.link.map_or(0, |link| link.setup));
        return Setup { row: next.id, from, done, kept: done };
    };
    let done = done_at(calendar, from, changeover);
    let done = done.map_or(start, |done| clean_since(calendar, from, changeover, done)).min(start);
    let kept = last_between(line, rows, index, (next, changeover, done)).unwrap_or(done).max(done);
    Setup { row: next.id, from, done, kept }
}

/// The last minute at which what is put between row `index` and `next` may be over, where the changeover as it is now
/// is done at `done`.
fn last_between(
    line: &LineState,
    rows: &[Occupancy],
    index: usize,
    (next, changeover, done): (&Occupancy, Changeover, Minute),
) -> Option<Minute> {
    let (calendar, matrix, start) = (&line.calendar, &line.matrix, next.interval.start);
    let mut last = last_end(calendar, changeover, start)?;
    // A row before which the line is cleaned again keeps time for that, unless it would find it clean without.
    if let Some(hold) = matrix.clean_hold
        && start > done + hold
    {
        let begun = calendar.sub_open(start - matrix.reclean.wait, matrix.reclean.crew)?;
        if begun < start - hold {
            last = last.min(last_end(calendar, changeover, begun)?);
        }
    }
    if let Some(full_clean) = parting(line, rows, index, next) {
        last = last.min(last_end(calendar, full_clean, start)?);
    }
    Some(last)
}

/// The full clean between two runs of one product which would be longer than the campaign cap allows without it.
fn parting(line: &LineState, rows: &[Occupancy], index: usize, next: &Occupancy) -> Option<Changeover> {
    let (calendar, cap, row) = (&line.calendar, line.matrix.cap?, &rows[index]);
    let (end, start, product) = (row.interval.end, next.interval.start, next.product);
    let is_clean = done_at(calendar, end, cap.full_clean).is_some_and(|done| done <= start);
    if row.product != product || !is_clean {
        return None;
    }
    let before = run_before(calendar, cap, &rows[..=index], product, end);
    let behind = run_behind(calendar, cap, &rows[index + 1..], product, start);
    let batches = before.batches.saturating_add(behind.batches);
    let minutes = behind.edge.unwrap_or(start) - before.edge.unwrap_or(end);
    let exceeded = cap.max_batches.is_some_and(|most| batches > most)
        || cap.max_minutes.is_some_and(|most| minutes > most);
    (exceeded && batches > 0).then_some(cap.full_clean)
}
