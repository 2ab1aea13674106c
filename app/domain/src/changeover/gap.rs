//! Whether a row may follow another: the changeover in the line's open hours, and the clean-hold time after it.

use super::{Changeover, Matrix};
use crate::{Minute, calendar::Calendar};

/// Why a start is too early, or comes too late after the cleaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unready {
    /// The changeover isn't done; it is at this minute.
    Changeover(Minute),
    /// The clean-hold time ran out and the re-clean isn't done; it is at this minute, if ever.
    Reclean(Option<Minute>),
    /// The calendar doesn't reach that far.
    Calendar,
}

/// When `changeover` is done if it begins at `from`: the crew part in open hours, then the wait. Open hours before the
/// calendar's horizon are unknown and don't count.
pub(crate) fn done_at(calendar: &Calendar, from: Minute, changeover: Changeover) -> Option<Minute> {
    let from = if changeover.crew > 0 { from.max(calendar.horizon().start) } else { from };
    Some(calendar.add_open(from, changeover.crew)? + changeover.wait)
}

/// The last minute at which what is ahead may be over so that a row can begin at `start`, with `changeover` between the
/// two; `None`: at none that the calendar knows. No crew is known of beyond its horizon.
pub(crate) fn last_end(calendar: &Calendar, changeover: Changeover, start: Minute) -> Option<Minute> {
    let until = (start - changeover.wait).min(calendar.horizon().end);
    calendar.sub_open(until, changeover.crew)
}

/// Since when a line is clean on which `changeover` began at `from` and was done at `done`. Where the crew part can't
/// be followed because it lies before the calendar's horizon, as early as it can have been.
pub(crate) fn clean_since(calendar: &Calendar, from: Minute, changeover: Changeover, done: Minute) -> Minute {
    if from < calendar.horizon().start { from + changeover.minimum() } else { done }
}

/// Whether a row may start at `start` after one that ended at `from`, with `changeover` between them.
///
/// A re-clean fits if it begins after the changeover and is done at most the clean-hold time before the start.
pub(crate) fn ready(
    calendar: &Calendar,
    matrix: &Matrix,
    from: Minute,
    changeover: Changeover,
    start: Minute,
) -> Result<(), Unready> {
    let done = done_at(calendar, from, changeover).ok_or(Unready::Calendar)?;
    ready_once_done(calendar, matrix, (from, changeover, done), start)
}

/// The same for a changeover that began at the first minute of `begun` and was done at the last.
pub(crate) fn ready_once_done(
    calendar: &Calendar,
    matrix: &Matrix,
    begun: (Minute, Changeover, Minute),
    start: Minute,
) -> Result<(), Unready> {
    let (from, changeover, done) = begun;
    if start < done {
        return Err(Unready::Changeover(done));
    }
    let Some(hold) = matrix.clean_hold else { return Ok(()) };
    if start <= clean_since(calendar, from, changeover, done) + hold {
        return Ok(());
    }
    recleaned(calendar, matrix.reclean, done, hold, start)
}

fn recleaned(
    calendar: &Calendar,
    reclean: Changeover,
    done: Minute,
    hold: Minute,
    start: Minute,
) -> Result<(), Unready> {
    // The last re-clean that is done by the start.
    let begun = calendar.sub_open(start - reclean.wait, reclean.crew);
    if let Some(begun) = begun.filter(|begun| *begun >= done)
        && done_at(calendar, begun, reclean).is_some_and(|end| end + hold >= start)
    {
        return Ok(());
    }
    // The first one that is done after it, begun no earlier than the changeover was done.
    let soonest = done_at(calendar, done, reclean);
    let next = if reclean.crew > 0 {
        // A crew's work ends where a minute of open time ends; what ends right by then was no use.
        let after = (start - reclean.wait).max(calendar.horizon().start);
        calendar.add_open(after, 1).map(|end| end + reclean.wait)
    } else {
        Some(start)
    };
    Err(Unready::Reclean(soonest.zip(next).map(|(soonest, next)| soonest.max(next))))
}
