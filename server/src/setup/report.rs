//! What an import did or would do, for people.

use std::fmt::Write as _;

use domain::calendar::plant_date;

use super::{
    Language,
    plan::{Change, Plan},
    problem::Problem,
};

/// Bookings named one by one; the others are counted.
const NAMED: usize = 20;

/// Every problem on a line of its own, and how many there are.
#[must_use]
pub fn problems(problems: &[Problem], language: Language) -> String {
    let mut text: String = problems.iter().map(|problem| problem.line_in(language) + "\n").collect();
    let count = problems.len();
    let _infallible = match language {
        Language::Chinese => writeln!(text, "共 {count} 处问题，未写入任何内容。"),
        Language::English => writeln!(text, "{count} problems; nothing was written."),
    };
    text
}

/// The plan, a line for each sort of change.
#[must_use]
pub fn plan(plan: &Plan, dry_run: bool, language: Language) -> String {
    let words = |zh: &'static str, en: &'static str| if language == Language::Chinese { zh } else { en };
    let mut text = String::new();
    for change in [Change::Added, Change::Changed, Change::SwitchedOff, Change::Kept, Change::Unchanged] {
        let parts: Vec<String> = plan
            .items
            .iter()
            .filter(|item| item.change == change)
            .map(|item| {
                let slash = if item.platform.is_empty() { "" } else { "/" };
                format!("{} {}{slash}{}", language.of(&item.what.name()), item.platform, item.code)
            })
            .collect();
        if parts.is_empty() {
            continue;
        }
        let label = match change {
            Change::Added => words("新增", "added"),
            Change::Changed => words("更改", "changed"),
            Change::SwitchedOff => words("停用", "switched off"),
            Change::Kept => words("文件中没有，保留", "not in the files, kept"),
            Change::Unchanged => words("不变", "unchanged"),
        };
        // What stays the same is only counted.
        let listed =
            if change == Change::Unchanged { String::new() } else { format!(": {}", parts.join(", ")) };
        let _infallible = writeln!(text, "{label} {}{listed}", parts.len());
    }
    if !plan.affected.is_empty() {
        let label = words("涉及的未来预约", "future bookings on what changes");
        let _infallible = writeln!(text, "{label}: {}", plan.affected.len());
        for booking in plan.affected.iter().take(NAMED) {
            let date = plant_date(booking.starts_at);
            let _infallible = writeln!(text, "  {} {} {date}", booking.reference, booking.line);
        }
        if plan.affected.len() > NAMED {
            let _infallible = writeln!(text, "  …");
        }
    }
    text.push_str(match (plan.changes(), dry_run) {
        (false, _) => words("没有变化。\n", "nothing to change.\n"),
        (true, true) => words("试运行：未写入任何内容。\n", "dry run: nothing was written.\n"),
        (true, false) => words("已写入。\n", "written.\n"),
    });
    text
}
