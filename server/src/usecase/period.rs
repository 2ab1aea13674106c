//! Periods of plant days, as reports are asked for.

use app::contract::{Failure, Period, field};
use domain::{Interval, calendar::DAY};

/// The half-open interval of a period of at most `longest` plant days.
///
/// # Errors
/// [`Failure::Invalid`] names the end that is wrong.
pub(crate) fn interval(period: &Period, longest: i64) -> Result<Interval, Failure> {
    let start = field::midnight(field::plant_day("from", &period.from)?);
    let end = field::midnight(field::plant_day("to", &period.to)?) + DAY;
    if start < end && end - start <= longest * DAY {
        Ok(Interval { start, end })
    } else {
        let latest = field::plant_date(start + (longest - 1) * DAY);
        Err(field::out_of_range("to", field::plant_date(start), latest))
    }
}
