//! By what people know a campaign.

use leptos::prelude::*;

use super::offering_name;
use crate::{
    contract::CampaignName,
    language::Language,
    words::{say, text},
};

/// Letters that any line has room for.
const SHORT: usize = 16;

/// A product's code or a reference, which no line breaks at its hyphens; one that is longer is broken where it must be.
pub fn whole_code(code: String) -> AnyView {
    let class = (code.chars().count() <= SHORT).then_some("whole");
    view! { <span class=class>{code}</span> }.into_any()
}

/// A heading with a booking's reference in it, which is read whole: its line doesn't end within.
pub fn titled(title: &str, reference: &str) -> AnyView {
    let Some((before, after)) = title.split_once(reference) else { return title.to_owned().into_any() };
    let [before, reference, after] = [before, reference, after].map(str::to_owned);
    view! { {before} <span class="reference">{reference}</span> {after} }.into_any()
}

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
