//! Demand, for the district: what was searched for, and what found no place. Offerings that fewer than three clients
//! searched for are left out, and no totals are given from which they could be computed.

use std::collections::{BTreeMap, BTreeSet};

use app::contract::{DemandView, Failure, Period, TextView};
use domain::{Minutes, offering};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{Caller, period};
use crate::{
    state::AppState,
    store::{StoreError, tables::search_record as table},
};

/// Longest period, in plant days.
const LONGEST: i64 = 400;
/// Fewer clients than this would tell about one of them.
const FEWEST_CLIENTS: usize = 3;

/// Demand by offering of searches made in a period, by offering's code.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] but for the district, [`Failure::Invalid`].
pub async fn of_period(
    state: &AppState,
    caller: &Caller,
    period: &Period,
) -> Result<Vec<DemandView>, Failure> {
    caller.district()?;
    let interval = period::interval(period, LONGEST)?;
    let records = table::Entity::find()
        .filter(table::Column::At.gte(interval.start * 60))
        .filter(table::Column::At.lt(interval.end * 60))
        .all(state.store.read())
        .await
        .map_err(StoreError::from)?;
    let mut by_offering: BTreeMap<String, Vec<table::Model>> = BTreeMap::new();
    for record in records {
        by_offering.entry(record.offering.clone()).or_default().push(record);
    }
    Ok(by_offering.iter().filter_map(|(code, records)| of_offering(code, records)).collect())
}

fn of_offering(code: &str, records: &[table::Model]) -> Option<DemandView> {
    let known = offering::find(code)?;
    let clients: BTreeSet<Uuid> = records.iter().filter_map(|record| record.organisation).collect();
    if clients.len() < FEWEST_CLIENTS {
        return None;
    }
    // Who searches again with another window asks for the same campaign: once per client and stage, met if any search
    // was. A visitor who isn't signed in can't be told apart from the next one.
    let mut wishes: BTreeMap<(Uuid, &str), (Minutes, bool)> = BTreeMap::new();
    for record in records {
        let who = record.organisation.unwrap_or(record.id);
        let wish = wishes.entry((who, &record.stage)).or_default();
        wish.0 = wish.0.max(record.minutes.unwrap_or(0));
        wish.1 |= record.offers > 0;
    }
    let unmet = || wishes.values().filter(|(_, met)| !met);
    let mut leads: Vec<Minutes> =
        records.iter().filter_map(|record| Some(record.first_start? - record.at.div_euclid(60))).collect();
    leads.sort_unstable();
    Some(DemandView {
        offering: code.to_owned(),
        name: TextView { zh: known.zh.to_owned(), en: known.en.to_owned() },
        searches: count(wishes.len()),
        unmet: count(unmet().count()),
        asked_minutes: wishes.values().map(|(minutes, _)| minutes).sum(),
        unmet_minutes: unmet().map(|(minutes, _)| minutes).sum(),
        lead_median_minutes: percentile(&leads, 50),
        lead_p90_minutes: percentile(&leads, 90),
    })
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The nearest-rank percentile of ascending values.
fn percentile(sorted: &[Minutes], percent: usize) -> Option<Minutes> {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search(client: u128, stage: &str, offers: i64, lead: i64) -> table::Model {
        table::Model {
            id: Uuid::now_v7(),
            at: 600,
            organisation: Some(Uuid::from_u128(client)),
            offering: "TAB".into(),
            platform: None,
            starts_at: 0,
            ends_at: 1,
            batches: 1,
            stage: stage.into(),
            offers,
            first_start: (offers > 0).then_some(10 + lead),
            refusals: "[]".into(),
            minutes: Some(100),
        }
    }

    #[test]
    fn a_campaign_counts_once_and_is_met_if_any_search_was() {
        let records = [
            search(1, "scale_up", 0, 0),
            search(1, "scale_up", 2, 60),
            search(1, "registration", 0, 0),
            search(2, "scale_up", 1, 20),
            search(3, "scale_up", 0, 0),
        ];
        let view = of_offering("TAB", &records).expect("three clients");
        assert_eq!((view.searches, view.unmet), (4, 2));
        assert_eq!((view.asked_minutes, view.unmet_minutes), (400, 200));
        assert_eq!((view.lead_median_minutes, view.lead_p90_minutes), (Some(20), Some(60)));
    }

    #[test]
    fn two_clients_are_too_few() {
        let records = [search(1, "scale_up", 0, 0), search(2, "scale_up", 0, 0), search(2, "release", 0, 0)];
        assert_eq!(of_offering("TAB", &records), None);
    }
}
