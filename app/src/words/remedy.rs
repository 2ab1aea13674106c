//! What would change a refusal, in plain words, by its stable name.

use super::say;
use crate::language::Language;

/// One sentence, where the asker can do something about it.
#[must_use]
pub fn remedy(language: Language, reason: &str) -> Option<&'static str> {
    Some(match reason {
        "batch_out_of_range" => say!(language, remedy.batch),
        "unit_mismatch" => say!(language, remedy.unit),
        "not_gmp" => say!(language, remedy.gmp),
        "exposure_band_missing" => say!(language, remedy.band),
        "hazard_unclassified" => say!(language, remedy.classify),
        "hazard_not_admitted"
        | "dedicated_line"
        | "dedicated_only"
        | "exposure_band_too_high"
        | "no_class"
        | "not_capable" => say!(language, remedy.elsewhere),
        "approval_missing" | "approval_expires" | "media_fill_expires" => say!(language, remedy.ask),
        "use_or_lose" => say!(language, remedy.sooner),
        "too_many_holds" => say!(language, remedy.holds),
        "too_many_unconfirmed" => say!(language, remedy.unconfirmed),
        "too_soon" => say!(language, remedy.later),
        "window_outside_horizon" => say!(language, remedy.horizon),
        "too_long" | "rest_too_short" => say!(language, remedy.window),
        "too_many_batches" | "longer_than_cap" | "campaign_cap" | "search_cut_short" => {
            say!(language, remedy.fewer)
        }
        "no_room" => say!(language, remedy.room),
        "later_step_unplaced" => say!(language, remedy.step),
        "unknown_offering" | "not_offered" => say!(language, remedy.form),
        "not_offered_here" => say!(language, remedy.anywhere),
        "window_reversed" => say!(language, remedy.order),
        "no_batches" => say!(language, remedy.batches),
        "not_aligned" | "stale" => say!(language, remedy.again),
        "no_crew"
        | "outside_window"
        | "no_slot"
        | "occupied"
        | "line_down"
        | "busy"
        | "pool_full"
        | "changeover_before"
        | "changeover_after"
        | "changeover_forbidden"
        | "neighbours_unfit"
        | "reclean_before"
        | "reclean_after"
        | "lag_too_short"
        | "lag_too_long"
        | "outside_calendar" => say!(language, remedy.longer),
        _ => return None,
    })
}

/// The same for those who run the line: nobody makes room for them or waits, and its set-up is theirs.
#[must_use]
pub fn own_remedy(language: Language, reason: &str) -> Option<&'static str> {
    Some(match reason {
        "hazard_not_admitted"
        | "dedicated_line"
        | "dedicated_only"
        | "exposure_band_too_high"
        | "no_class"
        | "not_capable" => say!(language, remedy.own_elsewhere),
        "approval_missing" | "approval_expires" | "media_fill_expires" => say!(language, remedy.own_renew),
        "no_room" => say!(language, remedy.own_room),
        _ => return remedy(language, reason),
    })
}

/// Whether no other days and no fewer batches change the refusal: it is of the product, or of how it was asked for.
#[must_use]
pub fn is_in_vain(reason: &str) -> bool {
    matches!(
        reason,
        "not_capable"
            | "batch_out_of_range"
            | "unit_mismatch"
            | "not_gmp"
            | "hazard_unclassified"
            | "hazard_not_admitted"
            | "dedicated_line"
            | "dedicated_only"
            | "approval_missing"
            | "exposure_band_missing"
            | "exposure_band_too_high"
            | "no_class"
    )
}

/// Whether no other days change it: that, or the campaign is more than the line runs between two full cleans.
#[must_use]
pub fn is_timeless(reason: &str) -> bool {
    is_in_vain(reason) || matches!(reason, "too_many_batches" | "longer_than_cap")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Refusals of what is done to a booking: none of a search.
    const OF_BOOKINGS: [&str; 4] = ["wrong_state", "hold_expired", "hazards_unconfirmed", "unverified"];

    #[test]
    fn every_reason_for_which_a_search_leaves_a_line_out_says_what_would_change_it() {
        let names = super::super::refusal_names();
        assert!(names.len() > 30, "the source is read wrongly: {names:?}");
        for name in names.iter().filter(|name| !OF_BOOKINGS.contains(&name.as_str())) {
            for language in [Language::zh_CN, Language::en] {
                assert!(remedy(language, name).is_some(), "nothing would change {name}");
                assert!(own_remedy(language, name).is_some(), "nothing would change {name} here");
            }
        }
    }

    #[test]
    fn whoever_runs_a_line_is_sent_neither_to_its_platform_nor_to_those_who_make_room() {
        let firms = [
            say!(Language::en, remedy.room),
            say!(Language::en, remedy.ask),
            say!(Language::en, remedy.elsewhere),
        ];
        for name in super::super::refusal_names() {
            let own = own_remedy(Language::en, &name);
            assert!(!own.is_some_and(|words| firms.contains(&words)), "{name}");
        }
    }

    #[test]
    fn what_fewer_batches_alone_change_no_other_days_do() {
        assert!(is_timeless("too_many_batches") && is_timeless("longer_than_cap") && is_timeless("not_gmp"));
        assert!(!is_in_vain("too_many_batches") && !is_timeless("campaign_cap") && !is_timeless("too_long"));
    }

    #[test]
    fn what_only_another_line_changes_is_in_vain_and_what_other_days_change_is_not() {
        let advice = |name: &String| remedy(Language::en, name);
        for name in super::super::refusal_names().iter().filter(|name| advice(name).is_some()) {
            let elsewhere = advice(name) == Some(say!(Language::en, remedy.elsewhere));
            let days = [
                say!(Language::en, remedy.longer),
                say!(Language::en, remedy.room),
                say!(Language::en, remedy.window),
                say!(Language::en, remedy.fewer),
                say!(Language::en, remedy.later),
                say!(Language::en, remedy.sooner),
                say!(Language::en, remedy.step),
            ];
            assert!(is_in_vain(name) || !elsewhere, "{name}");
            assert!(!is_in_vain(name) || !advice(name).is_some_and(|words| days.contains(&words)), "{name}");
        }
    }
}
