//! What a firm agreed to beforehand: where its campaign may be moved without being asked.

use domain::{
    Interval, Second,
    booking::{Action, Status, transition},
};

use crate::usecase::booking::Loaded;

/// Where `booking` may be put at `now` by the rule of its plan window, half-open; `None`: nowhere. What is frozen or
/// runs stays, nothing is moved so near that it is frozen there, and nothing to before its materials are there.
pub(super) fn by_rule(booking: &Loaded, now: Second) -> Option<Interval> {
    transition(booking.status, Action::Move).ok()?;
    let plan = booking.plan.filter(|plan| !plan.is_frozen(booking.first_start(), now))?;
    let open = plan.open(now)?;
    Interval::new(open.start.max(ready(booking)), open.end)
}

/// Where `booking` may be put at `now` without asking anybody if it can't stay, half-open; `None`: nowhere. What isn't
/// confirmed yet stays inside the window that its client asked for, whatever it agreed to beyond that since: that was
/// for the very place. About what runs its owner is always asked.
pub(super) fn unasked(booking: &Loaded, now: Second) -> Option<Interval> {
    match booking.status {
        Status::Confirmed => by_rule(booking, now),
        Status::Held | Status::Requested => {
            let asked = booking.campaign.request.window;
            let from = asked.start.max(ready(booking)).max(now.div_euclid(60));
            booking.row.organisation.and_then(|_| Interval::new(from, asked.end))
        }
        _ => None,
    }
}

/// The minute from which its materials are there, as its client says; the first of all where it says nothing.
pub(super) fn ready(booking: &Loaded) -> i64 {
    booking.materials_there().unwrap_or(i64::MIN)
}
