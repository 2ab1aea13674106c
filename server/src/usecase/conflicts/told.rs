//! What the people of a platform need beside a conflict to act on it: what its owner is asked already, and how it is
//! reached.

use std::collections::BTreeMap;

use app::contract::{ConflictView, Failure};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    state::AppState,
    store::{
        Catalogue, StoreError,
        tables::{booking, organisation, proposal, proposal_move},
    },
    usecase::repair::proposed,
};

/// Adds where each owner is asked to go, and each firm's contact.
///
/// # Errors
/// The store fails.
pub(super) async fn tell(
    state: &AppState,
    catalogue: &Catalogue,
    views: &mut [ConflictView],
) -> Result<(), Failure> {
    asked(state, catalogue, views).await?;
    contacts(state, views).await
}

async fn asked(state: &AppState, catalogue: &Catalogue, views: &mut [ConflictView]) -> Result<(), Failure> {
    let read = state.store.read();
    let ids: Vec<Uuid> = views.iter().filter_map(|view| view.proposal).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let wholes = proposal::Entity::find()
        .filter(proposal::Column::Id.is_in(ids.iter().copied()))
        .all(read)
        .await
        .map_err(StoreError::from)?;
    // Whoever isn't asked moves by rule beside it.
    let moves = proposal_move::Entity::find()
        .filter(proposal_move::Column::Proposal.is_in(ids))
        .filter(proposal_move::Column::Organisation.is_not_null())
        .order_by_asc(proposal_move::Column::Id)
        .all(read)
        .await
        .map_err(StoreError::from)?;
    for view in views {
        let whole = wholes.iter().find(|whole| Some(whole.id) == view.proposal);
        let one = moves.iter().find(|one| Some(one.proposal) == view.proposal);
        if let (Some(whole), Some(one)) = (whole, one) {
            view.asked = Some(proposed(catalogue, one, whole)?);
        }
    }
    Ok(())
}

async fn contacts(state: &AppState, views: &mut [ConflictView]) -> Result<(), Failure> {
    let read = state.store.read();
    let ids: Vec<Uuid> = views.iter().filter_map(|view| Some(view.booking.as_ref()?.id)).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let rows = booking::Entity::find()
        .filter(booking::Column::Id.is_in(ids))
        .all(read)
        .await
        .map_err(StoreError::from)?;
    let owners: BTreeMap<Uuid, Uuid> =
        rows.into_iter().filter_map(|row| Some((row.id, row.organisation?))).collect();
    let firms = organisation::Entity::find()
        .filter(organisation::Column::Id.is_in(owners.values().copied()))
        .all(read)
        .await
        .map_err(StoreError::from)?;
    for view in views {
        let Some(booking) = &view.booking else { continue };
        let details = &booking.details;
        let said = [&details.contact_name, &details.contact_phone, &details.contact_email];
        let said: Vec<&str> = said.into_iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        let firm = owners.get(&booking.id).and_then(|owner| firms.iter().find(|firm| firm.id == *owner));
        let registered = firm.map(|firm| firm.contact.clone()).filter(|contact| !contact.is_empty());
        view.contact = if said.is_empty() { registered } else { Some(said.join(" · ")) };
    }
    Ok(())
}
