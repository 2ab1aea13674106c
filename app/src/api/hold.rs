//! Holding an offer.

#![expect(clippy::too_many_arguments, reason = "the fields of a form are the arguments of its function")]

use leptos::{prelude::*, serde_json};
use uuid::Uuid;

use super::campaign::{to_booking, to_campaigns};
use crate::{
    backend::use_backend,
    contract::{Failure, HoldOrder, RequestDetails, SplitOrder, SplitPartOrder},
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
    key: String,
    here: String,
) -> Result<(), Failure> {
    let query = query::parse(&search).ok_or(Failure::NotFound)?;
    let product_code = Some(product_code.trim().to_owned()).filter(|code| !code.is_empty());
    let parts = vec![
        SplitPartOrder { batches: first_batches, offer: first },
        SplitPartOrder { batches: second_batches, offer: second },
    ];
    use_backend().hold_split(SplitOrder { query, parts, product_code, flexible: false }, key).await?;
    to_campaigns(&here);
    Ok(())
}

/// Saves what was filled in before; a field that can't be saved as it is doesn't take the others with it.
async fn keep(id: Uuid, details: RequestDetails) -> Result<(), Failure> {
    let mut details = details;
    loop {
        let wrong = match use_backend().save_details(id, details.clone()).await {
            Ok(_) => return Ok(()),
            Err(Failure::Invalid { faults }) => faults,
            Err(failure) => return Err(failure),
        };
        let without = wrong.iter().fold(details.clone(), |left, fault| without(&left, fault.name()));
        if without == details {
            return Ok(());
        }
        details = without;
    }
}

/// `details` with nothing in `field`.
fn without(details: &RequestDetails, field: &str) -> RequestDetails {
    let Ok(serde_json::Value::Object(mut fields)) = serde_json::to_value(details) else {
        return details.clone();
    };
    fields.remove(field);
    serde_json::from_value(fields.into()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_field_goes_and_the_others_stay() {
        let details = RequestDetails {
            project: "P-7".into(),
            contact_email: "nobody".into(),
            quality: true,
            ..RequestDetails::default()
        };
        let left = without(&details, "contact_email");
        assert_eq!(left, RequestDetails { contact_email: String::new(), ..details.clone() });
        assert_eq!(without(&details, "no such field"), details);
    }
}
