//! Demand, for the district: what companies and visitors searched for, and what found no place. A platform that looks
//! at its own lines, or the district, is no client. Offerings that fewer than three companies searched for are left
//! out, and no totals are given from which they could be computed.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use app::contract::{
    DemandReport, DemandView, Failure, OrganisationKind, QuarterQuery, TextView, UnmetReason,
};
use domain::{
    Minutes, OrganisationId, Second,
    calendar::DAY,
    metrics::{Cell, FEWEST_CLIENTS, FEWEST_RANKED, Table},
    offering,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

use super::{
    Caller, ground,
    quarter::{self, Quarter},
};
use crate::{
    state::AppState,
    store::{
        StoreError,
        tables::{organisation, search_record as table},
    },
};

const WEEK: Minutes = 7 * DAY;

/// Demand by offering of the searches made in a quarter, by offering's code.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] but for the district, [`Failure::Invalid`].
pub async fn of_quarter(
    state: &AppState,
    caller: &Caller,
    asked: &QuarterQuery,
) -> Result<DemandReport, Failure> {
    caller.district()?;
    let quarter = Quarter::read(asked, state.clock.now())?;
    let interval = quarter.interval();
    let companies = organisation::Entity::find()
        .filter(organisation::Column::Kind.eq(OrganisationKind::Company.word()))
        .select_only()
        .column(organisation::Column::Id)
        .into_query();
    let by_company = table::Column::Organisation.in_subquery(companies);
    let records = table::Entity::find()
        .filter(table::Column::At.gte(interval.start * 60))
        .filter(table::Column::At.lt(interval.end * 60))
        .filter(Condition::any().add(table::Column::Organisation.is_null()).add(by_company))
        .all(state.store.read())
        .await
        .map_err(StoreError::from)?;
    let searched = !records.is_empty();
    let mut by_offering: BTreeMap<String, Vec<table::Model>> = BTreeMap::new();
    for record in records {
        by_offering.entry(record.offering.clone()).or_default().push(record);
    }
    let offerings = published(&by_offering);
    let catalogue = ground::catalogue(state).await?;
    let quarter = quarter.view(quarter::reach(&catalogue, state.clock.now()));
    Ok(DemandReport { quarter, searched, offerings })
}

/// What may be told of the searches for each offering, with the reasons of those that found nothing.
fn published(by_offering: &BTreeMap<String, Vec<table::Model>>) -> Vec<DemandView> {
    let mut offerings: Vec<DemandView> =
        by_offering.iter().filter_map(|(code, records)| of_offering(code, records)).collect();
    let of = |view: &DemandView| (by_offering[&view.offering].as_slice(), view.unmet.is_some());
    let mut reasons = reasons(offerings.iter().map(of));
    for (view, reasons) in offerings.iter_mut().zip(reasons.iter_mut()) {
        view.reasons = std::mem::take(reasons);
    }
    offerings
}

/// Why nothing was found, for each of the offerings whose searches are given with whether it is told how many found
/// nothing. A cell that stands for too few clients is left out with what could give it away, as if the reasons added
/// up: that hides rather too much. Where the number itself isn't told, no reason is: a reason that all of them share,
/// or those of each added up, would be that number. No totals are given, so that such a row protects no other.
fn reasons<'a>(offerings: impl Iterator<Item = (&'a [table::Model], bool)>) -> Vec<Vec<UnmetReason>> {
    let counted: Vec<(BTreeMap<String, Cell>, bool)> =
        offerings.map(|(records, told)| (unmet_by_reason(records), told)).collect();
    let names: BTreeSet<&String> = counted.iter().flat_map(|(cells, _)| cells.keys()).collect();
    let row = |cells: &BTreeMap<String, Cell>| -> Vec<Cell> {
        names.iter().map(|name| cells.get(*name).cloned().unwrap_or_default()).collect()
    };
    let rows: Vec<Vec<Cell>> =
        counted.iter().filter(|(_, told)| *told).map(|(cells, _)| row(cells)).collect();
    let mut shown = Table::publish_without(&rows, &of_visitors_alone(&rows)).shown.into_iter();
    let of = |(cells, told): &(BTreeMap<String, Cell>, bool)| {
        let shown = if *told { shown.next().unwrap_or_default() } else { Vec::new() };
        let mut reasons: Vec<UnmetReason> = names
            .iter()
            .enumerate()
            .filter(|(_, name)| cells.contains_key(**name))
            .map(|(place, name)| UnmetReason {
                reason: (*name).clone(),
                searches: shown.get(place).copied().flatten(),
            })
            .collect();
        reasons.sort_by_key(|one| Reverse(one.searches));
        reasons
    };
    counted.iter().map(of).collect()
}

/// The places of figures that stand for visitors alone. Somebody of a firm who isn't signed in is a visitor too, so
/// that these are too few, not nobody's.
fn of_visitors_alone(rows: &[Vec<Cell>]) -> BTreeSet<(usize, usize)> {
    let is_theirs = |cell: &Cell| cell.value > 0 && cell.clients.is_empty();
    let cells = rows
        .iter()
        .enumerate()
        .flat_map(|(row, cells)| cells.iter().enumerate().map(move |(column, cell)| ((row, column), cell)));
    cells.filter(|(_, cell)| is_theirs(cell)).map(|(place, _)| place).collect()
}

/// The wishes that found nothing, by each reason, as [`of_offering`] counts them.
fn unmet_by_reason(records: &[table::Model]) -> BTreeMap<String, Cell> {
    let clients: BTreeSet<Uuid> = records.iter().filter_map(|record| record.organisation).collect();
    let mut cells: BTreeMap<String, Cell> = BTreeMap::new();
    for (about, wish) in wishes(records).into_iter().filter(|(_, wish)| !wish.met) {
        for reason in wish.reasons {
            let cell = cells.entry(reason).or_default();
            cell.value += 1;
            cell.clients.extend(clients.get(&about.who).copied().map(OrganisationId));
        }
    }
    cells
}

/// Who asks, for which project and stage. Whoever searches again with another window asks for the same campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct About<'a> {
    /// An organisation, or a visitor of one day. Of whom not even that is known each search is somebody's.
    who: Uuid,
    /// Empty of a visitor, who counts once a day whatever stages are tried.
    stage: &'a str,
    product: Option<Uuid>,
}

/// What came of it.
#[derive(Debug, Default)]
struct Wish {
    /// Line time asked for, the most of any search.
    minutes: Minutes,
    /// Whether any search found a place.
    met: bool,
    /// For which reasons others didn't.
    reasons: BTreeSet<String>,
    /// When the first search that found a place was made, and how far ahead that began.
    lead: Option<(Second, Minutes)>,
}

type Wishes<'a> = BTreeMap<About<'a>, Wish>;

/// The searches by whom and for what. A search that names no product is taken for one of those that the client did name
/// at that stage: firms look around first. Only where they never name one is it a wish by itself.
fn wishes(records: &[table::Model]) -> Wishes<'_> {
    let mut wishes = Wishes::new();
    for record in records {
        let who = record.organisation.or(record.visitor).unwrap_or(record.id);
        let stage = if record.organisation.is_some() { record.stage.as_str() } else { "" };
        let wish = wishes.entry(About { who, stage, product: record.product }).or_default();
        wish.minutes = wish.minutes.max(record.minutes.unwrap_or(0));
        wish.met |= record.offers > 0;
        wish.reasons.extend(serde_json::from_str::<Vec<String>>(&record.refusals).unwrap_or_default());
        let lead = record.first_start.map(|start| (record.at, start - record.at.div_euclid(60)));
        wish.lead = wish.lead.into_iter().chain(lead).min();
    }
    let named: BTreeSet<(Uuid, &str)> =
        wishes.keys().filter(|about| about.product.is_some()).map(|about| (about.who, about.stage)).collect();
    wishes.retain(|about, _| about.product.is_some() || !named.contains(&(about.who, about.stage)));
    wishes
}

fn of_offering(code: &str, records: &[table::Model]) -> Option<DemandView> {
    let known = offering::find(code)?;
    let clients: BTreeSet<Uuid> = records.iter().filter_map(|record| record.organisation).collect();
    if clients.len() < FEWEST_CLIENTS {
        return None;
    }
    let wishes = wishes(records);
    let unmet = || wishes.values().filter(|wish| !wish.met);
    let told = enough(&clients, &wishes, true) && enough(&clients, &wishes, false);
    let leads = leads(&clients, &wishes);
    Some(DemandView {
        offering: code.to_owned(),
        name: TextView { zh: known.zh.to_owned(), en: known.en.to_owned() },
        searches: count(wishes.len()),
        unmet: told.then(|| count(unmet().count())),
        asked_minutes: wishes.values().map(|wish| wish.minutes).sum(),
        unmet_minutes: told.then(|| unmet().map(|wish| wish.minutes).sum()),
        lead_median_weeks: percentile(&leads, 50).map(whole_weeks),
        lead_p90_weeks: percentile(&leads, 90).map(whole_weeks),
        reasons: Vec::new(),
    })
}

/// How far ahead what firms found began, ascending: nothing where few of them found anything. Visitors don't count:
/// anybody can be as many as they have addresses, and choose windows that move the ranks to where one firm's value is.
fn leads(clients: &BTreeSet<Uuid>, wishes: &Wishes<'_>) -> Vec<Minutes> {
    let of_firms = wishes.iter().filter(|(about, _)| clients.contains(&about.who));
    let found: Vec<(Uuid, Minutes)> =
        of_firms.filter_map(|(about, wish)| Some((about.who, wish.lead?.1))).collect();
    let finders: BTreeSet<Uuid> = found.iter().map(|(who, _)| *who).collect();
    if finders.len() < FEWEST_RANKED {
        return Vec::new();
    }
    let mut leads: Vec<Minutes> = found.into_iter().map(|(_, lead)| lead).collect();
    leads.sort_unstable();
    leads
}

/// Rounded. To the minute a value by rank would be one firm's first start, and thus when a line is taken.
const fn whole_weeks(lead: Minutes) -> i64 {
    (lead + WEEK / 2) / WEEK
}

/// Whether the wishes that found a place (`met`), or those that didn't, are nobody's or those of enough clients: what
/// is told of the one gives the other away by subtraction. Visitors alone are too few: somebody of a firm may be one.
fn enough(clients: &BTreeSet<Uuid>, wishes: &Wishes<'_>, met: bool) -> bool {
    let behind: BTreeSet<Uuid> =
        wishes.iter().filter(|(_, wish)| wish.met == met).map(|(about, _)| about.who).collect();
    let known = behind.intersection(clients).count();
    behind.is_empty() || known >= FEWEST_CLIENTS
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
            product: None,
            visitor: None,
        }
    }

    #[test]
    fn who_loads_the_page_again_counts_once_signed_in_or_not() {
        let visitor = |name: u128, lead| table::Model {
            organisation: None,
            visitor: Some(Uuid::from_u128(name)),
            ..search(0, "scale_up", 1, lead)
        };
        let firms =
            [search(1, "scale_up", 1, 10), search(2, "scale_up", 1, 20), search(3, "scale_up", 1, 30)];
        let once = [firms.to_vec(), vec![visitor(70, 90), visitor(71, 90)]].concat();
        let other = table::Model { stage: "release".into(), ..visitor(70, 90) };
        let again = [vec![visitor(70, 90); 5], vec![other], vec![search(3, "scale_up", 1, 30); 5]].concat();
        let told = |records: &[table::Model]| of_offering("TAB", records).expect("three clients");
        assert_eq!(told(&once).searches, 5);
        assert_eq!(told(&[once.clone(), again].concat()), told(&once));
    }

    #[test]
    fn lead_times_are_of_five_firms_alone_and_in_whole_weeks() {
        let visitors = |lead| {
            (60..90).map(move |name| table::Model {
                organisation: None,
                visitor: Some(Uuid::from_u128(name)),
                ..search(0, "scale_up", 1, lead)
            })
        };
        let firms = |leads: &[Minutes]| -> Vec<table::Model> {
            leads.iter().zip(1..).map(|(lead, client)| search(client, "scale_up", 1, *lead)).collect()
        };
        let told = |records: Vec<table::Model>| {
            let view = of_offering("TAB", &records).expect("three clients");
            (view.lead_median_weeks, view.lead_p90_weeks)
        };
        let five = firms(&[WEEK, 2 * WEEK, 3 * WEEK, 4 * WEEK, 5 * WEEK]);
        assert_eq!(told(five.clone()), (Some(3), Some(5)));
        let minutes = firms(&[WEEK + 7, 2 * WEEK, 3 * WEEK - 17, 4 * WEEK, 5 * WEEK + 3 * DAY]);
        assert_eq!(told(minutes), (Some(3), Some(5)), "nothing is read to the minute");
        let steered: Vec<_> = visitors(0).chain(visitors(90 * WEEK)).chain(five.clone()).collect();
        assert_eq!(told(steered), (Some(3), Some(5)), "visitors move nothing");
        let four: Vec<_> = five.iter().skip(1).cloned().chain(visitors(3 * WEEK)).collect();
        assert_eq!(told(four), (None, None), "four firms are too few");
        assert_eq!(told(firms(&[DAY; 5])), (Some(0), Some(0)));
    }

    #[test]
    fn each_project_counts_by_itself_and_a_search_without_one_for_none_of_its_own() {
        let of = |client, project: u128, offers| table::Model {
            product: Some(Uuid::from_u128(project)),
            ..search(client, "scale_up", offers, 20)
        };
        // Three projects of client 1, one of them met in a second search; before it looked around without naming any.
        let records = [
            search(1, "scale_up", 0, 0),
            of(1, 10, 0),
            of(1, 10, 1),
            of(1, 11, 0),
            of(1, 12, 0),
            of(2, 20, 0),
            of(2, 20, 1),
            search(3, "scale_up", 1, 20),
            of(4, 40, 1),
            of(5, 50, 0),
            of(6, 60, 0),
        ];
        let view = of_offering("TAB", &records).expect("six clients");
        assert_eq!((view.searches, view.unmet), (8, Some(4)));
        assert_eq!((view.asked_minutes, view.unmet_minutes), (800, Some(400)));
    }

    #[test]
    fn a_campaign_counts_once_and_is_met_if_any_search_was() {
        let records = [
            search(1, "scale_up", 0, 0),
            search(1, "scale_up", 2, 60),
            search(1, "registration", 0, 0),
            search(2, "scale_up", 1, 20),
            search(3, "scale_up", 0, 0),
            search(3, "release", 1, 40),
            search(4, "scale_up", 0, 0),
        ];
        let view = of_offering("TAB", &records).expect("four clients");
        assert_eq!((view.searches, view.unmet), (6, Some(3)));
        assert_eq!((view.asked_minutes, view.unmet_minutes), (600, Some(300)));
    }

    #[test]
    fn figures_of_few_clients_are_not_told() {
        let met = |client: u128| search(client, "scale_up", 1, 20);
        let unmet = |client: u128| search(client, "scale_up", 0, 0);
        let few_unmet = of_offering("TAB", &[met(1), met(2), met(3), unmet(4)]).expect("four clients");
        assert_eq!((few_unmet.unmet, few_unmet.unmet_minutes), (None, None));
        // All but one or two were unmet: the difference to all would tell of them.
        let few_met = of_offering("TAB", &[unmet(1), unmet(2), unmet(3), met(4)]).expect("four clients");
        assert_eq!((few_met.unmet, few_met.unmet_minutes), (None, None));
        let none_met = of_offering("TAB", &[unmet(1), unmet(2), unmet(3)]).expect("three clients");
        assert_eq!((none_met.unmet, none_met.unmet_minutes), (Some(3), Some(300)));
    }

    #[test]
    fn reasons_of_few_clients_are_not_told() {
        let because = |client: u128, reason: &str| table::Model {
            refusals: format!("[\"{reason}\"]"),
            ..search(client, "scale_up", 0, 0)
        };
        let many = ["occupied"; 4].iter().zip(1..).map(|(reason, client)| because(client, reason));
        let records: Vec<_> = many.chain([because(9, "not_gmp"), search(8, "release", 3, 5)]).collect();
        let told = reasons(std::iter::once((records.as_slice(), true))).remove(0);
        let told: Vec<_> = told.iter().map(|one| (one.reason.as_str(), one.searches)).collect();
        // The one client's reason is hidden, and so is what would let it be subtracted.
        assert!(told.contains(&("not_gmp", None)), "{told:?}");
        assert_eq!(told.len(), 2);
        let all: Vec<_> = (1..=4).map(|client| because(client, "occupied")).collect();
        let told = reasons(std::iter::once((all.as_slice(), true))).remove(0);
        assert_eq!(told, [UnmetReason { reason: "occupied".into(), searches: Some(4) }]);
    }

    #[test]
    fn no_reason_tells_how_many_found_nothing_where_that_is_withheld() {
        let because = |client: u128| table::Model {
            refusals: "[\"occupied\"]".into(),
            ..search(client, "scale_up", 0, 0)
        };
        let met = |client| search(client, "scale_up", 1, 20);
        // All but one found nothing, all of them for one reason: its count would be theirs.
        let few_met = vec![because(1), because(2), because(3), met(4)];
        let enough = vec![because(1), because(2), because(3), met(4), met(5), met(6)];
        let both = published(&BTreeMap::from([("CAPH".to_owned(), few_met), ("TAB".to_owned(), enough)]));
        let told: Vec<_> =
            both.iter().map(|view| (view.offering.as_str(), view.unmet, view.reasons[0].searches)).collect();
        assert_eq!(told, [("CAPH", None, None), ("TAB", Some(3), Some(3))]);
    }

    #[test]
    fn visitors_alone_are_too_few() {
        let visitor = |offers, reason: &str| table::Model {
            organisation: None,
            refusals: format!("[\"{reason}\"]"),
            ..search(0, "scale_up", offers, 5)
        };
        let met = |client| search(client, "scale_up", 1, 20);
        let unmet =
            of_offering("TAB", &[met(1), met(2), met(3), visitor(0, "occupied")]).expect("three clients");
        assert_eq!((unmet.searches, unmet.unmet, unmet.unmet_minutes), (4, None, None));
        let because =
            |client| table::Model { refusals: "[\"occupied\"]".into(), ..search(client, "scale_up", 0, 0) };
        let alone = visitor(0, "not_gmp");
        let with_alone = [because(1), because(2), because(3), alone];
        let told = reasons(std::iter::once((with_alone.as_slice(), true))).remove(0);
        assert!(told.iter().any(|one| one.reason == "not_gmp" && one.searches.is_none()), "{told:?}");
        // Beside enough clients a visitor is one more.
        let beside = [because(1), because(2), because(3), visitor(0, "occupied")];
        let told = reasons(std::iter::once((beside.as_slice(), true))).remove(0);
        assert_eq!(told, [UnmetReason { reason: "occupied".into(), searches: Some(4) }]);
    }

    #[test]
    fn two_clients_are_too_few() {
        let records = [search(1, "scale_up", 0, 0), search(2, "scale_up", 0, 0), search(2, "release", 0, 0)];
        assert_eq!(of_offering("TAB", &records), None);
    }
}
