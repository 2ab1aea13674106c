//! Where a booking that can't stay, or is to go for a cleaning, could go, whole or batch by batch.

use app::contract::{Failure, OptionView};
use domain::{
    Minute, Minutes, Second,
    availability::{self, Placement},
    booking::Status,
    request::Request,
    resolve::{parted::Parted, repair::Movable, rescue::Way},
    snapshot::Snapshot,
};
use uuid::Uuid;

use super::choice::Choice;
use crate::{
    state::AppState,
    store::Current,
    usecase::{
        booking::Loaded,
        ground,
        offer_key::OfferKey,
        place,
        repair::{Cause, Planned, Unwanted, declined_by_owner, rescue},
        words::word,
    },
};

/// Places farther away than anybody is asked to go, of which as many are shown.
const MOST_BEYOND: usize = 2;

/// By rule first, where that is agreed; then with its owner's consent, and then in parts. What its owner has declined
/// when it was asked for that `cause` comes last.
pub(super) async fn moves(
    state: &AppState,
    booking: &Loaded,
    (until, cause): (i64, Cause),
) -> Result<Vec<OptionView>, Failure> {
    let ground = ground::ground(state).await?;
    let now = state.clock.now();
    let declined = declined_by_owner(state.store.read(), (booking.row.id, cause)).await?;
    let mut options: Vec<OptionView> = Vec::new();
    let mut found = Vec::new();
    for by_rule in [true, false] {
        if let Some(one) = rescue::stranded(state, booking, (by_rule, until)).await? {
            let ways = rescue::ways(&ground, &one, now, declined.len()).await?;
            found.push((one, ways));
        }
    }
    if let Some(one) = rescue::underway(state, booking, until).await? {
        let ways = rescue::ways_on(&ground, &one, now, declined.len()).await?;
        found.push((one, ways));
    }
    for (one, ways) in found {
        for option in shown(&ground, booking, (&one, ways), (declined.as_slice(), now)) {
            if options.iter().all(|known| known.key != option.key) {
                options.push(option);
            }
        }
    }
    // What can stay goes whole or not at all.
    if cause == Cause::Rescue
        && let Some(one) = rescue::divisible(state, booking, until).await?
        && let Some(parts) = rescue::parts(&ground, &one, booking, now).await?
    {
        let mut freed = (*ground.snapshot).clone();
        freed.release(&one.held);
        options.extend(part(&ground, booking, (&one, freed, now), (parts, declined.as_slice())));
    }
    options.sort_by_key(|option| option.declined);
    Ok(options)
}

/// Where it could go farther away than its platform's policy has anybody asked to move, nearest first: its owner must
/// agree to each.
pub(super) async fn beyond(
    state: &AppState,
    booking: &Loaded,
    until: i64,
) -> Result<Vec<OptionView>, Failure> {
    let Some(one) = rescue::farther(state, booking, until).await? else { return Ok(Vec::new()) };
    let (ground, now) = (ground::ground(state).await?, state.clock.now());
    let of_owner = (booking.row.id, Cause::Rescue);
    let declined = declined_by_owner(state.store.read(), of_owner).await?;
    let ways = rescue::ways(&ground, &one, now, declined.len()).await?;
    let options = shown(&ground, booking, (&one, ways), (declined.as_slice(), now));
    // What its owner has agreed to beforehand was found by rule.
    let options = options.into_iter().filter(|option| !option.asks.is_empty());
    let mut options: Vec<_> = options.map(|option| OptionView { beyond: true, ..option }).collect();
    options.sort_by_key(|option| option.declined);
    options.truncate(MOST_BEYOND);
    Ok(options)
}

/// These ways as they are told.
fn shown(
    ground: &Current,
    booking: &Loaded,
    (one, ways): (&Movable, Vec<Way>),
    (declined, now): (&[Unwanted], Second),
) -> Vec<OptionView> {
    let mut freed = (*ground.snapshot).clone();
    freed.release(&one.held);
    // What has begun was set up for.
    let begun = if booking.status == Status::Running { now.div_euclid(60) } else { Minute::MIN };
    let view = |way: Way| {
        let place = way.offer.placement.clone();
        let plan = rescue::planned(&ground.catalogue, booking, place, now)?;
        let asks = plan.moves.iter().any(|one| one.agreed);
        let unwanted = is_unwanted(&plan, declined);
        Some(OptionView {
            key: Choice::Move(OfferKey::of(&way.offer)).encode(),
            kind: word(way.kind),
            steps: place::steps(&ground.catalogue, &way.offer.placement),
            shift_minutes: way.shift,
            price_fen: way.offer.price_fen,
            changeover_minutes: changeover_from(&freed, &one.request, &way.offer.placement, begun),
            asks: booking.company.iter().filter(|_| asks).cloned().collect(),
            declined: unwanted,
            needs_reason: unwanted && asks,
            ..OptionView::default()
        })
    };
    ways.into_iter().filter_map(view).collect()
}

/// Whether it asks for what the owner has said no to.
pub(super) fn is_unwanted(plan: &Planned, declined: &[Unwanted]) -> bool {
    plan.moves.iter().any(|one| declined.contains(&Unwanted::of(one)))
}

fn part(
    ground: &Current,
    booking: &Loaded,
    (divisible, mut ahead, now): (&Movable, Snapshot, Second),
    (parts, declined): (Parted, &[Unwanted]),
) -> Option<OptionView> {
    let Parted { stays, goes, shift, .. } = parts;
    let places = [&stays.offer.placement, &goes.offer.placement];
    let plan = rescue::planned_parts(&ground.catalogue, booking, stays.batches, places.map(Clone::clone))?;
    let unwanted = is_unwanted(&plan, declined);
    let one = Request { batches: stays.batches, ..divisible.request.clone() };
    let other = Request { batches: goes.batches, ..divisible.request.clone() };
    let (from, counts) = (Some(&divisible.placement), [stays.batches, goes.batches]);
    let before = changeover(&ahead, &one, places[0]);
    ahead.put(&one, places[0], now).ok()?;
    Some(OptionView {
        key: Choice::Part(stays.batches, [OfferKey::of(&stays.offer), OfferKey::of(&goes.offer)]).encode(),
        kind: "part".into(),
        steps: place::steps(&ground.catalogue, places[1]),
        parted: Some(place::parted(&ground.catalogue, from, counts, places, None)),
        shift_minutes: shift,
        price_fen: stays.offer.price_fen.saturating_add(goes.offer.price_fen),
        changeover_minutes: before + changeover(&ahead, &other, places[1]),
        asks: booking.company.iter().cloned().collect(),
        declined: unwanted,
        needs_reason: unwanted,
        ..OptionView::default()
    })
}

/// The least set-up before each step on its line, summed.
pub(super) fn changeover(freed: &Snapshot, request: &Request, place: &Placement) -> Minutes {
    changeover_from(freed, request, place, Minute::MIN)
}

/// The same of the steps that begin later than at `from`.
fn changeover_from(freed: &Snapshot, request: &Request, place: &Placement, from: Minute) -> Minutes {
    let rows = availability::rows(freed, request, place, None, &mut || domain::OccupancyId(Uuid::nil()));
    let before = |row: &domain::occupancy::Occupancy| {
        let line = freed.lines.get(&row.line)?;
        let ahead = line.rows().iter().rev().find(|other| other.interval.end <= row.interval.start)?;
        let needs = row.needs?;
        let relation = domain::changeover::Relation::between(row.product, ahead.product);
        let cell =
            line.matrix.cells.iter().find(|cell| {
                cell.leaves == ahead.leaves && cell.needs == needs && cell.relation == relation
            })?;
        Some(cell.changeover.minimum())
    };
    rows.unwrap_or_default().iter().filter(|row| row.interval.start > from).filter_map(before).sum()
}
