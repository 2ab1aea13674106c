//! What a firm wants and doesn't just search for: a wish in the domain's terms, with its product.

use app::contract::{Failure, OfferQuery};
use domain::request::Request;

use super::{
    Member,
    products::{self, Product},
    search,
};
use crate::state::AppState;

/// What `member` wants, for the product that it names by `code` or in the query.
///
/// # Errors
/// [`Failure::Invalid`] names the field.
pub(crate) async fn wanted(
    state: &AppState,
    member: &Member,
    query: &OfferQuery,
    code: Option<&str>,
) -> Result<(Request, Product), Failure> {
    let request = search::request(state, Some(member), query).await?;
    let code = code.unwrap_or_default();
    let product = products::of_order(state, member.organisation, code, query.product).await?;
    Ok((Request { product: product.id, ..request }, product))
}

/// The same of what was wanted some time ago; `None` if it can't be had any more.
///
/// # Errors
/// It can't be looked up, which says nothing of the wish.
pub(crate) async fn still_wanted(
    state: &AppState,
    member: &Member,
    query: &OfferQuery,
    code: Option<&str>,
) -> Result<Option<(Request, Product)>, Failure> {
    match wanted(state, member, query, code).await {
        Ok(wanted) => Ok(Some(wanted)),
        Err(Failure::Invalid { .. } | Failure::NotFound | Failure::Refused { .. }) => Ok(None),
        Err(failure) => Err(failure),
    }
}
