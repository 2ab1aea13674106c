//! Committed occupancy, for the district: how full platforms are, and the lines able to make each offering. Cells that
//! stand for fewer than three clients are left out, and so is what would let them be computed by subtraction.

use std::collections::{BTreeMap, BTreeSet};

use app::contract::{Failure, Instant, OccupancyCell, OccupancyReport, Period, TextView};
use domain::{
    Interval, LineId, Minutes, PlatformId, Second,
    metrics::{Cell, FEWEST_CLIENTS, Table},
    offering,
};

use super::{
    Caller, ground, period,
    usage::{self, Used},
};
use crate::{state::AppState, store::Catalogue};

/// Longest period, in plant days.
const LONGEST: i64 = 400;

/// The report of a period.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] but for the district, [`Failure::Invalid`].
pub async fn report(state: &AppState, caller: &Caller, period: &Period) -> Result<OccupancyReport, Failure> {
    caller.district()?;
    let interval = period::interval(period, LONGEST)?;
    let now = state.clock.now();
    let catalogue = ground::catalogue(state).await?;
    let rows = usage::load(state.store.read(), interval).await?;
    let ground = Figures { catalogue: &catalogue, rows: &rows, interval, now };
    let (platforms, totals) = ground.platforms();
    Ok(OccupancyReport {
        from: period.from.clone(),
        to: period.to.clone(),
        bookable_minutes: platforms.iter().map(|cell| cell.bookable_minutes).sum(),
        platforms,
        offerings: ground.offerings(),
        committed_minutes: totals,
        now: Instant(now),
    })
}

struct Figures<'a> {
    catalogue: &'a Catalogue,
    rows: &'a BTreeMap<LineId, Vec<Used>>,
    interval: Interval,
    now: Second,
}

impl Figures<'_> {
    fn of(&self, line: LineId) -> &[Used] {
        self.rows.get(&line).map_or(&[], Vec::as_slice)
    }

    fn bookable(&self, line: LineId) -> Minutes {
        usage::hours(self.catalogue, line, self.of(line), self.interval, |_| false).bookable
    }

    /// Minutes inside bookable time that the rows which `counts` take, and whose they are.
    fn cell(&self, lines: &BTreeSet<LineId>, counts: impl Fn(&Used) -> bool) -> Cell {
        let mut cell = Cell::default();
        for line in lines {
            let rows = self.of(*line);
            let hours = usage::hours(self.catalogue, *line, rows, self.interval, &counts);
            cell.value += hours.process_in_bookable + hours.changeover_in_bookable;
            let clients =
                rows.iter().filter(|row| counts(row)).filter_map(|row| row.booking.as_ref()?.client);
            cell.clients.extend(clients);
        }
        cell
    }

    /// By platform, and the total of what is committed.
    fn platforms(&self) -> (Vec<OccupancyCell>, Option<i64>) {
        let lines = |platform: PlatformId| -> BTreeSet<LineId> {
            self.catalogue.lines().filter(|line| line.platform == platform).map(|line| line.id).collect()
        };
        let all: Vec<_> = self.catalogue.platforms().map(|platform| (platform, lines(platform.id))).collect();
        let cells: Vec<Vec<Cell>> = all
            .iter()
            .map(|(_, lines)| {
                vec![self.cell(lines, Used::is_committed), self.cell(lines, |row| row.is_held(self.now))]
            })
            .collect();
        let table = Table::publish(&cells);
        let shown = |row: usize, column: usize| *table.shown.get(row)?.get(column)?;
        let views = all.iter().zip(0..).map(|((platform, lines), row)| OccupancyCell {
            code: platform.code.clone(),
            name: platform.name.clone().into(),
            bookable_minutes: lines.iter().map(|line| self.bookable(*line)).sum(),
            committed_minutes: shown(row, 0),
            held_minutes: shown(row, 1),
        });
        (views.collect(), shown(all.len(), 0))
    }

    /// By offering: booked minutes of the offering over the bookable ones of the lines able to make it. A line that
    /// makes one offering alone would give away what its platform's cell hides, so an offering is shown only if it
    /// stands for enough clients itself and its lines' platforms are shown.
    fn offerings(&self) -> Vec<OccupancyCell> {
        let mut able: BTreeMap<&str, BTreeSet<LineId>> = BTreeMap::new();
        for route in self.catalogue.routes() {
            let lines = route.steps.iter().flat_map(|step| &step.lines).map(|figures| figures.line);
            able.entry(&route.offering).or_default().extend(lines);
        }
        let (platforms, _) = self.platforms();
        let hidden: BTreeSet<&str> = platforms
            .iter()
            .filter(|cell| cell.committed_minutes.is_none() || cell.held_minutes.is_none())
            .map(|cell| cell.code.as_str())
            .collect();
        able.iter().filter_map(|(code, lines)| self.offering(code, lines, &hidden)).collect()
    }

    fn offering(
        &self,
        code: &str,
        lines: &BTreeSet<LineId>,
        hidden: &BTreeSet<&str>,
    ) -> Option<OccupancyCell> {
        let known = offering::find(code)?;
        let of_it = |row: &Used| row.booking.as_ref().is_some_and(|of| of.offering == code);
        let safe = |line: &LineId| {
            let platform = self.catalogue.line(*line).and_then(|line| self.catalogue.platform(line.platform));
            platform.is_some_and(|platform| !hidden.contains(platform.code.as_str()))
        };
        let open = lines.iter().all(safe);
        let shown = |cell: Cell| {
            let few = !cell.clients.is_empty() && cell.clients.len() < FEWEST_CLIENTS;
            (open && !few).then_some(cell.value)
        };
        Some(OccupancyCell {
            code: code.to_owned(),
            name: TextView { zh: known.zh.to_owned(), en: known.en.to_owned() },
            bookable_minutes: lines.iter().map(|line| self.bookable(*line)).sum(),
            committed_minutes: shown(self.cell(lines, |row| of_it(row) && row.is_committed())),
            held_minutes: shown(self.cell(lines, |row| of_it(row) && row.is_held(self.now))),
        })
    }
}
