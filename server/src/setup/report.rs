//! What an import did or would do, for people.

use std::fmt::Write as _;

use app::language::Language;
use domain::{Text, calendar::plant_date};

use super::{
    plan::{Change, Plan, Trouble},
    problem::{Problem, said},
};

/// Bookings named one by one; the others are counted.
const NAMED: usize = 20;

/// Every problem on a line of its own, and how many there are.
#[must_use]
pub fn problems(problems: &[Problem], language: Language) -> String {
    let mut text: String = problems.iter().map(|problem| problem.line_in(language) + "\n").collect();
    let count = problems.len();
    let _infallible = match language {
        Language::zh_CN => writeln!(text, "共 {count} 处问题，未写入任何内容。"),
        Language::en => writeln!(text, "{count} problems; nothing was written."),
    };
    text
}

/// What is wrong with a booking, in words.
fn trouble(trouble: Trouble) -> Text {
    let (zh, en) = match trouble {
        Trouble::Route => ("工艺路线已不同", "its route is another now"),
        Trouble::Capability => ("产线不能再做", "the line can't make it any more"),
        Trouble::Hazard => ("产线不得承接其危害", "the line may not take its hazards"),
        Trouble::Length => ("所需时间超出其时段", "it takes longer than its slot"),
        Trouble::Lag => ("工序间隔不符", "the lag between its steps is not allowed"),
        Trouble::Changeover => ("之前的换产来不及", "the changeover before it is not done in time"),
        Trouble::Forbidden => ("不得接在前一批之后", "it may not follow what runs before it"),
        Trouble::CleanHold => ("开始时清洁已过期", "the line is no longer clean when it begins"),
        Trouble::CampaignCap => ("连续生产超出上限", "its run is longer than the campaign cap"),
        Trouble::Pool => ("共享资源不足", "a pool has too little"),
    };
    Text { zh: zh.to_owned(), en: en.to_owned() }
}

/// The plan, a line for each sort of change.
#[must_use]
pub fn plan(plan: &Plan, dry_run: bool, language: Language) -> String {
    let words = |zh: &'static str, en: &'static str| if language == Language::zh_CN { zh } else { en };
    let mut text = String::new();
    for change in [Change::Added, Change::Changed, Change::SwitchedOff, Change::Kept, Change::Unchanged] {
        let parts: Vec<String> = plan
            .items
            .iter()
            .filter(|item| item.change == change)
            .map(|item| {
                let slash = if item.platform.is_empty() { "" } else { "/" };
                format!("{} {}{slash}{}", said(language, &item.what.name()), item.platform, item.code)
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
        let label = words("不再适合的未来预约", "future bookings that no longer fit");
        let _infallible = writeln!(text, "{label}: {}", plan.affected.len());
        for booking in plan.affected.iter().take(NAMED) {
            let (date, why) =
                (plant_date(booking.starts_at), said(language, &trouble(booking.trouble)).to_owned());
            let _infallible = writeln!(text, "  {} {} {date}: {why}", booking.reference, booking.line);
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
