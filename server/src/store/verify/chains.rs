//! Each line's chain, walked from its head.

use sea_orm::{ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use super::{
    Fault,
    finding::found,
    matrices::Matrices,
    pages::{PAGE, count, first, rows},
};

/// Walks every line; answers how many lines and live rows there are.
pub(super) async fn verify(
    connection: &impl ConnectionTrait,
    matrices: &Matrices,
) -> Result<(u64, u64), Fault> {
    if let Some(row) =
        first(connection, "SELECT id FROM occupancy WHERE live IS NOT NULL AND live <> line").await?
    {
        return found(
            row,
            format!("Row {row} is live on another line than its own."),
            format!("占用 {row} 的生效产线与其所属产线不同。"),
        );
    }
    let (mut lines, mut reached) = (0, 0);
    for row in rows(connection, "SELECT id, matrix, version FROM line ORDER BY id", []).await? {
        let line = Line {
            id: row.try_get_by_index(0)?,
            matrix: row.try_get_by_index(1)?,
            version: row.try_get_by_index(2)?,
        };
        reached += line.walk(connection, matrices).await?;
        lines += 1;
    }
    let live = count(connection, "SELECT count(*) FROM occupancy WHERE live IS NOT NULL").await?;
    if live == reached {
        return Ok((lines, live));
    }
    let lost = "SELECT o.id FROM occupancy o WHERE o.live IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM line l WHERE l.id = o.live)";
    let row = first(connection, lost).await?.unwrap_or_default();
    found(
        row,
        format!(
            "{live} rows are live, but only {reached} are reached from the heads; row {row} is on no line."
        ),
        format!("生效占用共 {live} 条，从链首只能到达 {reached} 条；占用 {row} 不属于任何产线。"),
    )
}

struct Line {
    id: Uuid,
    matrix: Uuid,
    version: i64,
}

struct Row {
    id: Uuid,
    head: Option<i64>,
    transparent: i64,
    kind: String,
    starts_at: i64,
    ends_at: i64,
    needs: Option<i64>,
    leaves: i64,
    product: Uuid,
    touched: i64,
    prev_end: Option<i64>,
    prev_leaves: Option<i64>,
    prev_product: Option<Uuid>,
    matrix: Option<Uuid>,
    version: Option<i64>,
    same_product: Option<i64>,
    setup: Option<i64>,
}

const COLUMNS: &str =
    "id, head, transparent, kind, starts_at, ends_at, needs, leaves, product, touched, prev_end,
    prev_leaves, prev_product, matrix, version, same_product, setup";

impl Row {
    fn read(row: &QueryResult) -> Result<Self, Fault> {
        Ok(Self {
            id: row.try_get_by_index(0)?,
            head: row.try_get_by_index(1)?,
            transparent: row.try_get_by_index(2)?,
            kind: row.try_get_by_index(3)?,
            starts_at: row.try_get_by_index(4)?,
            ends_at: row.try_get_by_index(5)?,
            needs: row.try_get_by_index(6)?,
            leaves: row.try_get_by_index(7)?,
            product: row.try_get_by_index(8)?,
            touched: row.try_get_by_index(9)?,
            prev_end: row.try_get_by_index(10)?,
            prev_leaves: row.try_get_by_index(11)?,
            prev_product: row.try_get_by_index(12)?,
            matrix: row.try_get_by_index(13)?,
            version: row.try_get_by_index(14)?,
            same_product: row.try_get_by_index(15)?,
            setup: row.try_get_by_index(16)?,
        })
    }
}

impl Line {
    /// Follows the chain by its ends; answers how many rows it has. A page holds the rows after the last one seen.
    async fn walk(&self, connection: &impl ConnectionTrait, matrices: &Matrices) -> Result<u64, Fault> {
        let mut before = self.head(connection).await?;
        let mut reached = 1;
        loop {
            let sql = format!(
                "SELECT {COLUMNS} FROM occupancy WHERE live = ? AND head IS NULL
                 AND (ends_at > ? OR (ends_at = ? AND id > ?)) ORDER BY ends_at, id LIMIT {PAGE}"
            );
            // Behind the head, whatever its id.
            let after = if before.head.is_some() { Uuid::nil() } else { before.id };
            let values: [Value; 4] =
                [self.id.into(), before.ends_at.into(), before.ends_at.into(), after.into()];
            let page = rows(connection, &sql, values).await?;
            let last = page.len() < PAGE;
            for row in &page {
                let row = Row::read(row)?;
                self.step(&before, &row, matrices)?;
                before = row;
                reached += 1;
            }
            if last {
                break;
            }
        }
        self.none_before_the_head(connection).await?;
        Ok(reached)
    }

    async fn head(&self, connection: &impl ConnectionTrait) -> Result<Row, Fault> {
        let sql = format!("SELECT {COLUMNS} FROM occupancy WHERE live = ? AND head IS NOT NULL");
        let heads = rows(connection, &sql, [self.id.into()]).await?;
        let [head] = &heads[..] else {
            return found(
                self.id,
                format!("Line {} has {} heads instead of one.", self.id, heads.len()),
                format!("产线 {} 有 {} 个链首，应为一个。", self.id, heads.len()),
            );
        };
        let head = Row::read(head)?;
        self.is_known(&head)?;
        if head.kind != "head" || head.transparent != 1 || head.prev_end.is_some() {
            return found(
                head.id,
                format!("The head {} of line {} isn't a head.", head.id, self.id),
                format!("产线 {} 的链首 {} 不合规。", self.id, head.id),
            );
        }
        Ok(head)
    }

    async fn none_before_the_head(&self, connection: &impl ConnectionTrait) -> Result<(), Fault> {
        let sql = "SELECT o.id FROM occupancy o JOIN occupancy h ON h.live = o.live AND h.head = 1
            WHERE o.live = ? AND o.head IS NULL AND o.ends_at <= h.ends_at LIMIT 1";
        let Some(row) = rows(connection, sql, [self.id.into()]).await?.pop() else { return Ok(()) };
        let row: Uuid = row.try_get_by_index(0)?;
        found(
            row,
            format!("Row {row} ends before line {} begins.", self.id),
            format!("占用 {row} 在产线 {} 启用之前结束。", self.id),
        )
    }

    /// `row` directly behind `before`.
    fn step(&self, before: &Row, row: &Row, matrices: &Matrices) -> Result<(), Fault> {
        let (id, line) = (row.id, self.id);
        self.is_known(row)?;
        if row.starts_at >= row.ends_at {
            return found(
                id,
                format!("Row {id} on line {line} ends at or before its start."),
                format!("产线 {line} 的占用 {id} 结束不晚于开始。"),
            );
        }
        if row.starts_at < before.ends_at {
            return found(
                id,
                format!("Rows {} and {id} on line {line} overlap.", before.id),
                format!("产线 {line} 的占用 {} 与 {id} 重叠。", before.id),
            );
        }
        let link = (row.prev_end, row.prev_leaves, row.prev_product);
        if link != (Some(before.ends_at), Some(before.leaves), Some(before.product)) {
            return found(
                id,
                format!("What row {id} on line {line} remembers of its predecessor {} isn't so.", before.id),
                format!("产线 {line} 的占用 {id} 所记前一占用 {} 的状态有误。", before.id),
            );
        }
        match row.kind.as_str() {
            "closure" => self.carries(before, row),
            "campaign" | "cleaning" => self.gap(before, row, matrices),
            other => found(
                id,
                format!("Row {id} on line {line} is of kind {other}."),
                format!("产线 {line} 的占用 {id} 类型 {other} 无效。"),
            ),
        }
    }

    fn is_known(&self, row: &Row) -> Result<(), Fault> {
        if row.touched <= self.version {
            return Ok(());
        }
        found(
            row.id,
            format!(
                "Row {} was written as change {} of line {}, which has had {}.",
                row.id, row.touched, self.id, self.version
            ),
            format!("占用 {} 的变更号 {} 超过产线 {} 的 {}。", row.id, row.touched, self.id, self.version),
        )
    }

    /// A closure leaves what it found.
    fn carries(&self, before: &Row, row: &Row) -> Result<(), Fault> {
        let carried = row.transparent == 1
            && row.needs.is_none()
            && row.setup == Some(0)
            && row.leaves == before.leaves
            && row.product == before.product;
        if carried {
            return Ok(());
        }
        found(
            row.id,
            format!("Closure {} on line {} doesn't leave the state that it found.", row.id, self.id),
            format!("产线 {} 的停用 {} 未保持其前的状态。", self.id, row.id),
        )
    }

    /// As much time as the stated version of the line's matrix wants.
    fn gap(&self, before: &Row, row: &Row, matrices: &Matrices) -> Result<(), Fault> {
        let (id, line) = (row.id, self.id);
        let same = row.product == before.product;
        if row.transparent != 0
            || row.matrix != Some(self.matrix)
            || row.same_product != Some(i64::from(same))
        {
            return found(
                id,
                format!("Row {id} on line {line} names the wrong matrix or relation to its predecessor."),
                format!("产线 {line} 的占用 {id} 所记矩阵或与前一占用的产品关系有误。"),
            );
        }
        let (Some(needs), Some(version)) = (row.needs, row.version) else {
            return found(
                id,
                format!("Row {id} on line {line} states no need or no version."),
                format!("产线 {line} 的占用 {id} 缺少所需状态或矩阵版本。"),
            );
        };
        let Some(minutes) = matrices.get(&(self.matrix, version, before.leaves, needs, same)) else {
            return found(
                id,
                format!(
                    "Version {version} of the matrix doesn't let row {id} on line {line} follow {}.",
                    before.id
                ),
                format!("矩阵第 {version} 版不允许产线 {line} 的占用 {id} 接在 {} 之后。", before.id),
            );
        };
        if row.setup == Some(*minutes) && row.starts_at - before.ends_at >= *minutes {
            return Ok(());
        }
        found(
            id,
            format!(
                "The changeover before row {id} on line {line} takes {minutes} min; {:?} are stated, {} are there.",
                row.setup.unwrap_or_default(),
                row.starts_at - before.ends_at
            ),
            format!(
                "产线 {line} 的占用 {id} 前需换产 {minutes} 分钟，实际间隔 {} 分钟。",
                row.starts_at - before.ends_at
            ),
        )
    }
}
