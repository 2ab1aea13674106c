//! Where a step lies on a line, and the first place on it where it can.

use crate::{
    Interval, Minute, OccupancyId,
    occupancy::{Kind, Occupancy},
    refusal::Refusal,
};

use super::{fitting::Fitting, gap::Gap, pools::Own, view::View};

/// A step of a chain: which of the step's fittings, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub fitting: usize,
    pub start: Minute,
    pub end: Minute,
}

/// The first start at or after `from` in any gap, with its end; else what stopped the last gap tried.
pub(super) fn first_fit(
    fitting: &Fitting<'_>,
    view: &View<'_>,
    own: &[Own],
    from: Minute,
) -> Result<(Minute, Minute), Refusal> {
    let mut why = None;
    let from = from.max(fitting.range.first_start);
    for index in fitting.gaps(view, from) {
        match Gap::open(fitting, view, index).and_then(|gap| gap.first_fit(fitting, own, from)) {
            Ok(fit) => return Ok(fit),
            Err(Refusal::NoSlot) => {}
            Err(reason) => why = Some(reason),
        }
    }
    Err(why.unwrap_or_else(|| fitting.no_room()))
}

/// The row that a placed step will be.
pub(super) fn own_row(fitting: &Fitting<'_>, spot: Spot) -> Occupancy {
    Occupancy {
        id: OccupancyId(uuid::Uuid::nil()),
        line: fitting.state.line.id,
        kind: Kind::Campaign,
        interval: Interval { start: spot.start, end: spot.end },
        needs: Some(fitting.needs),
        leaves: fitting.leaves,
        product: fitting.product,
        batches: fitting.batches,
        expires_at: None,
        link: None,
    }
}
