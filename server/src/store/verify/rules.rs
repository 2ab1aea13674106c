//! The kernel's rules beyond what the schema guards (working-time cleaning, clean-hold, campaign caps), by the kernel's
//! independent checker. A calendar that changed later breaks none of them: rows that today's reference data would refuse
//! are counted and logged, for people to look at.

use domain::{
    Interval,
    checker::{self, LinePlan, Plan},
    occupancy::Occupancy,
};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::{
    Fault,
    pages::{PAGE, rows},
};
use crate::store::{
    Catalogue,
    occupancy_row::{COLUMNS, read},
};

/// Rows told of in the log.
const TOLD: u64 = 20;

/// Checks every line by the reference data of today; how many rows it would refuse.
pub(super) async fn verify(connection: &impl ConnectionTrait) -> Result<u64, Fault> {
    // The checker reads patterns day by day, so that no calendar need be compiled.
    let catalogue = Catalogue::load(connection, Interval { start: 0, end: 1 }).await?;
    let mut refused = 0;
    for line in catalogue.lines() {
        let Some(parts) = catalogue.parts(line.id) else { continue };
        let live = live(connection, line.id.0).await?;
        let (matrix, pattern) = (&*parts.matrix, &parts.calendar.pattern);
        let lines = [LinePlan { line, matrix, pattern, rows: &live, outages: &[] }];
        let plan = Plan { holidays: &catalogue.holidays, lines: &lines, pools: &[], campaigns: &[] };
        for violation in checker::verify(&plan) {
            refused += 1;
            if refused <= TOLD {
                tracing::warn!(line = line.code, ?violation, "today's reference data would refuse this row");
            }
        }
    }
    Ok(refused)
}

/// The live rows of one line, head first.
async fn live(connection: &impl ConnectionTrait, line: Uuid) -> Result<Vec<Occupancy>, Fault> {
    let sql = format!(
        "SELECT {COLUMNS} FROM occupancy WHERE live = ? AND ends_at > ? ORDER BY ends_at LIMIT {PAGE}"
    );
    let mut found: Vec<Occupancy> = Vec::new();
    loop {
        let after = found.last().map_or(i64::MIN, |row| row.interval.end);
        let values: [Value; 2] = [line.into(), after.into()];
        let page = rows(connection, &sql, values).await?;
        for row in &page {
            found.push(read(row)?);
        }
        if page.len() < PAGE {
            return Ok(found);
        }
    }
}
