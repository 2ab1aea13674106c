//! A search as it would have to be for what refused a line, where the refusal tells.

use domain::{Minute, calendar::DAY};
use time::{Date, Duration, OffsetDateTime, format_description::well_known::Rfc3339};

use crate::contract::{OfferQuery, RefusalView, field};

/// `query` without what it was refused for; `None` where nothing that the refusal tells would change it.
#[must_use]
pub fn remedied(query: &OfferQuery, refusal: &RefusalView) -> Option<OfferQuery> {
    let day = |name: &str| instant(refusal, name).map(field::plant_date);
    let changed = match refusal.reason.as_str() {
        "not_gmp" => OfferQuery { gmp: false, ..query.clone() },
        "batch_out_of_range" => in_range(query, refusal)?,
        "too_many_batches" => fewer(query, refusal.fact("max")?.parse().ok()?),
        "longer_than_cap" => {
            let (takes, most) = (length(refusal, "length")?, length(refusal, "max")?);
            fewer(query, i64::from(query.batches).checked_mul(most)?.checked_div(takes)?)
        }
        "too_soon" => from(query, day("earliest")?)?,
        "line_down" => from(query, day("until")?)?,
        "too_long" => to(query, first(query)?.checked_add(days(length(refusal, "length")?)?)?)?,
        "rest_too_short" => {
            to(query, field::plant_date(instant(refusal, "earliest")? + length(refusal, "length")?))?
        }
        "approval_expires" | "media_fill_expires" => {
            let last = field::plant_date(instant(refusal, "valid_until")? - 1);
            OfferQuery { to: last.to_string(), ..query.clone() }
        }
        "window_outside_horizon" => {
            let (opens, closes) = (day("earliest")?, day("latest")?);
            let (from, to) = inside((first(query)?, last(query)?), (opens, closes))?;
            OfferQuery { from: from.to_string(), to: to.to_string(), ..query.clone() }
        }
        _ => return None,
    };
    let stands = changed.batches > 0 && first(&changed)? <= last(&changed)?;
    (stands && changed != *query).then_some(changed)
}

/// As many batches as make the same of it, of a size that the line takes.
fn in_range(query: &OfferQuery, refusal: &RefusalView) -> Option<OfferQuery> {
    let bound = |name: &str| field::thousandths(name, refusal.fact(name)?).ok();
    let (min, max) = (bound("min")?, bound("max")?);
    if max < min {
        return None;
    }
    let size = field::thousandths("batch_size", &query.batch_size).ok()?;
    let total = size.checked_mul(i64::from(query.batches))?;
    let batches = if size > max { rounded_up(total, max) } else { total / min };
    let each = rounded_up(total, batches.max(1)).clamp(min, max);
    Some(OfferQuery { batch_size: field::decimal(each), ..fewer(query, batches) })
}

/// With so many batches, one at least.
fn fewer(query: &OfferQuery, batches: i64) -> OfferQuery {
    OfferQuery { batches: u32::try_from(batches.max(1)).unwrap_or(query.batches), ..query.clone() }
}

/// Beginning on `day`, for as long as now, if that is later.
fn from(query: &OfferQuery, day: Date) -> Option<OfferQuery> {
    let (first, last) = (first(query)?, last(query)?);
    let to = day.checked_add(last - first)?;
    (day > first).then(|| OfferQuery { from: day.to_string(), to: to.to_string(), ..query.clone() })
}

/// The part of a window that lies in what is open; of one that lies beyond it as many days where they are nearest.
fn inside((first, last): (Date, Date), (opens, closes): (Date, Date)) -> Option<(Date, Date)> {
    let days = last - first;
    Some(if first >= closes {
        (closes.checked_sub(days)?.max(opens), closes)
    } else if last <= opens {
        (opens, opens.checked_add(days)?.min(closes))
    } else {
        (first.max(opens), last.min(closes))
    })
}

/// Until `day`, if that is later.
fn to(query: &OfferQuery, day: Date) -> Option<OfferQuery> {
    (day > last(query)?).then(|| OfferQuery { to: day.to_string(), ..query.clone() })
}

fn first(query: &OfferQuery) -> Option<Date> {
    field::plant_day("from", &query.from).ok()
}

fn last(query: &OfferQuery) -> Option<Date> {
    field::plant_day("to", &query.to).ok()
}

/// So many minutes as days, the last one begun.
fn days(minutes: i64) -> Option<Duration> {
    (0..i64::from(i32::MAX)).contains(&minutes).then(|| Duration::days(rounded_up(minutes, DAY)))
}

fn rounded_up(all: i64, part: i64) -> i64 {
    all / part + i64::from(all % part > 0)
}

/// An instant that the refusal tells, in minutes.
fn instant(refusal: &RefusalView, name: &str) -> Option<Minute> {
    let instant = OffsetDateTime::parse(refusal.fact(name)?, &Rfc3339).ok()?;
    Some(instant.unix_timestamp().div_euclid(60))
}

/// A length of time that it tells, in minutes.
fn length(refusal: &RefusalView, name: &str) -> Option<i64> {
    refusal.fact(name)?.strip_suffix(" min")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query() -> OfferQuery {
        OfferQuery {
            offering: "TAB".into(),
            batch_size: "60".into(),
            unit: "kilogram".into(),
            batches: 2,
            from: "2026-12-01".into(),
            to: "2026-12-14".into(),
            hazards: String::new(),
            oeb: None,
            gmp: true,
            stage: None,
            platform: None,
            product: None,
            moving: None,
        }
    }

    fn told(reason: &str, facts: &[(&str, &str)]) -> Option<OfferQuery> {
        let refusal = RefusalView::named(reason);
        remedied(&query(), &facts.iter().fold(refusal, |refusal, (name, fact)| refusal.with(name, fact)))
    }

    #[test]
    fn what_a_refusal_tells_is_changed_and_nothing_else() {
        assert_eq!(told("not_gmp", &[]), Some(OfferQuery { gmp: false, ..query() }));
        assert_eq!(told("too_many_batches", &[("max", "1")]), Some(OfferQuery { batches: 1, ..query() }));
        let long = [("length", "2880 min"), ("max", "1500 min")];
        assert_eq!(told("longer_than_cap", &long), Some(OfferQuery { batches: 1, ..query() }));
        for (reason, facts) in [
            ("busy", vec![]),
            ("unit_mismatch", vec![("unit", "piece")]),
            ("too_many_batches", vec![("max", "2")]),
            ("too_many_batches", vec![]),
            ("too_soon", vec![("earliest", "2026-11-20T00:00:00Z")]),
        ] {
            assert_eq!(told(reason, &facts), None, "{reason}");
        }
    }

    #[test]
    fn a_size_is_one_that_the_line_takes_and_the_amount_stays() {
        let sized = |min: &str, max: &str| {
            let changed = told("batch_out_of_range", &[("min", min), ("max", max), ("unit", "kilogram")]);
            changed.map(|changed| (changed.batch_size, changed.batches))
        };
        assert_eq!(sized("5", "50"), Some(("40".to_owned(), 3)));
        assert_eq!(sized("100", "200"), Some(("120".to_owned(), 1)));
        assert_eq!(sized("500", "1000"), Some(("500".to_owned(), 1)), "the least that it takes");
        assert_eq!(sized("50", "5"), None);
    }

    #[test]
    fn a_window_lies_where_it_can() {
        let window = |reason: &str, facts: &[(&str, &str)]| {
            told(reason, facts).map(|changed| (changed.from, changed.to))
        };
        let of = |from: &str, to: &str| Some((from.to_owned(), to.to_owned()));
        // 16:00 in UTC is the plant's midnight.
        let noticed = [("earliest", "2026-12-09T16:00:00Z")];
        assert_eq!(window("too_soon", &noticed), of("2026-12-10", "2026-12-23"));
        assert_eq!(window("line_down", &[("until", "2026-12-12T04:00:00Z")]), of("2026-12-12", "2026-12-25"));
        assert_eq!(window("too_long", &[("length", "25000 min")]), of("2026-12-01", "2026-12-19"));
        let rest = [("earliest", "2026-12-12T16:00:00Z"), ("length", "4320 min")];
        assert_eq!(window("rest_too_short", &rest), of("2026-12-01", "2026-12-16"));
        let valid = [("valid_until", "2026-12-07T16:00:00Z")];
        assert_eq!(window("media_fill_expires", &valid), of("2026-12-01", "2026-12-07"));
        let over = [("valid_until", "2026-11-07T16:00:00Z")];
        assert_eq!(window("media_fill_expires", &over), None);
        let horizon = [("earliest", "2026-12-04T16:00:00Z"), ("latest", "2027-06-30T15:59:00Z")];
        assert_eq!(window("window_outside_horizon", &horizon), of("2026-12-05", "2026-12-14"));
        // All of it before or behind what is open: as many days at the nearer end, as far as there are.
        let past = [("earliest", "2026-12-31T16:00:00Z"), ("latest", "2027-06-30T15:59:00Z")];
        assert_eq!(window("window_outside_horizon", &past), of("2027-01-01", "2027-01-14"));
        let far = [("earliest", "2026-06-01T16:00:00Z"), ("latest", "2026-06-30T15:59:00Z")];
        assert_eq!(window("window_outside_horizon", &far), of("2026-06-17", "2026-06-30"));
        let few = [("earliest", "2026-06-24T16:00:00Z"), ("latest", "2026-06-30T15:59:00Z")];
        assert_eq!(window("window_outside_horizon", &few), of("2026-06-25", "2026-06-30"));
    }
}
