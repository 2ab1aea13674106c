//! The rows of lines: read once, then only what changed.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use domain::{Interval, LineId, Minute, occupancy::Occupancy, snapshot::LineState};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use crate::store::{
    Catalogue, StoreError,
    occupancy_row::{COLUMNS, read},
    queries::{self, earlier_rows, reaches},
    statement,
};

/// Lines asked about in one statement.
const CHUNK: usize = 200;

pub(super) type Lines = BTreeMap<LineId, Arc<LineState>>;

/// The lines as they are now, given how they were. `edge`: rows that ended before are not kept, but for what the first
/// change after it must know.
pub(super) async fn refresh(
    connection: &impl ConnectionTrait,
    catalogue: &Catalogue,
    known: &Lines,
    edge: Minute,
) -> Result<Lines, StoreError> {
    // Versions first: rows read after them can only be newer than they say, and are then read again.
    let versions = versions(connection, "line").await?;
    let mut lines = Lines::new();
    let (mut new, mut changed) = (Vec::new(), Vec::new());
    for (id, version) in versions {
        let id = LineId(id);
        // A line that came with a newer catalogue than this one is seen with the next refresh.
        let Some(parts) = catalogue.parts(id) else { continue };
        match known.get(&id) {
            None => new.push((id, version)),
            Some(state) if state.version != version => changed.push((id, version)),
            Some(state) if Arc::ptr_eq(&state.line, &parts.line) => drop(lines.insert(id, Arc::clone(state))),
            Some(state) => {
                let outages = state.outages().to_vec();
                lines.insert(id, assemble(catalogue, id, version, (state.rows().to_vec(), outages))?);
            }
        }
    }
    for some in changed.chunks(CHUNK) {
        let mut deltas = delta(connection, some, known).await?;
        let mut down = outages(connection, some, edge).await?;
        for (id, version) in some {
            let rows = known.get(id).map_or(&[][..], |state| state.rows());
            let rows = merge(rows, deltas.remove(id).unwrap_or_default());
            let rows = trim(connection, catalogue, *id, rows, edge).await?;
            let outages = down.remove(id).unwrap_or_default();
            lines.insert(*id, assemble(catalogue, *id, *version, (rows, outages))?);
        }
    }
    for some in new.chunks(CHUNK) {
        let mut loaded = load(connection, some, edge).await?;
        let mut down = outages(connection, some, edge).await?;
        for (id, version) in some {
            let rows = loaded.remove(id).unwrap_or_default();
            let rows = trim(connection, catalogue, *id, rows, edge).await?;
            let outages = down.remove(id).unwrap_or_default();
            lines.insert(*id, assemble(catalogue, *id, *version, (rows, outages))?);
        }
    }
    Ok(lines)
}

/// Drops what ended before a later edge.
pub(super) async fn advance(
    connection: &impl ConnectionTrait,
    catalogue: &Catalogue,
    known: &Lines,
    edge: Minute,
) -> Result<Lines, StoreError> {
    let mut lines = Lines::new();
    for (id, state) in known {
        let rows = trim(connection, catalogue, *id, state.rows().to_vec(), edge).await?;
        let outages = state.outages().iter().filter(|outage| outage.end > edge).copied().collect();
        lines.insert(*id, assemble(catalogue, *id, state.version, (rows, outages))?);
    }
    Ok(lines)
}

/// Every version of `table`'s rows.
pub(super) async fn versions(
    connection: &impl ConnectionTrait,
    table: &str,
) -> Result<Vec<(Uuid, i64)>, StoreError> {
    let sql = format!("SELECT id, version FROM {table}");
    let rows = connection.query_all_raw(statement(connection, &sql, [])).await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

fn assemble(
    catalogue: &Catalogue,
    id: LineId,
    version: i64,
    (rows, outages): (Vec<Occupancy>, Vec<Interval>),
) -> Result<Arc<LineState>, StoreError> {
    let parts = catalogue.parts(id).ok_or(StoreError::NotFound("line"))?;
    Ok(Arc::new(LineState::new(parts.line, parts.matrix, parts.calendar, version, rows).down(outages)))
}

/// When these lines are down from the edge on.
async fn outages(
    connection: &impl ConnectionTrait,
    lines: &[(LineId, i64)],
    edge: Minute,
) -> Result<BTreeMap<LineId, Vec<Interval>>, StoreError> {
    let ids: Vec<LineId> = lines.iter().map(|(line, _)| *line).collect();
    queries::outages(connection, &ids, edge).await
}

/// Live rows that end after `edge`, and of each line the last before it.
async fn load(
    connection: &impl ConnectionTrait,
    lines: &[(LineId, i64)],
    edge: Minute,
) -> Result<BTreeMap<LineId, Vec<Occupancy>>, StoreError> {
    let columns = COLUMNS.split(", ").map(|column| format!("o.{column}")).collect::<Vec<_>>().join(", ");
    let marks = queries::marks(lines.len());
    let sql = format!(
        "SELECT {columns} FROM line l JOIN occupancy o ON o.live = l.id AND o.ends_at >= COALESCE( \
         (SELECT MAX(p.ends_at) FROM occupancy p WHERE p.live = l.id AND p.ends_at <= ?), ?) \
         WHERE l.id IN ({marks})"
    );
    let ids = lines.iter().map(|(line, _)| Value::from(line.0));
    let values = [edge.into(), edge.into()].into_iter().chain(ids);
    let mut lines: BTreeMap<LineId, Vec<Occupancy>> = BTreeMap::new();
    for row in connection.query_all_raw(statement(connection, &sql, values)).await? {
        let row = read(&row)?;
        lines.entry(row.line).or_default().push(row);
    }
    for rows in lines.values_mut() {
        rows.sort_unstable_by_key(|row| row.interval.end);
    }
    Ok(lines)
}

/// Rows written since the known versions, and whether each is live.
async fn delta(
    connection: &impl ConnectionTrait,
    changed: &[(LineId, i64)],
    known: &Lines,
) -> Result<BTreeMap<LineId, Vec<(Occupancy, bool)>>, StoreError> {
    let conditions = vec!["(line = ? AND touched > ?)"; changed.len()].join(" OR ");
    let sql = format!("SELECT {COLUMNS}, live FROM occupancy WHERE {conditions}");
    let since = |line: &LineId| known.get(line).map_or(-1, |state| state.version);
    let values = changed.iter().flat_map(|(line, _)| [Value::from(line.0), since(line).into()]);
    let mut lines: BTreeMap<LineId, Vec<(Occupancy, bool)>> = BTreeMap::new();
    for row in connection.query_all_raw(statement(connection, &sql, values)).await? {
        let occupancy = read(&row)?;
        lines.entry(occupancy.line).or_default().push((occupancy, is_live(&row)?));
    }
    Ok(lines)
}

fn is_live(row: &QueryResult) -> Result<bool, StoreError> {
    Ok(row.try_get::<Option<Uuid>>("", "live")?.is_some())
}

/// `rows` with what changed put in: few of many, so the others are copied as they are.
fn merge(rows: &[Occupancy], changes: Vec<(Occupancy, bool)>) -> Vec<Occupancy> {
    // A row never moves in time, and no two live ones end together: its end says where it was, if it was.
    let place = |row: &Occupancy| {
        let at = rows.partition_point(|known| known.interval.end < row.interval.end);
        rows.get(at).filter(|known| known.id == row.id).map(|_| at)
    };
    let mut merged: Vec<Occupancy> = Vec::with_capacity(rows.len() + changes.len());
    merged.extend_from_slice(rows);
    let mut gone = BTreeSet::new();
    for (row, live) in changes {
        match place(&row) {
            Some(at) if live => merged[at] = row,
            Some(at) => drop(gone.insert(at)),
            None if live => merged.push(row),
            None => {}
        }
    }
    if !gone.is_empty() {
        let mut at = 0..;
        merged.retain(|_| at.next().is_none_or(|at| !gone.contains(&at)));
    }
    // Stable, because that is quick where nearly all is in order.
    merged.sort_by_key(|row| row.interval.end);
    merged
}

/// `rows` without those before the edge that nothing after it depends on; what is missing there is read.
async fn trim(
    connection: &impl ConnectionTrait,
    catalogue: &Catalogue,
    line: LineId,
    mut rows: Vec<Occupancy>,
    edge: Minute,
) -> Result<Vec<Occupancy>, StoreError> {
    let capped = catalogue.matrix_of(line).is_some_and(|matrix| matrix.cap.is_some());
    let mut split = rows.partition_point(|row| row.interval.end <= edge);
    // A row written long before the others came with the delta, but not those between: it stands alone.
    let follows = |pair: &[Occupancy]| pair[1].link.is_some_and(|link| link.prev_end == pair[0].interval.end);
    let joined = &rows[..rows.len().min(split + 1)];
    let alone = joined.windows(2).rposition(|pair| !follows(pair)).map_or(0, |at| at + 1);
    rows.drain(..alone);
    split -= alone;
    if !is_whole(&rows[..split], capped) {
        let read = earlier_rows(connection, line, edge, capped).await?;
        let count = read.len();
        rows.splice(..split, read);
        split = count;
    }
    let known = &rows[..split];
    let kept = (1..=split).find(|kept| reaches(known[split - kept..].iter().rev(), capped)).unwrap_or(split);
    rows.drain(..split - kept);
    Ok(rows)
}

/// Whether rows before the edge are all that is needed of them: they reach far enough, or begin with the head.
fn is_whole(rows: &[Occupancy], capped: bool) -> bool {
    rows.first().is_some_and(|first| first.link.is_none()) || reaches(rows.iter().rev(), capped)
}
