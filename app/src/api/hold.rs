//! Holding an offer.

use leptos::prelude::*;

use crate::{
    backend::use_backend,
    contract::{Failure, HoldOrder},
    language, query,
};

/// Holds `offer` of the search whose parameters are `search`, then shows the booking. `key` makes a double click one
/// hold.
#[server(name = Hold, prefix = "/do", endpoint = "hold")]
pub async fn hold(
    search: String,
    offer: String,
    #[server(default)] product_code: String,
    key: String,
    language: String,
) -> Result<(), Failure> {
    let query = query::parse(&search).ok_or(Failure::NotFound)?;
    let product_code = Some(product_code.trim().to_owned()).filter(|code| !code.is_empty());
    let held = use_backend().hold(HoldOrder { query, offer, product_code }, key).await?;
    let language = language::of_path(&language).unwrap_or_default();
    leptos_axum::redirect(&language::link(language, &format!("/bookings/{}", held.id)));
    Ok(())
}
