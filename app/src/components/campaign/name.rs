//! By what people know a campaign.

use super::offering_name;
use crate::{
    contract::CampaignName,
    language::Language,
    words::{say, text},
};

/// `Tablet · JIA-01`; on the desk of a platform whose it is comes first.
pub fn known_as(language: Language, name: &CampaignName, on_desk: bool) -> String {
    let company = name
        .company_name
        .as_ref()
        .map_or_else(|| say!(language, desk.own_production).to_owned(), |name| text(language, name));
    let parts = [
        Some(company).filter(|_| on_desk),
        Some(offering_name(language, &name.offering)),
        name.product_code.clone(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
