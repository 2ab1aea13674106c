//! Segregation: hard refusals by name, and the same answer from the checker's own rules.

use std::{collections::BTreeSet, sync::Arc};

use domain::{
    ClassId, Interval, OccupancyId,
    availability::{Placement, batch_sizes, check, is_able, place, search},
    calendar::{Calendar, DAY},
    capability::admit_batch,
    checker::{CampaignPlan, LinePlan, Plan, Violation, verify},
    hazard::{Hazard, HazardProfile},
    occupancy::Occupancy,
    offering::Unit,
    refusal::Refusal,
    request::Request,
    resource::{Approval, Line},
    route::{Figures, Running},
    segregation::admit,
    snapshot::LineState,
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::world::{
    self, ROUTE, always_open, holidays, horizon, line, line_id, now, origin, product, request, route, step,
};

const ALL: [Hazard; 11] = [
    Hazard::Penicillin,
    Hazard::BetaLactam,
    Hazard::SexHormone,
    Hazard::Hormone,
    Hazard::Cytotoxic,
    Hazard::HighActivity,
    Hazard::LiveMicrobe,
    Hazard::ViralVector,
    Hazard::HumanDonor,
    Hazard::ControlledSubstance,
    Hazard::AnimalTse,
];

fn shared() -> Line {
    Line { admits: ALL.into(), ..line(line_id(0), 60, None) }
}

fn with(tags: &[Hazard]) -> HazardProfile {
    HazardProfile::Classified { tags: tags.iter().copied().collect(), oeb: None }
}

#[test]
fn what_needs_dedicated_equipment_gets_no_other() {
    let line = shared().id;
    for hazard in [Hazard::Penicillin, Hazard::LiveMicrobe, Hazard::BetaLactam, Hazard::SexHormone] {
        assert_eq!(admit(&shared(), &with(&[hazard])), Err(Refusal::DedicatedOnly { line, hazard }));
        let dedicated = Line { dedicated_to: Some(hazard), ..shared() };
        assert!(admit(&dedicated, &with(&[hazard])).is_ok());
        assert_eq!(admit(&dedicated, &with(&[])), Err(Refusal::DedicatedLine { line, hazard }));
    }
    let cephalosporins = Line { dedicated_to: Some(Hazard::BetaLactam), ..shared() };
    assert!(admit(&cephalosporins, &with(&[Hazard::BetaLactam, Hazard::Penicillin])).is_err());
}

#[test]
fn an_approval_must_be_there_and_last() {
    let (line, valid_until) = (shared().id, origin() + DAY);
    for hazard in [Hazard::Hormone, Hazard::Cytotoxic, Hazard::HighActivity] {
        assert_eq!(admit(&shared(), &with(&[hazard])), Err(Refusal::ApprovalMissing { line, hazard }));
        let approved = Line { approvals: vec![Approval { hazard, valid_until }], ..shared() };
        let admission = admit(&approved, &with(&[hazard])).expect("approved");
        assert_eq!(admission.until, Some(valid_until));
        assert_eq!(admission.beyond, Some(Refusal::ApprovalExpires { line, hazard, valid_until }));
    }
}

#[test]
fn what_is_unclassified_unadmitted_or_too_potent_is_refused() {
    let line = shared().id;
    assert_eq!(admit(&shared(), &HazardProfile::Unclassified), Err(Refusal::HazardUnclassified));
    let closed = Line { admits: BTreeSet::new(), ..shared() };
    let hazard = Hazard::AnimalTse;
    assert_eq!(admit(&closed, &with(&[hazard])), Err(Refusal::HazardNotAdmitted { line, hazard }));
    let contained = Line { oeb_max: Some(3), ..shared() };
    let band = |oeb| HazardProfile::Classified { tags: BTreeSet::new(), oeb };
    assert_eq!(
        admit(&contained, &band(Some(4))),
        Err(Refusal::ExposureBandTooHigh { line, band: 4, max: 3 })
    );
    assert!(admit(&contained, &band(Some(3))).is_ok());
    assert!(admit(&contained, &band(None)).is_ok());
    let approvals = vec![Approval { hazard: Hazard::HighActivity, valid_until: origin() + 30 * DAY }];
    let contained = Line { approvals, ..contained };
    assert_eq!(
        admit(&contained, &with(&[Hazard::HighActivity])),
        Err(Refusal::ExposureBandMissing { line, max: 3 }),
        "what is highly active may be of any band"
    );
    let unlimited = Line { oeb_max: None, ..contained };
    assert!(admit(&unlimited, &with(&[Hazard::HighActivity])).is_ok());
}

/// Whoever changed the batch size would only learn of the hazard then.
#[test]
fn a_hazard_is_named_before_the_batch_size() {
    let pattern = always_open();
    let calendar = Arc::new(Calendar::compile(pattern, &holidays(), horizon()));
    let line = line(line_id(0), 60, None);
    let head = Occupancy::head(OccupancyId(Uuid::from_u128(1)), line.id, origin(), ClassId(0));
    let (id, able) = (line.id, line.capabilities[0].clone());
    let state = LineState::new(Arc::new(line), Arc::new(one_class()), calendar, 1, vec![head]);
    let figures = Figures { line: line_id(0), setup: 60, batch: 120, running: Running::Crew, wait: 0 };
    let snapshot = world::snapshot(vec![state], Vec::new(), route(vec![step(vec![figures], 0, 0, None)]));
    let mut wanted = request(product(1), 1, Interval { start: origin(), end: origin() + 5 * DAY });
    wanted.batch_size = able.batch_max + 1;
    let why = |wanted: &Request| {
        let found = search(&snapshot, wanted, now()).expect("a possible request");
        assert_eq!(found.offers.iter().count(), 0);
        found.refusals.into_iter().map(|refused| refused.refusal).collect::<Vec<_>>()
    };
    let (min, max, unit) = (able.batch_min, able.batch_max, able.unit);
    assert_eq!(why(&wanted), [Refusal::BatchOutOfRange { line: id, min, max, unit }]);
    wanted.hazards = with(&[Hazard::Penicillin]);
    assert_eq!(why(&wanted), [Refusal::HazardNotAdmitted { line: id, hazard: Hazard::Penicillin }]);
}

/// The line takes 1 to 9 kg.
#[test]
fn a_batch_is_of_one_size_in_whatever_unit_it_is_asked_for() {
    let line = line(line_id(0), 60, None);
    let window = Interval { start: origin(), end: origin() + 5 * DAY };
    let why = |line: &Line, batch_size, unit| {
        admit_batch(line, &Request { batch_size, unit, ..request(product(1), 1, window) })
    };
    assert_eq!(why(&line, 9_000_000, Unit::Gram), Ok(()));
    let (min, max, unit) = (1_000_000, 9_000_000, Unit::Gram);
    let beyond = Refusal::BatchOutOfRange { line: line.id, min, max, unit };
    assert_eq!(why(&line, 9_000_001, Unit::Gram), Err(beyond));
    let other = Refusal::UnitMismatch { line: line.id, unit: Unit::Kilogram };
    assert_eq!(why(&line, 5000, Unit::Litre), Err(other));
    let mut fine = line.clone();
    fine.capabilities[0].unit = Unit::Gram;
    // 1 to 9 g are 0.001 to 0.009 kg.
    assert_eq!([1, 9].map(|size| why(&fine, size, Unit::Kilogram)), [Ok(()), Ok(())]);
    assert!(why(&fine, 10, Unit::Kilogram).is_err());
}

/// One step admits the hazard, and the line of the next one takes no batch of that size with it: no days help.
#[test]
fn what_no_route_takes_for_all_of_its_steps_is_made_on_no_other_days() {
    let calendar = Arc::new(Calendar::compile(always_open(), &holidays(), horizon()));
    let hazard = Hazard::AnimalTse;
    let state = |number: usize, admits: bool, most: i64| {
        let mut line = line(line_id(number), 60, None);
        line.admits = admits.then_some(hazard).into_iter().collect();
        line.capabilities[0].batch_max = most;
        let row = OccupancyId(Uuid::from_u128(number as u128 + 1));
        let head = Occupancy::head(row, line.id, origin(), ClassId(0));
        LineState::new(Arc::new(line), Arc::new(one_class()), calendar.clone(), 1, vec![head])
    };
    let on =
        |number| Figures { line: line_id(number), setup: 60, batch: 120, running: Running::Crew, wait: 0 };
    let steps = vec![step(vec![on(0)], 0, 0, None), step(vec![on(1), on(2)], 0, 0, None)];
    let states = vec![state(0, true, 9000), state(1, false, 9000), state(2, true, 4000)];
    let snapshot = world::snapshot(states, Vec::new(), route(steps));
    let mut wanted = request(product(1), 1, Interval { start: origin(), end: origin() + 5 * DAY });
    assert!(is_able(&snapshot, &wanted), "without the hazard the second step has a line");
    wanted.hazards = with(&[hazard]);
    assert!(!is_able(&snapshot, &wanted));
    assert_eq!(batch_sizes(&snapshot, &wanted), Some((1000, 4000)), "what each step has a line for");
    wanted.batch_size = 3000;
    assert!(is_able(&snapshot, &wanted), "the smaller line admits it");
    wanted.hazards = with(&[]);
    assert_eq!(batch_sizes(&snapshot, &wanted), Some((1000, 9000)));
    wanted.gmp = true;
    assert_eq!(batch_sizes(&snapshot, &wanted), None, "no line is fit for it");
}

proptest! {
    /// The kernel's rules and the checker's, written apart, agree on every line, product and end.
    #[test]
    fn checker_and_kernel_agree(
        tags in prop::sample::subsequence(ALL.to_vec(), 0..4),
        admits in prop::sample::subsequence(ALL.to_vec(), 0..=11),
        dedicated_to in prop::option::of(prop::sample::select(ALL.to_vec())),
        approvals in prop::collection::vec((prop::sample::select(ALL.to_vec()), 0..72_i64), 0..5),
        bands in (prop::option::of(1..6_u8), prop::option::of(1..6_u8)),
        media_fill in prop::option::of(0..72_i64),
    ) {
        let approve = |(hazard, hours)| Approval { hazard, valid_until: origin() + hours * 60 };
        let line = Line {
            admits: admits.into_iter().chain(tags.iter().copied().take(2)).collect(),
            dedicated_to,
            approvals: approvals.into_iter().map(approve).collect(),
            oeb_max: bands.0,
            media_fill_valid_until: media_fill.map(|hours| origin() + hours * 60),
            ..shared()
        };
        let pattern = always_open();
        let calendar = Arc::new(Calendar::compile(pattern.clone(), &holidays(), horizon()));
        let matrix = one_class();
        let head = Occupancy::head(OccupancyId(Uuid::from_u128(1)), line.id, origin(), ClassId(0));
        let state = LineState::new(Arc::new(line), Arc::new(matrix.clone()), calendar, 1, vec![head]);
        let figures = Figures { line: line_id(0), setup: 60, batch: 120, running: Running::Crew, wait: 0 };
        let steps = vec![step(vec![figures], 0, 0, None)];
        let snapshot = world::snapshot(vec![state.clone()], Vec::new(), route(steps));
        let mut wanted = request(product(1), 1, Interval { start: origin(), end: origin() + 5 * DAY });
        wanted.hazards = HazardProfile::Classified { tags: tags.into_iter().collect(), oeb: bands.1 };
        for hour in [0, 12, 24, 48] {
            let placement: Placement =
                place(&snapshot, &wanted, ROUTE, &[(line_id(0), origin() + hour * 60)]).expect("always open");
            let decided = check(&snapshot, &wanted, &placement, now());
            let booking = domain::BookingId(Uuid::nil());
            let lines = [LinePlan { line: &state.line, matrix: &matrix, pattern: &pattern, rows: state.rows(), outages: &[] }];
            let campaigns =
                [CampaignPlan { booking, request: &wanted, route: &snapshot.routes[0], placement: &placement }];
            let holidays = holidays();
            let found = verify(&Plan { holidays: &holidays, lines: &lines, pools: &[], campaigns: &campaigns });
            let forbidden = found.contains(&Violation::Segregation { booking, step: 0 });
            prop_assert_eq!(decided.is_err(), forbidden, "{:?}", decided);
        }
    }
}

fn one_class() -> domain::changeover::Matrix {
    use domain::changeover::{Changeover, ClassRule, Matrix, MatrixCell, Relation};
    let nothing = Changeover { crew: 0, wait: 0 };
    let cell = |relation| MatrixCell { leaves: ClassId(0), needs: ClassId(0), relation, changeover: nothing };
    Matrix {
        id: domain::MatrixId(Uuid::nil()),
        version: 1,
        code: "one".into(),
        name: world::text("one"),
        classes: Vec::new(),
        rules: vec![ClassRule {
            any_hazard: BTreeSet::new(),
            oeb_at_least: None,
            offerings: BTreeSet::new(),
            needs: ClassId(0),
            leaves: ClassId(0),
        }],
        cells: vec![cell(Relation::Same), cell(Relation::Other)],
        clean_hold: None,
        reclean: nothing,
        cap: None,
        initial: ClassId(0),
    }
}

#[test]
fn what_is_dedicated_to_sex_hormones_needs_no_approval_for_hormones() {
    let line = Line { dedicated_to: Some(Hazard::SexHormone), ..shared() };
    assert!(admit(&line, &with(&[Hazard::SexHormone, Hazard::Hormone])).is_ok());
    let penicillins = Line { dedicated_to: Some(Hazard::Penicillin), ..shared() };
    assert!(admit(&penicillins, &with(&[Hazard::Penicillin, Hazard::BetaLactam])).is_ok());
}

#[test]
fn of_two_records_the_one_that_ends_first_limits_a_campaign() {
    let hazard = Hazard::Cytotoxic;
    let ends = |approval: i64, media_fill: i64| {
        let approvals = vec![Approval { hazard, valid_until: origin() + approval }];
        let sterile = Line { approvals, media_fill_valid_until: Some(origin() + media_fill), ..shared() };
        let admission = admit(&sterile, &with(&[hazard])).expect("approved");
        (admission.until.map(|until| until - origin()), admission.beyond)
    };
    let line = shared().id;
    let media_fill = Refusal::MediaFillExpires { line, valid_until: origin() + 1 };
    let approval = Refusal::ApprovalExpires { line, hazard, valid_until: origin() + 1 };
    assert_eq!(ends(2, 1), (Some(1), Some(media_fill)));
    assert_eq!(ends(1, 2), (Some(1), Some(approval.clone())));
    assert_eq!(ends(1, 1), (Some(1), Some(approval)), "of two that end together the approval is named");
}
