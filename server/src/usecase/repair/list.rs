//! Proposals: what a firm has asked for, and what it is asked.

use app::contract::{AskView, Failure, Page, PageQuery, RepairView};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{lapse::lapses, plan::Cause, view};
use crate::{
    state::AppState,
    store::{
        StoreError,
        tables::{booking as booking_table, proposal, proposal_move},
    },
    usecase::{
        Caller, Member, Paging,
        booking::{self, Loaded},
        ground,
    },
};

/// A page of what the caller's company asked for, the newest first.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] but for companies, [`Failure::Invalid`].
pub async fn own(state: &AppState, caller: &Caller, page: &PageQuery) -> Result<Page<RepairView>, Failure> {
    let (page, moves) = of_kind(state, caller.company()?, page, Cause::Room).await?;
    let catalogue = ground::catalogue(state).await?;
    let show = |row: &proposal::Model| {
        let of: Vec<_> = moves.iter().filter(|one| one.proposal == row.id).collect();
        view::own(&catalogue, row, &of)
    };
    let items = page.items.iter().map(show).collect::<Result<_, _>>()?;
    Ok(Page { items, next: page.next })
}

/// A page of the company's proposals of one kind, the newest first, with all moves of each.
///
/// # Errors
/// [`Failure::Invalid`], the database's failure.
pub(super) async fn of_kind(
    state: &AppState,
    company: &Member,
    page: &PageQuery,
    kind: Cause,
) -> Result<(Page<proposal::Model>, Vec<proposal_move::Model>), Failure> {
    let paging = Paging::read(page.cursor.as_deref(), page.limit)?;
    let read = state.store.read();
    let mut query = proposal::Entity::find()
        .filter(proposal::Column::Organisation.eq(company.organisation.0))
        .filter(proposal::Column::Kind.eq(kind.word()));
    if let Some(after) = paging.after {
        query = query.filter(proposal::Column::Id.lt(after));
    }
    let rows = query.order_by_desc(proposal::Column::Id).limit(paging.rows()).all(read).await;
    let page = paging.page(rows.map_err(StoreError::from)?, |row| row.id);
    let moves = proposal_move::Entity::find()
        .filter(proposal_move::Column::Proposal.is_in(page.items.iter().map(|row| row.id)))
        .all(read)
        .await
        .map_err(StoreError::from)?;
    Ok((page, moves))
}

/// A page of the moves that the caller's company, or its platform about its own production, is or was asked for, the
/// newest first; of one booking if that is named.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] for the district, [`Failure::Invalid`].
pub async fn asked(
    state: &AppState,
    caller: &Caller,
    page: &PageQuery,
    of: Option<Uuid>,
) -> Result<Page<AskView>, Failure> {
    let member = match caller.member()? {
        member if member.platform().is_some() => member,
        _ => caller.company()?,
    };
    let paging = Paging::read(page.cursor.as_deref(), page.limit)?;
    let read = state.store.read();
    let mut query =
        proposal_move::Entity::find().filter(proposal_move::Column::Organisation.eq(member.organisation.0));
    if let Some(booking) = of {
        query = query.filter(proposal_move::Column::Booking.eq(booking));
    }
    if let Some(after) = paging.after {
        query = query.filter(proposal_move::Column::Id.lt(after));
    }
    let rows = query.order_by_desc(proposal_move::Column::Id).limit(paging.rows()).all(read).await;
    let page = paging.page(rows.map_err(StoreError::from)?, |row| row.id);
    let wholes = proposal::Entity::find()
        .filter(proposal::Column::Id.is_in(page.items.iter().map(|one| one.proposal)))
        .all(read)
        .await
        .map_err(StoreError::from)?;
    let rows = booking_table::Entity::find()
        .filter(booking_table::Column::Id.is_in(page.items.iter().map(|one| one.booking)))
        .all(read)
        .await
        .map_err(StoreError::from)?;
    let bookings: Vec<Loaded> = booking::load_many(read, rows).await?;
    let (catalogue, now) = (ground::catalogue(state).await?, state.clock.now());
    let lapses = lapses(read, &catalogue, &wholes, member.organisation.0, now).await?;
    let mut items = Vec::with_capacity(page.items.len());
    for one in &page.items {
        let whole = wholes.iter().find(|whole| whole.id == one.proposal);
        let booking = bookings.iter().find(|booking| booking.row.id == one.booking);
        // Whoever offered a swap isn't asked for its own half.
        let whole = whole.filter(|whole| whole.organisation != member.organisation.0);
        if let (Some(whole), Some(booking)) = (whole, booking) {
            let lapse = lapses.get(&whole.id).copied();
            items.push(view::asked(&catalogue, one, whole, booking, (lapse, now))?);
        }
    }
    Ok(Page { items, next: page.next })
}
