//! What was just done, and what comes next: at the top of the page that follows.

use leptos::prelude::*;

use super::next_request::NextRequest;
use crate::{
    contract::Instant,
    deed::Deed,
    language::Language,
    request::{use_language, use_link},
    words::{deadline, moment, say, span, yuan},
};

#[component]
pub fn Told(
    deed: Deed,
    /// Whether the reader is brought here: what is there from the beginning, browsers don't read out by themselves.
    #[prop(default = true)]
    focus: bool,
    /// What the deed came to, where figures tell of that.
    #[prop(optional)]
    figures: Vec<u32>,
) -> impl IntoView {
    let language = use_language();
    let words = match (deed, figures.as_slice()) {
        (Deed::BothHeld, [until]) => both_held(language, *until),
        (Deed::Moved, [fee, start]) => moved(language, *fee, *start),
        (Deed::Cancelled, [fee]) => cancelled(language, *fee),
        (Deed::Finished, freed @ [_, ..]) => finished(language, freed),
        (Deed::BrokenOff, freed @ [_, ..]) => broken_off(language, freed),
        (Deed::FilledIn, [missing, tells]) => filled_in(language, *missing, *tells > 0),
        (Deed::InnovationRecorded, [score]) => {
            say!(language, done.innovation_recorded_as, score = *score).to_string()
        }
        (Deed::LineDown, [hit, moved, asked, left]) => down(language, [*hit, *moved, *asked, *left]),
        (Deed::WorkAnnounced, [hit, moved, asked, left]) => {
            announced(language, [*hit, *moved, *asked, *left])
        }
        (Deed::Booked, [0]) => say!(language, done.booked_whole).to_owned(),
        (Deed::OwnersAsked, [until]) => {
            let until = deadline(language, Instant::from_minute(i64::from(*until)));
            say!(language, done.owners_asked_until, until = until).to_string()
        }
        (Deed::SetupBroke, [1]) => say!(language, done.setup_broke_count_one).to_owned(),
        (Deed::SetupBroke, [count]) => say!(language, done.setup_broke_count, count = *count).to_string(),
        _ => words(language, deed).to_owned(),
    };
    // Whoever decides goes on from one to the next, and not by the queue each time.
    let next = deed.decides().then(|| view! { " " <NextRequest /> });
    let desk = (deed == Deed::SetupBroke).then(|| {
        view! { " " <a href=use_link("/desk/conflicts")>{say!(language, conflict.page)}</a> }
    });
    view! {
        <p class="note good told" role="status" tabindex="-1" autofocus=focus>{words} {next} {desk}</p>
    }
}

/// Until when both runs of a split are held, in minutes.
fn both_held(language: Language, until: u32) -> String {
    let until = deadline(language, Instant::from_minute(i64::from(until)));
    say!(language, done.both_held_until, until = until).to_string()
}

/// Where a campaign stands now, and what moving it there cost, in fen.
fn moved(language: Language, fee: u32, start: u32) -> String {
    let when = moment(language, Instant::from_minute(i64::from(start)));
    match fee {
        0 => say!(language, done.moved_free, when = when).to_string(),
        fee => say!(language, done.moved_fee, when = when, fee = yuan(i64::from(fee))).to_string(),
    }
}

/// What leaving cost, in fen.
fn cancelled(language: Language, fee: u32) -> String {
    match fee {
        0 => say!(language, done.cancelled_free).to_owned(),
        fee => say!(language, done.cancelled_fee, fee = yuan(i64::from(fee))).to_string(),
    }
}

/// That a request is filled in, whether anybody else is told so, and whether it lacks anything still.
fn filled_in(language: Language, missing: u32, tells: bool) -> String {
    let first = if tells { say!(language, done.filled_in) } else { say!(language, done.filled_in_own) };
    let second = match missing {
        0 => say!(language, done.filled_in_whole),
        _ => say!(language, done.filled_in_lacks),
    };
    say!(language, term.sentences, first = first, second = second).to_string()
}

/// What finishing before the planned end freed.
fn finished(language: Language, freed: &[u32]) -> String {
    say!(language, done.finished_early, when = spans(language, freed)).to_string()
}

/// What breaking off freed.
fn broken_off(language: Language, freed: &[u32]) -> String {
    say!(language, done.broken_off_early, when = spans(language, freed)).to_string()
}

/// The minutes from which and until which something is free again, step by step.
fn spans(language: Language, freed: &[u32]) -> String {
    let minute = |minute: u32| Instant::from_minute(i64::from(minute));
    let spans = freed.chunks(2).filter_map(|ends| match ends {
        [from, until] => Some(span(language, minute(*from), minute(*until))),
        _ => None,
    });
    spans.collect::<Vec<_>>().join(say!(language, campaign.and))
}

/// What an outage hit, and what has been done for them.
fn down(language: Language, [hit, moved, asked, left]: [u32; 4]) -> String {
    match hit {
        0 => say!(language, done.line_down_nothing).to_owned(),
        hit => say!(language, done.line_down_hit, hit = hit, moved = moved, asked = asked, left = left)
            .to_string(),
    }
}

/// What planned work will hit, and what has been done for them.
fn announced(language: Language, [hit, moved, asked, left]: [u32; 4]) -> String {
    match hit {
        0 => say!(language, done.work_announced).to_owned(),
        hit => {
            say!(language, done.work_hit, hit = hit, moved = moved, asked = asked, left = left).to_string()
        }
    }
}

fn words(language: Language, deed: Deed) -> &'static str {
    match deed {
        Deed::BothHeld => say!(language, done.both_held),
        Deed::RequestSent => say!(language, done.request_sent),
        Deed::RequestConfirmed => say!(language, done.request_confirmed),
        Deed::Moved => say!(language, done.moved),
        Deed::Cancelled => say!(language, done.cancelled),
        Deed::Withdrawn => say!(language, done.withdrawn),
        Deed::HazardsConfirmed => say!(language, done.hazards_confirmed),
        Deed::HazardsConfirmedAll => say!(language, done.hazards_confirmed_all),
        Deed::HazardsRecalled => say!(language, done.hazards_recalled),
        Deed::FilledIn => say!(language, done.filled_in),
        Deed::Approved => say!(language, done.approved),
        Deed::Declined => say!(language, done.declined),
        Deed::AskedBack => say!(language, done.asked_back),
        Deed::Started => say!(language, done.started),
        Deed::Finished => say!(language, done.finished),
        Deed::Closed => say!(language, done.closed),
        Deed::NoShow => say!(language, done.no_show),
        Deed::BrokenOff => say!(language, done.broken_off),
        Deed::Booked => say!(language, done.booked),
        Deed::LineClosed => say!(language, done.line_closed),
        Deed::ClosureShortened => say!(language, done.closure_shortened),
        Deed::ClosureOver => say!(language, done.closure_over),
        Deed::CleaningRemoved => say!(language, done.cleaning_removed),
        Deed::LineDown => say!(language, done.line_down),
        Deed::WorkAnnounced => say!(language, done.work_announced),
        Deed::OutageChanged => say!(language, done.outage_changed),
        Deed::ConflictResolved => say!(language, done.conflict_resolved),
        Deed::ProposalWithdrawn => say!(language, done.proposal_withdrawn),
        Deed::OwnersAsked => say!(language, done.owners_asked),
        Deed::SetupBroke => say!(language, done.setup_broke),
        Deed::Settled => say!(language, done.settled),
        Deed::Forgiven => say!(language, done.forgiven),
        Deed::CompanyVerified => say!(language, done.company_verified),
        Deed::CompanyTurnedAway => say!(language, done.company_turned_away),
        Deed::InnovationRecorded => say!(language, done.innovation_recorded),
        Deed::InnovationCleared => say!(language, done.innovation_cleared),
        Deed::SubmittedAgain => say!(language, done.submitted_again),
        Deed::CallOpened => say!(language, done.call_opened),
        Deed::Scored => say!(language, done.scored),
        Deed::Decided => say!(language, done.decided),
        Deed::Adjusted => say!(language, done.adjusted),
        Deed::Published => say!(language, done.published),
        Deed::CallCancelled => say!(language, done.call_cancelled),
        Deed::WishHandedIn => say!(language, done.wish_handed_in),
        Deed::WishChanged => say!(language, done.wish_changed),
        Deed::WishWithdrawn => say!(language, done.wish_withdrawn),
        Deed::Waits => say!(language, done.waits),
        Deed::WaitsNoMore => say!(language, done.waits_no_more),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_paid_for_is_told_with_its_fee() {
        let language = Language::en;
        // 00:00 in UTC is 08:00 at the plant.
        let told = moved(language, 750_000, 29_779_200);
        assert!(told.contains("¥7,500") && told.contains("08:00"), "{told}");
        assert!(!moved(language, 0, 29_779_200).contains('¥'));
        let told = both_held(language, 29_779_200);
        assert!(told.contains("08:00") && told.contains("both requests"), "{told}");
        let told = finished(language, &[29_779_200, 29_779_260, 29_779_200, 29_779_320]);
        assert!(told.contains("08:00 – 09:00, ") && told.contains("08:00 – 10:00"), "{told}");
        let told = broken_off(language, &[29_779_200, 29_779_260]);
        assert!(told.contains("08:00 – 09:00") && told.contains("Broken off"), "{told}");
        let told = announced(language, [2, 1, 1, 0]);
        assert!(told.contains("announced") && told.contains('2') && !told.contains("outage"), "{told}");
        let (whole, lacking) = (filled_in(language, 0, true), filled_in(language, 2, false));
        assert!(whole.contains("told") && whole.contains("Nothing is missing"), "{whole}");
        assert!(!lacking.contains("told") && lacking.contains("shown below"), "{lacking}");
        assert!(cancelled(language, 3_950_000).contains("¥39,500") && !cancelled(language, 0).contains('¥'));
    }
}
