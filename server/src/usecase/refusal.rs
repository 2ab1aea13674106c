//! A domain refusal in words for a viewer: a client learns that a line is busy, never by whom, why or for how long a
//! neighbour's cleaning takes; the operators of the line's platform see what the kernel saw.

use app::contract::{Instant, RefusalView, field};
use domain::{LineId, Minute, Minutes, PoolId, Second, Text, refusal::Refusal};

use super::words::word;
use crate::store::Catalogue;

/// Names of lines and pools.
pub trait Names {
    fn line(&self, line: LineId) -> Option<Text>;
    fn pool(&self, pool: PoolId) -> Option<Text>;
}

impl Names for Catalogue {
    fn line(&self, line: LineId) -> Option<Text> {
        Catalogue::line(self, line).map(|line| line.name.clone())
    }

    fn pool(&self, pool: PoolId) -> Option<Text> {
        Catalogue::pool(self, pool).map(|pool| pool.name.clone())
    }
}

/// For whom a refusal is worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// A client, the district, a visitor.
    Outside,
    /// The operators of the platform that the line belongs to.
    Operators,
}

/// What everything that tells of a neighbour is called outside.
pub const BUSY: &str = "busy";

/// `refusal` in words for `audience`.
#[must_use]
pub fn view(refusal: &Refusal, audience: Audience, names: &dyn Names) -> RefusalView {
    let (line, mut facts) = facts(refusal, names);
    let mut reason = reason(refusal);
    if audience == Audience::Outside {
        if tells_of_neighbours(refusal) {
            BUSY.clone_into(&mut reason);
            facts.clear();
        }
        facts.retain(|(name, _)| !INSIDE_ONLY.contains(&name.as_str()));
    }
    RefusalView { reason, line: line.and_then(|line| names.line(line)).map(Into::into), facts }
}

/// Facts that follow from what else is on a line or in a pool.
const INSIDE_ONLY: &[&str] = &["by", "neighbour", "start", "end", "free", "cell", "lag"];

/// Whether a refusal exists only because of what somebody else does on the line.
const fn tells_of_neighbours(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::Occupied { .. }
            | Refusal::ChangeoverForbidden { .. }
            | Refusal::ChangeoverBefore { .. }
            | Refusal::ChangeoverAfter { .. }
            | Refusal::RecleanBefore { .. }
            | Refusal::RecleanAfter { .. }
            | Refusal::CampaignCap { .. }
            | Refusal::NeighboursUnfit { .. }
    )
}

/// The refusal's stable name, such as `hazard_not_admitted`.
#[must_use]
pub fn reason(refusal: &Refusal) -> String {
    serde_json::to_value(refusal)
        .ok()
        .and_then(|value| value.get("reason").and_then(|reason| reason.as_str().map(str::to_owned)))
        .unwrap_or_default()
}

type Facts = Vec<(String, String)>;

fn facts(refusal: &Refusal, names: &dyn Names) -> (Option<LineId>, Facts) {
    let mut facts: Facts = Vec::new();
    let mut say = |name: &str, value: String| facts.push((name.to_owned(), value));
    let line = match refusal {
        Refusal::UnknownOffering { code }
        | Refusal::NotOffered { code }
        | Refusal::NotOfferedHere { code } => {
            say("offering", code.clone());
            None
        }
        Refusal::WindowOutsideHorizon { earliest, latest } => {
            say("earliest", instant(*earliest));
            say("latest", instant(*latest));
            None
        }
        Refusal::TooLong { minutes } => {
            say("length", length(*minutes));
            None
        }
        Refusal::RestTooShort { earliest, minutes } => {
            say("earliest", instant(*earliest));
            say("length", length(*minutes));
            None
        }
        Refusal::BatchOutOfRange { line, min, max, unit } => {
            say("min", field::decimal(*min));
            say("max", field::decimal(*max));
            say("unit", word(unit));
            Some(*line)
        }
        Refusal::UnitMismatch { line, unit } => {
            say("unit", word(unit));
            Some(*line)
        }
        Refusal::TooManyBatches { line, max } => {
            say("max", max.to_string());
            Some(*line)
        }
        Refusal::LongerThanCap { line, minutes, max } => {
            say("length", length(*minutes));
            say("max", length(*max));
            Some(*line)
        }
        Refusal::HazardNotAdmitted { line, hazard }
        | Refusal::DedicatedLine { line, hazard }
        | Refusal::DedicatedOnly { line, hazard }
        | Refusal::ApprovalMissing { line, hazard } => {
            say("hazard", word(hazard));
            Some(*line)
        }
        Refusal::ApprovalExpires { line, hazard, valid_until } => {
            say("hazard", word(hazard));
            say("valid_until", instant(*valid_until));
            Some(*line)
        }
        Refusal::ExposureBandTooHigh { line, band, max } => {
            say("band", band.to_string());
            say("max", max.to_string());
            Some(*line)
        }
        Refusal::ExposureBandMissing { line, max } => {
            say("max", max.to_string());
            Some(*line)
        }
        Refusal::MediaFillExpires { line, valid_until } => {
            say("valid_until", instant(*valid_until));
            Some(*line)
        }
        Refusal::NotAligned { line, granularity } => {
            say("granularity", length(*granularity));
            Some(*line)
        }
        Refusal::OutsideWindow { line, interval } => {
            say("start", instant(interval.start));
            say("end", instant(interval.end));
            Some(*line)
        }
        Refusal::TooSoon { earliest } => {
            say("earliest", instant(*earliest));
            None
        }
        Refusal::LineDown { line, until } => {
            say("until", instant(*until));
            Some(*line)
        }
        Refusal::Occupied { line, by, interval } => {
            say("by", by.to_string());
            say("start", instant(interval.start));
            say("end", instant(interval.end));
            Some(*line)
        }
        Refusal::ChangeoverForbidden { line, neighbour } | Refusal::RecleanAfter { line, neighbour } => {
            say("neighbour", neighbour.to_string());
            Some(*line)
        }
        Refusal::ChangeoverBefore { line, neighbour, earliest } => {
            say("neighbour", neighbour.to_string());
            say("earliest", instant(*earliest));
            Some(*line)
        }
        Refusal::ChangeoverAfter { line, neighbour, latest_end } => {
            say("neighbour", neighbour.to_string());
            say("latest_end", instant(*latest_end));
            Some(*line)
        }
        Refusal::RecleanBefore { line, earliest } => {
            say("earliest", instant(*earliest));
            Some(*line)
        }
        Refusal::LagTooShort { step, minutes, min } => {
            say("step", (step + 1).to_string());
            say("lag", length(*minutes));
            say("min", length(*min));
            None
        }
        Refusal::LagTooLong { step, minutes, max } => {
            say("step", (step + 1).to_string());
            say("lag", length(*minutes));
            say("max", length(*max));
            None
        }
        Refusal::PoolFull { pool, cell, asked, free } => {
            if let Some(name) = names.pool(*pool) {
                say("pool", name.zh);
                say("pool_en", name.en);
            }
            say("cell", instant(*cell));
            say("asked", asked.to_string());
            say("free", free.to_string());
            None
        }
        Refusal::WrongState { status, action } => {
            say("status", word(status));
            say("action", word(action));
            None
        }
        Refusal::TooManyHolds { max } | Refusal::TooManyUnconfirmed { max } => {
            say("max", max.to_string());
            None
        }
        Refusal::UseOrLose { times, latest, until } => {
            say("late", times.to_string());
            say("latest", instant(*latest));
            say("until", second(*until));
            None
        }
        Refusal::NoRoom { line, minutes } => {
            say("length", length(*minutes));
            Some(*line)
        }
        Refusal::LaterStepUnplaced { step } => {
            say("step", (step + 1).to_string());
            None
        }
        Refusal::NotCapable { line }
        | Refusal::NotGmp { line }
        | Refusal::NoClass { line }
        | Refusal::NoCrew { line }
        | Refusal::OutsideCalendar { line }
        | Refusal::SearchCutShort { line }
        | Refusal::CampaignCap { line }
        | Refusal::NeighboursUnfit { line } => Some(*line),
        Refusal::WindowReversed
        | Refusal::NoBatches
        | Refusal::HazardUnclassified
        | Refusal::NoSlot
        | Refusal::HoldExpired
        | Refusal::Unverified
        | Refusal::HazardsUnconfirmed
        | Refusal::Stale => None,
    };
    (line, facts)
}

fn instant(minute: Minute) -> String {
    second(minute.saturating_mul(60))
}

/// An instant as a fact.
pub(super) fn second(second: Second) -> String {
    serde_json::to_value(Instant(second))
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

fn length(minutes: Minutes) -> String {
    format!("{minutes} min")
}

#[cfg(test)]
mod tests {
    use domain::{Interval, OccupancyId, offering::Unit};
    use uuid::Uuid;

    use super::*;

    struct One;

    impl Names for One {
        fn line(&self, _: LineId) -> Option<Text> {
            Some(Text { zh: "压片".into(), en: "press".into() })
        }

        fn pool(&self, _: PoolId) -> Option<Text> {
            Some(Text { zh: "检验".into(), en: "QC".into() })
        }
    }

    #[test]
    fn a_neighbour_is_only_busy_outside() {
        let line = LineId(Uuid::from_u128(1));
        let rival = OccupancyId(Uuid::from_u128(0xdead_beef));
        let interval = Interval { start: 29_000_000, end: 29_000_600 };
        let telling = [
            Refusal::Occupied { line, by: rival, interval },
            Refusal::ChangeoverForbidden { line, neighbour: rival },
            Refusal::ChangeoverBefore { line, neighbour: rival, earliest: 29_000_000 },
            Refusal::ChangeoverAfter { line, neighbour: rival, latest_end: 29_000_000 },
            Refusal::RecleanBefore { line, earliest: 29_000_000 },
            Refusal::CampaignCap { line },
            Refusal::NeighboursUnfit { line },
        ];
        let busy = RefusalView {
            reason: BUSY.into(),
            line: Some(One.line(line).expect("named").into()),
            facts: Vec::new(),
        };
        for refusal in &telling {
            assert_eq!(view(refusal, Audience::Outside, &One), busy);
            let inside = view(refusal, Audience::Operators, &One);
            assert_eq!(inside.reason, reason(refusal));
            assert_ne!(inside, busy);
        }
    }

    #[test]
    fn outside_a_full_pool_tells_no_numbers_of_others() {
        let refusal = Refusal::PoolFull { pool: PoolId(Uuid::nil()), cell: 29_000_000, asked: 2, free: 1 };
        let outside = view(&refusal, Audience::Outside, &One);
        let names: Vec<&str> = outside.facts.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["pool", "pool_en", "asked"]);
        assert!(view(&refusal, Audience::Operators, &One).facts.iter().any(|(name, _)| name == "free"));
    }

    #[test]
    fn what_the_client_can_change_is_said_in_full() {
        let line = LineId(Uuid::nil());
        let refusal = Refusal::BatchOutOfRange { line, min: 5000, max: 50_500, unit: Unit::Vial };
        let outside = view(&refusal, Audience::Outside, &One);
        assert_eq!(outside.reason, "batch_out_of_range");
        let facts = [("min", "5"), ("max", "50.5"), ("unit", "vial")];
        assert_eq!(outside.facts, facts.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
}
