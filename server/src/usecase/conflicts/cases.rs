//! What is open, of every kind.

use std::collections::{BTreeMap, BTreeSet};

use app::contract::{CleaningView, ConflictView, Failure, FlagView, Instant, WaitView};
use domain::{
    Interval, LineId, Minute, PlatformId,
    resolve::rivals::{Wanted, rivals},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{
    failed::{self, Asked},
    told::tell,
};
use crate::{
    state::AppState,
    store::{
        Catalogue, StoreError,
        tables::{booking as table, conflict_settled, proposal},
    },
    usecase::{
        Caller, Member,
        booking::{self, Side},
        cleanings, flags, ground,
        outage::{Hit, open_hits},
        repair::Cause,
        waitlist,
    },
};

/// Kinds of conflicts, as they are told.
const OUTAGE: &str = "outage";
const FLAG: &str = "flag";
const CLEANING: &str = "cleaning";
const WAITERS: &str = "waiters";
const WAITER: &str = "waiter";
/// Values of a statement.
const AT_ONCE: usize = 500;

/// Something open, as far as it takes to find it and to know its place: what is shown of it is read for those shown.
#[derive(Clone, Debug)]
pub(super) enum Case {
    Down(Hit),
    Flag(flags::Open),
    Cleaning(CleaningView),
    Waiters(Box<ConflictView>),
    Failed(Box<Asked>),
    /// One who waits for what nobody else waits for.
    Waiter(Box<ConflictView>),
}

impl Case {
    pub fn id(&self) -> Uuid {
        match self {
            Self::Down(hit) => hit.id,
            Self::Flag(flag) => flag.id,
            Self::Cleaning(cleaning) => cleaning.id,
            Self::Waiters(view) | Self::Waiter(view) => view.id,
            Self::Failed(asked) => asked.id(),
        }
    }

    /// Whether a platform's home tells of it nowhere else: flags, cleanings and those who wait have a part there.
    pub const fn is_untold(&self) -> bool {
        matches!(self, Self::Down(_) | Self::Failed(_))
    }

    /// Its kind, as it is told.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Down(_) => OUTAGE,
            Self::Flag(_) => FLAG,
            Self::Cleaning(_) => CLEANING,
            Self::Waiters(_) => WAITERS,
            Self::Failed(_) => failed::KIND,
            Self::Waiter(_) => WAITER,
        }
    }
}

/// Everything open on the caller's platform, in the desk's order.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] for whoever isn't of a platform.
pub(super) async fn all(state: &AppState, caller: &Caller) -> Result<Vec<Case>, Failure> {
    let platform = caller.member()?.platform().ok_or(Failure::Forbidden)?;
    let (catalogue, now) = (ground::catalogue(state).await?, state.clock.now());
    let hits = open_hits(state.store.read(), Some(platform.0), now).await?;
    let mut cases: Vec<Case> = hits.into_iter().map(Case::Down).collect();
    cases.extend(flags::open(state, platform).await?.into_iter().map(Case::Flag));
    cases.extend(open_cleanings(state, caller).await?.into_iter().map(Case::Cleaning));
    let (together, alone) = waiters(state, &catalogue, platform).await?;
    cases.extend(together.into_iter().map(|view| Case::Waiters(Box::new(view))));
    let failed = failed::all(state, &catalogue, platform, now).await?;
    cases.extend(failed.into_iter().map(|asked| Case::Failed(Box::new(asked))));
    // Whoever is in nobody's way can wait longest.
    cases.extend(alone.into_iter().map(|view| Case::Waiter(Box::new(view))));
    Ok(cases)
}

/// The cleanings ahead on the lines of the caller's platform, but for those that somebody left as they are: such a one
/// comes back once it can go, and then not again.
///
/// # Errors
/// As [`all`].
pub(crate) async fn open_cleanings(state: &AppState, caller: &Caller) -> Result<Vec<CleaningView>, Failure> {
    let platform = caller.member()?.platform().ok_or(Failure::Forbidden)?;
    let mut all = cleanings::list(state, caller).await?;
    let known = settled(state, platform, all.iter().flat_map(|one| [one.id, as_removable(one)])).await?;
    all.retain(|one| {
        let is_left = known.contains(&as_removable(one)) || (!one.removable && known.contains(&one.id));
        !is_left
    });
    Ok(all)
}

/// These of the caller's platform as they are told, in their order.
///
/// # Errors
/// As [`all`].
pub(super) async fn views(
    state: &AppState,
    caller: &Caller,
    cases: Vec<Case>,
) -> Result<Vec<ConflictView>, Failure> {
    let member = caller.member()?;
    let catalogue = ground::catalogue(state).await?;
    let order: Vec<Uuid> = cases.iter().map(Case::id).collect();
    let (mut hits, mut flagged, mut failed, mut left) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut others = Vec::new();
    for case in cases {
        match case {
            Case::Down(hit) => hits.push(hit),
            Case::Flag(flag) => flagged.push(flag),
            Case::Cleaning(one) => left.push(one),
            Case::Waiters(view) | Case::Waiter(view) => others.push(*view),
            Case::Failed(asked) => failed.push(*asked),
        }
    }
    let mut views = down(state, &catalogue, member, &hits).await?;
    views.extend(flags::views(state, member, flagged).await?.into_iter().map(flag));
    let asked = proposals(state, views.iter().filter_map(|view| Some(view.booking.as_ref()?.id))).await?;
    for view in &mut views {
        let Some(booking) = &view.booking else { continue };
        // What its owner is asked is about all that keeps it from where it stands; what it has said is about what was
        // then.
        let counts = |row: &&proposal::Model| row.closed_at.is_none() || row.created_at >= view.at.0;
        let Some(row) = asked.get(&booking.id).filter(counts) else { continue };
        show(view, row);
    }
    views.extend(others);
    views.extend(cleaned(state, &left).await?);
    views.extend(failed::views(state, failed).await?);
    tell(state, &catalogue, &mut views).await?;
    views.sort_by_key(|view| order.iter().position(|id| *id == view.id));
    Ok(views)
}

pub(super) fn bare(id: Uuid, kind: &str, at: Instant) -> ConflictView {
    ConflictView {
        id,
        kind: kind.into(),
        state: "open".into(),
        at,
        answer_by: None,
        proposal: None,
        asked: None,
        contact: None,
        booking: None,
        line: None,
        line_name: None,
        from: None,
        until: None,
        outage_kind: None,
        reason: None,
        troubles: Vec::new(),
        cleaning: None,
        waiters: Vec::new(),
        company_name: None,
        offering_name: None,
    }
}

/// Bookings where their line is down.
async fn down(
    state: &AppState,
    catalogue: &Catalogue,
    member: &Member,
    hits: &[Hit],
) -> Result<Vec<ConflictView>, Failure> {
    let (read, now) = (state.store.read(), state.clock.now());
    let ids = hits.iter().map(|hit| hit.booking);
    let rows = table::Entity::find().filter(table::Column::Id.is_in(ids)).all(read).await;
    let loaded = booking::load_many(read, rows.map_err(StoreError::from)?).await?;
    let view = |hit: &Hit| {
        let booking = loaded.iter().find(|booking| booking.row.id == hit.booking)?;
        Some(ConflictView {
            booking: Some(booking::view(catalogue, booking, member, Side::Platform, now)),
            line: Some(hit.line),
            line_name: catalogue.line(LineId(hit.line)).map(|line| line.name.clone().into()),
            from: Some(Instant::from_minute(hit.interval.start)),
            until: Some(Instant::from_minute(hit.interval.end)),
            outage_kind: Some(hit.kind.clone()),
            reason: Some(hit.reason.clone()),
            ..bare(hit.id, OUTAGE, Instant(hit.at))
        })
    };
    Ok(hits.iter().filter_map(view).collect())
}

fn flag(flag: FlagView) -> ConflictView {
    ConflictView { booking: Some(flag.booking), troubles: flag.troubles, ..bare(flag.id, FLAG, flag.at) }
}

/// How far what is asked about a conflict is. What was taken back or made leaves it as if nobody had been asked.
fn show(view: &mut ConflictView, row: &proposal::Model) {
    let is_open = row.closed_at.is_none();
    let ended = row.outcome.clone().filter(|outcome| outcome != "withdrawn" && outcome != "made");
    view.state = ended.unwrap_or_else(|| if is_open { "asked" } else { "open" }.into());
    view.answer_by = is_open.then_some(Instant(row.expires_at));
    view.proposal = is_open.then_some(row.id);
}

/// Cleanings, with what the owner of a campaign beside each is asked, and which firm that is.
async fn cleaned(state: &AppState, cleanings: &[CleaningView]) -> Result<Vec<ConflictView>, Failure> {
    let read = state.store.read();
    let rows = proposal::Entity::find()
        .filter(proposal::Column::Cleaning.is_in(cleanings.iter().map(|one| one.id)))
        .order_by_asc(proposal::Column::Id)
        .all(read)
        .await
        .map_err(StoreError::from)?;
    let newest: BTreeMap<Uuid, proposal::Model> =
        rows.into_iter().filter_map(|row| Some((row.cleaning?, row))).collect();
    let asked = newest.values().filter(|row| row.closed_at.is_none()).filter_map(|row| row.cause);
    let rows = table::Entity::find().filter(table::Column::Id.is_in(asked)).all(read).await;
    let beside = booking::load_many(read, rows.map_err(StoreError::from)?).await?;
    let view = |one: &CleaningView| {
        let mut view = cleaning(one);
        if let Some(row) = newest.get(&one.id) {
            show(&mut view, row);
            let asked = row.cause.filter(|_| view.proposal.is_some());
            let asked = beside.iter().find(|booking| Some(booking.row.id) == asked);
            view.company_name = asked.and_then(|booking| booking.company.clone());
        }
        view
    };
    Ok(cleanings.iter().map(view).collect())
}

/// What goes on record when a cleaning is left until it is over, if it could be removed; else that is its own id.
pub(super) fn as_removable(cleaning: &CleaningView) -> Uuid {
    Uuid::new_v5(&cleaning.id, b"removable")
}

fn cleaning(cleaning: &CleaningView) -> ConflictView {
    ConflictView {
        line: Some(cleaning.line),
        line_name: Some(cleaning.line_name.clone()),
        from: Some(cleaning.start),
        until: Some(cleaning.end),
        ..ConflictView { cleaning: Some(cleaning.clone()), ..bare(cleaning.id, CLEANING, cleaning.start) }
    }
}

/// The newest proposal to the owner of each of these bookings.
async fn proposals(
    state: &AppState,
    bookings: impl Iterator<Item = Uuid>,
) -> Result<BTreeMap<Uuid, proposal::Model>, Failure> {
    let rows = proposal::Entity::find()
        .filter(proposal::Column::Kind.eq(Cause::Rescue.word()))
        .filter(proposal::Column::Cause.is_in(bookings))
        .order_by_asc(proposal::Column::Id)
        .all(state.store.read())
        .await
        .map_err(StoreError::from)?;
    Ok(rows.into_iter().filter_map(|row| Some((row.cause?, row))).collect())
}

/// Firms that wait for the same: at the same time, on a line that could take it for each of them, whatever each would
/// make there (see [`rivals`]). Each conflict's are in the order of their turns, and whoever has waited longest is
/// among them, however many there are. And those who wait for what no other firm waits for, by when they could begin.
async fn waiters(
    state: &AppState,
    catalogue: &Catalogue,
    platform: PlatformId,
) -> Result<(Vec<ConflictView>, Vec<ConflictView>), Failure> {
    let (in_turn, wanted): (Vec<WaitView>, Vec<Wanted>) =
        waitlist::all_here(state, platform).await?.into_iter().unzip();
    let (mut views, mut grouped) = (Vec::new(), BTreeSet::new());
    for same in rivals(&wanted) {
        let group: Vec<WaitView> =
            in_turn.iter().filter(|one| same.entries.contains(&one.id)).cloned().collect();
        let firms = group.iter().filter_map(|one| one.company.as_ref().map(|name| &name.zh));
        let several = firms.collect::<BTreeSet<_>>().len() > 1;
        let Some(first) = group.first().filter(|_| several) else { continue };
        grouped.extend(same.entries.iter().copied());
        let since = group.iter().map(|one| one.since).min().unwrap_or(first.since);
        let one_form = group.iter().all(|one| one.query.offering == first.query.offering);
        let offering_name = one_form.then(|| first.offering_name.clone());
        views.push(ConflictView {
            line: Some(same.line.0),
            line_name: catalogue.line(same.line).map(|line| line.name.clone().into()),
            offering_name,
            waiters: group,
            ..bare(waiting_for(same.line, same.from), WAITERS, since)
        });
    }
    let mut others: Vec<(&WaitView, &Wanted)> =
        in_turn.iter().zip(&wanted).filter(|(entry, _)| !grouped.contains(&entry.id)).collect();
    others.sort_by_key(|(_, wanted)| wanted.window.start);
    let mut alone: Vec<ConflictView> =
        others.into_iter().map(|(entry, wanted)| waits_alone(entry, wanted.window)).collect();
    let settled = settled(state, platform, views.iter().chain(&alone).filter_map(subject)).await?;
    for some in [&mut views, &mut alone] {
        some.retain(|view| subject(view).is_none_or(|known| !settled.contains(&known)));
    }
    Ok((views, alone))
}

/// One who waits, in this window; the desk knows it by the entry's id.
fn waits_alone(entry: &WaitView, window: Interval) -> ConflictView {
    ConflictView {
        from: Some(Instant::from_minute(window.start)),
        until: Some(Instant::from_minute(window.end)),
        company_name: entry.company.clone(),
        offering_name: Some(entry.offering_name.clone()),
        waiters: vec![entry.clone()],
        ..bare(entry.id, WAITER, entry.since)
    }
}

/// What the desk calls those who wait for the line from that minute on: both tell them from others that some of these
/// are in too.
pub(super) fn waiting_for(line: LineId, from: Minute) -> Uuid {
    Uuid::new_v5(&line.0, from.to_string().as_bytes())
}

/// What goes on record when several who wait are left as they are; `None` where nobody waits. It names the entry that
/// joined last: whoever joins since makes it a conflict again.
pub(super) fn subject(conflict: &ConflictView) -> Option<Uuid> {
    let newest = conflict.waiters.iter().map(|entry| entry.id).max()?;
    Some(Uuid::new_v5(&conflict.id, newest.as_bytes()))
}

/// Which of these conflicts' subjects somebody of the platform has dealt with.
pub(super) async fn settled(
    state: &AppState,
    platform: PlatformId,
    subjects: impl Iterator<Item = Uuid>,
) -> Result<BTreeSet<Uuid>, Failure> {
    let subjects: Vec<Uuid> = subjects.collect();
    let mut known = BTreeSet::new();
    // A statement takes so many values and no more.
    for some in subjects.chunks(AT_ONCE) {
        let rows = conflict_settled::Entity::find()
            .filter(conflict_settled::Column::Platform.eq(platform.0))
            .filter(conflict_settled::Column::Subject.is_in(some.iter().copied()))
            .all(state.store.read())
            .await
            .map_err(StoreError::from)?;
        known.extend(rows.into_iter().map(|row| row.subject));
    }
    Ok(known)
}
