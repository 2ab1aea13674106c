//! What an import did or would do, for people.

use std::{collections::BTreeSet, fmt::Write as _};

use app::{
    language::Language,
    words::{say, trouble},
};
use domain::calendar::plant_date;

use super::{
    plan::{Change, Plan},
    problem::Problem,
    wording, write,
};

/// Bookings named one by one; the others are counted.
const NAMED: usize = 20;

/// Every problem on a line of its own, and how many there are.
#[must_use]
pub fn problems(problems: &[Problem], language: Language) -> String {
    let text: String = problems.iter().map(|problem| problem.line_in(language) + "\n").collect();
    match problems.len() {
        1 => format!("{text}{}\n", say!(language, import.report.problems_one)),
        count => format!("{text}{}\n", say!(language, import.report.problems, count = count)),
    }
}

/// The plan, a line for each sort of change.
#[must_use]
pub fn plan(plan: &Plan, dry_run: bool, language: Language) -> String {
    let (colon, and) = (say!(language, term.colon), say!(language, campaign.and));
    let mut text = String::new();
    for change in [Change::Added, Change::Changed, Change::SwitchedOff, Change::Kept, Change::Unchanged] {
        let parts: Vec<String> = plan
            .items
            .iter()
            .filter(|item| item.change == change)
            .map(|item| {
                let slash = if item.platform.is_empty() { "" } else { "/" };
                format!("{} {}{slash}{}", wording::name(language, item.what), item.platform, item.code)
            })
            .collect();
        if parts.is_empty() {
            continue;
        }
        let label = match change {
            Change::Added => say!(language, import.report.added),
            Change::Changed => say!(language, import.report.changed),
            Change::SwitchedOff => say!(language, import.report.switched_off),
            Change::Kept => say!(language, import.report.kept),
            Change::Unchanged => say!(language, import.report.unchanged),
        };
        // What stays the same is only counted.
        let listed =
            if change == Change::Unchanged { String::new() } else { format!("{colon}{}", parts.join(and)) };
        let _infallible = writeln!(text, "{label} {}{listed}", parts.len());
    }
    if !plan.affected.is_empty() {
        let label = say!(language, import.report.affected);
        // A booking of several steps may be named more than once, and is one.
        let bookings: BTreeSet<_> = plan.affected.iter().map(|one| one.booking).collect();
        let _infallible = writeln!(text, "{label}{colon}{}", bookings.len());
        for booking in plan.affected.iter().take(NAMED) {
            let (date, why) =
                (plant_date(booking.starts_at), trouble(language, &write::word(booking.trouble)));
            let _infallible = writeln!(text, "  {} {} {date}{colon}{why}", booking.reference, booking.line);
        }
        if plan.affected.len() > NAMED {
            let _infallible = writeln!(text, "  …");
        }
    }
    text.push_str(match (plan.changes(), dry_run) {
        (false, _) => say!(language, import.report.nothing),
        (true, true) => say!(language, import.report.dry),
        (true, false) => say!(language, import.report.written),
    });
    text.push('\n');
    text
}
