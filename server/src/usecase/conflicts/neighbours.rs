//! A cleaning that can't go yet: which campaign beside it could go elsewhere, so that it can.

use app::contract::{CleaningView, Failure, OptionView};
use domain::{
    BookingId, Interval, LineId, Minute, OccupancyId, Second, availability,
    booking::{Action, transition},
    calendar::{DAY, day_start, plant_day},
    occupancy::{Kind, Occupancy},
    request::Request,
    resolve::repair::{Movable, verify_moves},
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{choice::Choice, moves::moves};
use crate::{
    state::AppState,
    store::{Current, StoreError, statement},
    usecase::{
        booking::{self, Loaded},
        cleanings, ground, moving,
        offer_key::OfferKey,
        repair::{Cause, Gap, already_asked, placement},
    },
};

/// The moves of a campaign before or behind it after which the cleaning can be removed. It can stay where it is: what
/// has begun does, whoever is asked about something else isn't asked for this, and nobody is asked on the day on which
/// it begins or would.
pub(super) async fn options(state: &AppState, cleaning: &CleaningView) -> Result<Vec<OptionView>, Failure> {
    let (ground, now) = (ground::ground(state).await?, state.clock.now());
    let asked = already_asked(state.store.read()).await?;
    let tomorrow = day_start(plant_day(now.div_euclid(60))) + DAY;
    let mut options = Vec::new();
    for neighbour in beside(state, &ground, cleaning).await? {
        if asked.contains(&neighbour.row.id) || !can_go(&neighbour, now) {
            continue;
        }
        for option in moves(state, &neighbour, (0, Cause::Cleaning)).await? {
            let Some(Choice::Move(place)) = Choice::decode(&option.key) else { continue };
            let first = place.steps.iter().map(|(_, start)| *start).min().unwrap_or(Minute::MIN);
            if !option.asks.is_empty() && first.min(neighbour.first_start()) < tomorrow {
                continue;
            }
            if lets_go(state, &ground, (&neighbour, &place), cleaning).await? {
                let reference = Some(neighbour.row.reference.clone());
                let key = Choice::Neighbour(neighbour.row.id, place).encode();
                options.push(OptionView { key, reference, ..option });
            }
        }
    }
    options.sort_by_key(|option| option.declined);
    Ok(options)
}

/// The cleaning as a campaign would go for it.
pub(super) fn gap(cleaning: &CleaningView) -> Gap {
    Gap {
        id: OccupancyId(cleaning.id),
        line: LineId(cleaning.line),
        interval: Interval { start: cleaning.start.minute(), end: cleaning.end.minute() },
    }
}

/// Whether it may still be moved, and hasn't begun.
fn can_go(neighbour: &Loaded, now: Second) -> bool {
    transition(neighbour.status, Action::Move).is_ok() && neighbour.first_start() * 60 > now
}

/// Whether `booking` stands next to the cleaning.
pub(super) async fn is_beside(
    state: &AppState,
    cleaning: &CleaningView,
    booking: Uuid,
) -> Result<bool, Failure> {
    let ground = ground::ground(state).await?;
    Ok(beside(state, &ground, cleaning).await?.iter().any(|neighbour| neighbour.row.id == booking))
}

/// The campaigns next to it on its line: closures and other cleanings are passed over.
async fn beside(state: &AppState, ground: &Current, cleaning: &CleaningView) -> Result<Vec<Loaded>, Failure> {
    let Some(line) = ground.snapshot.lines.get(&LineId(cleaning.line)) else { return Ok(Vec::new()) };
    let is_campaign = |row: &&Occupancy| row.kind == Kind::Campaign;
    let from = cleaning.start.minute();
    let rows = line.rows();
    let before = rows.iter().rev().filter(|row| row.interval.start < from).find(is_campaign);
    let behind = rows.iter().filter(|row| row.interval.start > from).find(is_campaign);
    let mut found: Vec<Loaded> = Vec::new();
    for row in before.into_iter().chain(behind) {
        let booking = match booking_of(state, row.id).await? {
            Some(id) => booking::load(state.store.read(), id).await?,
            None => None,
        };
        found.extend(booking.filter(|one| found.iter().all(|known| known.row.id != one.row.id)));
    }
    Ok(found)
}

async fn booking_of(state: &AppState, row: OccupancyId) -> Result<Option<Uuid>, StoreError> {
    let read = state.store.read();
    let sql = "SELECT booking FROM step WHERE occupancy = ? AND live IS NOT NULL";
    let found = read.query_one_raw(statement(read, sql, [row.0.into()])).await?;
    Ok(found.map(|row| row.try_get("", "booking")).transpose()?)
}

/// Whether `neighbour` leaves no cleaning of its own when it goes to `place`, and nothing takes this one's place once
/// it is removed then.
async fn lets_go(
    state: &AppState,
    ground: &Current,
    (neighbour, place): (&Loaded, &OfferKey),
    cleaning: &CleaningView,
) -> Result<bool, Failure> {
    let (request, now) = (&neighbour.campaign.request, state.clock.now());
    let to = availability::place(&ground.snapshot, request, place.route, &place.steps);
    let from = placement(neighbour);
    let Some((to, from)) = to.ok().zip(from) else { return Ok(false) };
    let Some(window) = to.span() else { return Ok(false) };
    let movable = Movable {
        booking: BookingId(neighbour.row.id),
        request: Request { window, ..request.clone() },
        placement: from,
        held: moving::held(state.store.read(), neighbour).await?,
        needs_consent: false,
    };
    let mut after = (*ground.snapshot).clone();
    after.release(&movable.held);
    let is_granted = verify_moves(&ground.snapshot, &[(&movable, &to)], false, now).is_ok()
        && after.put(&movable.request, &to, now).is_ok();
    let line = after.lines.get(&LineId(cleaning.line)).filter(|_| is_granted);
    let row = line.and_then(|line| Some((line, line.row(OccupancyId(cleaning.id))?)));
    Ok(row.is_some_and(|(line, row)| cleanings::removable(line, row)))
}
