//! Committed occupancy, for the district: how full platforms are, week by week, and the lines able to make each
//! offering. Cells that stand for fewer than three clients are left out, and so is what would let them be computed by
//! subtraction: within a quarter, between its weeks and its forms, and between quarters, which never overlap.

mod share;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use app::contract::{
    Failure, Instant, OccupancyCell, OccupancyReport, PlatformOccupancy, QuarterQuery, QuarterView, TextView,
    WeekCell,
};
use domain::{
    Interval, LineId, Minutes, Second,
    metrics::{Cell, Table, publish_together},
    offering,
    resource::Line,
};

use super::{
    Caller, ground,
    quarter::{self, Quarter},
    usage,
};
use crate::{
    state::AppState,
    store::{Catalogue, Platform},
};
pub(crate) use share::LineShare;

/// The report of a quarter.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] but for the district, [`Failure::Invalid`].
pub async fn report(
    state: &AppState,
    caller: &Caller,
    asked: &QuarterQuery,
) -> Result<OccupancyReport, Failure> {
    caller.district()?;
    let now = state.clock.now();
    let quarter = Quarter::read(asked, now)?;
    let ground = ground::ground(state).await?;
    let catalogue = &ground.catalogue;
    let make = async |changed: &[LineId]| {
        let weeks: Vec<Interval> = quarter.weeks().collect();
        let rows = usage::load(state.store.read(), changed, quarter.interval()).await?;
        let down = usage::outages(state.store.read(), changed, quarter.interval()).await?;
        let rows_of = |line: &LineId| rows.get(line).map_or(&[][..], Vec::as_slice);
        let down_of = |line: &LineId| down.get(line).map_or(&[][..], Vec::as_slice);
        let share =
            |line: &LineId| (LineShare::of(catalogue, *line, (rows_of(line), down_of(line)), &weeks), None);
        Ok(changed.iter().map(|line| (*line, share(line))).collect())
    };
    let shares = state.shares.over(&ground, quarter.interval(), now, make).await?;
    let figures = Figures::count(catalogue, &shares, quarter, now);
    Ok(figures.publish(quarter.view(quarter::reach(catalogue, now)), now))
}

/// The offerings that routes make, with the lines able to take part.
pub(crate) fn able(catalogue: &Catalogue) -> BTreeMap<&str, BTreeSet<LineId>> {
    let mut able: BTreeMap<&str, BTreeSet<LineId>> = BTreeMap::new();
    for route in catalogue.routes() {
        let lines = route.steps.iter().flat_map(|step| &step.lines).map(|figures| figures.line);
        able.entry(&route.offering).or_default().extend(lines);
    }
    able
}

/// What is to be published, still whole: a row a platform.
struct Figures<'a> {
    platforms: Vec<&'a Platform>,
    offerings: Vec<(&'a str, BTreeSet<LineId>)>,
    /// Bookable minutes of lines over the quarter, and of platforms by week.
    bookable: BTreeMap<LineId, Minutes>,
    bookable_weeks: Vec<Vec<Minutes>>,
    /// Committed minutes by platform and week.
    by_week: Vec<Vec<Cell>>,
    /// Committed and held minutes by platform and offering.
    by_offering: Vec<Vec<Cell>>,
    held: Vec<Vec<Cell>>,
}

impl<'a> Figures<'a> {
    fn count(
        catalogue: &'a Catalogue,
        shares: &BTreeMap<LineId, Arc<LineShare>>,
        quarter: Quarter,
        now: Second,
    ) -> Self {
        let weeks: Vec<Interval> = quarter.weeks().collect();
        let mut platforms: Vec<&Platform> = catalogue.platforms().map(AsRef::as_ref).collect();
        // As they are listed everywhere.
        platforms.sort_by(|one, other| one.code.cmp(&other.code));
        let offerings: Vec<_> = able(catalogue).into_iter().collect();
        // That a platform can't make a form is no secret.
        let forms = || -> Vec<Vec<Cell>> {
            let able = |platform: &Platform, lines: &BTreeSet<LineId>| {
                lines.iter().filter_map(|line| catalogue.line(*line)).any(|line| line.platform == platform.id)
            };
            let cell = |platform: &Platform, lines| Cell { known: !able(platform, lines), ..Cell::default() };
            let row =
                |platform: &&Platform| offerings.iter().map(|(_, lines)| cell(platform, lines)).collect();
            platforms.iter().map(row).collect()
        };
        let mut figures = Self {
            bookable: BTreeMap::new(),
            bookable_weeks: vec![vec![0; weeks.len()]; platforms.len()],
            by_week: vec![vec![Cell::default(); weeks.len()]; platforms.len()],
            by_offering: forms(),
            held: forms(),
            platforms,
            offerings,
        };
        for line in catalogue.lines() {
            if let Some(share) = shares.get(&line.id) {
                figures.add_line(line, share, now);
            }
        }
        figures
    }

    fn add_line(&mut self, line: &Line, share: &LineShare, now: Second) {
        let Some(row) = self.platforms.iter().position(|platform| platform.id == line.platform) else {
            return;
        };
        for (sum, bookable) in self.bookable_weeks[row].iter_mut().zip(&share.bookable) {
            *sum += bookable;
        }
        self.bookable.insert(line.id, share.bookable.iter().sum());
        for part in &share.parts {
            // An expired hold is nobody's, though its row may still stand.
            if !part.committed && part.expires_at.is_some_and(|expiry| expiry <= now) {
                continue;
            }
            let add = |cell: &mut Cell| {
                cell.value += part.minutes;
                cell.clients.extend(part.client);
            };
            if part.committed {
                add(&mut self.by_week[row][part.week]);
            }
            let offering = self.offerings.iter().position(|(code, _)| *code == part.offering);
            if let Some(offering) = offering {
                add(if part.committed {
                    &mut self.by_offering[row][offering]
                } else {
                    &mut self.held[row][offering]
                });
            }
        }
    }

    fn publish(&self, quarter: QuarterView, now: Second) -> OccupancyReport {
        let (weeks, offerings) = publish_together(&self.by_week, &self.by_offering);
        let held = Table::publish(&self.held);
        let (columns, all) = (self.offerings.len(), self.platforms.len());
        let shown = |table: &Table, row: usize, column: usize| *table.shown.get(row)?.get(column)?;
        let total = |lines: &BTreeSet<LineId>| lines.iter().filter_map(|line| self.bookable.get(line)).sum();
        let platform = |(platform, row): (&&Platform, usize)| PlatformOccupancy {
            quarter: OccupancyCell {
                code: platform.code.clone(),
                name: platform.name.clone().into(),
                bookable_minutes: self.bookable_weeks[row].iter().sum(),
                committed_minutes: shown(&offerings, row, columns),
                held_minutes: shown(&held, row, columns),
            },
            weeks: self.bookable_weeks[row]
                .iter()
                .zip(0..)
                .map(|(bookable, column)| WeekCell {
                    bookable_minutes: *bookable,
                    committed_minutes: shown(&weeks, row, column),
                })
                .collect(),
        };
        let offering = |((code, lines), column): (&(&str, BTreeSet<LineId>), usize)| {
            let known = offering::find(code)?;
            Some(OccupancyCell {
                code: (*code).to_owned(),
                name: TextView { zh: known.zh.to_owned(), en: known.en.to_owned() },
                bookable_minutes: total(lines),
                committed_minutes: shown(&offerings, all, column),
                held_minutes: shown(&held, all, column),
            })
        };
        OccupancyReport {
            platforms: self.platforms.iter().zip(0..).map(platform).collect(),
            weeks: (0..quarter.weeks.len())
                .map(|column| WeekCell {
                    bookable_minutes: self.bookable_weeks.iter().map(|weeks| weeks[column]).sum(),
                    committed_minutes: shown(&weeks, all, column),
                })
                .collect(),
            offerings: self.offerings.iter().zip(0..).filter_map(offering).collect(),
            committed_minutes: shown(&offerings, all, columns),
            held_minutes: shown(&held, all, columns),
            bookable_minutes: self.bookable.values().sum(),
            quarter,
            now: Instant(now),
        }
    }
}
