//! People, their roles, and what they are told.

use super::say;
use crate::{contract::Role, language::Language};

/// The words for `role`.
#[must_use]
pub fn role(language: Language, role: Role) -> &'static str {
    match role {
        Role::CompanyAdmin => say!(language, office.roles.company_admin),
        Role::CompanyMember => say!(language, office.roles.company_member),
        Role::Operator => say!(language, office.roles.operator),
        Role::Qa => say!(language, office.roles.qa),
        Role::PlatformAdmin => say!(language, office.roles.platform_admin),
        Role::DistrictViewer => say!(language, office.roles.district_viewer),
        Role::DistrictAdmin => say!(language, office.roles.district_admin),
    }
}

/// The words for a notice of this kind.
#[must_use]
pub fn notice(language: Language, kind: &str) -> &'static str {
    match kind {
        "terms_changed" => say!(language, office.notice.terms_changed),
        "booking_held" => say!(language, office.notice.booking_held),
        "booking_requested" => say!(language, office.notice.booking_requested),
        "hazards_confirmed" => say!(language, office.notice.hazards_confirmed),
        "booking_confirmed" => say!(language, office.notice.booking_confirmed),
        "booking_declined" => say!(language, office.notice.booking_declined),
        "booking_withdrawn" => say!(language, office.notice.booking_withdrawn),
        "hold_given" => say!(language, office.notice.hold_given),
        "moved_by_rule" => say!(language, office.notice.moved_by_rule),
        "moved_as_agreed" => say!(language, office.notice.moved_as_agreed),
        "move_asked" => say!(language, office.notice.move_asked),
        "move_not_needed" => say!(language, office.notice.move_not_needed),
        "move_replaced" => say!(language, office.notice.move_replaced),
        "line_down" => say!(language, office.notice.line_down),
        "line_planned" => say!(language, office.notice.line_planned),
        "line_up" => say!(language, office.notice.line_up),
        "part_asked" => say!(language, office.notice.part_asked),
        "parted" => say!(language, office.notice.parted),
        "parted_off" => say!(language, office.notice.parted_off),
        "place_held" => say!(language, office.notice.place_held),
        "room_refused" => say!(language, office.notice.room_refused),
        "rescue_asked" => say!(language, office.notice.rescue_asked),
        "rescued" => say!(language, office.notice.rescued),
        "rescued_as_agreed" => say!(language, office.notice.rescued_as_agreed),
        "rescue_declined" => say!(language, office.notice.rescue_declined),
        "rescue_not_made" => say!(language, office.notice.rescue_not_made),
        "rescue_over" => say!(language, office.notice.rescue_over),
        "booking_stays" => say!(language, office.notice.booking_stays),
        "swap_asked" => say!(language, office.notice.swap_asked),
        "swapped" => say!(language, office.notice.swapped),
        "swap_not_made" => say!(language, office.notice.swap_not_made),
        "room_made" => say!(language, office.notice.room_made),
        "room_declined" => say!(language, office.notice.room_declined),
        "room_holds_full" => say!(language, office.notice.room_holds_full),
        "room_use_or_lose" => say!(language, office.notice.room_use_or_lose),
        "room_unverified" => say!(language, office.notice.room_unverified),
        "room_not_made" => say!(language, office.notice.room_not_made),
        "waiting_over" => say!(language, office.notice.waiting_over),
        "hold_expired" => say!(language, office.notice.hold_expired),
        "request_lapsed" => say!(language, office.notice.request_lapsed),
        "booking_moved" => say!(language, office.notice.booking_moved),
        "booking_cancelled" => say!(language, office.notice.booking_cancelled),
        "campaign_started" => say!(language, office.notice.campaign_started),
        "campaign_completed" => say!(language, office.notice.campaign_completed),
        "booking_closed" => say!(language, office.notice.booking_closed),
        "question_asked" => say!(language, office.notice.question_asked),
        "question_answered" => say!(language, office.notice.question_answered),
        "campaign_aborted" => say!(language, office.notice.campaign_aborted),
        "no_show" => say!(language, office.notice.no_show),
        "cleaning_left" => say!(language, office.notice.cleaning_left),
        "booked_for_you" => say!(language, office.notice.booked_for_you),
        "company_verified" => say!(language, office.notice.company_verified),
        "verification_withdrawn" => say!(language, office.notice.verification_withdrawn),
        "company_rejected" => say!(language, office.notice.company_rejected),
        "fee_reduced" => say!(language, office.notice.fee_reduced),
        "late_forgiven" => say!(language, office.notice.late_forgiven),
        "innovation_recorded" => say!(language, office.notice.innovation_recorded),
        "booking_affected" => say!(language, office.notice.booking_affected),
        "call_closed" => say!(language, office.notice.call_closed),
        "call_cancelled" => say!(language, office.notice.call_cancelled),
        "wish_placed" => say!(language, office.notice.wish_placed),
        "wish_moved" => say!(language, office.notice.wish_moved),
        "wish_taken_out" => say!(language, office.notice.wish_taken_out),
        "wish_outranked" => say!(language, office.notice.wish_outranked),
        "wish_share_firm" => say!(language, office.notice.wish_share_firm),
        "wish_share_unreserved" => say!(language, office.notice.wish_share_unreserved),
        "wish_booked" => say!(language, office.notice.wish_booked),
        "wish_impossible" => say!(language, office.notice.wish_impossible),
        _ => say!(language, office.notice.other),
    }
}
