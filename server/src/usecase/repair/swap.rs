//! Swaps: a firm offers the time of one of its campaigns for another time. A partner is looked for among the confirmed
//! campaigns there, and asked without a name. Both move in one change, each at the price of its new place and without a
//! fee, or neither does.

use std::sync::Arc;

use app::contract::{Failure, Instant, Page, PageQuery, SwapOrder, SwapView, field};
use domain::{
    BookingId, Interval, Minute, OrganisationId, PlatformId, Second,
    availability::Placement,
    booking::Status,
    calendar::{DAY, day_start, plant_day},
    request::Request,
    resolve::{
        repair::Movable,
        swap::{self, Swap, Swaps, has_room, swaps},
    },
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::{
    declined,
    lapse::{Lapse, lapses},
    list::of_kind,
    movables::{Movables, movables, placement},
    own_ask::{OwnAsk, own_asks},
    plan::{Cause, Planned, PlannedMove},
    propose::{Draft, put, within_limit},
    swap_prices, view,
};
use crate::{
    limits::Searcher,
    state::AppState,
    store::{
        Catalogue, StoreError, Tx,
        tables::{booking as booking_table, proposal, proposal_move},
    },
    usecase::{
        Caller, IdempotencyKey, Member,
        booking::{self, Loaded, Side},
        ground, internal, late, moving, place,
        protocol::{self, Attempt, Decision, Scene, Stop},
        refusal::{self, Audience},
        verified::verified,
        waitlist::others_first,
    },
};

/// Partners looked at, the nearest first.
const PARTNERS: usize = 60;
/// The longest time that can be asked for, in minutes: a quarter.
const LONGEST: i64 = 92 * DAY;

/// Offers one of the caller's company's confirmed campaigns for a time in the order's window, and asks the first
/// partner with whom both sides are feasible.
///
/// # Errors
/// [`Failure::NotFound`] for another's, [`Failure::Unverified`], [`Failure::Invalid`]; [`Failure::Refused`] with the
/// reason `room_found` if there is room without anybody, `no_swap` if there is no partner, `no_swap_now` if not all
/// could be asked or tried, `own_ask` if the company itself asks the partner something else, `asked_lately` if it has
/// done so lately, and taken that back or had no answer, `swap_unconfirmed`, `swap_leaves_plan`, `too_many_repairs`,
/// `too_many_questions`, `use_or_lose`; [`Failure::KeyReused`], [`Failure::TooMany`].
pub async fn offer(
    state: &AppState,
    caller: &Caller,
    order: &SwapOrder,
    key: &IdempotencyKey,
) -> Result<SwapView, Failure> {
    let (offered, member, side) = booking::visible(state, caller, order.booking).await?;
    if side != Side::Owner {
        return Err(Failure::Forbidden);
    }
    let member = if member.organisation.0 == caller.verified_company()?.organisation.0 {
        member.clone()
    } else {
        return Err(Failure::NotFound);
    };
    let attempt = Attempt::new(&member, key, "swap", order.booking, order);
    attempt.once(state, carry_out(state, &member, &offered, order, &attempt)).await
}

async fn carry_out(
    state: &AppState,
    member: &Member,
    offered: &Loaded,
    order: &SwapOrder,
    attempt: &Attempt,
) -> Result<SwapView, Failure> {
    let now = state.clock.now();
    if order.to <= order.from {
        return Err(field::reversed("to", "from"));
    }
    let start = order.from.minute().max(tomorrow(now));
    let wanted = Interval::new(start, order.to.minute()).filter(|wanted| wanted.minutes() <= LONGEST);
    let wanted = wanted.ok_or_else(|| {
        field::out_of_range("to", field::plant_date(start), field::plant_date(start.saturating_add(LONGEST)))
    })?;
    let own = own_side(state, offered, wanted).await?;
    let wanted = own.request.window;
    state.limits.search(Searcher::Organisation(member.organisation.0))?;
    let ground = ground::ground(state).await?;
    let Partners { all: partners, mine, again, are_whole } =
        partners(state, &ground, (&own, offered), (wanted, member.organisation)).await?;
    let (snapshot, asked) = (Arc::clone(&ground.snapshot), (own.clone(), partners.clone()));
    // Some tens of milliseconds of thought, beside which others are answered.
    let thought = tokio::task::spawn_blocking(move || {
        let (own, partners) = asked;
        let Swaps { all, is_whole } = swaps(&snapshot, &own, wanted, &partners, now, 1);
        all.into_iter().next().ok_or_else(|| {
            if has_room(&snapshot, &own, wanted, now) {
                return Failure::refused("room_found");
            }
            let (campaigns, asks): (Vec<Movable>, Vec<OwnAsk>) = mine.into_iter().unzip();
            let with_mine = swaps(&snapshot, &own, wanted, &campaigns, now, 1);
            if let Some(ask) = with_mine.all.first().and_then(|swap| asks.get(swap.partner)) {
                return ask.failure();
            }
            let with_again = swaps(&snapshot, &own, wanted, &again, now, 1);
            if with_again.all.is_empty() {
                none(are_whole && is_whole)
            } else {
                Failure::refused("asked_lately")
            }
        })
    });
    let best = thought.await.map_err(|error| internal("looking for a swap", &error))??;
    let partner = partners.get(best.partner).ok_or(Failure::Busy)?;
    let planned = planned(&ground.catalogue, &own, partner, &best).ok_or(Failure::Busy)?;
    let touched = planned.touched(&ground.catalogue);
    let most = state.settings.limits.questions_per_company;
    let done = others_first(state, |others_first| {
        let planned = planned.behind(member.organisation, others_first);
        let work = Arc::new((planned, member.clone(), order.clone()));
        protocol::run(state, Some(attempt), touched.clone(), move |tx, scene| {
            let work = Arc::clone(&work);
            Box::pin(async move {
                let (planned, member, order) = &*work;
                ask(tx, &scene, planned, (member, most), order).await
            })
        })
    });
    let worded = |why| refusal::view(&why, Audience::Outside, &*ground.catalogue);
    done.await.map_err(|stop| stop.failure(|why| Failure::Refused { refusal: worded(why) }))
}

/// From when on all must begin that a swap is about: answers to it count up to the plant midnight before the first
/// start, since that start itself would be news to the other side.
const fn tomorrow(now: Second) -> Minute {
    day_start(plant_day(now.div_euclid(60)) + 1)
}

/// The offered campaign, which must be confirmed and begin tomorrow or later. One that is cheaper for its plan window
/// stays in it.
async fn own_side(state: &AppState, offered: &Loaded, wanted: Interval) -> Result<Movable, Failure> {
    let place = placement(offered).filter(|_| offered.status == Status::Confirmed);
    let is_ahead = offered.first_start() >= tomorrow(state.clock.now());
    let place = place.filter(|_| is_ahead).ok_or_else(|| Failure::refused("swap_unconfirmed"))?;
    let wanted = match offered.plan {
        Some(plan) => wanted.intersection(plan.window).ok_or_else(|| Failure::refused("swap_leaves_plan"))?,
        None => wanted,
    };
    Ok(Movable {
        booking: BookingId(offered.row.id),
        request: Request {
            window: wanted,
            platform: Some(PlatformId(offered.row.platform)),
            ..offered.campaign.request.clone()
        },
        placement: place,
        held: moving::held(state.store.read(), offered).await?,
        needs_consent: true,
    })
}

/// Who may be asked to swap.
struct Partners {
    all: Vec<Movable>,
    /// Whom the asker asks something else already.
    mine: Vec<(Movable, OwnAsk)>,
    /// Whom it has asked lately, and taken that back or had no answer.
    again: Vec<Movable>,
    /// Whether `all` are all that there might ever be.
    are_whole: bool,
}

/// Confirmed campaigns of other firms in the window that nobody is asking about, and whose owners haven't declined to
/// swap with this one.
async fn partners(
    state: &AppState,
    ground: &crate::store::Current,
    (own, offered): (&Movable, &Loaded),
    (wanted, asker): (Interval, OrganisationId),
) -> Result<Partners, Failure> {
    let request = Request { window: wanted, ..own.request.clone() };
    let Movables { mut all, mut busy, are_whole, .. } =
        movables(state, ground, &request, (asker, false)).await?;
    let read = state.store.read();
    let declined = declined::to_swap(read, offered.row.id).await?;
    let ids = all.iter().chain(&busy).map(|one| one.booking.0);
    let confirmed = booking_table::Entity::find()
        .filter(booking_table::Column::Id.is_in(ids))
        .filter(booking_table::Column::Status.eq(Status::Confirmed.name()))
        .filter(booking_table::Column::Platform.eq(offered.row.platform))
        .all(read)
        .await
        .map_err(StoreError::from)?;
    let may = |one: &Movable| {
        // A platform's own production isn't swapped: it has no firm that would gain by it.
        one.needs_consent
            && one.booking != own.booking
            && !declined.contains(&one.booking.0)
            && confirmed.iter().any(|row| row.id == one.booking.0 && row.organisation.is_some())
            && one.placement.span().is_some_and(|span| span.overlaps(wanted))
    };
    all.retain(may);
    busy.retain(may);
    let asked = declined::lately(read, asker, state.clock.now()).await?;
    let (mut again, mut all): (Vec<Movable>, Vec<Movable>) =
        all.into_iter().partition(|one| asked.contains(&one.booking.0));
    let are_whole = are_whole && busy.is_empty() && again.is_empty() && all.len() <= PARTNERS;
    all.truncate(PARTNERS);
    again.truncate(PARTNERS);
    let own = own_asks(read, asker).await?;
    let mine = busy.into_iter().filter_map(|one| {
        let ask = own.iter().find(|ask| ask.is_about(one.booking)).copied()?;
        Some((one, ask))
    });
    let mine = mine.take(PARTNERS).collect();
    Ok(Partners { all, mine, again, are_whole })
}

/// There is no partner, as far as was looked.
fn none(is_whole: bool) -> Failure {
    Failure::refused(if is_whole { "no_swap" } else { "no_swap_now" })
}

fn planned(catalogue: &Catalogue, own: &Movable, partner: &Movable, best: &Swap) -> Option<Planned> {
    let one = |movable: &Movable, to: &Placement| {
        Some(PlannedMove {
            booking: movable.booking.0,
            from: movable.placement.clone(),
            to: to.clone(),
            route: catalogue.offered(to.route).map(Arc::clone)?,
            agreed: true,
            given: false,
            rest: None,
        })
    };
    let moves = vec![one(own, &best.own)?, one(partner, &best.theirs)?];
    Some(Planned::new(Cause::Swap, None, moves))
}

/// Refuses a company that isn't verified any more, and one that may hold only what begins soon what is later for its
/// campaign `offered`, which it doesn't come by in this way either: when it asks, and when the partner has agreed.
///
/// # Errors
/// [`Refusal::Unverified`](domain::refusal::Refusal::Unverified),
/// [`Refusal::UseOrLose`](domain::refusal::Refusal::UseOrLose), the database's failure.
pub(super) async fn may_swap(
    tx: &Tx<'_>,
    scene: &Scene,
    planned: &Planned,
    (offered, company): (Uuid, OrganisationId),
) -> Result<(), Stop> {
    verified(tx, company.0).await?;
    let own = planned.moves.iter().find(|one| one.booking == offered);
    let Some((platform, start)) = own.and_then(later) else { return Ok(()) };
    let policy = ground::policy(&scene.catalogue, platform);
    late::admit(tx, &policy, (company, platform), start, scene.now).await
}

/// Where, and when, it would begin if that is later than it does.
fn later(own: &PlannedMove) -> Option<(PlatformId, Minute)> {
    let (from, to) = (own.from.span()?.start, own.to.span()?.start);
    (to > from).then_some((own.route.platform, to))
}

async fn ask(
    tx: &Tx<'_>,
    scene: &Scene,
    planned: &Planned,
    (member, most): (&Member, u32),
    order: &SwapOrder,
) -> Result<SwapView, Stop> {
    within_limit(tx, member.organisation.0, most, scene.now).await?;
    may_swap(tx, scene, planned, (order.booking, member.organisation)).await?;
    let granted = planned.decide(tx, scene).await?;
    let prices = swap_prices::prices(tx, scene, planned, &granted).await?;
    let planned = &Planned { prices, ..planned.clone() };
    let draft = Draft {
        cause: Some(order.booking),
        organisation: member.organisation.0,
        account: member.account,
        by: member.account,
        wish: view::write_in(order)?,
        place: json!(null).to_string(),
        price_fen: 0,
    };
    let row = put(tx, scene, planned, draft).await?;
    let moves: Vec<_> = planned.moves.iter().map(|one| (one.booking, &one.from, &one.to)).collect();
    let decision = Decision {
        by: Some(member),
        booking: None,
        action: "propose_swap",
        inputs: json!({ "proposal": row.id, "booking": order.booking, "moves": moves }),
        rule: swap::RULE,
        versions: &scene.versions(),
        outcome: json!({ "expires_at": row.expires_at }),
    };
    protocol::decide(tx, decision, scene.now).await?;
    let own = proposal_move::Entity::find()
        .filter(proposal_move::Column::Proposal.eq(row.id))
        .filter(proposal_move::Column::Booking.eq(order.booking))
        .one(tx)
        .await?;
    let booking = booking_table::Entity::find_by_id(order.booking).one(tx).await?;
    let (Some(own), Some(booking)) = (own, booking) else { return Err(Failure::NotFound.into()) };
    Ok(shown(&scene.catalogue, &row, &own, &booking, None)?)
}

/// A swap as whoever offered it sees it: nothing of the partner, and of its place the days alone while that is the
/// partner's. `lapse` is why it can't be made any more, if so.
fn shown(
    catalogue: &Catalogue,
    row: &proposal::Model,
    own: &proposal_move::Model,
    booking: &booking_table::Model,
    lapse: Option<Lapse>,
) -> Result<SwapView, StoreError> {
    // Whose time is over has expired, swept up or not.
    let state = row.outcome.as_deref().or(match lapse {
        Some(Lapse::Expired) => Some("expired"),
        Some(_) => Some("lapsed"),
        None => None,
    });
    let state = state.unwrap_or("asking");
    let to: Placement = view::document(&own.to_place)?;
    let steps = if state == "made" { place::steps(catalogue, &to) } else { Vec::new() };
    let (first_day, last_day) = view::days(&to);
    let price_there_fen = own.price_fen.filter(|_| matches!(state, "asking" | "lapsed"));
    Ok(SwapView {
        id: row.id,
        booking: booking.id,
        reference: booking.reference.clone(),
        from: place::steps(catalogue, &view::document(&own.from_place)?),
        to: steps,
        first_day,
        last_day,
        price_fen: price_there_fen.map(|_| booking.price_fen),
        price_there_fen,
        state: state.into(),
        lapse: lapse.filter(|_| state == "lapsed").map(|lapse| lapse.word().to_owned()),
        asked_at: Instant(row.created_at),
        answer_by: Instant(row.expires_at),
    })
}

/// A page of the swaps that the caller's company has offered, the newest first.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] but for companies, [`Failure::Invalid`].
pub async fn own(state: &AppState, caller: &Caller, page: &PageQuery) -> Result<Page<SwapView>, Failure> {
    let member = caller.company()?;
    let (page, moves) = of_kind(state, member, page, Cause::Swap).await?;
    let read = state.store.read();
    let bookings = booking_table::Entity::find()
        .filter(booking_table::Column::Id.is_in(page.items.iter().filter_map(|row| row.cause)))
        .all(read)
        .await
        .map_err(StoreError::from)?;
    let catalogue = ground::catalogue(state).await?;
    let now = state.clock.now();
    let lapses = lapses(read, &catalogue, &page.items, member.organisation.0, now).await?;
    let mut items = Vec::with_capacity(page.items.len());
    for row in &page.items {
        let own = moves.iter().find(|one| one.proposal == row.id && Some(one.booking) == row.cause);
        let booking = bookings.iter().find(|booking| Some(booking.id) == row.cause);
        if let (Some(own), Some(booking)) = (own, booking) {
            items.push(shown(&catalogue, row, own, booking, lapses.get(&row.id).copied())?);
        }
    }
    Ok(Page { items, next: page.next })
}
