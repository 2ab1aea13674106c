//! The run of one product that a campaign cap counts.

use super::{CampaignCap, done_at};
use crate::{Minute, ProductId, calendar::Calendar, occupancy::Occupancy};

/// The part of a run on one side of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Run {
    pub batches: u32,
    /// The run's far edge: its first start or its last end. `None`: nothing on this side.
    pub edge: Option<Minute>,
}

/// The rows of `product` that run into a row starting at `start` behind `rows`, without a full clean between.
pub(crate) fn run_before(
    calendar: &Calendar,
    cap: CampaignCap,
    rows: &[Occupancy],
    product: ProductId,
    start: Minute,
) -> Run {
    let mut run = Run::default();
    let mut next_start = start;
    let mut gap_from = None;
    for row in rows.iter().rev() {
        let from = *gap_from.get_or_insert(row.interval.end);
        if row.is_transparent() {
            continue;
        }
        if row.product != product || is_clean(calendar, cap, from, next_start) {
            break;
        }
        run.batches = run.batches.saturating_add(row.batches);
        run.edge = Some(row.interval.start);
        next_start = row.interval.start;
        gap_from = None;
    }
    run
}

/// The rows of `product` among `rows` that a row ending at `end` before them runs into, without a full clean between.
pub(crate) fn run_behind(
    calendar: &Calendar,
    cap: CampaignCap,
    rows: &[Occupancy],
    product: ProductId,
    end: Minute,
) -> Run {
    let mut run = Run::default();
    let mut gap_from = end;
    for row in rows {
        if !row.is_transparent() {
            if row.product != product || is_clean(calendar, cap, gap_from, row.interval.start) {
                break;
            }
            run.batches = run.batches.saturating_add(row.batches);
            run.edge = Some(row.interval.end);
        }
        gap_from = row.interval.end;
    }
    run
}

/// Whether a full clean begun at `from` is done by `start`.
fn is_clean(calendar: &Calendar, cap: CampaignCap, from: Minute, start: Minute) -> bool {
    done_at(calendar, from, cap.full_clean).is_some_and(|done| done <= start)
}
