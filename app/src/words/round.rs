//! Calls: their rules, how far they are, and what becomes of wishes.

use super::{deadline, length, say};
use crate::{
    contract::{CallRule, CallView, DraftView},
    language::Language,
};

/// What a call's rule is called.
#[must_use]
pub fn rule_name(language: Language, rule: CallRule) -> &'static str {
    match rule {
        CallRule::FirstCome => say!(language, round.first_come),
        CallRule::ScoreWithAgeing { .. } => say!(language, round.score_with_ageing),
        CallRule::Shares { .. } => say!(language, round.shares),
        CallRule::Lottery => say!(language, round.lottery),
    }
}

/// A call's rule in plain words, with its figures.
#[must_use]
pub fn rule_text(language: Language, call: &CallView) -> String {
    match call.rule {
        CallRule::FirstCome => say!(language, round.first_come_text).to_owned(),
        CallRule::Lottery => say!(language, round.lottery_text).to_owned(),
        CallRule::ScoreWithAgeing { per_call } => {
            say!(language, round.score_text, per_call = per_call).to_string()
        }
        CallRule::Shares { per_firm, reserved } => {
            let offered = length(language, call.offered_minutes.unwrap_or(0));
            say!(language, round.shares_text, per_firm = per_firm, reserved = reserved, offered = offered)
                .to_string()
        }
    }
}

/// By when the result of a call is to be published, or was to be, where that was said; for firms, or for the desk.
#[must_use]
pub fn result_due(language: Language, call: &CallView, desk: bool) -> Option<String> {
    let by = call.result_by?;
    let when = deadline(language, by);
    Some(match (call.now < by, desk) {
        (true, false) => say!(language, round.result_due, moment = when).to_string(),
        (true, true) => say!(language, round.result_due_desk, moment = when).to_string(),
        (false, false) => say!(language, round.result_late, moment = when).to_string(),
        (false, true) => say!(language, round.result_late_desk, moment = when).to_string(),
    })
}

/// What was changed of a draft; [`DECIDED`](crate::contract::DraftView::DECIDED): all of it.
#[must_use]
pub fn draft_change(language: Language, kind: &str) -> &'static str {
    match kind {
        "put" => say!(language, round.change_put),
        "filled" => say!(language, round.change_filled),
        "lifted" => say!(language, round.change_lifted),
        "shifted" => say!(language, round.change_shifted),
        "displaced" => say!(language, round.change_displaced),
        DraftView::DECIDED => say!(language, round.change_decided),
        _ => say!(language, round.change_take_out),
    }
}

/// How far a call is.
#[must_use]
pub fn call_state(language: Language, name: &str) -> String {
    match name {
        "announced" => say!(language, round.state_announced).to_owned(),
        "open" => say!(language, round.state_open).to_owned(),
        "closed" => say!(language, round.state_closed).to_owned(),
        "drafted" => say!(language, round.state_drafted).to_owned(),
        "published" => say!(language, round.state_published).to_owned(),
        "cancelled" => say!(language, round.state_cancelled).to_owned(),
        other => other.to_owned(),
    }
}

/// What became of a wish, for its firm or for the desk of its platform. Where `points` count, several wishes that are
/// worth as much together may have what one that ranks before each of them wanted.
#[must_use]
pub fn wish_outcome(language: Language, name: &str, (desk, points): (bool, bool)) -> String {
    match (name, desk) {
        ("placed", _) => say!(language, round.placed).to_owned(),
        ("filled", _) => say!(language, round.filled).to_owned(),
        ("moved", _) => say!(language, round.moved).to_owned(),
        ("taken_out", _) => say!(language, round.taken_out).to_owned(),
        ("outranked", false) if points => say!(language, round.outranked_worth).to_owned(),
        ("outranked", false) => say!(language, round.outranked).to_owned(),
        ("outranked", true) if points => say!(language, round.outranked_desk).to_owned(),
        ("outranked", true) => say!(language, round.outranked_desk_order).to_owned(),
        ("own_wish", false) => say!(language, round.own_wish).to_owned(),
        ("own_wish", true) => say!(language, round.own_wish_desk).to_owned(),
        ("put_before", false) => say!(language, round.put_before).to_owned(),
        ("put_before", true) => say!(language, round.put_before_desk).to_owned(),
        ("share_firm", false) => say!(language, round.share_firm).to_owned(),
        ("share_firm", true) => say!(language, round.share_firm_desk).to_owned(),
        ("share_unreserved", _) => say!(language, round.share_unreserved).to_owned(),
        ("beyond_share", _) => say!(language, round.beyond_share).to_owned(),
        ("booked", _) => say!(language, round.booked).to_owned(),
        ("closed", _) => say!(language, round.closed).to_owned(),
        ("impossible", _) => say!(language, round.impossible).to_owned(),
        (other, _) => other.to_owned(),
    }
}
