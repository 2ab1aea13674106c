//! Hours of one line over one period, by the definitions of the district's metrics.

use crate::{Interval, Minutes, calendar::Calendar};

use super::Spans;

/// What a stretch of a line's time was used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineUse {
    /// A step runs or will run.
    Process(Interval),
    /// Changeover: the link's set-up, counted from the predecessor's end.
    Changeover(Interval),
    /// Maintenance, requalification, media fill, fumigation.
    PlannedDowntime(Interval),
    /// The line was or is down: SEMI E10's unscheduled down. What stands there doesn't run.
    UnscheduledDown(Interval),
}

/// Minutes of one line in one period, intervals clipped to it and overlaps united.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LineHours {
    /// CT: all minutes of the period.
    pub calendar: Minutes,
    /// AT: minutes that the operator opened.
    pub available: Minutes,
    /// PD: planned downtime inside AT.
    pub planned_downtime: Minutes,
    /// BT: AT − PD. Unscheduled down time is in it: that time was meant to be booked.
    pub bookable: Minutes,
    /// Unscheduled down time inside BT.
    pub unscheduled_down: Minutes,
    /// PT: minutes run, day and night.
    pub process: Minutes,
    /// PT inside BT.
    pub process_in_bookable: Minutes,
    /// CO inside BT, without what also counts as process.
    pub changeover_in_bookable: Minutes,
    /// Effective machine hours (有效机时): process and its set-up, day and night.
    pub effective: Minutes,
}

impl LineHours {
    /// Adds up what `uses` do to a line with this calendar in `period`. The calendar's horizon must hold the period.
    #[must_use]
    pub fn of(period: Interval, calendar: &Calendar, uses: impl IntoIterator<Item = LineUse>) -> Self {
        let (mut process, mut changeover, mut downtime, mut down) =
            <(Vec<_>, Vec<_>, Vec<_>, Vec<_>)>::default();
        for one in uses {
            let (list, interval) = match one {
                LineUse::Process(interval) => (&mut process, interval),
                LineUse::Changeover(interval) => (&mut changeover, interval),
                LineUse::PlannedDowntime(interval) => (&mut downtime, interval),
                LineUse::UnscheduledDown(interval) => (&mut down, interval),
            };
            list.extend(interval.intersection(period));
        }
        let down = Spans::unite(down);
        let process = Spans::unite(process).without(&down);
        let changeover = Spans::unite(changeover).without(&down);
        let clipped = calendar.open_in(period).filter_map(|open| open.intersection(period));
        let available = Spans::unite(clipped);
        let downtime = Spans::unite(downtime).and(&available);
        let bookable = available.without(&downtime);
        Self {
            calendar: period.minutes(),
            available: available.minutes(),
            planned_downtime: downtime.minutes(),
            bookable: bookable.minutes(),
            unscheduled_down: down.and(&bookable).minutes(),
            process: process.minutes(),
            process_in_bookable: process.and(&bookable).minutes(),
            changeover_in_bookable: changeover.without(&process).and(&bookable).minutes(),
            effective: process.or(&changeover).minutes(),
        }
    }
}

/// Committed occupancy, (PT + CO) ÷ BT of confirmed rows, in thousandths; `None` without bookable time. Never above
/// 1000.
#[must_use]
pub const fn committed_occupancy(hours: LineHours) -> Option<i64> {
    if hours.bookable == 0 {
        return None;
    }
    Some((hours.process_in_bookable + hours.changeover_in_bookable) * 1000 / hours.bookable)
}
