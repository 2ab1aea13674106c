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
        "too_soon" => say!(language, remedy.later),
        "window_outside_horizon" => say!(language, remedy.horizon),
        "too_long" | "campaign_cap" | "search_cut_short" => say!(language, remedy.fewer),
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
        | "reclean_before"
        | "reclean_after"
        | "lag_too_short"
        | "lag_too_long"
        | "outside_calendar" => say!(language, remedy.longer),
        _ => return None,
    })
}
