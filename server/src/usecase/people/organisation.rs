//! The own organisation.

use app::contract::{Failure, OrganisationView, ProfileChange};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::{innovation, rows};
use crate::{state::AppState, store::StoreError, usecase::Caller};

/// The organisation that the caller acts for.
///
/// # Errors
/// [`Failure::Unauthenticated`].
pub async fn own_organisation(state: &AppState, caller: &Caller) -> Result<OrganisationView, Failure> {
    let member = caller.member()?;
    let read = state.store.read();
    let view = rows::organisation_view(rows::find_organisation(read, member.organisation.0).await?)?;
    Ok(innovation::shown(read, vec![view]).await?.remove(0))
}

/// Changes the profile of the own organisation.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] for others than its administrators, [`Failure::Invalid`].
pub async fn change_profile(
    state: &AppState,
    caller: &Caller,
    change: ProfileChange,
) -> Result<OrganisationView, Failure> {
    let organisation = caller.administrator()?.organisation.0;
    let name_en = change.name_en.map(|name| rows::required("name_en", &name, 200)).transpose()?;
    let contact = change.contact.map(|contact| rows::required("contact", &contact, 200)).transpose()?;
    let size = change.size.map(|size| rows::size(Some(&size))).transpose()?;
    let changed = state
        .store
        .write(move |tx| {
            let (name_en, contact, size) = (name_en.clone(), contact.clone(), size.clone());
            Box::pin(async move {
                let mut row = rows::find_organisation(tx, organisation).await?.into_active_model();
                if let Some(name) = name_en {
                    row.name_en = Set(name);
                }
                if let Some(contact) = contact {
                    row.contact = Set(contact);
                }
                if let Some(size) = size {
                    row.size = Set(size);
                }
                rows::organisation_view(row.update(tx).await.map_err(StoreError::from)?)
            })
        })
        .await?;
    Ok(innovation::shown(state.store.read(), vec![changed]).await?.remove(0))
}
