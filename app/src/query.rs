//! The search's state in the URL: parsed from the form's parameters and written back for links and hidden fields.

use leptos_router::params::ParamsMap;
use uuid::Uuid;

use crate::contract::OfferQuery;

/// The search that the parameters describe, or `None` while nothing was asked for. Values are taken as they are: the
/// server says what is wrong with which.
#[must_use]
pub fn read(parameters: &ParamsMap) -> Option<OfferQuery> {
    let text = |name: &str| parameters.get(name).map(|value| value.trim().to_owned()).unwrap_or_default();
    let given = |name: &str| Some(text(name)).filter(|value| !value.is_empty());
    given("offering").or_else(|| given("from"))?;
    let hazards: Vec<String> = parameters.get_all("hazards").unwrap_or_default();
    Some(OfferQuery {
        offering: text("offering"),
        batch_size: text("batch_size"),
        unit: text("unit"),
        batches: text("batches").parse().unwrap_or(0),
        from: text("from"),
        to: text("to"),
        hazards: hazards.into_iter().filter(|tag| !tag.is_empty()).collect::<Vec<_>>().join(","),
        oeb: given("oeb").and_then(|band| band.parse().ok()),
        gmp: given("gmp").is_some(),
        stage: given("stage"),
        platform: given("platform").and_then(|id| Uuid::parse_str(&id).ok()),
        product: given("product").and_then(|id| Uuid::parse_str(&id).ok()),
    })
}

/// The parameters that [`read`] reads.
#[must_use]
pub fn write(query: &OfferQuery) -> String {
    let mut parameters = ParamsMap::new();
    let mut put = |name: &'static str, value: String| {
        if !value.is_empty() {
            parameters.insert(name, value);
        }
    };
    put("offering", query.offering.clone());
    put("batch_size", query.batch_size.clone());
    put("unit", query.unit.clone());
    put("batches", query.batches.to_string());
    put("from", query.from.clone());
    put("to", query.to.clone());
    put("hazards", query.hazards.clone());
    put("oeb", query.oeb.map(|band| band.to_string()).unwrap_or_default());
    put("gmp", if query.gmp { "true".into() } else { String::new() });
    put("stage", query.stage.clone().unwrap_or_default());
    put("platform", query.platform.map(|id| id.to_string()).unwrap_or_default());
    put("product", query.product.map(|id| id.to_string()).unwrap_or_default());
    parameters.to_query_string()
}
