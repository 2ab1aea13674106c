//! Reading the part of a line that a change concerns, and never the whole line.

use std::collections::VecDeque;

use domain::{
    Interval, LineId, Minute,
    occupancy::{Kind, Occupancy},
    snapshot::LineState,
};
use sea_orm::ConnectionTrait;

use crate::store::{
    Catalogue, StoreError,
    occupancy_row::{COLUMNS, read},
    statement,
};

/// Rows read at once on each side. Nearly always enough; else reading goes on, ever further.
const BEFORE: i64 = 3;
const AFTER: i64 = 4;

/// The rows around `interval` as the kernel wants them for a change in it: on each side up to the first row that isn't
/// a closure, and if the line's matrix has a campaign cap, on to the first such row of another product than that one's;
/// or to the line's head or end. One statement, nearly always.
///
/// # Errors
/// [`StoreError::NotFound`] if the catalogue doesn't know the line.
pub async fn neighbourhood(
    connection: &impl ConnectionTrait,
    catalogue: &Catalogue,
    line: LineId,
    interval: Interval,
    version: i64,
) -> Result<LineState, StoreError> {
    let parts = catalogue.parts(line).ok_or(StoreError::NotFound("line"))?;
    let capped = parts.matrix.cap.is_some();
    let mut rows = VecDeque::new();
    let (mut before, mut after) = (BEFORE, AFTER);
    let mut from = Edges { before: interval.start, after: interval.start };
    loop {
        let (earlier, later) = page(connection, line, from, before, after).await?;
        let head = before == 0 || count(&earlier) < before;
        let end = after == 0 || count(&later) < after;
        earlier.into_iter().for_each(|row| rows.push_front(row));
        rows.extend(later);
        let split = rows.partition_point(|row| row.interval.end <= interval.start);
        let beyond = rows.partition_point(|row| row.interval.start < interval.end).max(split);
        // What is known suffices, or there is no more: that side is read no further.
        let back = head || reaches(rows.iter().take(split).rev(), capped);
        let forth = end || reaches(rows.iter().skip(beyond), capped);
        if back && forth {
            let rows = rows.into();
            return Ok(LineState::new(parts.line, parts.matrix, parts.calendar, version, rows));
        }
        before = if back { 0 } else { before.max(8) * 2 };
        after = if forth { 0 } else { after.max(8) * 2 };
        from = Edges {
            before: rows.front().map_or(from.before, |row| row.interval.start),
            after: rows.back().map_or(from.after, |row| row.interval.end),
        };
    }
}

/// Where reading goes on: rows that end at or before the one, and after the other.
#[derive(Clone, Copy)]
struct Edges {
    before: Minute,
    after: Minute,
}

/// Up to `before` rows backwards from the edge, nearest first, and `after` rows forwards.
async fn page(
    connection: &impl ConnectionTrait,
    line: LineId,
    from: Edges,
    before: i64,
    after: i64,
) -> Result<(Vec<Occupancy>, Vec<Occupancy>), StoreError> {
    let sql = format!(
        "SELECT * FROM (SELECT {COLUMNS} FROM occupancy WHERE live = ? AND ends_at <= ? \
         ORDER BY ends_at DESC LIMIT ?) AS earlier UNION ALL \
         SELECT * FROM (SELECT {COLUMNS} FROM occupancy WHERE live = ? AND ends_at > ? \
         ORDER BY ends_at LIMIT ?) AS later"
    );
    let live = line.0;
    let values =
        [live.into(), from.before.into(), before.into(), live.into(), from.after.into(), after.into()];
    let (mut earlier, mut later) = (Vec::new(), Vec::new());
    for row in connection.query_all_raw(statement(connection, &sql, values)).await? {
        let row = read(&row)?;
        if row.interval.end <= from.before { earlier.push(row) } else { later.push(row) }
    }
    // UNION ALL promises no order.
    earlier.sort_unstable_by_key(|row| std::cmp::Reverse(row.interval.end));
    later.sort_unstable_by_key(|row| row.interval.end);
    Ok((earlier, later))
}

fn count(rows: &[Occupancy]) -> i64 {
    i64::try_from(rows.len()).unwrap_or(i64::MAX)
}

/// The live rows that end at or before `edge`, ascending, as far back as what comes after it depends on them.
pub(crate) async fn earlier_rows(
    connection: &impl ConnectionTrait,
    line: LineId,
    edge: Minute,
    capped: bool,
) -> Result<Vec<Occupancy>, StoreError> {
    let mut rows: VecDeque<Occupancy> = VecDeque::new();
    let mut size = BEFORE;
    loop {
        let before = rows.front().map_or(edge, |row| row.interval.start);
        let (earlier, _) = page(connection, line, Edges { before, after: before }, size, 0).await?;
        let head = count(&earlier) < size;
        earlier.into_iter().for_each(|row| rows.push_front(row));
        if head || reaches(rows.iter().rev(), capped) {
            return Ok(rows.into());
        }
        size = size.max(8) * 2;
    }
}

/// Whether rows, going away from the change, reach as far as the kernel needs.
pub(crate) fn reaches<'a>(rows: impl Iterator<Item = &'a Occupancy>, capped: bool) -> bool {
    let mut states = rows.filter(|row| row.kind != Kind::Closure);
    let Some(nearest) = states.next() else { return false };
    nearest.kind == Kind::Head || !capped || states.any(|row| row.product != nearest.product)
}
