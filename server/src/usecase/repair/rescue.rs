//! Moving a campaign that can't stay where it is, or that stands beside a cleaning which could go without it: at once
//! where the rules let the platform, else by asking its owner.

use std::sync::Arc;

use app::contract::Failure;
use domain::{
    BookingId, Interval, Minute, Minutes, PlatformId, Second,
    availability::Placement,
    booking::Status,
    refusal::Refusal,
    request::Request,
    resolve::{
        onward,
        parted::{self, Parted},
        repair::Movable,
        rescue::{self, Way},
    },
    snapshot::Snapshot,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, Select,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{
    agreed,
    close::make_way,
    movables::placement,
    plan::{Cause, Gap, Planned, PlannedMove, Rest},
    propose::{Draft, put},
    rest,
    stays::ask_no_more,
    view::write_in,
};
use crate::{
    state::AppState,
    store::{
        Catalogue, Current, Tx, statement,
        tables::{proposal, proposal_move},
    },
    usecase::{
        Member,
        booking::Loaded,
        flags, ground, internal, moving, outage,
        protocol::{self, Attempt, Decision, Scene, Stop},
    },
};

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Rescued {
    Moved,
    Asked,
}

/// What keeps a booking from where it stands, as it is on record; or what it would go for, though it can stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    Hit(Uuid),
    Flag(Uuid),
    Cleaning(Gap),
}

/// Places tried by the kernel, of which as many are shown.
const WAYS: usize = 5;

/// A booking as one that can't stay, in a window: inside its plan window, or the one that was asked for if it isn't
/// confirmed, if `by_rule` is wanted; else as far before it, but not before now or [`earliest`], and as far beyond the
/// end of it, or of the outage that hits it, `until`, as the platform asks anybody to move. `None` for what runs, is
/// over, or moves nowhere by rule.
pub(crate) async fn stranded(
    state: &AppState,
    booking: &Loaded,
    (by_rule, until): (bool, i64),
) -> Result<Option<Movable>, Failure> {
    let now = state.clock.now();
    let due = match booking.status {
        Status::Held => booking.row.hold_expires_at,
        Status::Requested => booking.row.reply_by,
        Status::Confirmed => None,
        _ => return Ok(None),
    };
    let Some((place, span)) = placement(booking).and_then(|place| Some((place.clone(), place.span()?)))
    else {
        return Ok(None);
    };
    if due.is_some_and(|due| due <= now) {
        return Ok(None);
    }
    let agreed = agreed::unasked(booking, now).filter(|_| by_rule);
    if by_rule && agreed.is_none() {
        return Ok(None);
    }
    let needs_consent = agreed.is_none() && booking.row.organisation.is_some();
    let window = match agreed {
        Some(window) => window,
        None => {
            let reach = reach(state, booking, span, until).await?;
            // Whoever is asked says whether the materials are there.
            let ready = if needs_consent { earliest(booking) } else { agreed::ready(booking) };
            let from = reach.start.max(ready);
            let Some(reach) = Interval::new(from, reach.end) else { return Ok(None) };
            reach
        }
    };
    Ok(Some(movable(state, booking, (place, window), needs_consent).await?))
}

/// The same with its owner's consent, as far ahead as its platform takes bookings: farther than the policy has anybody
/// asked, so that nothing asks it but a person who was shown how far it is. `None` also for the platform's own
/// production, which is looked for as far anyway.
pub(crate) async fn farther(
    state: &AppState,
    booking: &Loaded,
    until: i64,
) -> Result<Option<Movable>, Failure> {
    if booking.row.organisation.is_none() {
        return Ok(None);
    }
    let Some(one) = stranded(state, booking, (false, until)).await? else { return Ok(None) };
    let catalogue = ground::known_catalogue(state).await?;
    let policy = ground::policy(&catalogue, PlatformId(booking.row.platform));
    let end = one.request.window.end + (policy.horizon - policy.ask_reach).max(0);
    let window = Interval { start: state.clock.now().div_euclid(60).max(earliest(booking)), end };
    Ok(Some(Movable { request: Request { window, ..one.request.clone() }, ..one }))
}

/// The minute before which a firm isn't offered anything instead: what isn't confirmed waits for the first day that it
/// asked for, which is when it is ready.
pub(crate) fn earliest(booking: &Loaded) -> Minute {
    let undecided = matches!(booking.status, Status::Held | Status::Requested);
    let waits = undecided && booking.row.organisation.is_some();
    if waits { booking.campaign.request.window.start } else { Minute::MIN }
}

/// A booking whose batches needn't all stand together, in the same window; whoever owns it must agree. `None` for what
/// isn't confirmed or running.
pub(crate) async fn divisible(
    state: &AppState,
    booking: &Loaded,
    until: i64,
) -> Result<Option<Movable>, Failure> {
    let place = placement(booking).filter(|_| rest::may(booking));
    let Some((place, span)) = place.and_then(|place| Some((place.clone(), place.span()?))) else {
        return Ok(None);
    };
    let window = reach(state, booking, span, until).await?;
    Ok(Some(movable(state, booking, (place, window), booking.row.organisation.is_some()).await?))
}

/// A campaign that runs as one whose steps ahead can't stay, in the same window; whoever owns it must agree. `None` for
/// what doesn't run.
pub(crate) async fn underway(
    state: &AppState,
    booking: &Loaded,
    until: i64,
) -> Result<Option<Movable>, Failure> {
    let place = placement(booking).filter(|_| rest::begun(booking));
    let Some((place, span)) = place.and_then(|place| Some((place.clone(), place.span()?))) else {
        return Ok(None);
    };
    let window = reach(state, booking, span, until).await?;
    let window = Interval { start: window.start.min(span.start), ..window };
    Ok(Some(movable(state, booking, (place, window), booking.row.organisation.is_some()).await?))
}

/// As far before it, but not before now, and as far beyond the end of it, or of the outage that hits it, as the
/// platform asks anybody to move; its own production, for which nobody is asked, from now on as far ahead as it takes
/// bookings.
async fn reach(state: &AppState, booking: &Loaded, span: Interval, until: i64) -> Result<Interval, Failure> {
    let catalogue = ground::known_catalogue(state).await?;
    let policy = ground::policy(&catalogue, PlatformId(booking.row.platform));
    let now = state.clock.now().div_euclid(60);
    let (before, beyond) = match booking.row.organisation {
        Some(_) => (policy.ask_reach, policy.ask_reach),
        None => (Minutes::MAX, policy.horizon),
    };
    let start = now.max(span.start.saturating_sub(before));
    Ok(Interval { start, end: span.end.max(until) + beyond })
}

async fn movable(
    state: &AppState,
    booking: &Loaded,
    (placement, window): (Placement, Interval),
    needs_consent: bool,
) -> Result<Movable, Failure> {
    Ok(Movable {
        booking: BookingId(booking.row.id),
        request: Request {
            window,
            platform: Some(PlatformId(booking.row.platform)),
            ..booking.campaign.request.clone()
        },
        placement,
        held: moving::held(state.store.read(), booking).await?,
        needs_consent,
    })
}

/// Where it could go, nearest first; so many `more` than are shown, as its owner has declined.
///
/// # Errors
/// The kernel breaks off.
pub(crate) async fn ways(
    ground: &Current,
    one: &Movable,
    now: Second,
    more: usize,
) -> Result<Vec<Way>, Failure> {
    let one = one.clone();
    apart(ground, move |snapshot| rescue::ways(snapshot, &one, now, WAYS + more)).await
}

/// Where the steps ahead of a campaign that runs could go, as [`ways`].
///
/// # Errors
/// As [`ways`].
pub(crate) async fn ways_on(
    ground: &Current,
    one: &Movable,
    now: Second,
    more: usize,
) -> Result<Vec<Way>, Failure> {
    let one = one.clone();
    apart(ground, move |snapshot| onward::ways(snapshot, &one, now, WAYS + more)).await
}

/// What the kernel makes of the ground: some milliseconds of thought for each campaign, of which there may be many,
/// beside which others are answered.
async fn apart<T: Send + 'static>(
    ground: &Current,
    think: impl FnOnce(&Snapshot) -> T + Send + 'static,
) -> Result<T, Failure> {
    let snapshot = Arc::clone(&ground.snapshot);
    let thought = tokio::task::spawn_blocking(move || think(&snapshot));
    thought.await.map_err(|error| internal("looking for another place", &error))
}

/// `place` with what has begun of a campaign that runs as it stands.
pub(crate) fn kept(ground: &Current, booking: &Loaded, place: Placement, now: Second) -> Placement {
    match placement(booking).filter(|_| rest::begun(booking)) {
        Some(from) => onward::kept(&ground.snapshot, &from, &place, now),
        None => place,
    }
}

/// How it could be parted, if that is possible.
///
/// # Errors
/// As [`ways`].
pub(crate) async fn parts(
    ground: &Current,
    one: &Movable,
    booking: &Loaded,
    now: Second,
) -> Result<Option<Parted>, Failure> {
    let (one, begun) = (one.clone(), rest::begun(booking));
    apart(ground, move |snapshot| parted::parted(snapshot, &one, begun, now)).await
}

/// `booking` with so many batches at the first of `places`, and the others at the second; `None` if a route isn't
/// offered any more.
pub(crate) fn planned_parts(
    catalogue: &Catalogue,
    booking: &Loaded,
    stays: u32,
    [to, other]: [Placement; 2],
) -> Option<Planned> {
    let route = |place: &Placement| catalogue.offered(place.route).map(Arc::clone);
    let one = PlannedMove {
        booking: booking.row.id,
        from: placement(booking)?,
        route: route(&to)?,
        to,
        agreed: booking.row.organisation.is_some(),
        given: false,
        rest: Some(Rest { stays, route: route(&other)?, to: other }),
    };
    Some(Planned::new(Cause::Rescue, None, vec![one]))
}

/// The move of `booking` to `to`; `None` if the route isn't offered any more.
pub(crate) fn planned(
    catalogue: &Catalogue,
    booking: &Loaded,
    to: Placement,
    now: Second,
) -> Option<Planned> {
    let from = placement(booking)?;
    let will = to.span()?;
    let unasked = agreed::unasked(booking, now).is_some_and(|window| window.holds(will));
    let route = catalogue.offered(to.route).map(Arc::clone)?;
    let agreed = booking.row.organisation.is_some() && !unasked;
    let one = PlannedMove { booking: booking.row.id, from, to, route, agreed, given: false, rest: None };
    Some(Planned::new(Cause::Rescue, None, vec![one]))
}

/// Makes the move, or asks the owner for it. `by` is who decides; `None`: the system, on behalf of `account`. `why` is
/// what whoever decides says about it. What is done for a reason stops with [`Failure::NotFound`] once that is open no
/// more.
pub(crate) async fn carry_out(
    state: &AppState,
    catalogue: &Catalogue,
    (planned, booking, reason): (Planned, &Loaded, Option<Reason>),
    (by, account, why): (Option<Member>, Uuid, Option<String>),
    attempt: Option<&Attempt>,
) -> Result<Rescued, Stop> {
    let touched = planned.touched(catalogue);
    let work = Arc::new((planned, (booking.row.id, booking.row.platform, reason), by, account, why));
    let done = protocol::run(state, attempt, touched, move |tx, scene| {
        let work = Arc::clone(&work);
        Box::pin(async move {
            let (planned, concerned, by, account, why) = &*work;
            one(tx, &scene, planned, *concerned, (by.as_ref(), *account, why.as_deref())).await
        })
    });
    done.await
}

async fn one(
    tx: &Tx<'_>,
    scene: &Scene,
    planned: &Planned,
    (booking, platform, reason): (Uuid, Uuid, Option<Reason>),
    (by, account, why): (Option<&Member>, Uuid, Option<&str>),
) -> Result<Rescued, Stop> {
    // An outage changes, and a hit or a flag is settled, under the locks of the lines on which the booking stands.
    let is_open = match reason {
        Some(Reason::Hit(hit)) => outage::is_open(tx, hit).await?,
        Some(Reason::Flag(flag)) => flags::is_open(tx, flag, platform).await?,
        // Whether it still stands is part of the decision.
        Some(Reason::Cleaning(_)) | None => true,
    };
    if !is_open {
        return Err(Failure::NotFound.into());
    }
    let granted = planned.decide(tx, scene).await?;
    if let Some(cleaning) = planned.cleaning
        && is_asked_about(tx, cleaning).await?
    {
        return Err(Refusal::Stale.into());
    }
    if by.is_none() && is_known(tx, booking, &planned.moves).await? {
        return Ok(Rescued::Asked);
    }
    // What is asked was found before the line was down for longer, or for less.
    if by.is_none() {
        ask_no_more(tx, scene, None, booking).await?;
    } else if !open(tx, booking).await?.is_empty() {
        return Err(Refusal::Stale.into());
    }
    if !planned.asks() {
        let account = by.map(|by| by.account);
        let by = match planned.cleaning {
            Some(cleaning) => json!({ "desk": account, "cleaning": cleaning.id }),
            None => json!(account),
        };
        planned.write(tx, scene, granted, by).await?;
        return Ok(Rescued::Moved);
    }
    if planned.cause == Cause::Rescue {
        // What can stay can wait.
        make_way(tx, scene, booking, by).await?;
    }
    let draft = Draft {
        cause: Some(booking),
        organisation: platform,
        account,
        by: account,
        wish: json!(null).to_string(),
        place: json!(null).to_string(),
        price_fen: 0,
    };
    let row = put(tx, scene, planned, draft).await?;
    let moves: Vec<_> = planned.moves.iter().map(|one| (one.booking, &one.from, &one.to)).collect();
    let apart = planned.parted().map(|(_, rest)| (rest.stays, &rest.to));
    let decision = Decision {
        by,
        booking: None,
        action: if planned.cleaning.is_some() { "propose_clearing" } else { "propose_rescue" },
        inputs: json!({ "proposal": row.id, "booking": booking, "moves": moves, "parted": apart,
            "cleaning": planned.cleaning.map(|cleaning| cleaning.id), "why": why,
            "considered": planned.considered }),
        rule: if apart.is_some() { parted::RULE } else { rescue::RULE },
        versions: &scene.versions(),
        outcome: json!({ "expires_at": row.expires_at }),
    };
    protocol::decide(tx, decision, scene.now).await?;
    Ok(Rescued::Asked)
}

/// Whether just these moves are asked for already, or were declined, in what was proposed for `booking`.
async fn is_known(tx: &Tx<'_>, booking: Uuid, moves: &[PlannedMove]) -> Result<bool, Stop> {
    let said = Condition::any()
        .add(proposal::Column::ClosedAt.is_null())
        .add(proposal::Column::Outcome.eq("declined"));
    let ids = rescues(booking).filter(said).all(tx).await?.into_iter().map(|row| row.id);
    let known = proposal_move::Entity::find().filter(proposal_move::Column::Proposal.is_in(ids));
    let known = known.all(tx).await?;
    let mut all = !moves.is_empty();
    for one in moves {
        let [from, to] = [write_in(&one.from)?, write_in(&one.to)?];
        let rest = one.rest.as_ref().map(|rest| write_in(&rest.to)).transpose()?;
        let stays = one.rest.as_ref().map(|rest| i64::from(rest.stays));
        all &= known.iter().any(|known| {
            (&known.from_place, &known.to_place) == (&from, &to)
                && (&known.rest_place, known.stays) == (&rest, stays)
        });
    }
    Ok(all)
}

/// Whether a neighbour of the cleaning is asked already. Whoever asks has locked the cleaning's line.
async fn is_asked_about(tx: &Tx<'_>, cleaning: Gap) -> Result<bool, Stop> {
    let open = proposal::Entity::find()
        .filter(proposal::Column::Cleaning.eq(cleaning.id.0))
        .filter(proposal::Column::ClosedAt.is_null());
    Ok(open.one(tx).await?.is_some())
}

/// What the owner of `booking` is asked since it can't stay. Whoever asks has locked the booking's lines, so that
/// nobody asks meanwhile.
pub(super) async fn open(tx: &Tx<'_>, booking: Uuid) -> Result<Vec<proposal::Model>, Stop> {
    let open = rescues(booking).filter(proposal::Column::ClosedAt.is_null());
    Ok(open.order_by_asc(proposal::Column::Id).all(tx).await?)
}

/// Lets those who answer what the owner of `booking` is asked since it can't stay, and those who end it, come one after
/// the other, before what hits it is changed: PostgreSQL runs them side by side, SQLite has one writer.
///
/// # Errors
/// The database's failure.
pub(crate) async fn queue(tx: &Tx<'_>, booking: Uuid) -> Result<(), Stop> {
    if tx.get_database_backend() == DbBackend::Postgres {
        let queue = "SELECT id FROM proposal WHERE cause = ? AND kind = ? AND closed_at IS NULL ORDER BY id \
                     FOR NO KEY UPDATE";
        let values = [booking.into(), Cause::Rescue.word().into()];
        tx.query_all_raw(statement(tx, queue, values)).await?;
    }
    Ok(())
}

fn rescues(booking: Uuid) -> Select<proposal::Entity> {
    let of_booking = proposal::Entity::find().filter(proposal::Column::Cause.eq(booking));
    of_booking.filter(proposal::Column::Kind.eq(Cause::Rescue.word()))
}
