//! Periods of plant days, as reports are asked for.

use app::contract::{Failure, FieldProblem, Period, field};
use domain::{Interval, calendar::DAY};
use time::Duration;

/// A plant month, as the field shows one.
const EXAMPLE_MONTH: &str = "2026-12";

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

/// The half-open interval of a plant month, `YYYY-MM`.
///
/// # Errors
/// [`Failure::Invalid`] names the field `name`.
pub(crate) fn month(name: &str, said: &str) -> Result<Interval, Failure> {
    let first = field::plant_day(name, &format!("{said}-01")).map_err(|failure| match failure {
        Failure::Invalid { faults } if matches!(faults.first().problem, FieldProblem::Malformed { .. }) => {
            field::malformed(name, said, EXAMPLE_MONTH)
        }
        failure => failure,
    })?;
    let next = first + Duration::days(first.month().length(first.year()).into());
    Ok(Interval { start: field::midnight(first), end: field::midnight(next) })
}
