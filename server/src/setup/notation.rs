//! How values are written in a set-up file: durations, shifts, batch ranges, lags, money, changeover cells.
//!
//! Every function answers `None` for what it can't read; the caller says where.

use domain::{
    Minutes,
    calendar::{DAY, Shift},
    changeover::Changeover,
    offering::Unit,
};

/// `2h`, `1d 8h`, `30min`, `0`: whole numbers of days of 24 hours, hours and minutes, each at most once; so `1天8小时`.
pub(super) fn duration(text: &str) -> Option<Minutes> {
    let text = text.trim();
    if text == "0" {
        return Some(0);
    }
    let mut rest = text;
    let mut total: Minutes = 0;
    let mut last = Minutes::MAX;
    while !rest.is_empty() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number: Minutes = rest.get(..digits)?.parse().ok()?;
        rest = rest.get(digits..)?.trim_start();
        let letters = rest.len() - rest.trim_start_matches(char::is_alphabetic).len();
        let unit: Minutes = match rest.get(..letters)? {
            "d" | "天" | "日" => DAY,
            "h" | "小时" | "时" => 60,
            "min" | "m" | "分钟" | "分" => 1,
            _ => return None,
        };
        if unit >= last {
            return None;
        }
        last = unit;
        total = total.checked_add(number.checked_mul(unit)?)?;
        rest = rest.get(letters..)?.trim_start();
    }
    (last != Minutes::MAX).then_some(total)
}

/// A duration the way it is written.
#[must_use]
pub fn write_duration(minutes: Minutes) -> String {
    let parts = [(minutes / DAY, "d"), (minutes % DAY / 60, "h"), (minutes % 60, "min")];
    let written: Vec<String> = parts
        .iter()
        .filter(|(number, _)| *number != 0)
        .map(|(number, unit)| format!("{number}{unit}"))
        .collect();
    if written.is_empty() { "0".to_owned() } else { written.join(" ") }
}

/// Crew time the way it is written: in hours however long it is, for it counts open hours, and a day of them isn't 24.
#[must_use]
pub fn write_crew(minutes: Minutes) -> String {
    match (minutes / 60, minutes % 60) {
        (0, _) => write_duration(minutes),
        (hours, 0) => format!("{hours}h"),
        (hours, rest) => format!("{hours}h {rest}min"),
    }
}

fn clock(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    if hours.len() != 2 || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (minutes < 60 && hours * 60 + minutes <= 1440).then_some(hours * 60 + minutes)
}

/// `08:00-16:00`; an end at or before the start is on the next day: `20:00-08:00`.
pub(super) fn shift(text: &str) -> Option<Shift> {
    let (start, end) = text.split_once(['-', '–'])?;
    let (start, end) = (clock(start)?, clock(end)?);
    if start == 1440 {
        return None;
    }
    Some(Shift { start, end: if end <= start { end + 1440 } else { end } })
}

/// `0.5` as 500: a decimal with at most three places, in thousandths.
fn thousandths(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if whole.is_empty() || part.len() > 3 || !text.chars().all(|c| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let part: i64 = format!("{part:0<3}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(1000)?.checked_add(part)
}

/// The units that batch sizes are written in.
pub(super) fn unit(text: &str) -> Option<Unit> {
    Some(match text {
        "kg" | "kilogram" | "千克" => Unit::Kilogram,
        "g" | "gram" | "克" => Unit::Gram,
        "L" | "litre" | "升" => Unit::Litre,
        "pieces" | "piece" | "片" | "粒" => Unit::Piece,
        "vials" | "vial" | "瓶" | "支" => Unit::Vial,
        "lots" | "lot" | "批" => Unit::Lot,
        _ => return None,
    })
}

/// `5-50 kg` or `1 lot`: both bounds in thousandths of the unit, and the unit. The order is checked by the caller.
pub(super) fn batch(text: &str) -> Option<(i64, i64, Unit)> {
    let text = text.trim();
    let at = text.find(|c: char| !(c.is_ascii_digit() || ".-– ".contains(c)))?;
    let (range, name) = text.split_at(at);
    let unit = unit(name.trim())?;
    let (min, max) = range.split_once(['-', '–']).unwrap_or((range, range));
    Some((thousandths(min.trim())?, thousandths(max.trim())?, unit))
}

/// `≤ 24h`, `≥ 2h`, `2h - 30d`, `0` (without waiting): least and most elapsed minutes. The order is checked by the
/// caller.
pub(super) fn lag(text: &str) -> Option<(Minutes, Option<Minutes>)> {
    let text = text.trim();
    if text == "0" {
        return Some((0, Some(0)));
    }
    if let Some(most) = text.strip_prefix('≤').or_else(|| text.strip_prefix("<=")) {
        return Some((0, Some(duration(most)?)));
    }
    if let Some(least) = text.strip_prefix('≥').or_else(|| text.strip_prefix(">=")) {
        return Some((duration(least)?, None));
    }
    let (least, most) = text.split_once(['-', '–'])?;
    Some((duration(least)?, Some(duration(most)?)))
}

/// `12000` or `12000.50` yuan, in fen.
pub(super) fn yuan(text: &str) -> Option<i64> {
    let thousandths = thousandths(text.trim())?;
    (thousandths % 10 == 0).then_some(thousandths / 10)
}

/// A changeover cell: `12h + 1d` is crew time (open hours) and then waiting (elapsed); `-` is forbidden (`Some(None)`).
pub(super) fn cell(text: &str) -> Option<Option<Changeover>> {
    let text = text.trim();
    if matches!(text, "-" | "–") {
        return Some(None);
    }
    let (crew, wait) = text.split_once('+').unwrap_or((text, "0"));
    Some(Some(Changeover { crew: duration(crew)?, wait: duration(wait)? }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        assert_eq!(duration("1d 8h"), Some(1920));
        assert_eq!(duration("2h"), Some(120));
        assert_eq!(duration("30min"), Some(30));
        assert_eq!(duration("0"), Some(0));
        let chinese = [("1天8小时", 1920), ("1 日 8 时 30 分", 1950), ("90分钟", 90), ("1天 8h", 1920)];
        for (text, minutes) in chinese {
            assert_eq!(duration(text), Some(minutes), "{text}");
        }
        for wrong in ["", "h", "2", "2h 1d", "2h 3h", "-2h", "1.5h", "2 weeks", "99999999999999999999d"] {
            assert_eq!(duration(wrong), None, "{wrong}");
        }
        for wrong in ["小时", "2小时1天", "2小时3h", "2周"] {
            assert_eq!(duration(wrong), None, "{wrong}");
        }
        assert_eq!(write_duration(1950), "1d 8h 30min");
        assert_eq!(write_duration(0), "0");
        let crew = [0, 30, 1440, 1920, 1950].map(write_crew);
        assert_eq!(crew, ["0", "30min", "24h", "32h", "32h 30min"]);
    }

    #[test]
    fn shifts() {
        assert_eq!(shift("08:00-16:00"), Some(Shift { start: 480, end: 960 }));
        assert_eq!(shift("20:00-08:00"), Some(Shift { start: 1200, end: 1920 }));
        assert_eq!(shift("00:00-24:00"), Some(Shift { start: 0, end: 1440 }));
        for wrong in ["8:00-16:00", "08:00", "08:60-16:00", "24:00-08:00", "25:00-26:00"] {
            assert_eq!(shift(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn batches_lags_money_and_cells() {
        assert_eq!(batch("0.5-50 kg"), Some((500, 50_000, Unit::Kilogram)));
        assert_eq!(batch("1 lot"), Some((1000, 1000, Unit::Lot)));
        assert_eq!(batch("20000 - 200000 pieces"), Some((20_000_000, 200_000_000, Unit::Piece)));
        for wrong in ["50 stone", "kg", "5-50", "0.0005 kg", "-5 kg"] {
            assert_eq!(batch(wrong), None, "{wrong}");
        }
        assert_eq!(lag("≤ 24h"), Some((0, Some(1440))));
        assert_eq!(lag("<= 24h"), Some((0, Some(1440))));
        assert_eq!(lag("2h - 30d"), Some((120, Some(43_200))));
        assert_eq!(lag("≥ 2h"), Some((120, None)));
        assert_eq!(lag("≤ 24小时"), Some((0, Some(1440))));
        assert_eq!(cell("12小时 + 1天"), cell("12h + 1d"));
        assert_eq!(lag("0"), Some((0, Some(0))));
        assert_eq!(yuan("12000.50"), Some(1_200_050));
        assert_eq!(yuan("0.005"), None);
        assert_eq!(cell("12h + 1d"), Some(Some(Changeover { crew: 720, wait: 1440 })));
        assert_eq!(cell("-"), Some(None));
        assert_eq!(cell("x"), None);
    }
}
