//! Looking at bookings: a company's own, or those of a platform.

use std::collections::HashMap;

use app::contract::{
    BookingFilter, BookingView, CallName, Complaints, ConsideredView, EventView, Failure, Instant,
    MembershipView, MovedView, OrganisationKind, Page, Period, field,
};
use domain::{Interval, LineId, PlatformId, availability::Placement, booking::Status};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, Query},
};
use serde_json::Value as Json;
use uuid::Uuid;

use super::{
    Caller, Member, Paging, asides,
    booking::{self, Loaded, Side},
    cut_short, ground, people, period,
    repair::Considered,
    words::word,
};
use crate::{
    state::AppState,
    store::{
        Catalogue, StoreError,
        tables::{account, booking as table, call, decision, step, wish},
    },
};

/// Longest period of a calendar, in plant days.
const LONGEST_PERIOD: i64 = 100;
/// Not a state of its own: whose run was broken off is over as any other.
const BROKEN_OFF: &str = "broken_off";
/// Longest text looked for, in characters: no name is longer.
const LONGEST: u32 = 200;

/// A page of bookings, newest first or, where the filter says so, by start: a company's own, or a platform's. The
/// district sees none.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] for the district, [`Failure::Invalid`].
pub async fn list(
    state: &AppState,
    caller: &Caller,
    filter: &BookingFilter,
) -> Result<Page<BookingView>, Failure> {
    let paging = Paging::read(filter.cursor.as_deref(), filter.limit)?;
    let Narrowed { member, side, mine, query } = narrowed(caller, filter)?;
    let read = state.store.read();
    let query = match (filter.by_start, paging.after) {
        (Some(true), after) => {
            booking::by_start(read, (query, mine), filter.earliest_first == Some(true), after).await?
        }
        (_, Some(after)) => query.filter(table::Column::Id.lt(after)).order_by_desc(table::Column::Id),
        (_, None) => query.order_by_desc(table::Column::Id),
    };
    let rows = query.limit(paging.rows()).all(read).await;
    let rows = rows.map_err(StoreError::from)?;
    let page = paging.page(rows, |row| row.id);
    let whole = booking::load_many(read, page.items).await?;
    let catalogue = ground::catalogue(state).await?;
    let now = state.clock.now();
    let items = whole.iter().map(|booking| booking::view(&catalogue, booking, member, side, now)).collect();
    Ok(Page { items, next: page.next })
}

/// The bookings of `filter` that hold a line, or have run on one, at some time of `period`, newest first; of very many
/// the newest.
///
/// # Errors
/// As [`list`]; [`Failure::Invalid`] also for a period of more than [`LONGEST_PERIOD`] days.
pub async fn during(
    state: &AppState,
    caller: &Caller,
    filter: &BookingFilter,
    period: &Period,
) -> Result<Vec<BookingView>, Failure> {
    let interval = period::interval(period, LONGEST_PERIOD)?;
    let Narrowed { member, side, query, .. } = narrowed(caller, filter)?;
    // Only what holds a line, or has run on it, is live.
    let there = Query::select()
        .expr(Expr::val(1))
        .from(step::Entity)
        .and_where(
            Expr::col((step::Entity, step::Column::Booking)).equals((table::Entity, table::Column::Id)),
        )
        .and_where(Expr::col((step::Entity, step::Column::Live)).is_not_null())
        .and_where(Expr::col((step::Entity, step::Column::StartsAt)).lt(interval.end))
        .and_where(Expr::col((step::Entity, step::Column::EndsAt)).gt(interval.start))
        .take();
    let read = state.store.read();
    let rows = query
        .filter(Expr::exists(there))
        .order_by_desc(table::Column::Id)
        .limit(BookingView::MOST_DURING)
        .all(read)
        .await
        .map_err(StoreError::from)?;
    let whole = booking::load_many(read, rows).await?;
    let catalogue = ground::catalogue(state).await?;
    let now = state.clock.now();
    let view = |booking: &Loaded| booking::view(&catalogue, booking, member, side, now);
    Ok(whole.iter().map(view).collect())
}

/// Which bookings a caller asks for, and as whom.
struct Narrowed<'a> {
    member: &'a Member,
    side: Side,
    /// All that the caller may look at.
    mine: Select<table::Entity>,
    /// Those of them that the filter leaves, on all its pages.
    query: Select<table::Entity>,
}

fn narrowed<'a>(caller: &'a Caller, filter: &BookingFilter) -> Result<Narrowed<'a>, Failure> {
    let member = caller.member()?;
    let (side, mine) = match member.kind {
        OrganisationKind::Company => (Side::Owner, table::Column::Organisation.eq(member.organisation.0)),
        OrganisationKind::Platform => (Side::Platform, table::Column::Platform.eq(member.organisation.0)),
        OrganisationKind::District => return Err(Failure::Forbidden),
    };
    let mut complaints = Complaints::default();
    let asked = given(filter.status.as_deref());
    let broken_off = asked == Some(BROKEN_OFF);
    let known = |status: &str| Status::from_name(status).ok_or_else(|| field::unknown("status", status));
    let status = complaints.hear(asked.filter(|_| !broken_off).map(known).transpose());
    let find = filter.find.as_deref().unwrap_or_default();
    let find = complaints.hear(field::line("find", find, LONGEST));
    let month = given(filter.month.as_deref()).map(|said| period::month("month", said));
    let month = complaints.hear(month.transpose());
    complaints.answer()?;
    let (status, find, month) = (status?, find?, month?);
    let mine = table::Entity::find().filter(mine);
    let mut query = mine.clone();
    if let Some(status) = status {
        query = query.filter(table::Column::Status.eq(status.name()));
    }
    if broken_off {
        let over = [Status::Completed, Status::Closed].map(Status::name);
        let aborted = Query::select()
            .expr(Expr::val(1))
            .from(decision::Entity)
            .and_where(
                Expr::col((decision::Entity, decision::Column::Booking))
                    .equals((table::Entity, table::Column::Id)),
            )
            .and_where(Expr::col((decision::Entity, decision::Column::Action)).eq("abort"))
            .take();
        query = query.filter(table::Column::Status.is_in(over)).filter(Expr::exists(aborted));
    }
    if !find.is_empty() {
        query = query.filter(booking::known_by(&find, side));
    }
    if let Some(month) = month {
        query = query.filter(booking::begins_in(month));
    }
    if let Some(over) = filter.over {
        let finals = Status::ALL.into_iter().filter(|status| status.is_final()).map(Status::name);
        let status = table::Column::Status;
        query = query.filter(if over { status.is_in(finals) } else { status.is_not_in(finals) });
    }
    if let Some(platform) = filter.platform {
        query = query.filter(table::Column::Platform.eq(platform));
    }
    if let Some(offering) = filter.offering.as_deref().filter(|offering| !offering.is_empty()) {
        query = query.filter(table::Column::Offering.eq(offering));
    }
    Ok(Narrowed { member, side, mine, query })
}

/// What a field says, if anything.
fn given(said: Option<&str>) -> Option<&str> {
    said.map(str::trim).filter(|said| !said.is_empty())
}

/// One booking.
///
/// # Errors
/// [`Failure::Unauthenticated`]; [`Failure::NotFound`] for whoever is neither its owner nor its platform.
pub async fn one(state: &AppState, caller: &Caller, id: Uuid) -> Result<BookingView, Failure> {
    let (booking, member, side) = booking::visible(state, caller, id).await?;
    let catalogue = ground::catalogue(state).await?;
    Ok(booking::view(&catalogue, &booking, member, side, state.clock.now()))
}

/// Those of the caller's other organisations for which they would see the booking: its owner, and its platform.
///
/// # Errors
/// [`Failure::Unauthenticated`].
pub async fn seen_elsewhere(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
) -> Result<Vec<MembershipView>, Failure> {
    let mut others = people::elsewhere(state, caller).await?;
    if others.is_empty() {
        return Ok(others);
    }
    let found = table::Entity::find_by_id(id).one(state.store.read()).await.map_err(StoreError::from)?;
    others.retain(|one| {
        found.as_ref().is_some_and(|booking| {
            booking.organisation == Some(one.organisation) || booking.platform == one.organisation
        })
    });
    Ok(others)
}

/// What happened to a booking, a page of it, oldest first. Sides are named; people to their own side alone.
///
/// # Errors
/// As [`one`].
pub async fn history(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    paging: Paging,
) -> Result<Page<EventView>, Failure> {
    let (booking, _, side) = booking::visible(state, caller, id).await?;
    let mut query = decisions(id).limit(paging.rows());
    if let Some(after) = paging.after {
        query = query.filter(decision::Column::Id.gt(after));
    }
    let rows = query.all(state.store.read()).await.map_err(StoreError::from)?;
    let names = colleagues(state, &rows, side).await?;
    let considered = considered(state, &rows, (side, PlatformId(booking.row.platform))).await?;
    let call = giving(state, id).await?;
    let catalogue = ground::known_catalogue(state).await?;
    let known = ((&names, &*catalogue), side);
    Ok(paging.page(rows, |row| row.id).map(|row| event(row, known, &considered, call.as_ref())))
}

/// All that happened to a booking and around it, for the page about it.
///
/// # Errors
/// As [`one`].
pub async fn whole_history(state: &AppState, caller: &Caller, id: Uuid) -> Result<Vec<EventView>, Failure> {
    let (booking, _, side) = booking::visible(state, caller, id).await?;
    let rows = decisions(id).all(state.store.read()).await.map_err(StoreError::from)?;
    let names = colleagues(state, &rows, side).await?;
    let considered = considered(state, &rows, (side, PlatformId(booking.row.platform))).await?;
    let call = giving(state, id).await?;
    let catalogue = ground::known_catalogue(state).await?;
    let known = (&names, &*catalogue);
    let event = |row| event(row, (known, side), &considered, call.as_ref());
    let mut all: Vec<EventView> = rows.into_iter().map(event).collect();
    all.extend(asides::of(state, id, side).await?);
    // What came of it in the same second comes behind it.
    all.sort_by_key(|event| event.at);
    Ok(all)
}

/// The call that gave the hold of a booking, if one did.
async fn giving(state: &AppState, booking: Uuid) -> Result<Option<CallName>, Failure> {
    let read = state.store.read();
    let given = wish::Entity::find().filter(wish::Column::Booking.eq(booking)).one(read).await;
    let Some(given) = given.map_err(StoreError::from)? else { return Ok(None) };
    let found = call::Entity::find_by_id(given.call).one(read).await.map_err(StoreError::from)?;
    Ok(found.map(|call| CallName { id: call.id, title: call.title }))
}

/// What was decided about a booking, oldest first.
fn decisions(booking: Uuid) -> Select<decision::Entity> {
    decision::Entity::find().filter(decision::Column::Booking.eq(booking)).order_by_asc(decision::Column::Id)
}

/// The names of those who decided `rows` on `side`.
async fn colleagues(
    state: &AppState,
    rows: &[decision::Model],
    side: Side,
) -> Result<HashMap<Uuid, String>, Failure> {
    let own = word(match side {
        Side::Owner => OrganisationKind::Company,
        Side::Platform => OrganisationKind::Platform,
    });
    let own = rows.iter().filter(|row| row.side.as_ref() == Some(&own));
    let ids = own.filter_map(|row| row.account);
    let known = account::Entity::find().filter(account::Column::Id.is_in(ids)).all(state.store.read()).await;
    Ok(known.map_err(StoreError::from)?.into_iter().map(|one| (one.id, one.name)).collect())
}

/// What the resolver considered for those of `rows` that came of that, as `side` of a booking at `platform` may read
/// it.
async fn considered(
    state: &AppState,
    rows: &[decision::Model],
    (side, platform): (Side, PlatformId),
) -> Result<HashMap<Uuid, ConsideredView>, Failure> {
    let kept = |row: &decision::Model| {
        let inputs: Json = serde_json::from_str(&row.inputs).ok()?;
        let considered: Considered = serde_json::from_value(inputs.get("considered")?.clone()).ok()?;
        // What is older doesn't say itself whether a desk looked at it.
        let by_desk = row.side.as_deref() == Some(OrganisationKind::Platform.word());
        Some((row.id, if by_desk { considered.by_desk() } else { considered }))
    };
    let kept: Vec<(Uuid, Considered)> = rows.iter().filter_map(kept).collect();
    if kept.is_empty() {
        return Ok(HashMap::new());
    }
    let mut references = HashMap::new();
    if side == Side::Platform {
        // Those of another platform are nobody's here to know.
        let named = kept.iter().flat_map(|(_, considered)| considered.bookings());
        let found = table::Entity::find()
            .filter(table::Column::Id.is_in(named))
            .filter(table::Column::Platform.eq(platform.0))
            .all(state.store.read())
            .await
            .map_err(StoreError::from)?;
        references.extend(found.into_iter().map(|row| (row.id, row.reference)));
    }
    let catalogue = ground::catalogue(state).await?;
    let view = |(id, one): (Uuid, Considered)| (id, one.view(&catalogue, (side, platform), &references));
    Ok(kept.into_iter().map(view).collect())
}

fn event(
    row: decision::Model,
    ((names, catalogue), side): ((&HashMap<Uuid, String>, &Catalogue), Side),
    considered: &HashMap<Uuid, ConsideredView>,
    call: Option<&CallName>,
) -> EventView {
    let inputs: Json = serde_json::from_str(&row.inputs).unwrap_or_default();
    let outcome: Json = serde_json::from_str(&row.outcome).unwrap_or_default();
    // Only a run that is over sooner than planned says so of lines.
    let freed = outcome.get("freed").and_then(|freed| serde_json::from_value(freed.clone()).ok());
    let freed: Vec<(LineId, Interval)> = freed.unwrap_or_default();
    // The other run may be on a platform that this one's people know nothing of.
    let other = inputs.get("split_with").filter(|_| side == Side::Owner);
    EventView {
        at: Instant(row.at),
        call: call.filter(|_| row.action == "hold").cloned(),
        action: row.action,
        person: row.account.and_then(|account| names.get(&account).cloned()),
        by: row.side.unwrap_or_else(|| "system".to_owned()),
        reason: inputs.get("reason").and_then(|reason| reason.as_str()).map(str::to_owned),
        moved: moved(&inputs),
        fee_fen: outcome.get("fee_fen").and_then(Json::as_i64).filter(|fee| *fee > 0),
        considered: considered.get(&row.id).cloned(),
        split_with: other.and_then(|id| serde_json::from_value(id.clone()).ok()),
        freed: cut_short::views(catalogue, &freed),
    }
}

/// The first starts before and after a move, which a decision names by its places.
fn moved(inputs: &Json) -> Option<MovedView> {
    let to: Placement = serde_json::from_value(inputs.get("placement")?.clone()).ok()?;
    // What its owner moved was on these lines; what was moved for others was at a place.
    let from = match serde_json::from_value::<Vec<(LineId, Interval)>>(inputs.get("from")?.clone()) {
        Ok(lines) => lines.iter().map(|(_, interval)| interval.start).min()?,
        Err(_) => serde_json::from_value::<Placement>(inputs.get("from")?.clone()).ok()?.span()?.start,
    };
    Some(MovedView { from: Instant::from_minute(from), to: Instant::from_minute(to.span()?.start) })
}
