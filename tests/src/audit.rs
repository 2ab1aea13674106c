//! An audit that trusts nothing: plain reads of the tables and loops over every pair. It uses no link of the chain, no
//! domain function and nothing of the store.

use std::collections::HashMap;

use sea_orm::{DbErr, QueryResult};
use uuid::Uuid;

use crate::TestDatabase;

/// A violation, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Violation {
    /// Two live rows share a minute, or a row has none.
    Overlap(String),
    /// Less time between two rows than the matrix wants, or a pair that it forbids.
    Gap(String),
    /// More claimed of a pool's cell than it has, or a claim on a cell that doesn't exist.
    Pool(String),
    /// A booking that counts on capacity that nothing holds for it.
    Step(String),
}

struct Held {
    id: Uuid,
    line: Uuid,
    kind: String,
    starts_at: i64,
    ends_at: i64,
    needs: Option<i64>,
    leaves: i64,
    product: Uuid,
    version: Option<i64>,
}

impl Held {
    fn read(row: &QueryResult) -> Result<Self, DbErr> {
        Ok(Self {
            id: row.try_get("", "id")?,
            line: row.try_get("", "line")?,
            kind: row.try_get("", "kind")?,
            starts_at: row.try_get("", "starts_at")?,
            ends_at: row.try_get("", "ends_at")?,
            needs: row.try_get("", "needs")?,
            leaves: row.try_get("", "leaves")?,
            product: row.try_get("", "product")?,
            version: row.try_get("", "version")?,
        })
    }

    fn says(&self) -> String {
        format!("{} {} [{}, {}) on {}", self.kind, self.id, self.starts_at, self.ends_at, self.line)
    }
}

/// (matrix, version, leaves, needs, same product) → minutes.
type Cells = HashMap<(Uuid, i64, i64, i64, bool), i64>;

/// Everything that is wrong; nothing if all is well.
///
/// # Panics
/// If a table can't be read.
pub async fn audit(db: &TestDatabase) -> Vec<Violation> {
    let read = async |sql: &str| db.rows(sql, vec![]).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    let mut lines: HashMap<Uuid, Vec<Held>> = HashMap::new();
    for row in read("SELECT * FROM occupancy WHERE live IS NOT NULL").await {
        let held = Held::read(&row).expect("a row has the types of the schema");
        lines.entry(held.line).or_default().push(held);
    }
    let mut matrices = HashMap::new();
    for row in read("SELECT id, matrix FROM line").await {
        let (line, matrix): (Uuid, Uuid) = (get(&row, "id"), get(&row, "matrix"));
        matrices.insert(line, matrix);
    }
    let mut cells = Cells::new();
    for row in read("SELECT * FROM changeover").await {
        let same = get::<i64>(&row, "same_product") == 1;
        let key = (get(&row, "matrix"), get(&row, "version"), get(&row, "leaves"), get(&row, "needs"), same);
        cells.insert(key, get(&row, "minutes"));
    }
    let mut found = Vec::new();
    for (line, rows) in &lines {
        overlaps(rows, &mut found);
        match matrices.get(line) {
            Some(matrix) => gaps(rows, *matrix, &cells, &mut found),
            None => found.push(Violation::Gap(format!("line {line} is gone, its rows are not"))),
        }
    }
    let over = "SELECT a.pool, a.starts_at, sum(a.amount) AS taken, max(c.capacity) AS capacity
        FROM pool_claim a LEFT JOIN pool_cell c ON c.pool = a.pool AND c.starts_at = a.starts_at
        GROUP BY a.pool, a.starts_at
        HAVING max(c.capacity) IS NULL OR sum(a.amount) > max(c.capacity)";
    for row in read(over).await {
        let (pool, cell): (Uuid, i64) = (get(&row, "pool"), get(&row, "starts_at"));
        found.push(Violation::Pool(format!("pool {pool}, cell {cell} is overdrawn or gone")));
    }
    let bare = "SELECT s.id, s.status FROM step s LEFT JOIN occupancy o ON o.id = s.occupancy
        WHERE s.status IN ('held', 'requested', 'confirmed', 'running', 'completed', 'closed')
          AND (o.live IS NULL OR o.kind <> 'campaign')";
    for row in read(bare).await {
        let (step, status): (Uuid, String) = (get(&row, "id"), get(&row, "status"));
        found.push(Violation::Step(format!("step {step} is {status} and holds nothing")));
    }
    found
}

fn get<T: sea_orm::TryGetable>(row: &QueryResult, column: &str) -> T {
    row.try_get("", column).unwrap_or_else(|error| panic!("{column}: {error}"))
}

/// Every pair of rows, the head apart: it is a point.
fn overlaps(rows: &[Held], found: &mut Vec<Violation>) {
    let heads: Vec<_> = rows.iter().filter(|row| row.kind == "head").collect();
    if heads.len() != 1 {
        found.push(Violation::Overlap(format!("line {} has {} heads", rows[0].line, heads.len())));
    }
    for (index, one) in rows.iter().enumerate() {
        if one.kind == "head" {
            continue;
        }
        if one.starts_at >= one.ends_at {
            found.push(Violation::Overlap(format!("{} is empty or reversed", one.says())));
        }
        if heads.iter().any(|head| one.starts_at < head.ends_at) {
            found.push(Violation::Overlap(format!("{} starts before the line does", one.says())));
        }
        for other in &rows[index + 1..] {
            if other.kind != "head" && one.starts_at < other.ends_at && other.starts_at < one.ends_at {
                found.push(Violation::Overlap(format!("{} and {}", one.says(), other.says())));
            }
        }
    }
}

/// For every row that needs a state: what was left before it, how long ago anything ended, what the matrix wants.
fn gaps(rows: &[Held], matrix: Uuid, cells: &Cells, found: &mut Vec<Violation>) {
    for row in rows {
        if row.kind == "head" || row.kind == "closure" {
            continue;
        }
        let before =
            |other: &&Held| other.id != row.id && (other.kind == "head" || other.starts_at < row.starts_at);
        let Some(last_end) = rows.iter().filter(before).map(|other| other.ends_at).max() else { continue };
        let state = rows
            .iter()
            .filter(before)
            .filter(|other| other.kind != "closure")
            .max_by_key(|other| (other.kind != "head", other.starts_at));
        let Some(state) = state else { continue };
        let (Some(needs), Some(version)) = (row.needs, row.version) else {
            found.push(Violation::Gap(format!("{} states no need or no version", row.says())));
            continue;
        };
        let same = state.product == row.product;
        match cells.get(&(matrix, version, state.leaves, needs, same)) {
            None => found.push(Violation::Gap(format!("{} may not follow {}", row.says(), state.says()))),
            Some(minutes) if row.starts_at - last_end < *minutes => {
                found.push(Violation::Gap(format!("{} wants {minutes} min after {last_end}", row.says())));
            }
            Some(_) => {}
        }
    }
}
