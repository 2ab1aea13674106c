//! Open asks for room or for a swap of which a third has taken a place: whoever is asked needn't answer what can't be
//! made any more, and whoever wants it learns it now. The kernel is asked again only where something has been written
//! since it was asked last.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use app::contract::Failure;
use domain::{
    BookingId, LineId, PlatformId, PoolId, Second,
    availability::Placement,
    refusal::Refusal,
    request::Request,
    resolve::repair::{self, Movable},
    snapshot::Snapshot,
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
        Failures, booking, ground, internal, moving,
        protocol::{self, Scene, Stop, Touched},
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

    /// The same of what is locked, which is all of it: there a version counts the commit that locks.
    fn stand_locked(&self, scene: &Scene) -> bool {
        let line = |id: &LineId| scene.lines.get(id).map(|line| line.version - 1);
        let pool = |id: &PoolId| scene.pools.get(id).map(|pool| pool.version - 1);
        self.catalogue == scene.catalogue.version
            && self.lines.iter().all(|(id, version)| line(id) == *version)
            && self.pools.iter().all(|(id, version)| pool(id) == *version)
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
        let Some((versions, touched, done)) = failures.keep(look(state, &ground, &row).await) else {
            continue;
        };
        match done {
            Ok(()) => drop(looked.insert(row.id, versions)),
            Err(why) => taken.push((row, versions, touched, why)),
        }
    }
    *state.looked.0.lock().unwrap_or_else(PoisonError::into_inner) = looked;
    let mut count = 0;
    for (row, versions, touched, why) in taken {
        let one = Arc::new((row, versions, why));
        let ended = protocol::run(state, None, touched, move |tx, scene| {
            let one = Arc::clone(&one);
            Box::pin(async move {
                let (row, versions, why) = &*one;
                // What has been written since may have made room again: then the next look tells.
                if !versions.stand_locked(&scene) {
                    return Ok(false);
                }
                overtaken(tx, &scene, row, Some(&Stop::Refused(why.clone()))).await?;
                Ok(true)
            })
        });
        let ended = ended.await.map_err(|stop| stop.failure(|_| Failure::Busy));
        count += usize::from(failures.keep(ended).unwrap_or(false));
    }
    failures.or(count)
}

/// What an ask was decided on, what ending it has to lock, and whether it could be made.
type Look = (Versions, Touched, Result<(), Refusal>);

/// Asks the kernel whether it could be made now, or at the last moment at which an answer counts.
async fn look(state: &AppState, ground: &Current, row: &proposal::Model) -> Result<Look, Failure> {
    let (catalogue, now) = (&ground.catalogue, state.clock.now());
    let planned = plan(state, catalogue, row).await?;
    let touched = planned.as_ref().map_or_else(Touched::default, |planned| planned.touched(catalogue));
    let versions = Versions::of(ground, touched.lines.keys().copied(), touched.pools.keys().copied());
    // What isn't on offer just now, or what one of its campaigns did, is seen elsewhere.
    let Some(planned) = planned else { return Ok((versions, touched, Ok(()))) };
    let mut movables = Vec::with_capacity(planned.moves.len());
    for one in &planned.moves {
        let Some(movable) = movable(state, one, now).await? else { return Ok((versions, touched, Ok(()))) };
        movables.push(movable);
    }
    let last = (row.expires_at - 1).max(now);
    let snapshot = Arc::clone(&ground.snapshot);
    // The kernel thinks beside the threads that answer others.
    let thought = tokio::task::spawn_blocking(move || {
        let snapshot = without_notice(&snapshot, &planned);
        fits(&snapshot, &planned, &movables, now).or_else(|_| fits(&snapshot, &planned, &movables, last))
    });
    let fits = thought.await.map_err(|error| internal("looking at an ask again", &error))?;
    Ok((versions, touched, fits))
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

/// The notice that new bookings need was given when it was proposed.
fn without_notice(snapshot: &Snapshot, planned: &Planned) -> Snapshot {
    let mut snapshot = snapshot.clone();
    for route in planned.routes() {
        snapshot.forget_notice(route.platform);
    }
    snapshot
}

/// What the kernel says of it at `now`; the movables are its moves', in their order.
fn fits(snapshot: &Snapshot, planned: &Planned, movables: &[Movable], now: Second) -> Result<(), Refusal> {
    let places = planned.moves.iter().map(|one| &one.to);
    let moves: Vec<(&Movable, &Placement)> = movables.iter().zip(places).collect();
    match &planned.holding {
        Some(holding) => {
            let placing = holding.placing.of_product(holding.product.id);
            repair::verify(snapshot, &placing.request, &placing.placement, &moves, now).map(drop)
        }
        None => repair::verify_moves(snapshot, &moves, false, now).map(drop),
    }
}
