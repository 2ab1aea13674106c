//! The bookings that may be moved, and those that may be asked to.

use std::collections::{BTreeMap, BTreeSet};

use app::contract::Failure;
use domain::{
    BookingId, Interval, LineId, Minutes, OccupancyId, OrganisationId, PlatformId, PoolId, RouteId, Second,
    availability::{PlacedStep, Placement},
    booking::Status,
    calendar::{DAY, day_start, plant_day},
    request::Request,
    resolve::repair::Movable,
    supposed::Held,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{agreed::by_rule, own_moves::OwnMove, room_moves::Spared};
use crate::{
    state::AppState,
    store::{Current, StoreError, queries::marks, statement, tables},
    usecase::{
        booking::{self, Loaded},
        ground,
    },
};

/// Bookings looked at.
const MOST: usize = 500;
/// So far beyond the window somebody may be whom a chain of moves reaches.
const BEYOND: i64 = 60 * DAY;

/// Who may be moved or asked.
pub(crate) struct Movables {
    pub all: Vec<Movable>,
    /// Those about whom somebody asks already: nobody is asked twice at once.
    pub busy: Vec<Movable>,
    /// Those that could be moved by rule, hadn't they been moved for others lately.
    pub lately: Vec<Movable>,
    /// Those whose owners could be asked, hadn't they been lately, or agreed in vain: nobody is told of them.
    pub unasked: Vec<Movable>,
    /// The bookings among them that are the asker's own.
    pub own: BTreeSet<BookingId>,
    /// Those of them that the asker could move for nothing by itself, where it makes room for itself.
    pub own_moves: BTreeMap<BookingId, OwnMove>,
    /// Those that are a platform's own production: it is the platform that is asked about them.
    pub of_platform: BTreeSet<BookingId>,
    /// Whether these are all, and not too many to look at.
    pub are_whole: bool,
}

/// The bookings on the platforms that could serve `request`. `asker`'s own are moved by rule only. `spares`: what was
/// moved lately for a firm's hold is left alone, as by a firm that wants a hold, and so are its own campaigns that it
/// couldn't move for nothing by itself; for a platform they aren't.
pub(crate) async fn movables(
    state: &AppState,
    ground: &Current,
    request: &Request,
    (asker, spares): (OrganisationId, bool),
) -> Result<Movables, Failure> {
    let now = state.clock.now();
    let read = state.store.read();
    let near = near(read, &lines(ground, request), request.window, now).await?;
    let asked = already_asked(read).await?;
    let mut loaded = Vec::new();
    for ids in near.chunks(100) {
        let rows = tables::booking::Entity::find()
            .filter(tables::booking::Column::Id.is_in(ids.iter().copied()))
            .all(read)
            .await
            .map_err(StoreError::from)?;
        loaded.extend(booking::load_many(read, rows).await?);
    }
    let claims = claims(read, &loaded).await?;
    let reach = |one: &Loaded| ground::policy(&ground.catalogue, PlatformId(one.row.platform)).ask_reach;
    let is_own = |one: &&Loaded| spares && one.row.organisation == Some(asker.0);
    let mine: Vec<&Loaded> = loaded.iter().filter(is_own).collect();
    let (mut own_moves, mut fixed) = (BTreeMap::new(), BTreeSet::new());
    for one in mine {
        let id = BookingId(one.row.id);
        match OwnMove::of(read, &ground.catalogue, one, now).await? {
            Some(own) => {
                own_moves.insert(id, own);
            }
            None => {
                fixed.insert(id);
            }
        }
    }
    let all = loaded.iter().filter(|one| !fixed.contains(&BookingId(one.row.id)));
    let all = all.flat_map(|one| ways(one, &claims, (asker, reach(one)), now));
    let (busy, all): (Vec<Movable>, Vec<Movable>) = all.partition(|one| asked.contains(&one.booking.0));
    let spared = if spares { Spared::of(read, now).await? } else { Spared::default() };
    let (lately, all): (Vec<Movable>, Vec<Movable>) =
        all.into_iter().partition(|one| !one.needs_consent && spared.moved_lately(one.booking.0));
    let (unasked, all) = all.into_iter().partition(|one| one.needs_consent && spared.unasked(one.booking.0));
    let those = |whose: Option<Uuid>| -> BTreeSet<BookingId> {
        let all = loaded.iter().filter(|one| one.row.organisation == whose);
        all.map(|one| BookingId(one.row.id)).collect()
    };
    let (own, of_platform) = (those(Some(asker.0)), those(None));
    let are_whole = near.len() < MOST;
    Ok(Movables { all, busy, lately, unasked, own, own_moves, of_platform, are_whole })
}

/// Where and how a booking may move now, if at all: by rule, and up to `reach` from where it is if its owner is asked,
/// which of a platform's own production is the platform. Of what has a plan window that is beyond it, or because it is
/// frozen.
fn ways(
    booking: &Loaded,
    claims: &BTreeMap<OccupancyId, Vec<(PoolId, i64, u32)>>,
    (asker, reach): (OrganisationId, Minutes),
    now: Second,
) -> Vec<Movable> {
    let Some((placement, span)) = placement(booking).and_then(|place| Some((place.clone(), place.span()?)))
    else {
        return Vec::new();
    };
    let until = match booking.status {
        Status::Held => booking.row.hold_expires_at,
        Status::Requested => booking.row.reply_by,
        Status::Confirmed => None,
        _ => return Vec::new(),
    };
    if span.start * 60 <= now || until.is_some_and(|until| until <= now) {
        return Vec::new();
    }
    let by_rule = by_rule(booking, now).map(|window| (window, false));
    // Its owner can be asked, once it wants more of it than a hold, until the day on which it begins: answers count up
    // to the midnight before all that is concerned.
    let tomorrow = day_start(plant_day(now.div_euclid(60)) + 1);
    let is_others = booking.row.organisation != Some(asker.0);
    let asked = is_others && booking.status != Status::Held && span.start >= tomorrow;
    let from = (span.start - reach).max(tomorrow);
    let asked = asked.then(|| (Interval { start: from, end: span.end + reach }, true));
    let rows: Vec<(LineId, OccupancyId)> =
        booking.live().map(|piece| (piece.line, piece.occupancy)).collect();
    let claims = rows.iter().filter_map(|(_, row)| claims.get(row)).flatten().copied().collect();
    let held = Held { rows, claims };
    let way = |(window, needs_consent)| Movable {
        booking: BookingId(booking.row.id),
        request: Request {
            window,
            platform: Some(PlatformId(booking.row.platform)),
            ..booking.campaign.request.clone()
        },
        placement: placement.clone(),
        held: held.clone(),
        needs_consent,
    };
    by_rule.into_iter().chain(asked).map(way).collect()
}

/// Where a booking is, all of it.
pub(crate) fn placement(booking: &Loaded) -> Option<Placement> {
    let steps = booking.live().map(|piece| PlacedStep { line: piece.line, interval: piece.interval });
    let steps: Vec<PlacedStep> = steps.collect();
    let whole = steps.len() == booking.steps.len() && !steps.is_empty();
    whole.then_some(Placement { route: RouteId(booking.row.route), steps })
}

/// All lines of the platforms on whose routes the campaign may run.
fn lines(ground: &Current, request: &Request) -> Vec<LineId> {
    let fits = ground.snapshot.routes.iter().filter(|route| {
        route.offering == request.offering && request.platform.is_none_or(|only| only == route.platform)
    });
    let platforms: BTreeSet<PlatformId> = fits.map(|route| route.platform).collect();
    let all = ground.catalogue.lines();
    all.filter(|line| platforms.contains(&line.platform)).map(|line| line.id).collect()
}

/// The bookings on these lines from now on that lie nearest to the window.
async fn near(
    connection: &impl ConnectionTrait,
    lines: &[LineId],
    window: Interval,
    now: Second,
) -> Result<Vec<Uuid>, StoreError> {
    if lines.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT s.booking, MIN(ABS(o.starts_at - ?)) AS away FROM occupancy o \
         JOIN step s ON s.occupancy = o.id AND s.live IS NOT NULL \
         WHERE o.live IN ({}) AND o.starts_at < ? AND o.ends_at > ? AND o.starts_at > ? \
         GROUP BY s.booking ORDER BY away, s.booking LIMIT {MOST}",
        marks(lines.len())
    );
    let mut values: Vec<sea_orm::Value> = vec![i64::midpoint(window.start, window.end).into()];
    values.extend(lines.iter().map(|line| sea_orm::Value::from(line.0)));
    values.extend([(window.end + BEYOND).into(), (window.start - BEYOND).into(), now.div_euclid(60).into()]);
    let rows = connection.query_all_raw(statement(connection, &sql, values)).await?;
    rows.iter().map(|row| Ok(row.try_get("", "booking")?)).collect()
}

/// Bookings about which an open proposal asks: nobody is asked twice at once.
pub(crate) async fn already_asked(connection: &impl ConnectionTrait) -> Result<BTreeSet<Uuid>, StoreError> {
    let sql = "SELECT m.booking FROM proposal_move m JOIN proposal p ON p.id = m.proposal \
               WHERE p.closed_at IS NULL AND m.organisation IS NOT NULL";
    let rows = connection.query_all_raw(statement(connection, sql, [])).await?;
    rows.iter().map(|row| Ok(row.try_get("", "booking")?)).collect()
}

/// Shares of pools, by row.
async fn claims(
    connection: &impl ConnectionTrait,
    bookings: &[Loaded],
) -> Result<BTreeMap<OccupancyId, Vec<(PoolId, i64, u32)>>, StoreError> {
    let rows: Vec<Uuid> = bookings.iter().flat_map(Loaded::live).map(|piece| piece.occupancy.0).collect();
    let mut claims: BTreeMap<OccupancyId, Vec<(PoolId, i64, u32)>> = BTreeMap::new();
    for some in rows.chunks(500) {
        let sql = format!(
            "SELECT occupancy, pool, starts_at, amount FROM pool_claim WHERE occupancy IN ({})",
            marks(some.len())
        );
        let ids = some.iter().map(|id| (*id).into());
        for row in connection.query_all_raw(statement(connection, &sql, ids)).await? {
            let amount = u32::try_from(row.try_get::<i64>("", "amount")?).unwrap_or(0);
            let claim = (PoolId(row.try_get("", "pool")?), row.try_get("", "starts_at")?, amount);
            claims.entry(OccupancyId(row.try_get("", "occupancy")?)).or_default().push(claim);
        }
    }
    Ok(claims)
}
