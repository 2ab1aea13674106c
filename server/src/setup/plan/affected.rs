//! Bookings that no longer fit once an import is written, and such as fit again. They are named, never moved.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Interval, LineId, Minute, PlatformId};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    Difference, Trouble, ahead,
    judge::{Wrong, judge},
    world::World,
};
use crate::store::{Catalogue, StoreError};

/// A booking that somebody should look at after the import, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Affected {
    /// Start of the step that doesn't fit.
    pub starts_at: Minute,
    pub booking: Uuid,
    pub reference: String,
    /// Whose line it stands on.
    pub platform: Uuid,
    /// Code of the line.
    pub line: String,
    pub trouble: Trouble,
}

/// What an import does to the bookings ahead.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    pub affected: Vec<Affected>,
    /// Bookings with which something was wrong, and nothing is any more.
    pub mended: Vec<Uuid>,
}

/// Judges every open booking ahead on the platforms concerned twice: by what is in force, and by what would be. Only
/// what is new is told: a booking that didn't fit before is known already.
pub(super) async fn find(
    db: &impl ConnectionTrait,
    difference: &Difference,
    now: Minute,
) -> Result<Outcome, StoreError> {
    let judged: BTreeSet<LineId> = difference.judged_lines().into_iter().collect();
    if judged.is_empty() {
        return Ok(Outcome::default());
    }
    // The checker reads patterns day by day, so that no calendar need be compiled.
    let catalogue = Catalogue::load(db, Interval { start: 0, end: 1 }).await?;
    // A pool is drawn from by lines that don't change themselves, so that whole platforms are looked at.
    let platforms: BTreeSet<PlatformId> =
        judged.iter().filter_map(|id| catalogue.line(*id)).map(|line| line.platform).collect();
    let lines: Vec<LineId> =
        catalogue.lines().filter(|line| platforms.contains(&line.platform)).map(|line| line.id).collect();
    let bookings = ahead::bookings(db, &lines, now).await?;
    if bookings.is_empty() {
        return Ok(Outcome::default());
    }
    let mut rows = BTreeMap::new();
    for line in lines.iter().filter(|line| judged.contains(line)) {
        rows.insert(*line, ahead::rows(db, *line, now).await?);
    }
    let before = World::now(&catalogue, bookings.iter().map(|booking| booking.placement.route));
    let (was, is) = (judge(&before, &bookings, &rows), judge(&before.after(difference), &bookings, &rows));
    let mut outcome = Outcome::default();
    for booking in &bookings {
        let of = |wrong: &&Wrong| wrong.0 == booking.id;
        let range = (booking.id, Trouble::Route, 0)..=(booking.id, Trouble::Pool, u32::MAX);
        if was.range(range.clone()).next().is_some() && is.range(range.clone()).next().is_none() {
            outcome.mended.push(booking.id.0);
        }
        for (_, trouble, step) in is.range(range).filter(of).filter(|wrong| !was.contains(*wrong)) {
            let Some(placed) = booking.placement.steps.get(*step as usize) else { continue };
            if placed.interval.end <= now {
                continue;
            }
            outcome.affected.push(Affected {
                starts_at: placed.interval.start,
                booking: booking.id.0,
                reference: booking.reference.clone(),
                platform: booking.platform,
                line: catalogue.line(placed.line).map(|line| line.code.clone()).unwrap_or_default(),
                trouble: *trouble,
            });
        }
    }
    outcome.affected.sort();
    Ok(outcome)
}
