//! Why not, in plain words, by the refusal's stable name.

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{
    check, deadline, draft_change, grouped, happened, hazard, length, moment, plant_day, say, status, unit,
    yuan,
};
use crate::{
    contract::{Instant, RefusalView},
    language::Language,
};

/// One sentence, with what blocks it or would be needed where the viewer may know.
#[must_use]
pub fn refusal(language: Language, refusal: &RefusalView) -> String {
    let mut words = reason(language, &refusal.reason).to_owned();
    let facts: Vec<String> =
        refusal.facts.iter().filter_map(|(name, value)| fact(language, name, value)).collect();
    if !facts.is_empty() {
        let facts = facts.join(say!(language, term.comma));
        let reason = words.trim_end_matches(['.', '。']);
        // With facts or without, it is a sentence.
        let stop = &words[reason.len()..];
        words = format!("{}{stop}", say!(language, term.aside, words = reason, aside = facts));
    }
    words
}

/// A fact as people say it; `None` of what the reader knows or has no use for.
fn fact(language: Language, name: &str, value: &str) -> Option<String> {
    let value = match (name.ends_with("_fen"), value.parse()) {
        (true, Ok(fen)) => yuan(fen),
        _ => read(language, name, value),
    };
    let value = value.as_str();
    Some(match (name, language) {
        // What was to be done, the reader knows; an id is a link's; what has names is named in the reader's language.
        ("action" | "booking" | "repair", _)
        | ("pool" | "name" | "line" | "company", Language::en)
        | ("pool_en" | "name_en" | "line_en" | "company_en", Language::zh_CN) => {
            return None;
        }
        ("why", _) => reason(language, value).trim_end_matches(['.', '。']).to_owned(),
        ("offering", _) => offering(language, value),
        ("check", _) => check(language, value),
        ("hazard", _) => hazard(language, value),
        ("status", _) => status(language, value),
        ("by" | "neighbour", _) => say!(language, refusal.fact.another).to_owned(),
        ("who", _) => say!(language, refusal.fact.who, value = value).to_string(),
        ("day", _) => plant_day(language, value)?,
        ("done", _) => happened(language, value).to_owned(),
        ("earliest", _) => say!(language, refusal.fact.earliest, value = value).to_string(),
        ("until", _) => say!(language, refusal.fact.until, value = value).to_string(),
        ("latest", _) => say!(language, refusal.fact.latest, value = value).to_string(),
        ("min", _) => say!(language, refusal.fact.min, value = value).to_string(),
        ("max", _) => say!(language, refusal.fact.max, value = value).to_string(),
        ("length", _) => say!(language, refusal.fact.length, value = value).to_string(),
        ("valid_until", _) => say!(language, refusal.fact.valid_until, value = value).to_string(),
        ("granularity", _) => say!(language, refusal.fact.granularity, value = value).to_string(),
        ("start", _) => say!(language, refusal.fact.start, value = value).to_string(),
        ("end", _) => say!(language, refusal.fact.end, value = value).to_string(),
        ("latest_end", _) => say!(language, refusal.fact.latest_end, value = value).to_string(),
        ("step", _) => say!(language, refusal.fact.step, value = value).to_string(),
        ("lag", _) => say!(language, refusal.fact.lag, value = value).to_string(),
        ("cell", _) => say!(language, refusal.fact.cell, value = value).to_string(),
        ("asked", _) => say!(language, refusal.fact.asked, value = value).to_string(),
        ("free", _) => say!(language, refusal.fact.free, value = value).to_string(),
        ("unit", _) => say!(language, refusal.fact.unit, value = unit(language, value)).to_string(),
        ("late", _) => say!(language, refusal.fact.late, value = value).to_string(),
        ("change", _) => draft_change(language, value).to_owned(),
        ("changes", _) => say!(language, refusal.fact.changes, value = value).to_string(),
        ("again", _) => say!(language, refusal.fact.again, value = value).to_string(),
        ("band", _) => say!(language, refusal.fact.band, value = value).to_string(),
        _ => value.to_owned(),
    })
}

/// A dosage form or process by its name; a code that is not known reads as itself.
fn offering(language: Language, code: &str) -> String {
    let known = domain::offering::find(code).map(|known| match language {
        Language::zh_CN => known.zh,
        Language::en => known.en,
    });
    known.unwrap_or(code).to_owned()
}

/// The facts that tell by when something must be, or until when it is.
const DEADLINES: [&str; 5] = ["until", "latest", "valid_until", "end", "latest_end"];

/// Instants, lengths and figures of the wire as people write them; anything else as it is.
fn read(language: Language, name: &str, value: &str) -> String {
    if let Ok(instant) = OffsetDateTime::parse(value, &Rfc3339) {
        let instant = Instant(instant.unix_timestamp());
        let is_deadline = DEADLINES.contains(&name);
        return if is_deadline { deadline(language, instant) } else { moment(language, instant) };
    }
    match (value.strip_suffix(" min").and_then(|minutes| minutes.parse().ok()), value.parse()) {
        (Some(minutes), _) => length(language, minutes),
        (None, Ok(number)) => grouped(number),
        (None, Err(_)) => value.to_owned(),
    }
}

/// Why not, without the facts of one case.
#[must_use]
pub fn reason(language: Language, name: &str) -> &'static str {
    match name {
        "unknown_offering" => say!(language, refusal.unknown_offering),
        "not_offered" => say!(language, refusal.not_offered),
        "not_offered_here" => say!(language, refusal.not_offered_here),
        "window_reversed" => say!(language, refusal.window_reversed),
        "window_outside_horizon" => say!(language, refusal.window_outside_horizon),
        "no_batches" => say!(language, refusal.no_batches),
        "too_long" => say!(language, refusal.too_long),
        "rest_too_short" => say!(language, refusal.rest_too_short),
        "not_capable" => say!(language, refusal.not_capable),
        "batch_out_of_range" => say!(language, refusal.batch_out_of_range),
        "batch_out_of_call" => say!(language, refusal.batch_out_of_call),
        "too_many_batches" => say!(language, refusal.too_many_batches),
        "longer_than_cap" => say!(language, refusal.longer_than_cap),
        "unit_mismatch" => say!(language, refusal.unit_mismatch),
        "not_gmp" => say!(language, refusal.not_gmp),
        "hazard_unclassified" => say!(language, refusal.hazard_unclassified),
        "hazard_not_admitted" => say!(language, refusal.hazard_not_admitted),
        "dedicated_line" => say!(language, refusal.dedicated_line),
        "dedicated_only" => say!(language, refusal.dedicated_only),
        "approval_missing" => say!(language, refusal.approval_missing),
        "approval_expires" => say!(language, refusal.approval_expires),
        "exposure_band_too_high" => say!(language, refusal.exposure_band_too_high),
        "exposure_band_missing" => say!(language, refusal.exposure_band_missing),
        "media_fill_expires" => say!(language, refusal.media_fill_expires),
        "no_class" => say!(language, refusal.no_class),
        "not_aligned" => say!(language, refusal.not_aligned),
        "no_crew" => say!(language, refusal.no_crew),
        "outside_window" => say!(language, refusal.outside_window),
        "outside_asked" => say!(language, refusal.outside_asked),
        "outside_calendar" => say!(language, refusal.outside_calendar),
        "too_soon" => say!(language, refusal.too_soon),
        "occupied" => say!(language, refusal.occupied),
        "changeover_forbidden" => say!(language, refusal.changeover_forbidden),
        "changeover_before" => say!(language, refusal.changeover_before),
        "changeover_after" => say!(language, refusal.changeover_after),
        "reclean_before" => say!(language, refusal.reclean_before),
        "campaign_cap" => say!(language, refusal.campaign_cap),
        "lag_too_short" => say!(language, refusal.lag_too_short),
        "lag_too_long" => say!(language, refusal.lag_too_long),
        "pool_full" => say!(language, refusal.pool_full),
        "no_slot" => say!(language, refusal.no_slot),
        "no_room" => say!(language, refusal.no_room),
        "neighbours_unfit" => say!(language, refusal.neighbours_unfit),
        "later_step_unplaced" => say!(language, refusal.later_step_unplaced),
        "search_cut_short" => say!(language, refusal.search_cut_short),
        "wrong_state" => say!(language, refusal.wrong_state),
        "hold_expired" => say!(language, refusal.hold_expired),
        "too_many_waiting" => say!(language, refusal.too_many_waiting),
        "already_waiting" => say!(language, refusal.already_waiting),
        "already_down" => say!(language, refusal.already_down),
        "hazards_confirmed" => say!(language, refusal.hazards_confirmed),
        "no_plan_windows" => say!(language, refusal.no_plan_windows),
        "no_repair" => say!(language, refusal.no_repair),
        "no_repair_found" => say!(language, refusal.no_repair_found),
        "no_repair_here" => say!(language, refusal.no_repair_here),
        "moved_lately" => say!(language, refusal.moved_lately),
        "asked_lately" => say!(language, refusal.asked_lately),
        "room_asks_more" => say!(language, refusal.room_asks_more),
        "too_many_repairs" => say!(language, refusal.too_many_repairs),
        "too_many_questions" => say!(language, refusal.too_many_questions),
        "line_down" => say!(language, refusal.line_down),
        "already_asked" => say!(language, refusal.already_asked),
        "conflict_settled" => say!(language, refusal.conflict_settled),
        "conflict_over" => say!(language, refusal.conflict_over),
        "conflict_regrouped" => say!(language, refusal.conflict_regrouped),
        "no_swap" => say!(language, refusal.no_swap),
        "no_swap_now" => say!(language, refusal.no_swap_now),
        "swap_unconfirmed" => say!(language, refusal.swap_unconfirmed),
        "swap_leaves_plan" => say!(language, refusal.swap_leaves_plan),
        "proposal_over" => say!(language, refusal.proposal_over),
        "proposal_answered" => say!(language, refusal.proposal_answered),
        "call_not_open" => say!(language, refusal.call_not_open),
        "call_still_open" => say!(language, refusal.call_still_open),
        "call_published" => say!(language, refusal.call_published),
        "call_cancelled" => say!(language, refusal.call_cancelled),
        "call_changed" => say!(language, refusal.call_changed),
        "wish_withdrawn" => say!(language, refusal.wish_withdrawn),
        "too_many_wishes" => say!(language, refusal.too_many_wishes),
        "wishes_sealed" => say!(language, refusal.wishes_sealed),
        "no_wishes" => say!(language, refusal.no_wishes),
        "no_draft" => say!(language, refusal.no_draft),
        "no_points" => say!(language, refusal.no_points),
        "draft_outdated" => say!(language, refusal.draft_outdated),
        "call_draft_changed" => say!(language, refusal.call_draft_changed),
        "draft_adjusted" => say!(language, refusal.draft_adjusted),
        "share_overdrawn" => say!(language, refusal.share_overdrawn),
        "room_found" => say!(language, refusal.room_found),
        "wait_given" => say!(language, refusal.wait_given),
        "waiters_first" => say!(language, refusal.waiters_first),
        "client_given" => say!(language, refusal.client_given),
        "too_many_holds" => say!(language, refusal.too_many_holds),
        "too_many_unconfirmed" => say!(language, refusal.too_many_unconfirmed),
        "use_or_lose" => say!(language, refusal.use_or_lose),
        "unverified" => say!(language, refusal.unverified),
        "hazards_unconfirmed" => say!(language, refusal.hazards_unconfirmed),
        "request_lacks" => say!(language, refusal.request_lacks),
        "licences_missing" => say!(language, refusal.licences_missing),
        "stale" => say!(language, refusal.stale),
        "busy" => say!(language, refusal.busy),
        RefusalView::OWN_BOOKING => say!(language, refusal.own_booking),
        RefusalView::OWN_ASK => say!(language, refusal.own_ask),
        RefusalView::OTHER_ORGANISATION => say!(language, refusal.other_organisation),
        "fee_changed" => say!(language, refusal.fee_changed),
        "booking_changed" => say!(language, refusal.booking_changed),
        "starts_later" => say!(language, refusal.starts_later),
        "not_begun" => say!(language, refusal.not_begun),
        "step_ahead" => say!(language, refusal.step_ahead),
        "materials_often" => say!(language, refusal.materials_often),
        "answers_often" => say!(language, refusal.answers_often),
        "questions_often" => say!(language, refusal.questions_often),
        "recall_often" => say!(language, refusal.recall_often),
        "moves_often" => say!(language, refusal.moves_often),
        "outage_over" => say!(language, refusal.outage_over),
        "closure_lifted" => say!(language, refusal.closure_lifted),
        "closure_over" => say!(language, refusal.closure_over),
        "closure_longer" => say!(language, refusal.closure_longer),
        "draft_changed" => say!(language, refusal.draft_changed),
        "setup_changed" => say!(language, refusal.setup_changed),
        "setup_unreadable" => say!(language, refusal.setup_unreadable),
        "already_there" => say!(language, refusal.already_there),
        "reclean_after" => say!(language, refusal.reclean_after),
        _ => say!(language, refusal.other),
    }
}

/// The names of the domain's refusals, read from where they are defined: a new one without words fails a test.
#[cfg(test)]
pub(super) fn refusal_names() -> Vec<String> {
    let source = include_str!("../../domain/src/refusal.rs");
    let body = source.split_once("pub enum Refusal {").expect("the enum is there").1;
    let body = body.split_once("\n}").expect("the enum ends").0;
    body.lines()
        .filter_map(|line| line.strip_prefix("    "))
        .filter(|line| line.starts_with(char::is_uppercase))
        .map(|line| {
            let name = line.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
            name.chars().fold(String::new(), |mut words, letter| {
                if letter.is_uppercase() && !words.is_empty() {
                    words.push('_');
                }
                words.extend(letter.to_lowercase());
                words
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_words_of_its_own_in_both_languages() {
        let names = refusal_names();
        assert!(names.len() > 30, "the source is read wrongly: {names:?}");
        for name in names {
            for language in [Language::zh_CN, Language::en] {
                assert_ne!(reason(language, &name), reason(language, ""), "no words for {name}");
            }
        }
    }

    #[test]
    fn what_is_started_too_soon_is_told_its_day() {
        let view = RefusalView::named("starts_later").with("day", "2026-12-09");
        let told = refusal(Language::en, &view);
        assert!(told.ends_with("from that day on (Wed 9 Dec 2026)."), "{told}");
        assert!(refusal(Language::zh_CN, &view).ends_with("（2026年12月9日 周三）。"));
    }

    #[test]
    fn what_ends_at_midnight_ends_with_the_day_before() {
        let view = RefusalView::named("outside_asked").with("earliest", "2026-11-30T16:00:00Z");
        let told = refusal(Language::en, &view.with("latest_end", "2026-12-02T16:00:00Z"));
        assert!(
            told.ends_with("(from Tue 1 Dec 2026 00:00, to end by the end of Wed 2 Dec 2026)."),
            "{told}"
        );
    }

    #[test]
    fn what_is_not_offered_is_named() {
        let view = RefusalView::named("not_offered").with("offering", "CAPS");
        assert!(
            refusal(Language::en, &view).ends_with("(soft capsule)."),
            "{}",
            refusal(Language::en, &view)
        );
        assert!(!refusal(Language::zh_CN, &view).contains("CAPS"));
        let unknown = RefusalView::named("unknown_offering").with("offering", "XYZ");
        assert!(refusal(Language::en, &unknown).contains("XYZ"));
    }

    #[test]
    fn money_is_told_as_money() {
        let view = RefusalView::named("fee_changed").with("fee_fen", 6_365_000_i64);
        assert!(refusal(Language::en, &view).ends_with("(¥63,650)."), "{}", refusal(Language::en, &view));
        assert!(refusal(Language::zh_CN, &view).ends_with("（¥63,650）。"));
    }

    #[test]
    fn facts_are_told_in_brackets_and_in_words() {
        let view = |facts: &[(&str, &str)]| RefusalView {
            reason: "batch_out_of_range".into(),
            line: None,
            facts: facts.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        };
        let told = refusal(
            Language::en,
            &view(&[("min", "5"), ("max", "12500"), ("unit", "vial"), ("action", "hold")]),
        );
        assert!(told.ends_with("range (at least 5, at most 12,500, in vials)."), "{told}");
        let telling = view(&[
            ("by", "0199-dead-beef"),
            ("start", "2026-11-30T16:00:00Z"),
            ("granularity", "1440 min"),
            ("pool", "检验"),
            ("pool_en", "QC"),
        ]);
        let told = refusal(Language::en, &telling);
        assert!(told.ends_with("(by another campaign, from Tue 1 Dec 2026 00:00, every 1 d, QC)."), "{told}");
        assert!(refusal(Language::zh_CN, &telling).ends_with("，每 1 天，检验）。"));
    }
}
