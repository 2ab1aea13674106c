//! What a careless client works out: links of a chain from what it read, without a single check.

use uuid::Uuid;

use crate::{Plant, Row};

/// Rows to send: released ones, ones that stay with another link, new ones.
#[derive(Clone, Debug, Default)]
pub struct Sending {
    pub released: Vec<Row>,
    pub relinked: Vec<Row>,
    pub added: Vec<Row>,
}

impl Sending {
    /// In the order that the schema wants.
    #[must_use]
    pub fn in_order(self) -> Vec<Row> {
        [self.released, self.relinked, self.added].concat()
    }
}

/// Takes `release` out of `read` and puts `add` in, by start; links everything anew. Overlaps, short gaps and forbidden
/// pairs (set-up 0) are nothing to it.
#[must_use]
pub fn careless(plant: &Plant, read: &[Row], release: &[Uuid], add: Vec<Row>) -> Sending {
    let released: Vec<_> =
        read.iter().filter(|row| release.contains(&row.id)).cloned().map(Row::released).collect();
    let mut rows: Vec<Row> = read.iter().filter(|row| !release.contains(&row.id)).cloned().collect();
    let new: Vec<Uuid> = add.iter().map(|row| row.id).collect();
    rows.extend(add);
    rows.sort_by_key(|row| (row.head.is_none(), row.starts_at));
    for index in 1..rows.len() {
        let before = rows[index - 1].clone();
        link(plant, &before, &mut rows[index]);
    }
    let mut sending = Sending { released, ..Sending::default() };
    for row in rows {
        if new.contains(&row.id) {
            sending.added.push(row);
        } else if read.iter().all(|old| *old != row) {
            sending.relinked.push(row);
        }
    }
    sending
}

/// Links `row` to `before` by the matrix in force.
pub fn link(plant: &Plant, before: &Row, row: &mut Row) {
    row.prev_end = Some(before.ends_at);
    row.prev_leaves = Some(before.leaves);
    row.prev_product = Some(before.product);
    row.matrix = Some(plant.matrix.id.0);
    row.version = Some(i64::from(plant.matrix.version));
    if row.kind == "closure" {
        row.leaves = before.leaves;
        row.product = before.product;
        row.same_product = Some(1);
        row.setup = Some(0);
    } else {
        let same = row.product == before.product;
        row.same_product = Some(i64::from(same));
        let needs = row.needs.unwrap_or_default();
        row.setup = Some(plant.setup(before.leaves, needs, same).unwrap_or_default());
    }
}
