//! One booking on one screen, for the platform that runs it.

use app::contract::{Failure, RequestDesk};
use domain::{
    Interval,
    booking::Status,
    calendar::{DAY, day_start, plant_day},
};
use uuid::Uuid;

use super::{
    super::{
        Caller,
        booking::{self, Side},
        bookings, cut_short,
        ground::ground,
    },
    board, checks,
};
use crate::state::AppState;

/// Days shown of the lines before the campaign's first week, and after its last.
const AROUND: i64 = 7;
/// Days shown at most: campaigns of many weeks are shown by their beginning.
const LONGEST: i64 = 35;

/// Everything about a booking of the caller's platform: itself, its history, what was checked, and its lines around it.
///
/// # Errors
/// [`Failure::Unauthenticated`]; [`Failure::Forbidden`] for whoever isn't of a platform; [`Failure::NotFound`] for
/// another platform's.
pub async fn request(state: &AppState, caller: &Caller, id: Uuid) -> Result<RequestDesk, Failure> {
    caller.member()?.platform().ok_or(Failure::Forbidden)?;
    let (found, member, side) = booking::visible(state, caller, id).await?;
    if side != Side::Platform {
        return Err(Failure::NotFound);
    }
    let ground = ground(state).await?;
    let now = state.clock.now();
    // In the order of its steps.
    let mut lines = Vec::new();
    for piece in &found.steps {
        if !lines.contains(&piece.line) {
            lines.push(piece.line);
        }
    }
    let around = around(&found);
    let boards = match around {
        Some(around) => board::boards(state, &ground, &lines, around).await?,
        None => Vec::new(),
    };
    let frees = match found.status {
        Status::Running => cut_short::foreseen(&ground.snapshot, &found, now),
        _ => Vec::new(),
    };
    Ok(RequestDesk {
        checks: checks::checks(state, &ground, &found).await?,
        history: bookings::whole_history(state, caller, id).await?,
        hazard_note: found.campaign.hazard_note.clone(),
        boards,
        frees: cut_short::views(&ground.catalogue, &frees),
        booking: booking::view(&ground.catalogue, &found, member, side, now),
    })
}

/// Whole plant weeks from Monday around the campaign.
fn around(booking: &booking::Loaded) -> Option<Interval> {
    let start = booking.steps.iter().map(|step| step.interval.start).min()?;
    let end = booking.steps.iter().map(|step| step.interval.end).max()?;
    // Day 0 was a Thursday.
    let monday = |day: i64| day - (day + 3).rem_euclid(7);
    let first = monday(plant_day(start) - AROUND / 2);
    let last = (monday(plant_day(end - 1) + AROUND / 2) + 7).min(first + LONGEST);
    Interval::new(day_start(first), day_start(first) + (last - first) * DAY)
}
