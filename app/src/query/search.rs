//! The search's state in the URL: parsed from the form's parameters and written back for links and hidden fields.

use leptos_router::{location::RequestUrl, params::ParamsMap};
use uuid::Uuid;

use super::CampaignDraft;
use crate::{
    contract::{BookingView, Instant, OfferQuery},
    words::day,
};

/// The search that the parameters describe, or `None` while nothing was asked for. Values are taken as they are.
#[must_use]
pub fn read(parameters: &ParamsMap) -> Option<CampaignDraft> {
    ["batch_size", "from", "to"].into_iter().find(|name| parameters.get(name).is_some())?;
    fields(parameters)
}

/// A search of which only the form and the platform are chosen, with the usual window: nothing was asked for yet.
#[must_use]
pub fn chosen(parameters: &ParamsMap, now: Instant) -> Option<CampaignDraft> {
    let CampaignDraft { offering, unit, platform, .. } = fields(parameters)?;
    Some(CampaignDraft { offering, unit, platform, ..blank(now).into() })
}

/// The address of [`chosen`].
#[must_use]
pub fn choose(offering: &str, unit: &str, platform: Uuid) -> String {
    let mut parameters = ParamsMap::new();
    parameters.insert("offering", offering.to_owned());
    parameters.insert("unit", unit.to_owned());
    parameters.insert("platform", platform.to_string());
    parameters.to_query_string()
}

fn fields(parameters: &ParamsMap) -> Option<CampaignDraft> {
    let text = |name: &str| parameters.get(name).map(|value| value.trim().to_owned()).unwrap_or_default();
    ["offering", "from"].into_iter().find(|name| !text(name).is_empty())?;
    let hazards: Vec<String> = parameters.get_all("hazards").unwrap_or_default();
    Some(CampaignDraft {
        offering: text("offering"),
        batch_size: text("batch_size"),
        unit: text("unit"),
        batches: text("batches"),
        from: text("from"),
        to: text("to"),
        hazards: hazards.into_iter().filter(|tag| !tag.is_empty()).collect::<Vec<_>>().join(","),
        oeb: text("oeb"),
        gmp: text("gmp"),
        stage: text("stage"),
        platform: text("platform"),
        product: text("product"),
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

/// [`read`] of what [`write`] wrote; `None` of anything else that can't be read.
#[must_use]
pub fn parse(written: &str) -> Option<OfferQuery> {
    let url = RequestUrl::new(&format!("/{written}")).parse().ok()?;
    read(url.search_params())?.query().ok()
}

/// A search with one of its offers as one value, which [`parse_with`] reads.
#[must_use]
pub fn write_with(query: &OfferQuery, offer: &str) -> String {
    format!("{}#{offer}", write(query))
}

/// The search and the key of its offer that [`write_with`] wrote.
#[must_use]
pub fn parse_with(written: &str) -> Option<(OfferQuery, String)> {
    let (search, offer) = written.rsplit_once('#')?;
    Some((parse(search)?, offer.to_owned()))
}

/// The search for a booking's campaign once more: as it was searched, from the day after tomorrow; where that window is
/// past, as [`near`].
#[must_use]
pub fn again(booking: &BookingView) -> OfferQuery {
    let soonest = day(booking.now, 2);
    if booking.to < soonest {
        return near(booking);
    }
    let (from, to) = (booking.from.clone().max(soonest), booking.to.clone());
    OfferQuery { from, to, platform: booking.searched_platform, ..near(booking) }
}

/// The same near the times that it held, on any platform.
#[must_use]
pub fn near(booking: &BookingView) -> OfferQuery {
    let start = booking.steps.iter().map(|step| step.start).min().unwrap_or(booking.now);
    let end = booking.steps.iter().map(|step| step.end).max().unwrap_or(booking.now);
    let soonest = day(booking.now, 2);
    OfferQuery {
        offering: booking.offering.clone(),
        batch_size: booking.batch_size.clone(),
        unit: booking.unit.clone(),
        batches: booking.batches,
        from: day(start, -14).max(soonest),
        to: day(end.max(booking.now), 60),
        hazards: booking.hazards.clone(),
        oeb: booking.oeb,
        gmp: booking.gmp,
        stage: Some(booking.stage.clone()).filter(|stage| stage != "unstated"),
        platform: None,
        product: None,
        moving: None,
    }
}

/// How far ahead is looked when nobody said, in days.
const WINDOW_DAYS: i64 = 90;

/// What a search form holds before anybody typed: the next three months.
#[must_use]
pub fn blank(now: Instant) -> OfferQuery {
    OfferQuery {
        offering: String::new(),
        batch_size: String::new(),
        unit: String::new(),
        batches: 1,
        from: day(now, 2),
        to: day(now, WINDOW_DAYS),
        hazards: String::new(),
        oeb: None,
        gmp: false,
        stage: None,
        platform: None,
        product: None,
        moving: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query() -> OfferQuery {
        parse("?offering=TAB&batch_size=12.5&unit=kilogram&batches=3&from=2026-12-01&to=2027-01-31")
            .expect("a query")
    }

    #[test]
    fn a_search_survives_its_url() {
        let full = OfferQuery {
            hazards: "hormone,cytotoxic".into(),
            oeb: Some(4),
            gmp: true,
            stage: Some("registration".into()),
            platform: Some(Uuid::from_u128(7)),
            product: Some(Uuid::from_u128(8)),
            ..query()
        };
        for query in [query(), full] {
            assert_eq!(parse(&write(&query)), Some(query));
        }
    }

    #[test]
    fn a_search_and_its_offer_are_one_value() {
        assert_eq!(parse_with(&write_with(&query(), "AbC_-1")), Some((query(), "AbC_-1".to_owned())));
        assert_eq!((parse_with("?offering=TAB"), parse_with("#AbC")), (None, None));
    }

    #[test]
    fn boxes_that_are_ticked_one_by_one_are_one_list() {
        let query = parse("?offering=TAB&batches=1&batch_size=1&hazards=hormone&hazards=cytotoxic&hazards=");
        let query = query.expect("a query");
        assert_eq!(query.hazards, "hormone,cytotoxic");
    }

    #[test]
    fn nothing_asked_is_no_search_and_nonsense_is_left_to_the_server() {
        assert_eq!(parse("?offering="), None);
        assert_eq!(parse("?offering=TAB&batches=0&to=never").expect("a query").to, "never");
    }

    #[test]
    fn what_cannot_be_read_is_kept_as_it_was_typed() {
        let url = RequestUrl::new("/?offering=TAB&batches=2.5&from=2026-12-01&oeb=high&platform=here");
        let url = url.parse().expect("an address");
        let draft = read(url.search_params()).expect("a search");
        assert_eq!((&*draft.batches, &*draft.oeb, &*draft.platform), ("2.5", "high", "here"));
        assert!(draft.query().is_err());
    }

    #[test]
    fn gmp_that_is_denied_is_not_asked_for() {
        let asked = |gmp: &str| {
            parse(&format!("?offering=TAB&batches=1&from=2026-12-01&gmp={gmp}")).map(|query| query.gmp)
        };
        assert_eq!(["true", "false", ""].map(asked), [Some(true), Some(false), Some(false)]);
    }

    #[test]
    fn a_form_chosen_on_a_platform_is_no_search_yet() {
        let platform = Uuid::from_u128(7);
        let chosen = choose("TAB", "kilogram", platform);
        assert_eq!(parse(&chosen), None);
        let url = RequestUrl::new(&format!("/{chosen}")).parse().expect("an address");
        let query = super::chosen(url.search_params(), Instant(1_796_054_400)).expect("a choice");
        assert_eq!((query.offering, query.platform), ("TAB".to_owned(), platform.to_string()));
        assert_eq!(query.batch_size, "");
    }
}
