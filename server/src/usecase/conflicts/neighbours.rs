//! A cleaning that can't go yet: which campaign beside it could go elsewhere, so that it can.

use app::contract::{CleaningView, Failure, OptionView};
use domain::{
    LineId, OccupancyId, availability,
    occupancy::{Kind, Occupancy},
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
        repair::already_asked,
    },
};

/// The moves of a campaign before or behind it after which the cleaning can be removed. Whoever is asked about
/// something else isn't asked for this.
pub(super) async fn options(state: &AppState, cleaning: &CleaningView) -> Result<Vec<OptionView>, Failure> {
    let ground = ground::ground(state).await?;
    let asked = already_asked(state.store.read()).await?;
    let mut options = Vec::new();
    for neighbour in beside(state, &ground, cleaning).await? {
        if asked.contains(&neighbour.row.id) {
            continue;
        }
        for option in moves(state, &neighbour, 0).await? {
            let Some(Choice::Move(place)) = Choice::decode(&option.key) else { continue };
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

/// Whether nothing takes the cleaning's place once `neighbour` is at `place` and the cleaning is removed.
async fn lets_go(
    state: &AppState,
    ground: &Current,
    (neighbour, place): (&Loaded, &OfferKey),
    cleaning: &CleaningView,
) -> Result<bool, Failure> {
    let request = &neighbour.campaign.request;
    let mut after = (*ground.snapshot).clone();
    after.release(&moving::held(state.store.read(), neighbour).await?);
    let put = availability::place(&ground.snapshot, request, place.route, &place.steps)
        .and_then(|place| after.put(request, &place, state.clock.now()));
    let line = after.lines.get(&LineId(cleaning.line)).filter(|_| put.is_ok());
    let row = line.and_then(|line| Some((line, line.row(OccupancyId(cleaning.id))?)));
    Ok(row.is_some_and(|(line, row)| cleanings::removable(line, row)))
}
