//! The kernel's rules beyond what the schema guards (working-time cleaning, clean-hold, campaign caps), by the kernel's
//! independent checker. What was written since the line's reference data last changed must keep to it, and is a fault
//! otherwise. A calendar that changed later breaks nothing: rows from before that today's data would refuse are counted
//! and logged, for people to look at.

use std::collections::BTreeMap;

use domain::{
    Interval, OccupancyId,
    checker::{self, LinePlan, Plan, Violation},
    occupancy::{Kind, Occupancy},
};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::{
    Fault,
    campaigns::CUT,
    finding::found,
    imports,
    pages::{PAGE, rows},
};
use crate::store::{
    Catalogue,
    occupancy_row::{COLUMNS, read},
};

/// Rows told of in the log.
const TOLD: u64 = 20;

/// The live rows of one line, head first, and the line's version at which each was last written.
#[derive(Default)]
struct Live {
    rows: Vec<Occupancy>,
    written: BTreeMap<OccupancyId, i64>,
}

/// Checks every line by the reference data of today; how many rows from before its last change it would refuse.
pub(super) async fn verify(connection: &impl ConnectionTrait) -> Result<u64, Fault> {
    // The checker reads patterns day by day, so that no calendar need be compiled.
    let catalogue = Catalogue::load(connection, Interval { start: 0, end: 1 }).await?;
    let imports = imports::last(connection).await?;
    let shortened = shortened(connection).await?;
    let mut refused = 0;
    for line in catalogue.lines() {
        let Some(parts) = catalogue.parts(line.id) else { continue };
        let live = live(connection, line.id.0).await?;
        let (matrix, pattern) = (&*parts.matrix, &parts.calendar.pattern);
        let lines = [LinePlan { line, matrix, pattern, rows: &live.rows, outages: &[] }];
        let plan = Plan { holidays: &catalogue.holidays, lines: &lines, pools: &[], campaigns: &[] };
        let changed = imports.get(&line.id).map_or(0, |import| import.version);
        for violation in checker::verify(&plan) {
            let involved = involved(&violation, &live, &shortened);
            let oldest = involved.iter().min_by_key(|row| live.written[&row.id]);
            if let Some(row) = oldest.filter(|row| live.written[&row.id] > changed) {
                return wrong(&violation, &line.code, row.id);
            }
            refused += 1;
            if refused <= TOLD {
                tracing::warn!(line = line.code, ?violation, "today's reference data would refuse this row");
            }
        }
    }
    Ok(refused)
}

/// The rows whose writing decided what `violation` is about. None of those that keep a released row's time or end
/// sooner than booked: both go on as they were decided once, whatever the rules are by now.
fn involved<'a>(violation: &Violation, live: &'a Live, shortened: &[OccupancyId]) -> &'a [Occupancy] {
    let at = |id: &OccupancyId| live.rows.iter().position(|row| row.id == *id);
    let rows = match violation {
        Violation::Forbidden { row }
        | Violation::Setup { row }
        | Violation::Changeover { row, .. }
        | Violation::CleanHold { row } => at(row).map(|at| &live.rows[at..=at]),
        Violation::CampaignCap { first } => at(first).map(|at| {
            let product = live.rows[at].product;
            let run = live.rows[at..].iter().take_while(|row| row.product == product).count();
            &live.rows[at..at + run]
        }),
        // What else the checker finds of a chain, the audit of chains has named before.
        _ => None,
    };
    let decided = |row: &Occupancy| {
        row.kind == Kind::Closure || (row.kind == Kind::Campaign && !shortened.contains(&row.id))
    };
    rows.filter(|rows| rows.iter().all(decided)).unwrap_or_default()
}

/// Rows of campaigns that were over before their planned end.
async fn shortened(connection: &impl ConnectionTrait) -> Result<Vec<OccupancyId>, Fault> {
    let sql = format!(
        "SELECT s.occupancy FROM step s WHERE s.live IS NOT NULL
         AND s.booking IN (SELECT d.booking FROM decision d WHERE {CUT})"
    );
    let found = rows(connection, &sql, []).await?;
    found.iter().map(|row| Ok(OccupancyId(row.try_get_by_index(0)?))).collect()
}

/// Reads the live rows of one line.
async fn live(connection: &impl ConnectionTrait, line: Uuid) -> Result<Live, Fault> {
    let sql = format!(
        "SELECT {COLUMNS}, touched FROM occupancy WHERE live = ? AND ends_at > ? ORDER BY ends_at LIMIT {PAGE}"
    );
    let mut found = Live::default();
    loop {
        let after = found.rows.last().map_or(i64::MIN, |row| row.interval.end);
        let values: [Value; 2] = [line.into(), after.into()];
        let page = rows(connection, &sql, values).await?;
        for row in &page {
            let occupancy = read(row)?;
            found.written.insert(occupancy.id, row.try_get("", "touched")?);
            found.rows.push(occupancy);
        }
        if page.len() < PAGE {
            return Ok(found);
        }
    }
}

/// The end of the audit: what `violation` of line `code` is, with the oldest row that it is about.
fn wrong<T>(violation: &Violation, code: &str, row: OccupancyId) -> Result<T, Fault> {
    match violation {
        Violation::CleanHold { .. } => found(
            row.0,
            format!("Row {row} of line {code} starts on a line that has stood clean for too long."),
            format!("产线 {code} 的占用 {row} 开始时已超过清洁有效期。"),
        ),
        Violation::CampaignCap { .. } => found(
            row.0,
            format!("The run of line {code} that row {row} is part of is longer than the campaign cap."),
            format!("产线 {code} 上占用 {row} 所在的连续生产超出上限。"),
        ),
        _ => found(
            row.0,
            format!("Row {row} of line {code} starts before the changeover ahead of it is worked off."),
            format!("产线 {code} 的占用 {row} 在其前换产完成之前开始。"),
        ),
    }
}
