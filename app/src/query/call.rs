//! A call that is being thought about.

use uuid::Uuid;

use super::closure::instant;
use crate::{
    answered::Typed,
    contract::{CallOrder, CallRule, Complaints, Failure, FieldProblem, Instant, field},
    words::day,
};

/// The fields of the form, in its order.
const FIELDS: [&str; 12] = [
    "title",
    "from",
    "to",
    "opens_at",
    "closes_at",
    "result_by",
    "hold_days",
    "lines",
    "rule",
    "per_call",
    "per_firm",
    "reserved",
];

/// The fields of the form, as typed; days and times of the plant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallDraft {
    pub title: String,
    pub from: String,
    pub to: String,
    pub lines: Vec<Uuid>,
    /// Instead of these: all that there are.
    pub all_lines: bool,
    /// Empty: at once.
    pub opens_at: String,
    pub opens_time: String,
    pub closes_at: String,
    pub closes_time: String,
    /// Empty: as usual.
    pub result_by: String,
    pub result_time: String,
    pub rule: String,
    pub per_call: String,
    pub per_firm: String,
    pub reserved: String,
    pub criteria: String,
    pub hold_days: String,
}

impl CallDraft {
    /// What the form holds before anybody typed: a month that begins in six weeks, wishes for three, the result a week
    /// later.
    #[must_use]
    pub fn blank(now: Instant) -> Self {
        Self {
            title: String::new(),
            from: day(now, 42),
            to: day(now, 72),
            lines: Vec::new(),
            all_lines: false,
            opens_at: String::new(),
            opens_time: "08:00".into(),
            closes_at: day(now, 21),
            closes_time: "17:00".into(),
            result_by: day(now, 28),
            result_time: "17:00".into(),
            rule: "first_come".into(),
            per_call: "5".into(),
            per_firm: "30".into(),
            reserved: "20".into(),
            criteria: String::new(),
            hold_days: "14".into(),
        }
    }

    /// What was typed before it was refused.
    #[must_use]
    pub fn typed(typed: &Typed) -> Self {
        let text = |name: &str| typed.get(name).unwrap_or_default();
        let lines = typed.get_all("lines[]").unwrap_or_default();
        Self {
            title: text("title"),
            from: text("from"),
            to: text("to"),
            lines: lines.iter().filter_map(|id| Uuid::parse_str(id).ok()).collect(),
            all_lines: typed.get("all_lines").is_some(),
            opens_at: text("opens_at"),
            opens_time: text("opens_time"),
            closes_at: text("closes_at"),
            closes_time: text("closes_time"),
            result_by: text("result_by"),
            result_time: text("result_time"),
            rule: text("rule"),
            per_call: text("per_call"),
            per_firm: text("per_firm"),
            reserved: text("reserved"),
            criteria: text("criteria"),
            hold_days: text("hold_days"),
        }
    }

    /// As an order.
    ///
    /// # Errors
    /// [`Failure::Invalid`] names every field that can't be read.
    pub fn order(self) -> Result<CallOrder, Failure> {
        let mut complaints = Complaints::default();
        let opens = complaints.hear(perhaps("opens_at", &self.opens_at, &self.opens_time));
        let closes = complaints.hear(instant("closes_at", &self.closes_at, &self.closes_time));
        let result = complaints.hear(perhaps("result_by", &self.result_by, &self.result_time));
        let rule = complaints.hear(self.rule());
        let hold_days = complaints.hear(number("hold_days", &self.hold_days, 60));
        if complaints.clone().answer().is_err() {
            self.besides(&mut complaints);
        }
        complaints.in_order(&FIELDS).answer()?;
        Ok(CallOrder {
            rule: rule?,
            title: self.title,
            from: self.from,
            to: self.to,
            lines: self.lines,
            opens_at: opens?,
            closes_at: closes?,
            result_by: result?,
            criteria: self.criteria,
            hold_days: hold_days?,
        })
    }

    /// What can be seen to be wrong besides what can't be read. Of what can be the server says it all.
    fn besides(&self, complaints: &mut Complaints) {
        let _told = complaints.hear(field::required_text("title", &self.title, 120));
        let _told = complaints.hear(field::plant_day("from", &self.from));
        let _told = complaints.hear(field::plant_day("to", &self.to));
        if self.lines.is_empty() {
            let _told = complaints.hear::<()>(Err(field::invalid("lines", FieldProblem::Missing)));
        }
    }

    fn rule(&self) -> Result<CallRule, Failure> {
        let percent = |name: &str, said: &str| {
            number(name, said, 100).map(|percent| u8::try_from(percent).unwrap_or(u8::MAX))
        };
        match self.rule.as_str() {
            "first_come" => Ok(CallRule::FirstCome),
            "lottery" => Ok(CallRule::Lottery),
            "score_with_ageing" => {
                Ok(CallRule::ScoreWithAgeing { per_call: number("per_call", &self.per_call, 100)? })
            }
            "shares" => {
                let mut complaints = Complaints::default();
                let per_firm = complaints.hear(percent("per_firm", &self.per_firm));
                let reserved = complaints.hear(percent("reserved", &self.reserved));
                complaints.answer()?;
                Ok(CallRule::Shares { per_firm: per_firm?, reserved: reserved? })
            }
            other => Err(field::unknown("rule", other)),
        }
    }
}

/// An instant, where a day is given.
fn perhaps(name: &str, day: &str, time: &str) -> Result<Option<Instant>, Failure> {
    if day.trim().is_empty() { Ok(None) } else { instant(name, day, time).map(Some) }
}

fn number(name: &str, said: &str, most: u32) -> Result<u32, Failure> {
    let number = said.trim().parse().ok().filter(|number| *number <= most);
    number.ok_or_else(|| field::out_of_range(name, 0, most))
}

#[cfg(test)]
mod tests {
    use super::*;

    // 2026-11-23T00:00Z
    const NOW: Instant = Instant(1_795_392_000);

    #[test]
    fn the_figures_of_the_chosen_rule_count_and_no_others() {
        let draft = CallDraft { per_call: "soon".into(), ..CallDraft::blank(NOW) };
        let order = draft.clone().order().expect("an order");
        assert_eq!((order.rule, order.opens_at), (CallRule::FirstCome, None));
        // Five in the afternoon of the plant.
        assert_eq!(order.closes_at, Instant(NOW.0 + 21 * 86_400 + 9 * 3600));
        assert_eq!(order.result_by, Some(Instant(NOW.0 + 28 * 86_400 + 9 * 3600)));
        let wrong = CallDraft { rule: "score_with_ageing".into(), ..draft };
        let Err(Failure::Invalid { faults }) = wrong.order() else { panic!("a fault") };
        // With all else that can be seen to be wrong.
        let told: Vec<&str> = faults.iter().map(|fault| fault.name()).collect();
        assert_eq!(told, ["title", "lines", "per_call"]);
    }

    #[test]
    fn what_was_typed_is_shown_again() {
        let line = Uuid::from_u128(7);
        let typed = Typed::read(&format!("title=a+b&lines%5B%5D={line}&rule=shares&per_firm=40"));
        let draft = CallDraft::typed(&typed);
        assert_eq!((draft.title.as_str(), draft.lines, draft.per_firm.as_str()), ("a b", vec![line], "40"));
    }
}
