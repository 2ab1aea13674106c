//! `[policy]`: holds, fees and notice. What is absent has the default of the domain.

use domain::{
    Minutes,
    calendar::DAY,
    policy::{Policy, Rung},
    use_or_lose::UseOrLose,
};

use super::super::{section::Section, validate, write_duration};

const HOUR: Minutes = 60;
/// Longer than that nobody's calendar stays as it is.
const LONGEST_ANSWER: Minutes = 30 * DAY;
/// The sets that are tried grow with their size by the number of neighbours.
const MOST_MOVES: i64 = 4;

pub(super) fn read(root: &Section<'_>) -> Policy {
    let mut policy = Policy::default();
    let Some(section) = root.maybe_section("policy") else { return policy };
    let small = |key: &'static str, most: i64| section.maybe_integer(key, 0, most).map(|number| number.value);
    let some = |key: &'static str, most: i64| section.maybe_integer(key, 1, most).map(|number| number.value);
    let narrow = |value: i64| u32::try_from(value).unwrap_or(0);
    if let Some(hold) = section.maybe_duration("hold") {
        policy.hold_minutes = hold;
        if hold < 1 {
            section.out_of_range(section.line, "hold", hold, "1min", "800d");
        }
    }
    // With none nobody could hold anything, or be answered.
    if let Some(holds) = some("max_holds", 1000) {
        policy.max_holds = narrow(holds);
    }
    if let Some(days) = some("reply_working_days", 60) {
        policy.reply_working_days = narrow(days);
    }
    if let Some(percent) = small("reservation_percent", 100) {
        policy.reservation_percent = u8::try_from(percent).unwrap_or(0);
    }
    if let Some(days) = small("free_move_days", 400) {
        policy.free_move_days = days;
    }
    if let Some(notice) = section.maybe_duration("min_notice") {
        policy.min_notice = notice;
    }
    if let Some(horizon) = section.maybe_duration("horizon") {
        policy.horizon = horizon;
        if horizon <= policy.min_notice {
            let least = write_duration(policy.min_notice + DAY);
            section.out_of_range(section.line, "horizon", write_duration(horizon), least, "800d");
        }
    }
    if let Some(answer) = section.maybe_duration("ask_answer") {
        policy.ask_answer = answer;
        if !(HOUR..=LONGEST_ANSWER).contains(&answer) {
            section.out_of_range(
                section.line,
                "ask_answer",
                write_duration(answer),
                write_duration(HOUR),
                write_duration(LONGEST_ANSWER),
            );
        }
    }
    if let Some(reach) = section.maybe_duration("ask_reach") {
        policy.ask_reach = reach;
    }
    if let Some(most) = small("move_most", MOST_MOVES) {
        policy.move_most = u8::try_from(most).unwrap_or(0);
    }
    if let Some(most) = section.maybe_integer("ask_most", 0, MOST_MOVES) {
        policy.ask_most = u8::try_from(most.value).unwrap_or(0);
        if policy.ask_most > policy.move_most {
            section.out_of_range(most.line, "ask_most", most.value, 0, policy.move_most);
        }
    } else {
        policy.ask_most = policy.ask_most.min(policy.move_most);
    }
    if let Some(days) = small("plan_freeze_days", 400) {
        policy.plan_freeze_days = days;
    }
    if let Some(percent) = small("plan_discount_percent", 90) {
        policy.plan_discount_percent = u8::try_from(percent).unwrap_or(0);
    }
    policy.auto_confirm = section.flag("auto_confirm", policy.auto_confirm);
    if section.has("ladder") {
        let rungs = section.sections("ladder");
        policy.ladder = rungs.into_iter().map(rung).collect();
        validate::ladder(&section, &policy.ladder);
    }
    policy.use_or_lose = section.maybe_section("use_or_lose").map(|rule| use_or_lose(rule, &policy));
    section.finish();
    policy
}

/// `{ times = 2, within = "180d", horizon = "60d" }`
fn use_or_lose(section: Section<'_>, policy: &Policy) -> UseOrLose {
    let within = section.duration("within");
    let horizon = section.duration("horizon");
    let rule =
        UseOrLose { times: u32::try_from(section.integer("times", 1, 100)).unwrap_or(1), within, horizon };
    if section.has("within") && within < 1 {
        section.out_of_range(section.line, "within", within, "1min", "800d");
    }
    // Sooner than the least notice nothing could be held at all, later than the platform's horizon nothing were
    // limited.
    if section.has("horizon") && !(policy.min_notice..=policy.horizon).contains(&horizon) {
        let [least, most] = [policy.min_notice, policy.horizon].map(write_duration);
        section.out_of_range(section.line, "horizon", write_duration(horizon), least, most);
    }
    section.finish();
    rule
}

/// `{ notice_days = 61, percent = 25 }`
fn rung(section: Section<'_>) -> Rung {
    let rung = Rung {
        min_notice_days: section.integer("notice_days", 0, 1000),
        percent: u8::try_from(section.integer("percent", 0, 100)).unwrap_or(0),
    };
    section.finish();
    rung
}
