//! What needs a platform's people now.

use app::contract::{DeskCounts, DeskView, DownView, Failure, Instant, WaitFilter};
use domain::{
    LineId, Second,
    booking::Status,
    calendar::{DAY, DAY_SECONDS, day_start, plant_day},
};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::super::{
    Caller,
    booking::{self, Loaded, Side},
    conflicts, flags, ground,
    outage::{Hit, open_hits},
    waitlist,
};
use crate::{
    state::AppState,
    store::{Catalogue, StoreError, statement, tables::booking as table},
};

/// A hold lapses soon when it has less than this left, in seconds: a day.
const SOON: Second = DAY_SECONDS;
/// More of one kind are not shown at once; the most urgent come first.
const MOST: usize = 100;

/// The queue of the caller's platform: requests, holds about to lapse, runs of today, cleanings left over.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] for whoever isn't of a platform.
pub async fn home(state: &AppState, caller: &Caller) -> Result<DeskView, Failure> {
    let member = caller.member()?;
    let platform = member.platform().ok_or(Failure::Forbidden)?;
    let now = state.clock.now();
    let read = state.store.read();
    let open = at_work(read, platform.0, now).await?;
    let catalogue = ground::catalogue(state).await?;
    let show = |found: Vec<&Loaded>| -> Vec<_> {
        let found = found.into_iter().take(MOST);
        found.map(|one| booking::view(&catalogue, one, member, Side::Platform, now)).collect()
    };
    let mut requests = of(&open, |one| one.status == Status::Requested && !is_past(one.row.reply_by, now));
    // An operator's own entry has no deadline but its start, before which it has to be decided.
    let due = |one: &Loaded| one.row.reply_by.unwrap_or_else(|| one.first_start().saturating_mul(60));
    requests.sort_by_key(|one| (due(one), one.row.id));
    let mut lapsing = of(&open, |one| {
        let left = one.row.hold_expires_at.map(|expiry| expiry - now);
        one.status == Status::Held && left.is_some_and(|left| (1..=SOON).contains(&left))
    });
    lapsing.sort_by_key(|one| (one.row.hold_expires_at, one.row.id));
    let mut runs = of(&open, |one| matches!(one.status, Status::Confirmed | Status::Running));
    runs.sort_by_key(|one| (one.status == Status::Running, one.first_start(), one.row.id));
    let down = down(read, &catalogue, (platform.0, runs.as_slice()), now).await?;
    let mut to_settle = of(&open, |one| one.status == Status::Completed);
    to_settle.sort_by_key(|one| (one.first_start(), one.row.id));
    let mut flags = flags::open(state, platform).await?;
    let counts = DeskCounts {
        requests: requests.len(),
        unconfirmed: requests.iter().filter(|one| one.row.hazards_confirmed_at.is_none()).count(),
        lapsing: lapsing.len(),
        runs: runs.len(),
        to_settle: to_settle.len(),
        flags: flags.len(),
    };
    flags.truncate(MOST);
    Ok(DeskView {
        requests: show(requests),
        lapsing: show(lapsing),
        runs: show(runs),
        down,
        to_settle: show(to_settle),
        cleanings: conflicts::open_cleanings(state, caller).await?,
        flags: flags::views(state, member, flags).await?,
        waiters: waitlist::list(state, caller, &WaitFilter::default()).await?.items,
        counts,
        now: Instant(now),
    })
}

/// Of these `runs` of a platform, those that stand where a line is down, now or ahead, and nobody let them stay: until
/// it is up again they aren't started by the way.
async fn down(
    read: &DatabaseConnection,
    catalogue: &Catalogue,
    (platform, runs): (Uuid, &[&Loaded]),
    now: Second,
) -> Result<Vec<DownView>, StoreError> {
    // Also of what should be over by now, and hasn't begun.
    let mut hits = open_hits(read, Some(platform), 0).await?;
    let is_run = |id: Uuid| runs.iter().any(|run| run.row.id == id);
    hits.retain(|hit| hit.interval.end * 60 > now && is_run(hit.booking));
    let view = |hit: &Hit| {
        Some(DownView {
            booking: hit.booking,
            line_name: catalogue.line(LineId(hit.line))?.name.clone().into(),
            from: Instant::from_minute(hit.interval.start),
            until: Instant::from_minute(hit.interval.end),
        })
    };
    Ok(hits.iter().filter_map(view).collect())
}

fn of(open: &[Loaded], wanted: impl Fn(&Loaded) -> bool) -> Vec<&Loaded> {
    open.iter().filter(|one| wanted(one)).collect()
}

fn is_past(time: Option<Second>, now: Second) -> bool {
    time.is_some_and(|time| time <= now)
}

/// The first minute after the plant day that `now` lies in.
fn end_of_day(now: Second) -> i64 {
    day_start(plant_day(now.div_euclid(60))) + DAY
}

/// Held, requested, running and finished bookings of a platform, and confirmed ones whose first day is today or past.
async fn at_work(read: &DatabaseConnection, platform: Uuid, now: Second) -> Result<Vec<Loaded>, StoreError> {
    let sql = "SELECT b.id FROM booking b WHERE b.platform = ? AND (b.status IN ('held', 'requested', 'running', \
               'completed') \
               OR (b.status = 'confirmed' AND EXISTS (SELECT 1 FROM step s JOIN occupancy o ON o.id = s.occupancy \
               WHERE s.booking = b.id AND s.live IS NOT NULL AND o.starts_at < ?)))";
    let values = [platform.into(), end_of_day(now).into()];
    let mut ids: Vec<Uuid> = Vec::new();
    for row in read.query_all_raw(statement(read, sql, values)).await? {
        ids.push(row.try_get("", "id")?);
    }
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let rows =
            table::Entity::find().filter(table::Column::Id.is_in(some.iter().copied())).all(read).await?;
        found.extend(booking::load_many(read, rows).await?);
    }
    Ok(found)
}
