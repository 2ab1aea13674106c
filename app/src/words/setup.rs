//! What the fields of a set-up's forms are called.

use super::say;
use crate::language::Language;

/// The label of the field or group `key`.
#[must_use]
pub fn setup_label(language: Language, key: &str) -> String {
    match key {
        "code" => say!(language, setup.field.code),
        "zh" => say!(language, setup.field.zh),
        "en" => say!(language, setup.field.en),
        "contact" => say!(language, setup.field.contact),
        "illustrative" => say!(language, setup.field.illustrative),
        "observes_holidays" => say!(language, setup.field.observes_holidays),
        "working_weekend_as" => say!(language, setup.field.working_weekend_as),
        "initial" => say!(language, setup.field.initial),
        "clean_hold" => say!(language, setup.field.clean_hold),
        "reclean" => say!(language, setup.field.reclean),
        "campaign_cap" => say!(language, setup.field.campaign_cap),
        "batches" => say!(language, setup.field.batches),
        "time" => say!(language, setup.field.time),
        "full_clean" => say!(language, setup.field.full_clean),
        "class" => say!(language, setup.field.class),
        "rule" => say!(language, setup.field.rule),
        "needs" => say!(language, setup.field.needs),
        "leaves" => say!(language, setup.field.leaves),
        "hazards" => say!(language, setup.field.hazards),
        "oeb_at_least" => say!(language, setup.field.oeb_at_least),
        "offerings" => say!(language, setup.field.offerings),
        "calendar" => say!(language, setup.field.calendar),
        "per" => say!(language, setup.field.per),
        "capacity" => say!(language, setup.field.capacity),
        "matrix" => say!(language, setup.field.matrix),
        "makes" => say!(language, setup.field.makes),
        "admits" => say!(language, setup.field.admits),
        "dedicated_to" => say!(language, setup.field.dedicated_to),
        "approvals" => say!(language, setup.field.approvals),
        "hazard" => say!(language, setup.field.hazard),
        "until" => say!(language, setup.field.until),
        "oeb_max" => say!(language, setup.field.oeb_max),
        "gmp" => say!(language, setup.field.gmp),
        "media_fill_valid_until" => say!(language, setup.field.media_fill_valid_until),
        "day_rate_yuan" => say!(language, setup.field.day_rate_yuan),
        "start_every" => say!(language, setup.field.start_every),
        "step" => say!(language, setup.field.step),
        "on" => say!(language, setup.field.on),
        "uses" => say!(language, setup.field.uses),
        "line" => say!(language, setup.field.line),
        "setup" => say!(language, setup.field.setup),
        "batch" => say!(language, setup.field.batch),
        "running" => say!(language, setup.field.running),
        "wait" => say!(language, setup.field.wait),
        "crew" => say!(language, setup.field.crew),
        "pool" => say!(language, setup.field.pool),
        "amount" => say!(language, setup.field.amount),
        "lag" => say!(language, setup.field.lag),
        "hold" => say!(language, setup.field.hold),
        "max_holds" => say!(language, setup.field.max_holds),
        "reply_working_days" => say!(language, setup.field.reply_working_days),
        "reservation_percent" => say!(language, setup.field.reservation_percent),
        "free_move_days" => say!(language, setup.field.free_move_days),
        "min_notice" => say!(language, setup.field.min_notice),
        "horizon" => say!(language, setup.field.horizon),
        "held_ahead" => say!(language, setup.field.held_ahead),
        "ask_answer" => say!(language, setup.field.ask_answer),
        "ask_reach" => say!(language, setup.field.ask_reach),
        "move_most" => say!(language, setup.field.move_most),
        "ask_most" => say!(language, setup.field.ask_most),
        "auto_confirm" => say!(language, setup.field.auto_confirm),
        "plan_freeze_days" => say!(language, setup.field.plan_freeze_days),
        "plan_discount_percent" => say!(language, setup.field.plan_discount_percent),
        "ladder" => say!(language, setup.field.ladder),
        "use_or_lose" => say!(language, setup.field.use_or_lose),
        "times" => say!(language, setup.field.times),
        "within" => say!(language, setup.field.within),
        "notice_days" => say!(language, setup.field.notice_days),
        "percent" => say!(language, setup.field.percent),
        "batch_size" => say!(language, setup.field.batch_size),
        "if_offerings" => say!(language, setup.field.if_offerings),
        other => return other.to_owned(),
    }
    .to_owned()
}

/// What there is to know about the field or group `key`.
#[must_use]
pub fn setup_hint(language: Language, key: &str) -> Option<&'static str> {
    Some(match key {
        "code" => say!(language, setup.hint.code),
        "start_every" => say!(language, setup.hint.start_every),
        "day_rate_yuan" => say!(language, setup.hint.day_rate_yuan),
        "clean_hold" => say!(language, setup.hint.clean_hold),
        "campaign_cap" => say!(language, setup.hint.campaign_cap),
        "class" => say!(language, setup.hint.class),
        "rule" => say!(language, setup.hint.rule),
        "makes" => say!(language, setup.hint.makes),
        "lag" => say!(language, setup.hint.lag),
        "uses" => say!(language, setup.hint.uses),
        "on" => say!(language, setup.hint.on),
        "ladder" => say!(language, setup.hint.ladder),
        "use_or_lose" => say!(language, setup.hint.use_or_lose),
        "within" => say!(language, setup.hint.within),
        "dedicated_to" => say!(language, setup.hint.dedicated_to),
        "media_fill_valid_until" => say!(language, setup.hint.media_fill_valid_until),
        "oeb_max" => say!(language, setup.hint.oeb_max),
        "approvals" => say!(language, setup.hint.approvals),
        "working_weekend_as" => say!(language, setup.hint.working_weekend_as),
        "horizon" => say!(language, setup.hint.horizon),
        "held_ahead" => say!(language, setup.hint.held_ahead),
        _ => return None,
    })
}

/// Lengths of time in the notation of the set-up, as people read them: `16h + 1d` is `16 h + 1 d` or `16 小时 + 1 天`.
/// What is no length stays as it is.
#[must_use]
pub fn spans(language: Language, notation: &str) -> String {
    notation.split(' ').map(|word| one_span(language, word)).collect::<Vec<_>>().join(" ")
}

fn one_span(language: Language, word: &str) -> String {
    let letters = word.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let (number, name) = word.split_at(word.len() - letters.len());
    match name {
        _ if number.is_empty() => word.to_owned(),
        "d" => say!(language, time.days, count = number).to_string(),
        "h" => say!(language, time.hours, count = number).to_string(),
        "m" | "min" => say!(language, time.minutes, count = number).to_string(),
        _ => word.to_owned(),
    }
}

/// A word of the format that a field chooses from.
#[must_use]
pub fn setup_word(language: Language, word: &str) -> String {
    match word {
        "shift" => say!(language, setup.word.shift),
        "day" => say!(language, setup.word.day),
        "crew" => say!(language, setup.word.crew),
        "unattended" => say!(language, setup.word.unattended),
        other => return other.to_owned(),
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_in_the_notation_read_as_others_do() {
        assert_eq!(spans(Language::en, "16h + 1d 6h"), "16 h + 1 d 6 h");
        assert_eq!(spans(Language::zh_CN, "≤ 24h"), "≤ 24 小时");
        assert_eq!(spans(Language::zh_CN, "30min"), "30 分钟");
        assert_eq!(spans(Language::en, "-"), "-");
        assert_eq!(spans(Language::en, "08:00"), "08:00");
    }
}
