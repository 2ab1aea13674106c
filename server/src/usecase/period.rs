//! Periods of plant days, as reports are asked for.

use app::contract::{Failure, Period, field};
use domain::Interval;

/// The half-open interval of a period of at most `longest` plant days.
///
/// # Errors
/// [`Failure::Invalid`] names the end that is wrong.
pub(crate) fn interval(period: &Period, longest: i64) -> Result<Interval, Failure> {
    let start = field::midnight(field::plant_day("from", &period.from)?);
    let end = field::midnight(field::plant_day("to", &period.to)?) + 1440;
    if start < end && end - start <= longest * 1440 {
        Ok(Interval { start, end })
    } else {
        let latest = field::plant_date(start + (longest - 1) * 1440);
        Err(field::out_of_range("to", field::plant_date(start), latest))
    }
}
