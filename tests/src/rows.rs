//! Rows of `occupancy` as plain values, written without any manners.

use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement, Value};
use uuid::Uuid;

/// Every column of `occupancy`.
pub const COLUMNS: [&str; 21] = [
    "id",
    "line",
    "live",
    "head",
    "transparent",
    "kind",
    "starts_at",
    "ends_at",
    "needs",
    "leaves",
    "product",
    "batches",
    "expires_at",
    "touched",
    "prev_end",
    "prev_leaves",
    "prev_product",
    "matrix",
    "version",
    "same_product",
    "setup",
];

/// One row. Nothing about it is checked here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub id: Uuid,
    pub line: Uuid,
    pub live: Option<Uuid>,
    pub head: Option<i64>,
    pub transparent: i64,
    pub kind: String,
    pub starts_at: i64,
    pub ends_at: i64,
    pub needs: Option<i64>,
    pub leaves: i64,
    pub product: Uuid,
    pub batches: i64,
    pub expires_at: Option<i64>,
    pub touched: i64,
    pub prev_end: Option<i64>,
    pub prev_leaves: Option<i64>,
    pub prev_product: Option<Uuid>,
    pub matrix: Option<Uuid>,
    pub version: Option<i64>,
    pub same_product: Option<i64>,
    pub setup: Option<i64>,
}

impl Row {
    /// The sentinel of `line`, which begins its life at `at` in state `leaves`.
    #[must_use]
    pub fn head(id: Uuid, line: Uuid, at: i64, leaves: i64) -> Self {
        Self {
            head: Some(1),
            transparent: 1,
            kind: "head".into(),
            needs: None,
            batches: 0,
            product: Uuid::nil(),
            ..Self::campaign(id, line, (at, at), leaves, Uuid::nil())
        }
    }

    /// A live campaign that needs and leaves `class`, not linked yet.
    #[must_use]
    pub fn campaign(id: Uuid, line: Uuid, interval: (i64, i64), class: i64, product: Uuid) -> Self {
        Self {
            id,
            line,
            live: Some(line),
            head: None,
            transparent: 0,
            kind: "campaign".into(),
            starts_at: interval.0,
            ends_at: interval.1,
            needs: Some(class),
            leaves: class,
            product,
            batches: 1,
            expires_at: None,
            touched: 1,
            prev_end: None,
            prev_leaves: None,
            prev_product: None,
            matrix: None,
            version: None,
            same_product: None,
            setup: None,
        }
    }

    /// A live closure, not linked yet: what it carries comes with the link.
    #[must_use]
    pub fn closure(id: Uuid, line: Uuid, interval: (i64, i64)) -> Self {
        Self {
            transparent: 1,
            kind: "closure".into(),
            needs: None,
            batches: 0,
            ..Self::campaign(id, line, interval, 0, Uuid::nil())
        }
    }

    /// The same row, released.
    #[must_use]
    pub fn released(mut self) -> Self {
        self.live = None;
        self
    }

    /// Reads a row of `SELECT *`.
    ///
    /// # Errors
    /// If a column is missing or of another type.
    pub fn read(row: &QueryResult) -> Result<Self, DbErr> {
        Ok(Self {
            id: row.try_get("", "id")?,
            line: row.try_get("", "line")?,
            live: row.try_get("", "live")?,
            head: row.try_get("", "head")?,
            transparent: row.try_get("", "transparent")?,
            kind: row.try_get("", "kind")?,
            starts_at: row.try_get("", "starts_at")?,
            ends_at: row.try_get("", "ends_at")?,
            needs: row.try_get("", "needs")?,
            leaves: row.try_get("", "leaves")?,
            product: row.try_get("", "product")?,
            batches: row.try_get("", "batches")?,
            expires_at: row.try_get("", "expires_at")?,
            touched: row.try_get("", "touched")?,
            prev_end: row.try_get("", "prev_end")?,
            prev_leaves: row.try_get("", "prev_leaves")?,
            prev_product: row.try_get("", "prev_product")?,
            matrix: row.try_get("", "matrix")?,
            version: row.try_get("", "version")?,
            same_product: row.try_get("", "same_product")?,
            setup: row.try_get("", "setup")?,
        })
    }

    /// The live rows of `line` by their end, the head first.
    ///
    /// # Errors
    /// The database's.
    pub async fn live_of(connection: &impl ConnectionTrait, line: Uuid) -> Result<Vec<Self>, DbErr> {
        let text = "SELECT * FROM occupancy WHERE live = $1 ORDER BY ends_at, starts_at";
        let backend = connection.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, text, [line.into()]);
        connection.query_all_raw(statement).await?.iter().map(Self::read).collect()
    }

    fn values(&self) -> Vec<Value> {
        vec![
            self.id.into(),
            self.line.into(),
            self.live.into(),
            self.head.into(),
            self.transparent.into(),
            self.kind.clone().into(),
            self.starts_at.into(),
            self.ends_at.into(),
            self.needs.into(),
            self.leaves.into(),
            self.product.into(),
            self.batches.into(),
            self.expires_at.into(),
            self.touched.into(),
            self.prev_end.into(),
            self.prev_leaves.into(),
            self.prev_product.into(),
            self.matrix.into(),
            self.version.into(),
            self.same_product.into(),
            self.setup.into(),
        ]
    }

    /// Inserts it.
    ///
    /// # Errors
    /// The schema's refusal.
    pub async fn insert(&self, connection: &impl ConnectionTrait) -> Result<u64, DbErr> {
        send(connection, std::slice::from_ref(self), "").await
    }
}

/// What an upsert may change: nothing of what a row is, only whether it lives and how it is linked.
const UPSERT: &str = " ON CONFLICT (id) DO UPDATE SET live = excluded.live, leaves = excluded.leaves,
    product = excluded.product, touched = excluded.touched, prev_end = excluded.prev_end,
    prev_leaves = excluded.prev_leaves, prev_product = excluded.prev_product, matrix = excluded.matrix,
    version = excluded.version, same_product = excluded.same_product, setup = excluded.setup";

/// Writes rows in this order with one statement, as the protocol does; answers how many were affected.
///
/// # Errors
/// The schema's refusal.
pub async fn upsert(connection: &impl ConnectionTrait, rows: &[Row]) -> Result<u64, DbErr> {
    send(connection, rows, &format!("{UPSERT} WHERE occupancy.live IS NOT NULL")).await
}

/// The same without the condition that keeps a stale writer from reviving what was released.
///
/// # Errors
/// The schema's refusal.
pub async fn upsert_reviving(connection: &impl ConnectionTrait, rows: &[Row]) -> Result<u64, DbErr> {
    send(connection, rows, UPSERT).await
}

async fn send(connection: &impl ConnectionTrait, rows: &[Row], tail: &str) -> Result<u64, DbErr> {
    if rows.is_empty() {
        return Ok(0);
    }
    let width = COLUMNS.len();
    let groups: Vec<String> = (0..rows.len())
        .map(|n| {
            let places: Vec<_> = (1..=width).map(|column| format!("${}", n * width + column)).collect();
            format!("({})", places.join(", "))
        })
        .collect();
    let text = format!("INSERT INTO occupancy ({}) VALUES {}{tail}", COLUMNS.join(", "), groups.join(", "));
    let values: Vec<_> = rows.iter().flat_map(Row::values).collect();
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), text, values);
    Ok(connection.execute_raw(statement).await?.rows_affected())
}
