//! Hours by their definitions, and what suppression must not give away.

use std::collections::BTreeSet;

use domain::{
    Interval, OrganisationId,
    calendar::{Calendar, DAY, Holidays, Pattern, Shift, plant_midnight},
    metrics::{
        Cell, FEWEST_CLIENTS, LineHours, LineUse, Part, Spans, Table, committed_occupancy, publish_parts,
        publish_together,
    },
};
use proptest::prelude::*;
use time::macros::date;
use uuid::Uuid;

#[test]
fn a_one_shift_line_that_holds_its_campaign_overnight_is_never_over_full() {
    let pattern = Pattern {
        id: domain::CalendarId(Uuid::nil()),
        code: "day".into(),
        name: crate::world::text("day"),
        week: std::array::from_fn(|_| vec![Shift { start: 480, end: 960 }]),
        observes_holidays: false,
        working_weekend_as: 0,
    };
    let start = plant_midnight(date!(2026 - 11 - 02));
    let period = Interval { start, end: start + 4 * DAY };
    let calendar = Calendar::compile(pattern, &Holidays::default(), period);
    let at = |day: i64, hour: i64| start + day * DAY + hour * 60;
    let uses = [
        // Held from before the period until the second day at noon; clipped.
        LineUse::Process(Interval { start: at(-1, 8), end: at(1, 12) }),
        // Two hours of changeover, and one that overlaps what ran.
        LineUse::Changeover(Interval { start: at(1, 12), end: at(1, 14) }),
        LineUse::Changeover(Interval { start: at(1, 11), end: at(1, 13) }),
        // Maintenance over the night and the third day.
        LineUse::PlannedDowntime(Interval { start: at(1, 20), end: at(3, 8) }),
    ];
    let hours = LineHours::of(period, &calendar, uses);
    let expected = LineHours {
        calendar: 4 * DAY,
        available: 4 * 480,
        planned_downtime: 480,
        bookable: 3 * 480,
        unscheduled_down: 0,
        process: 36 * 60,
        process_in_bookable: 12 * 60,
        changeover_in_bookable: 120,
        effective: 38 * 60,
    };
    assert_eq!(hours, expected);
    assert_eq!(committed_occupancy(hours), Some(14 * 60 * 1000 / (24 * 60)));
    assert_eq!(committed_occupancy(LineHours::default()), None);
}

#[test]
fn an_outage_is_time_that_was_meant_to_be_booked_and_nothing_runs_in_it() {
    let pattern = Pattern {
        id: domain::CalendarId(Uuid::nil()),
        code: "day".into(),
        name: crate::world::text("day"),
        week: std::array::from_fn(|_| vec![Shift { start: 480, end: 960 }]),
        observes_holidays: false,
        working_weekend_as: 0,
    };
    let start = plant_midnight(date!(2026 - 11 - 02));
    let period = Interval { start, end: start + 3 * DAY };
    let calendar = Calendar::compile(pattern, &Holidays::default(), period);
    let at = |day: i64, hour: i64| start + day * DAY + hour * 60;
    let hours = LineHours::of(
        period,
        &calendar,
        [
            LineUse::Process(Interval { start: at(0, 8), end: at(1, 16) }),
            LineUse::Changeover(Interval { start: at(1, 16), end: at(2, 10) }),
            LineUse::PlannedDowntime(Interval { start: at(2, 12), end: at(2, 16) }),
            // From noon of the first day over what stands there, twice reported, and into the maintenance.
            LineUse::UnscheduledDown(Interval { start: at(0, 12), end: at(1, 12) }),
            LineUse::UnscheduledDown(Interval { start: at(1, 10), end: at(2, 14) }),
        ],
    );
    let expected = LineHours {
        calendar: 3 * DAY,
        available: 3 * 480,
        planned_downtime: 4 * 60,
        bookable: 3 * 480 - 4 * 60,
        unscheduled_down: (4 + 8 + 4) * 60,
        process: 4 * 60,
        process_in_bookable: 4 * 60,
        changeover_in_bookable: 0,
        effective: 4 * 60,
    };
    assert_eq!(hours, expected);
}

fn intervals() -> impl Strategy<Value = Vec<Interval>> {
    prop::collection::vec((0..60_i64, 0..15_i64), 0..8).prop_map(|all| {
        all.into_iter().map(|(start, length)| Interval { start, end: start + length }).collect()
    })
}

fn minutes(spans: &Spans) -> BTreeSet<i64> {
    spans.intervals().iter().flat_map(|one| one.start..one.end).collect()
}

fn cell() -> impl Strategy<Value = Cell> {
    prop::collection::btree_set(0..8_u128, 0..6).prop_map(|clients| Cell {
        value: clients.len() as i64 * 10,
        clients: clients.into_iter().map(|id| OrganisationId(Uuid::from_u128(id))).collect(),
        known: false,
    })
}

proptest! {
    #[test]
    fn spans_are_sets_of_minutes(one in intervals(), other in intervals()) {
        let (one, other) = (Spans::unite(one), Spans::unite(other));
        let (a, b) = (minutes(&one), minutes(&other));
        prop_assert_eq!(minutes(&one.and(&other)), a.intersection(&b).copied().collect());
        prop_assert_eq!(minutes(&one.without(&other)), a.difference(&b).copied().collect());
        prop_assert_eq!(minutes(&one.or(&other)), a.union(&b).copied().collect());
        prop_assert_eq!(one.minutes(), i64::try_from(a.len()).expect("few"));
    }

    #[test]
    fn no_small_cell_can_be_seen_or_subtracted(
        width in 1..4_usize,
        cells in prop::collection::vec(prop::collection::vec(cell(), 3), 1..4),
    ) {
        let rows: Vec<Vec<Cell>> = cells.into_iter().map(|row| row[..width].to_vec()).collect();
        let shown = Table::publish(&rows).shown;
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let small = !cell.clients.is_empty() && cell.clients.len() < FEWEST_CLIENTS;
                prop_assert!(!small || shown[row][column].is_none());
                prop_assert!(shown[row][column].is_none_or(|value| value == cell.value));
            }
        }
        // Subtract whatever can be subtracted, again and again: nothing more may come out.
        let mut known: Vec<Vec<bool>> = shown.iter().map(|row| row.iter().map(Option::is_some).collect()).collect();
        let everything_hidden = known.iter().flatten().all(|known| !known);
        let before = known.clone();
        subtract(&mut known);
        prop_assert!(everything_hidden || known == before, "{:?}", shown);
    }
}

/// What can be known of a table by subtracting within its rows and columns, again and again.
fn subtract(known: &mut [Vec<bool>]) {
    loop {
        let unknown: Vec<_> = (0..known.len())
            .flat_map(|row| (0..known[0].len()).map(move |column| (row, column)))
            .filter(|(row, column)| !known[*row][*column])
            .collect();
        let alone = unknown.iter().find(|(row, column)| {
            unknown.iter().filter(|(r, _)| r == row).count() == 1
                || unknown.iter().filter(|(_, c)| c == column).count() == 1
        });
        match alone {
            Some((row, column)) => known[*row][*column] = true,
            None => break,
        }
    }
}

proptest! {
    #[test]
    fn what_two_tables_share_gives_neither_away(
        // Platform, form, week: the tables are its two ways of adding up.
        cells in prop::collection::vec(prop::collection::vec(prop::collection::vec(cell(), 2), 3), 1..4),
    ) {
        let add = |cells: &mut dyn Iterator<Item = &Cell>| cells.fold(Cell::default(), |mut sum, cell| {
            sum.value += cell.value;
            sum.clients.extend(&cell.clients);
            sum
        });
        let by_form: Vec<Vec<Cell>> = cells.iter()
            .map(|forms| forms.iter().map(|weeks| add(&mut weeks.iter())).collect()).collect();
        let by_week: Vec<Vec<Cell>> = cells.iter()
            .map(|forms| (0..2).map(|week| add(&mut forms.iter().map(|weeks| &weeks[week]))).collect()).collect();
        let (forms, weeks) = publish_together(&by_form, &by_week);
        let mut known = [&forms, &weeks].map(|table| -> Vec<Vec<bool>> {
            table.shown.iter().map(|row| row.iter().map(Option::is_some).collect()).collect()
        });
        // Whoever knows a total from one table knows it in the other: it is shown in both or in neither.
        let totals = [&forms, &weeks].map(|table| table.shown.iter().map(|row| row[row.len() - 1]).collect::<Vec<_>>());
        prop_assert_eq!(&totals[0], &totals[1]);
        for _ in 0..20 {
            for table in &mut known {
                let everything_hidden = table.iter().flatten().all(|known| !known);
                if !everything_hidden {
                    subtract(table);
                }
            }
            for row in 0..=cells.len() {
                let total = known.iter().any(|table| table[row].last() == Some(&true));
                for table in &mut known {
                    *table[row].last_mut().expect("a total") = total;
                }
            }
        }
        for (rows, known) in [(&by_form, &known[0]), (&by_week, &known[1])] {
            for (row, cells) in rows.iter().enumerate() {
                for (column, cell) in cells.iter().enumerate() {
                    let small = !cell.clients.is_empty() && cell.clients.len() < FEWEST_CLIENTS;
                    prop_assert!(!small || !known[row][column], "{:?} {:?}", forms, weeks);
                }
            }
        }
    }
}

/// A figure of which each client has so much.
fn of_clients(amounts: &[i64]) -> Cell {
    let clients = amounts.iter().zip(0..).filter(|(amount, _)| **amount > 0);
    Cell {
        value: amounts.iter().sum(),
        clients: clients.map(|(_, id)| OrganisationId(Uuid::from_u128(id))).collect(),
        known: false,
    }
}

fn known(table: &Table) -> Vec<Vec<bool>> {
    table.shown.iter().map(|row| row.iter().map(Option::is_some).collect()).collect()
}

proptest! {
    #[test]
    fn a_part_and_the_whole_tell_no_small_rest(
        // Platform, size, client: how much, and how much of it is the part.
        cells in prop::collection::vec(
            prop::collection::vec(prop::collection::vec((0..4_i64, 0..4_i64), 5), 3), 1..4),
    ) {
        let table = |amount: &dyn Fn(&(i64, i64)) -> i64| -> Vec<Vec<Cell>> {
            let cell = |clients: &Vec<(i64, i64)>| of_clients(&clients.iter().map(amount).collect::<Vec<_>>());
            cells.iter().map(|row| row.iter().map(cell).collect()).collect()
        };
        let whole = table(&|(whole, _)| *whole);
        let of = table(&|(whole, part)| *whole.min(part));
        let rest = table(&|(whole, part)| whole - whole.min(part));
        let tables = publish_parts(&whole, &[Part { of: of.clone(), rest: rest.clone() }]);
        let hidden = |table: &Table| table.shown.iter().flatten().all(Option::is_none);
        let (mut w, mut p) = (known(&tables[0]), known(&tables[1]));
        let mut r: Vec<Vec<bool>> = vec![vec![false; w[0].len()]; w.len()];
        for _ in 0..20 {
            if !hidden(&tables[0]) { subtract(&mut w); }
            if !hidden(&tables[1]) { subtract(&mut p); }
            for row in 0..w.len() {
                for column in 0..w[row].len() {
                    let two = [w[row][column], p[row][column], r[row][column]];
                    if two.iter().filter(|known| **known).count() >= 2 {
                        (w[row][column], p[row][column], r[row][column]) = (true, true, true);
                    }
                }
            }
            if r.iter().flatten().any(|known| *known) { subtract(&mut r); }
        }
        for (rows, known) in [(&whole, &w), (&of, &p), (&rest, &r)] {
            for (row, cells) in rows.iter().enumerate() {
                for (column, cell) in cells.iter().enumerate() {
                    let small = !cell.clients.is_empty() && cell.clients.len() < FEWEST_CLIENTS;
                    prop_assert!(!small || !known[row][column], "{:?}", tables);
                }
            }
        }
    }
}

#[test]
fn a_part_is_shown_beside_the_whole_where_enough_clients_are_on_both_sides() {
    let cell = |amounts: &[i64]| vec![vec![of_clients(amounts), of_clients(amounts)]];
    let part = |of: &[i64], rest: &[i64]| Part { of: cell(of), rest: cell(rest) };
    let shown = |parts: Part| publish_parts(&cell(&[2, 2, 2]), &[parts])[1].shown[0][0];
    assert_eq!(shown(part(&[1, 1, 1], &[1, 1, 1])), Some(3));
    assert_eq!(shown(part(&[2, 2, 2], &[0, 0, 0])), Some(6), "what nobody lacks tells of nobody");
    assert_eq!(shown(part(&[2, 2, 1], &[0, 0, 1])), None, "one that lacks some would be known");
}

#[test]
fn a_table_without_small_cells_is_shown_whole() {
    let clients: BTreeSet<_> = (0..3).map(|id| OrganisationId(Uuid::from_u128(id))).collect();
    let cell = |value| Cell { value, clients: clients.clone(), known: false };
    let shown = Table::publish(&[vec![cell(1), cell(2)], vec![cell(3), Cell::default()]]).shown;
    assert_eq!(
        shown,
        [[Some(1), Some(2), Some(3)], [Some(3), Some(0), Some(3)], [Some(4), Some(2), Some(6)],]
    );
}

#[test]
fn a_row_for_few_clients_hides_itself_and_no_more_than_it_must() {
    let cell = |clients: std::ops::Range<u128>| Cell {
        value: 10,
        clients: clients.map(|id| OrganisationId(Uuid::from_u128(id))).collect(),
        known: false,
    };
    // One platform with one client, among others that are well used.
    let rows = [
        vec![cell(0..1), Cell::default(), Cell::default()],
        vec![cell(1..5), cell(2..6), cell(0..4)],
        vec![cell(3..7), cell(1..4), cell(4..8)],
    ];
    let shown = Table::publish(&rows).shown;
    assert_eq!((shown[0][0], shown[0][3]), (None, None), "the client and its sum");
    let hidden = shown.iter().flatten().filter(|value| value.is_none()).count();
    assert!(hidden <= 4, "{shown:?}");
    assert!(shown[3][3].is_some(), "the sum of all stands for enough");
}

#[test]
fn what_everybody_knows_protects_nobody() {
    let cell = |clients: std::ops::Range<u128>| Cell {
        value: 10,
        clients: clients.map(|id| OrganisationId(Uuid::from_u128(id))).collect(),
        known: false,
    };
    let nothing = || Cell { known: true, ..Cell::default() };
    let rows = [vec![cell(0..1), nothing(), cell(1..4)], vec![cell(0..3), cell(2..5), cell(3..6)]];
    let shown = Table::publish(&rows).shown;
    assert_eq!(shown[0][0], None);
    assert_eq!(shown[0][1], Some(0), "hiding it would hide nothing");
    assert!(shown[0][2].is_none() || shown[0][3].is_none(), "{shown:?}");
}

/// The figure that joins two squares of hidden ones is the difference between what their rows and what their columns
/// add up to.
#[test]
fn what_rows_and_columns_together_give_away_is_not_left_alone() {
    let squares = [(0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3)];
    let small = |at: &(usize, usize)| squares.contains(at) || *at == (1, 2);
    let cell = |row: usize, column: usize| {
        let first = u128::try_from(row * 40 + column * 10).expect("small");
        let count = if small(&(row, column)) { 2 } else { 5 };
        let clients = (first..first + count).map(|id| OrganisationId(Uuid::from_u128(id))).collect();
        Cell { value: 10, clients, known: false }
    };
    let rows: Vec<Vec<Cell>> = (0..4).map(|row| (0..4).map(|column| cell(row, column)).collect()).collect();
    let hidden = |at: (usize, usize)| Table::publish(&rows).shown[at.0][at.1].is_none();
    assert!(squares.iter().all(|at| hidden(*at)) && hidden((1, 2)));
    let others = (0..5).flat_map(|row| (0..5).map(move |column| (row, column))).filter(|at| !small(at));
    assert!(others.filter(|at| hidden(*at)).count() > 0, "nothing protects the one between");
}

#[test]
fn what_stands_for_just_enough_clients_together_hides_nothing_more() {
    let of = |clients: &[u128]| Cell {
        value: 10,
        clients: clients.iter().map(|id| OrganisationId(Uuid::from_u128(*id))).collect(),
        known: false,
    };
    let rows = [vec![of(&[0, 1]), of(&[2])], vec![of(&[3]), of(&[4, 5])]];
    let shown = Table::publish(&rows).shown;
    assert_eq!(shown, [[None, None, Some(20)], [None, None, Some(20)], [Some(20), Some(20), Some(40)]]);
}

#[test]
fn what_has_no_length_is_no_span() {
    assert!(Spans::unite([Interval { start: 5, end: 5 }]).intervals().is_empty());
}

#[test]
fn two_figures_of_one_client_are_not_told_by_their_sum() {
    let cell = |clients: std::ops::Range<u128>, value| Cell {
        value,
        clients: clients.map(|id| OrganisationId(Uuid::from_u128(id))).collect(),
        known: false,
    };
    let rows = [
        vec![cell(0..1, 10), cell(0..1, 10), cell(20..25, 90)],
        vec![cell(1..6, 5), cell(6..11, 5), cell(11..16, 90)],
    ];
    let shown = Table::publish(&rows).shown;
    assert!(shown[0][2].is_none() || shown[0][3].is_none(), "{shown:?}");
}

#[test]
fn a_figure_is_protected_in_its_own_row_and_column() {
    let cell = |row: u128, column: u128| {
        let first = 40 * row + 10 * column;
        let many = if (row, column) == (0, 0) { 2 } else { 5 };
        // The further from it the smaller.
        let value = 100 - i64::try_from(10 * (row + column)).expect("small");
        let clients = (first..first + many).map(|id| OrganisationId(Uuid::from_u128(id))).collect();
        Cell { value, clients, known: false }
    };
    let rows: Vec<Vec<Cell>> = (0..4).map(|row| (0..4).map(|column| cell(row, column)).collect()).collect();
    let shown = Table::publish(&rows).shown;
    let places = (0..5).flat_map(|row| (0..5).map(move |column| (row, column)));
    let hidden: Vec<_> = places.filter(|(row, column)| shown[*row][*column].is_none()).collect();
    assert_eq!(hidden, [(0, 0), (0, 3), (3, 0), (3, 3)]);
}
