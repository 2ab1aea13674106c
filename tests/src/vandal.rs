//! A writer without manners: holds no lock, decides on what it read long ago, checks nothing, and lies.

use domain::booking::Status;
use rand::{RngExt, rngs::StdRng, seq::IndexedRandom, seq::SliceRandom};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement, TransactionTrait, Value};
use uuid::Uuid;

use crate::{
    Plant, Row,
    booking::{claim, write_booking},
    chain::{careless, link},
    plant::{BEGIN, DAY},
    rows::{upsert, upsert_reviving},
};

/// One of them.
pub struct Vandal<'a> {
    pub plant: &'a Plant,
    pub connection: DatabaseConnection,
    pub random: StdRng,
    line: Uuid,
    /// What it believes to be on the line.
    read: Vec<Row>,
}

impl std::fmt::Debug for Vandal<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vandal").field("line", &self.line).finish_non_exhaustive()
    }
}

/// The numbers of one vandal's deeds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    /// Statements that changed something.
    pub done: u64,
    /// Statements that were refused, or found nothing to change.
    pub refused: u64,
}

impl<'a> Vandal<'a> {
    #[must_use]
    pub fn new(plant: &'a Plant, connection: DatabaseConnection, random: StdRng) -> Self {
        Self { plant, connection, random, line: plant.line(0), read: Vec::new() }
    }

    /// Does `deeds` deeds; the schema's refusals are no reason to stop.
    pub async fn rage(&mut self, deeds: u32) -> Tally {
        let mut tally = Tally::default();
        for _ in 0..deeds {
            match self.deed().await {
                Ok(affected) if affected > 0 => tally.done += 1,
                _ => tally.refused += 1,
            }
        }
        tally
    }

    async fn deed(&mut self) -> Result<u64, DbErr> {
        if self.read.is_empty() || self.random.random_bool(0.4) {
            let lines: Vec<_> = self.plant.lines.iter().map(|line| line.id.0).collect();
            self.line = *lines.choose(&mut self.random).unwrap_or(&self.line);
            self.read = Row::live_of(&self.connection, self.line).await?;
            tokio::task::yield_now().await;
        }
        match self.random.random_range(0..20) {
            0..=7 => self.book().await,
            8 | 9 => self.close().await,
            10 => self.release().await,
            11 => self.displace().await,
            12 => self.revive().await,
            13 => self.confirm_the_dead().await,
            14 => self.delete().await,
            15 | 16 => self.tamper().await,
            17 => self.piecemeal().await,
            _ => self.overdraw().await,
        }
    }

    /// A campaign where it seems to fit, or anywhere at all.
    async fn book(&mut self) -> Result<u64, DbErr> {
        let row = self.campaign();
        let mut rows = careless(self.plant, &self.read, &[], vec![row.clone()]).in_order();
        self.lie(&mut rows);
        let affected = upsert(&self.connection, &rows).await?;
        if self.random.random_bool(0.5) {
            write_booking(&self.connection, self.plant, Status::Confirmed, &row).await?;
        }
        Ok(affected)
    }

    fn campaign(&mut self) -> Row {
        let class = self.random.random_range(0..3);
        let product = self.plant.product(self.random.random_range(0..4));
        let length = self.random.random_range(1..3 * DAY);
        let start = match self.read.choose(&mut self.random) {
            Some(before) if self.random.random_bool(0.7) => {
                let same = before.product == product;
                before.ends_at + self.plant.setup(before.leaves, class, same).unwrap_or_default()
            }
            _ => BEGIN + self.random.random_range(-DAY..60 * DAY),
        };
        Row::campaign(Uuid::now_v7(), self.line, (start, start + length), class, product)
    }

    /// A closure somewhere, perhaps one that claims to clean.
    async fn close(&mut self) -> Result<u64, DbErr> {
        let start = BEGIN + self.random.random_range(0..60 * DAY);
        let length = self.random.random_range(1..2 * DAY);
        let row = Row::closure(Uuid::now_v7(), self.line, (start, start + length));
        let mut rows = careless(self.plant, &self.read, &[], vec![row]).in_order();
        if self.random.random_bool(0.4)
            && let Some(row) = rows.last_mut()
        {
            row.leaves = self.random.random_range(0..3);
            row.product = self.plant.product(self.random.random_range(0..4));
        }
        upsert(&self.connection, &rows).await
    }

    /// Changes what it sends: order, set-up, version, state, interval, kind.
    fn lie(&mut self, rows: &mut [Row]) {
        if self.random.random_bool(0.25) {
            rows.shuffle(&mut self.random);
        }
        if !self.random.random_bool(0.4) {
            return;
        }
        let about = self.random.random_range(0..9);
        let Some(row) = rows.last_mut() else { return };
        match about {
            0 => row.setup = Some(0),
            1 => row.setup = row.setup.map(|minutes| minutes / 2),
            2 => row.version = Some(1),
            3 => row.version = Some(99),
            4 => row.ends_at = row.starts_at - 60,
            5 => row.ends_at = row.starts_at,
            6 => row.prev_leaves = Some(0),
            7 => row.same_product = row.same_product.map(|same| 1 - same),
            _ => (row.head, row.transparent, row.kind) = (Some(1), 1, "head".into()),
        }
    }

    fn victim(&mut self) -> Option<Row> {
        self.read.choose(&mut self.random).cloned()
    }

    async fn release(&mut self) -> Result<u64, DbErr> {
        let Some(row) = self.victim() else { return Ok(0) };
        let rows = careless(self.plant, &self.read, &[row.id], vec![]).in_order();
        upsert(&self.connection, &rows).await
    }

    /// A move to where something else may be.
    async fn displace(&mut self) -> Result<u64, DbErr> {
        let Some(row) = self.victim() else { return Ok(0) };
        let new = self.campaign();
        let mut rows = careless(self.plant, &self.read, &[row.id], vec![new]).in_order();
        self.lie(&mut rows);
        upsert(&self.connection, &rows).await
    }

    async fn revive(&mut self) -> Result<u64, DbErr> {
        let Some(mut row) = self.dead().await? else { return Ok(0) };
        row.live = Some(row.line);
        if self.random.random_bool(0.5) {
            return upsert_reviving(&self.connection, &[row]).await;
        }
        if let Some(before) = self.victim() {
            link(self.plant, &before, &mut row);
        }
        upsert_reviving(&self.connection, &[row]).await
    }

    async fn dead(&mut self) -> Result<Option<Row>, DbErr> {
        let sql = "SELECT * FROM occupancy WHERE live IS NULL ORDER BY id LIMIT 20";
        let statement = Statement::from_string(self.connection.get_database_backend(), sql);
        let rows = self.connection.query_all_raw(statement).await?;
        rows.choose(&mut self.random).map(Row::read).transpose()
    }

    async fn confirm_the_dead(&mut self) -> Result<u64, DbErr> {
        let Some(row) = self.dead().await? else { return Ok(0) };
        if self.random.random_bool(0.5) {
            write_booking(&self.connection, self.plant, Status::Confirmed, &row).await?;
        }
        let sql = "UPDATE step SET status = 'confirmed', live = $2 WHERE occupancy = $1";
        self.execute(sql, vec![row.id.into(), row.line.into()]).await
    }

    async fn delete(&mut self) -> Result<u64, DbErr> {
        let Some(row) = self.victim() else { return Ok(0) };
        match self.random.random_range(0..5) {
            0 | 1 => self.execute("DELETE FROM occupancy WHERE id = $1", vec![row.id.into()]).await,
            2 => {
                let sql = "DELETE FROM changeover WHERE leaves = $1 AND version = 2";
                self.execute(sql, vec![row.leaves.into()]).await
            }
            3 => self.execute("DELETE FROM pool_cell WHERE starts_at = $1", vec![BEGIN.into()]).await,
            _ => self.execute("DELETE FROM line WHERE id = $1", vec![row.line.into()]).await,
        }
    }

    /// Sets one column of one row to something.
    async fn tamper(&mut self) -> Result<u64, DbErr> {
        let Some(row) = self.victim() else { return Ok(0) };
        let number = self.random.random_range(-DAY..DAY);
        let set = match self.random.random_range(0..14) {
            0 => format!("starts_at = starts_at + {number}"),
            1 => format!("ends_at = ends_at + {number}"),
            2 => format!("starts_at = starts_at + {number}, ends_at = ends_at + {number}"),
            3 => format!("prev_end = prev_end + {number}"),
            4 => "setup = 0".into(),
            5 => "setup = NULL".into(),
            6 => "leaves = 1 - leaves".into(),
            7 => "needs = 0".into(),
            8 => "needs = NULL, transparent = 1".into(),
            9 => "live = NULL".into(),
            10 => "prev_leaves = 0, needs = 0".into(),
            11 => "head = 1".into(),
            12 => "version = 1".into(),
            _ => "same_product = 1, prev_product = product".into(),
        };
        self.execute(&format!("UPDATE occupancy SET {set} WHERE id = $1"), vec![row.id.into()]).await
    }

    /// The right rows, one statement each, in whatever order, and committed as far as it went.
    async fn piecemeal(&mut self) -> Result<u64, DbErr> {
        let row = self.campaign();
        let mut rows = careless(self.plant, &self.read, &[], vec![row]).in_order();
        rows.shuffle(&mut self.random);
        let transaction = self.connection.begin().await?;
        let mut affected = 0;
        for row in rows {
            match upsert(&transaction, &[row]).await {
                Ok(done) => affected += done,
                Err(_) => break,
            }
        }
        transaction.commit().await?;
        Ok(affected)
    }

    async fn overdraw(&mut self) -> Result<u64, DbErr> {
        let Some(row) = self.victim() else { return Ok(0) };
        let pool = self.plant.pools[0].id.0;
        let cell = BEGIN + self.random.random_range(0..3) * DAY;
        match self.random.random_range(0..8) {
            0 => self.execute("DELETE FROM pool_claim WHERE occupancy = $1", vec![row.id.into()]).await,
            1 => {
                let sql = "UPDATE pool_cell SET capacity = $2 WHERE starts_at = $1";
                let capacity = self.random.random_range(0..4_i64);
                self.execute(sql, vec![cell.into(), capacity.into()]).await
            }
            _ => {
                let amount = self.random.random_range(-1..4);
                claim(&self.connection, row.id, pool, cell, amount).await
            }
        }
    }

    async fn execute(&self, sql: &str, values: Vec<Value>) -> Result<u64, DbErr> {
        let statement = Statement::from_sql_and_values(self.connection.get_database_backend(), sql, values);
        Ok(self.connection.execute_raw(statement).await?.rows_affected())
    }
}
