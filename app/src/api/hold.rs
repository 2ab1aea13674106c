//! Holding an offer.

#![expect(clippy::too_many_arguments, reason = "the fields of a form are the arguments of its function")]

use leptos::prelude::*;
use uuid::Uuid;

use super::campaign::{to_booking, to_campaigns_with};
use crate::{
    backend::use_backend,
    contract::{Failure, HoldOrder, RequestDetails, SplitOrder, SplitPartOrder},
    deed::Deed,
    query,
};

/// Holds `offer` of the search whose parameters are `search`, then shows the booking. `key` makes a double click one
/// hold. `details` are what was filled in for a hold that this one stands in for.
#[server(name = Hold, prefix = "/do", endpoint = "hold")]
pub async fn hold(
    search: String,
    offer: String,
    #[server(default)] product_code: String,
    #[server(default)] flexible: bool,
    #[server(default)] details: RequestDetails,
    key: String,
    here: String,
) -> Result<(), Failure> {
    let query = query::parse(&search).ok_or(Failure::NotFound)?;
    let product_code = Some(product_code.trim().to_owned()).filter(|code| !code.is_empty());
    let held = use_backend().hold(HoldOrder { query, offer, product_code, flexible }, key).await?;
    if details != RequestDetails::default() {
        keep(held.id, details).await?;
    }
    to_booking(&here, held.id, "");
    Ok(())
}

/// Holds both runs of a split of the search whose parameters are `search`, then shows the firm's campaigns. `key` makes
/// a double click one.
#[server(name = HoldSplit, prefix = "/do", endpoint = "hold-split")]
pub async fn hold_split(
    search: String,
    first: String,
    first_batches: u32,
    second: String,
    second_batches: u32,
    #[server(default)] product_code: String,
    #[server(default)] flexible: bool,
    key: String,
    here: String,
) -> Result<(), Failure> {
    let query = query::parse(&search).ok_or(Failure::NotFound)?;
    let product_code = Some(product_code.trim().to_owned()).filter(|code| !code.is_empty());
    let parts = vec![
        SplitPartOrder { batches: first_batches, offer: first },
        SplitPartOrder { batches: second_batches, offer: second },
    ];
    let held = use_backend().hold_split(SplitOrder { query, parts, product_code, flexible }, key).await?;
    let until = held.bookings.iter().filter_map(|one| one.hold_expires_at).min();
    let until = until.and_then(|until| u32::try_from(until.minute()).ok());
    to_campaigns_with(&here, Deed::BothHeld, until.as_slice());
    Ok(())
}

/// Saves what was filled in before; a field that can't be saved as it is doesn't take the others with it.
async fn keep(id: Uuid, details: RequestDetails) -> Result<(), Failure> {
    let (details, _) = details.sound(&RequestDetails::default());
    use_backend().save_details(id, details, None).await.map(drop)
}
