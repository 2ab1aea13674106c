//! The holiday table against the stored one, for the years that the files give.

use super::{
    super::{Setup, what::What},
    Change, Difference, Item, Stored,
};

pub(super) fn compare(stored: &Stored, setup: &Setup, items: &mut Vec<Item>, difference: &mut Difference) {
    for (year, days) in &setup.holidays {
        let before = stored.holidays.iter().filter(|(date, _)| date.year() == *year);
        let removed: Vec<_> = before.clone().filter(|(date, _)| !days.contains_key(date)).collect();
        let written: Vec<_> =
            days.iter().filter(|(date, day)| stored.holidays.get(*date) != Some(*day)).collect();
        let change = if removed.is_empty() && written.is_empty() {
            Change::Unchanged
        } else if before.count() == 0 {
            Change::Added
        } else {
            Change::Changed
        };
        let kind = |date| stored.holidays.get(date).map(|day| day.kind);
        difference.days.extend(removed.iter().map(|(date, _)| **date));
        difference.days.extend(
            written.iter().filter(|(date, day)| kind(*date) != Some(day.kind)).map(|(date, _)| **date),
        );
        items.push(Item { platform: String::new(), what: What::Year, code: year.to_string(), change });
        difference.holidays.extend(removed.into_iter().map(|(date, _)| (*date, None)));
        difference.holidays.extend(written.into_iter().map(|(date, day)| (*date, Some(day.clone()))));
    }
}
