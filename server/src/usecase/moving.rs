//! A booking that is to move: what it holds now counts as free for itself.

use app::contract::{Failure, OfferQuery, OfferView, RefusalView, field};
use domain::{
    Interval, LineId, OccupancyId, PlatformId, PoolId, Second,
    availability::{self, Offer, Placement},
    booking::Status,
    calendar::{DAY, day_start, plant_day},
    request::Request,
    snapshot::Snapshot,
    supposed::Held,
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    Member,
    booking::{self, Loaded, Side},
    refusal::second,
};
use crate::{
    state::AppState,
    store::{StoreError, queries::marks, statement},
};

/// The booking that `query` is to move, if it names one, and from which side the member sees it.
///
/// # Errors
/// [`Failure::Invalid`] if the member may not see that booking.
pub(crate) async fn asked_for(
    state: &AppState,
    member: Option<&Member>,
    query: &OfferQuery,
) -> Result<Option<(Loaded, Side)>, Failure> {
    let Some(id) = query.moving else { return Ok(None) };
    let unknown = || field::unknown("moving", &id.to_string());
    let member = member.ok_or_else(unknown)?;
    let found = booking::load(state.store.read(), id).await?;
    let booking = found.ok_or_else(unknown)?;
    let side = booking::side(member, &booking.row).map_err(|_| unknown())?;
    Ok(Some((booking, side)))
}

/// The campaign of `booking` in the window of `asked`.
pub(crate) fn campaign_in(booking: &Loaded, asked: Request) -> Request {
    Request {
        window: asked.window,
        platform: Some(PlatformId(booking.row.platform)),
        ..booking.campaign.request.clone()
    }
}

/// Whether `side` may move the booking only inside the window that its client asked for: a platform, as long as it
/// isn't confirmed.
pub(crate) fn is_bound(booking: &Loaded, side: Side) -> bool {
    let undecided = matches!(booking.status, Status::Held | Status::Requested);
    side == Side::Platform && undecided && booking.row.organisation.is_some()
}

/// `request` for the places to which `side` may move the booking.
///
/// # Errors
/// [`Failure::Refused`] with the reason `outside_asked` if its window has none of them.
pub(crate) fn open_to(booking: &Loaded, side: Side, request: Request) -> Result<Request, Failure> {
    if !is_bound(booking, side) {
        return Ok(request);
    }
    let asked = booking.campaign.request.window;
    let outside = || {
        let refusal = RefusalView::named("outside_asked");
        let refusal = refusal.with("earliest", second(asked.start.saturating_mul(60)));
        Failure::Refused { refusal: refusal.with("latest_end", second(asked.end.saturating_mul(60))) }
    };
    let window = request.window.intersection(asked).ok_or_else(outside)?;
    Ok(Request { window, ..request })
}

/// Whether a place is the very one that the booking has.
pub(crate) fn stands_at(booking: &Loaded, place: &Placement) -> bool {
    is_of(booking, place.route.0, place.steps.iter().map(|step| (step.line, step.interval)))
}

/// The same of a place as it is shown.
pub(crate) fn is_shown_at(booking: &Loaded, offer: &OfferView) -> bool {
    let steps = offer.steps.iter();
    let steps = steps
        .map(|step| (LineId(step.line), Interval { start: step.start.minute(), end: step.end.minute() }));
    is_of(booking, offer.route, steps)
}

fn is_of(booking: &Loaded, route: Uuid, steps: impl Iterator<Item = (LineId, Interval)>) -> bool {
    booking.row.route == route && booking.live().map(|piece| (piece.line, piece.interval)).eq(steps)
}

/// The first place on a later day than the present one in the same stretch of its line, of which search tells the
/// first alone.
pub(crate) fn behind(booking: &Loaded, snapshot: &Snapshot, request: &Request, now: Second) -> Option<Offer> {
    let first = booking.live().next()?;
    let later = day_start(plant_day(first.interval.start)) + DAY;
    availability::around(snapshot, request, later, now).iter().find(|offer| {
        let start = offer.placement.steps.first();
        offer.placement.route.0 == booking.row.route
            && start.is_some_and(|step| step.line == first.line && step.interval.start >= later)
    })
}

/// `snapshot` without the rows and claims of `booking`: the kernel then takes them as free, and carries what lies
/// behind them right.
pub(crate) async fn free(
    connection: &impl ConnectionTrait,
    snapshot: &Snapshot,
    booking: &Loaded,
) -> Result<Snapshot, StoreError> {
    let mut freed = snapshot.clone();
    freed.release(&held(connection, booking).await?);
    Ok(freed)
}

/// What `booking` holds of lines and pools.
pub(crate) async fn held(connection: &impl ConnectionTrait, booking: &Loaded) -> Result<Held, StoreError> {
    let rows: Vec<(LineId, OccupancyId)> =
        booking.live().map(|piece| (piece.line, piece.occupancy)).collect();
    if rows.is_empty() {
        return Ok(Held::default());
    }
    let sql =
        format!("SELECT pool, starts_at, amount FROM pool_claim WHERE occupancy IN ({})", marks(rows.len()));
    let ids = rows.iter().map(|(_, row)| row.0.into());
    let mut claims = Vec::new();
    for row in connection.query_all_raw(statement(connection, &sql, ids)).await? {
        let amount = u32::try_from(row.try_get::<i64>("", "amount")?).unwrap_or(0);
        claims.push((PoolId(row.try_get("", "pool")?), row.try_get("", "starts_at")?, amount));
    }
    Ok(Held { rows, claims })
}
