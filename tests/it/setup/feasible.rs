//! The demonstration's figures fit together: everything that it offers can be booked on empty lines.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    Interval, LineId, OccupancyId, PoolId, ProductId,
    availability::search,
    calendar::{Calendar, Holidays, day_start},
    hazard::HazardProfile,
    occupancy::{Kind, Occupancy},
    offering::Unit,
    request::{Request, Stage},
    resource::Capability,
    snapshot::{LineState, PoolState, Snapshot},
};
use server::{
    demo,
    setup::{PlatformSetup, Setup, read},
};
use uuid::Uuid;

/// 2026-11-23, as days since 1970.
const TODAY: i64 = 20_780;

fn snapshot(setup: &Setup) -> Snapshot {
    let horizon = Interval { start: day_start(TODAY - 10), end: day_start(TODAY + 400) };
    let days = setup.holidays.values().flatten().map(|(date, day)| (*date, day.clone())).collect();
    let holidays = Holidays { days };
    let mut snapshot = Snapshot {
        lines: BTreeMap::new(),
        pools: BTreeMap::new(),
        routes: setup.platforms.iter().flat_map(|p| p.routes.iter().cloned().map(Arc::new)).collect(),
        policies: setup.platforms.iter().map(|p| (p.id, Arc::new(p.policy.clone()))).collect(),
    };
    for platform in &setup.platforms {
        let calendar = |id| {
            let pattern =
                platform.calendars.iter().find(|calendar| calendar.id == id).expect("known").clone();
            Arc::new(Calendar::compile(pattern, &holidays, horizon))
        };
        snapshot.lines.extend(lines(platform, calendar));
        snapshot.pools.extend(platform.pools.iter().map(|pool| {
            let state = PoolState {
                pool: Arc::new(pool.clone()),
                calendar: calendar(pool.calendar),
                version: 1,
                used: BTreeMap::new(),
                expiring: Vec::new(),
            };
            (pool.id, Arc::new(state)) as (PoolId, _)
        }));
    }
    snapshot
}

fn lines(
    platform: &PlatformSetup,
    calendar: impl Fn(domain::CalendarId) -> Arc<Calendar>,
) -> Vec<(LineId, Arc<LineState>)> {
    let state = |line: &domain::resource::Line| {
        let matrix = platform.matrices.iter().find(|matrix| matrix.id == line.matrix).expect("known").clone();
        let head = Occupancy {
            id: OccupancyId(Uuid::new_v4()),
            line: line.id,
            kind: Kind::Head,
            interval: Interval { start: 0, end: 0 },
            needs: None,
            leaves: matrix.initial,
            product: ProductId::NONE,
            batches: 0,
            expires_at: None,
            link: None,
        };
        let state =
            LineState::new(Arc::new(line.clone()), Arc::new(matrix), calendar(line.calendar), 1, vec![head]);
        (line.id, Arc::new(state))
    };
    platform.lines.iter().map(state).collect()
}

fn request(
    platform: &PlatformSetup,
    offering: &str,
    batch_size: i64,
    unit: Unit,
    hazards: HazardProfile,
) -> Request {
    Request {
        offering: offering.to_owned(),
        product: ProductId(Uuid::from_u128(7)),
        batch_size,
        unit,
        batches: 1,
        hazards,
        gmp: true,
        stage: Stage::SampleTrial,
        window: Interval { start: day_start(TODAY), end: day_start(TODAY + 60) },
        platform: Some(platform.id),
    }
}

/// Sizes that some line of the platform takes for the offering.
fn sizes(platform: &PlatformSetup, offering: &str) -> Vec<(i64, Unit)> {
    let all = platform.lines.iter().flat_map(|line| &line.capabilities);
    all.filter(|capability: &&Capability| capability.offering == offering)
        .map(|c| (c.batch_min, c.unit))
        .collect()
}

#[test]
fn every_route_of_the_demonstration_can_be_booked() {
    let setup = read(&demo::files()).expect("clean");
    let snapshot = snapshot(&setup);
    let now = day_start(TODAY) * 60;
    let hazards: Vec<HazardProfile> = [vec![], vec!["penicillin"], vec!["human_donor"], vec!["viral_vector"]]
        .into_iter()
        .map(|tags| {
            serde_json::from_value(serde_json::json!({ "kind": "classified", "tags": tags, "oeb": null }))
                .expect("a profile")
        })
        .collect();
    for platform in &setup.platforms {
        for route in &platform.routes {
            let found = sizes(platform, &route.offering).into_iter().any(|(size, unit)| {
                hazards.iter().any(|hazards| {
                    let request = request(platform, &route.offering, size, unit, hazards.clone());
                    let offers =
                        search(&snapshot, &request, now).map(|outcome| outcome.offers).unwrap_or_default();
                    offers.iter().any(|offer| offer.placement.route == route.id)
                })
            });
            assert!(found, "{} {} can't be booked within sixty days", platform.code, route.code);
        }
    }
}

/// A potent product finds its way too, where the platform says that it takes one.
#[test]
fn an_approved_hazard_is_offered_and_a_penicillin_only_its_own_line() {
    let setup = read(&demo::files()).expect("clean");
    let snapshot = snapshot(&setup);
    let hayao = &setup.platforms[0];
    let now = day_start(TODAY) * 60;
    let lines_for = |offering: &str, tag: &str| -> Vec<String> {
        let hazards = serde_json::json!({ "kind": "classified", "tags": [tag], "oeb": 3 });
        let hazards = serde_json::from_value(hazards).expect("a profile");
        let request = request(hayao, offering, 10_000, Unit::Kilogram, hazards);
        let outcome = search(&snapshot, &request, now).expect("a search");
        let mut codes: Vec<String> = outcome
            .offers
            .iter()
            .flat_map(|offer| {
                offer.placement.steps.into_iter().map(|step| snapshot.lines[&step.line].line.code.clone())
            })
            .collect();
        codes.sort();
        codes.dedup();
        codes
    };
    assert_eq!(lines_for("TAB", "hormone"), ["gran-2", "press-2"]);
    assert_eq!(
        lines_for("TAB", "cytotoxic"),
        Vec::<String>::new(),
        "admitted but without an approval on record"
    );
    assert_eq!(lines_for("CAPH", "penicillin"), ["pen-1"]);
}
