//! Open asks for room or for a swap of which a third has taken a place: whoever is asked needn't answer what can't be
//! made any more, and whoever wants it learns it now. The kernel is asked again only where something has been written
//! since it was asked last.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, PoisonError},
};

use app::contract::Failure;
use domain::{
    BookingId, LineId, PlatformId, PoolId, Second,
    availability::Placement,
    refusal::Refusal,
    request::Request,
    resolve::repair::{self, Movable},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{
    agreed::by_rule,
    answer::plan,
    close::overtaken,
    movables::placement,
    plan::{Cause, Planned, PlannedMove},
};
use crate::{
    state::AppState,
    store::{Current, StoreError, tables::proposal},
    usecase::{
        Failures, booking, ground, moving,
        protocol::{self, Stop, Touched},
    },
};

/// Asks looked at in one go.
const BATCH: u64 = 1_000;

/// On what each open ask could still be made when it was looked at last, by this server.
#[derive(Debug, Default)]
pub(crate) struct Looked(Mutex<HashMap<Uuid, Versions>>);

/// The catalogue's version, and those of the lines and pools that an ask needs; `None`: there is no such line or pool.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Versions {
    catalogue: i64,
    lines: BTreeMap<LineId, Option<i64>>,
    pools: BTreeMap<PoolId, Option<i64>>,
}

impl Versions {
    fn of(
        ground: &Current,
        lines: impl Iterator<Item = LineId>,
        pools: impl Iterator<Item = PoolId>,
    ) -> Self {
        let snapshot = &ground.snapshot;
        Self {
            catalogue: ground.catalogue.version,
            lines: lines.map(|id| (id, snapshot.lines.get(&id).map(|line| line.version))).collect(),
            pools: pools.map(|id| (id, snapshot.pools.get(&id).map(|pool| pool.version))).collect(),
        }
    }

    /// Whether nothing of it has been written since.
    fn stand(&self, ground: &Current) -> bool {
        Self::of(ground, self.lines.keys().copied(), self.pools.keys().copied()) == *self
    }
}

/// Ends every ask for room or for a swap that can't be made any more since a place of it is taken, also once what only
/// holds it until answers are over has expired. Answers how many there were.
///
/// # Errors
/// The store fails; the others are ended all the same.
pub async fn close_taken(state: &AppState) -> Result<usize, Failure> {
    let open = proposal::Entity::find()
        .filter(proposal::Column::ClosedAt.is_null())
        .filter(proposal::Column::ExpiresAt.gt(state.clock.now()))
        .filter(proposal::Column::Kind.is_in([Cause::Room, Cause::Swap].map(Cause::word)))
        .order_by_asc(proposal::Column::ExpiresAt)
        .limit(BATCH)
        .all(state.store.read())
        .await
        .map_err(StoreError::from)?;
    if open.is_empty() {
        return Ok(0);
    }
    let ground = ground::ground(state).await?;
    let known = state.looked.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let (mut looked, mut taken, mut failures) = (HashMap::new(), Vec::new(), Failures::default());
    for row in open {
        if let Some(versions) = known.get(&row.id).filter(|versions| versions.stand(&ground)) {
            looked.insert(row.id, versions.clone());
            continue;
        }
        let Some((versions, done)) = failures.keep(look(state, &ground, &row).await) else { continue };
        let Err(why) = done else {
            looked.insert(row.id, versions);
            continue;
        };
        // What was read of its campaigns is of the same moment only if nothing has been written since.
        if versions.stand(&ground::ground(state).await?) {
            taken.push((row, why));
        }
    }
    *state.looked.0.lock().unwrap_or_else(PoisonError::into_inner) = looked;
    let ended = protocol::each(state, taken, |tx, scene, one| {
        Box::pin(async move {
            let (row, why) = &*one;
            overtaken(tx, &scene, row, Some(&Stop::Refused(why.clone()))).await?;
            Ok(true)
        })
    });
    let ended = failures.keep(ended.await).unwrap_or(0);
    failures.or(ended)
}

/// Asks the kernel whether it could be made now, or at the last moment at which an answer counts; and what that was
/// decided on.
async fn look(
    state: &AppState,
    ground: &Current,
    row: &proposal::Model,
) -> Result<(Versions, Result<(), Refusal>), Failure> {
    let (catalogue, now) = (&ground.catalogue, state.clock.now());
    let planned = plan(state, catalogue, row).await?;
    let touched = planned.as_ref().map_or_else(Touched::default, |planned| planned.touched(catalogue));
    let versions = Versions::of(ground, touched.lines.into_keys(), touched.pools.into_keys());
    // What isn't on offer just now, or what one of its campaigns did, is seen elsewhere.
    let Some(planned) = planned else { return Ok((versions, Ok(()))) };
    let mut moves = Vec::with_capacity(planned.moves.len());
    for one in &planned.moves {
        let Some(movable) = movable(state, one, now).await? else { return Ok((versions, Ok(()))) };
        moves.push((movable, &one.to));
    }
    let last = (row.expires_at - 1).max(now);
    let fits = fits(ground, &planned, &moves, now).or_else(|_| fits(ground, &planned, &moves, last));
    Ok((versions, fits))
}

/// A campaign as it would move; `None` if it isn't where it was, or may not go there any more.
async fn movable(state: &AppState, one: &PlannedMove, now: Second) -> Result<Option<Movable>, Failure> {
    let read = state.store.read();
    let Some(booking) = booking::load(read, one.booking).await? else { return Ok(None) };
    let open = if one.agreed { one.to.span() } else { by_rule(&booking, now) };
    let open = open.filter(|open| one.to.span().is_some_and(|will| open.holds(will)));
    let Some(window) = open.filter(|_| placement(&booking).as_ref() == Some(&one.from)) else {
        return Ok(None);
    };
    Ok(Some(Movable {
        booking: BookingId(booking.row.id),
        request: Request {
            window,
            platform: Some(PlatformId(booking.row.platform)),
            ..booking.campaign.request.clone()
        },
        placement: one.from.clone(),
        held: moving::held(read, &booking).await?,
        needs_consent: one.agreed,
    }))
}

/// What the kernel says of it at `now`. The notice that new bookings need was given when it was proposed.
fn fits(
    ground: &Current,
    planned: &Planned,
    moves: &[(Movable, &Placement)],
    now: Second,
) -> Result<(), Refusal> {
    let mut snapshot = (*ground.snapshot).clone();
    for route in planned.routes() {
        snapshot.forget_notice(route.platform);
    }
    let moves: Vec<(&Movable, &Placement)> = moves.iter().map(|(movable, to)| (movable, *to)).collect();
    match &planned.holding {
        Some(holding) => {
            let placing = holding.placing.of_product(holding.product.id);
            repair::verify(&snapshot, &placing.request, &placing.placement, &moves, now).map(drop)
        }
        None => repair::verify_moves(&snapshot, &moves, false, now).map(drop),
    }
}
