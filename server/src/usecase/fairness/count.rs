//! Counting what firms asked for and got, by platform and firm.

use std::collections::BTreeMap;

use app::contract::TextView;
use domain::Interval;
use sea_orm::{ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use crate::{
    store::{StoreError, statement},
    usecase::late,
};

/// Which bookings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    Firm(Uuid),
    Platform(Uuid),
    /// Of every platform.
    All,
}

/// As [`app::contract::FairnessView`] says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Figures {
    pub requests: i64,
    pub placed: i64,
    pub shifts_asked: i64,
    pub shifts_granted: i64,
    pub given_up: i64,
    pub given_up_late: i64,
}

/// A firm on one platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Firm {
    pub name: TextView,
    pub size: Option<String>,
    pub figures: Figures,
}

impl Figures {
    pub fn add(&mut self, other: &Self) {
        self.requests += other.requests;
        self.placed += other.placed;
        self.shifts_asked += other.shifts_asked;
        self.shifts_granted += other.shifts_granted;
        self.given_up += other.given_up;
        self.given_up_late += other.given_up_late;
    }
}

/// By platform and firm, every firm that has a booking there: of the bookings made and the moves asked for in `period`,
/// in UTC minutes, half-open; `None`: of all.
///
/// # Errors
/// The database fails.
pub(super) async fn count(
    connection: &impl ConnectionTrait,
    whose: Whose,
    period: Option<Interval>,
) -> Result<BTreeMap<(Uuid, Uuid), Firm>, StoreError> {
    let mut firms = BTreeMap::new();
    let (of, mut values): (&str, Vec<Value>) = match whose {
        Whose::Firm(id) => ("AND b.organisation = ?", vec![id.into()]),
        Whose::Platform(id) => ("AND b.platform = ?", vec![id.into()]),
        Whose::All => ("", Vec::new()),
    };
    let within = |column: &str| match period {
        Some(_) => format!("AND {column} >= ? AND {column} < ?"),
        None => String::new(),
    };
    values
        .extend(period.into_iter().flat_map(|period| [(period.start * 60).into(), (period.end * 60).into()]));
    let sql = bookings(of, &within("b.created_at"));
    for row in connection.query_all_raw(statement(connection, &sql, values.clone())).await? {
        let firm = Firm {
            name: TextView { zh: row.try_get("", "name_zh")?, en: row.try_get("", "name_en")? },
            size: row.try_get("", "size")?,
            figures: Figures {
                requests: row.try_get("", "requests")?,
                placed: row.try_get("", "placed")?,
                given_up: row.try_get("", "given_up")?,
                given_up_late: row.try_get("", "given_up_late")?,
                ..Figures::default()
            },
        };
        firms.insert(key(&row)?, firm);
    }
    let sql = shifts(of, &within("p.created_at"));
    for row in connection.query_all_raw(statement(connection, &sql, values)).await? {
        let (key, firm) = (key(&row)?, (row.try_get("", "name_zh")?, row.try_get("", "name_en")?));
        let firm = firms.entry(key).or_insert(Firm {
            name: TextView { zh: firm.0, en: firm.1 },
            size: row.try_get("", "size")?,
            figures: Figures::default(),
        });
        firm.figures.shifts_asked = row.try_get("", "asked")?;
        firm.figures.shifts_granted = row.try_get("", "granted")?;
    }
    Ok(firms)
}

fn key(row: &QueryResult) -> Result<(Uuid, Uuid), StoreError> {
    Ok((row.try_get("", "platform")?, row.try_get("", "organisation")?))
}

/// Bookings, each read once: what is counted is a part of what is counted before it.
fn bookings(of: &str, within: &str) -> String {
    let counts = late::COUNTS;
    format!(
        "SELECT c.platform, c.organisation, n.name_zh, n.name_en, n.size, c.requests, c.placed, c.given_up, \
         c.given_up_late FROM ( \
           SELECT b.platform, b.organisation, COUNT(COALESCE(b.requested_at, b.confirmed_at)) AS requests, \
           COUNT(b.confirmed_at) AS placed, \
           COUNT(CASE WHEN b.status IN ('cancelled', 'no_show') THEN 1 END) AS given_up, \
           COUNT(CASE WHEN l.booking IS NOT NULL AND {counts} THEN 1 END) AS given_up_late \
           FROM booking b LEFT JOIN late_leaving l ON l.booking = b.id \
           WHERE b.organisation IS NOT NULL {of} {within} GROUP BY b.platform, b.organisation) c \
         JOIN organisation n ON n.id = c.organisation"
    )
}

fn shifts(of: &str, within: &str) -> String {
    format!(
        "SELECT b.platform, m.organisation, n.name_zh, n.name_en, n.size, COUNT(*) AS asked, \
         SUM(CASE WHEN m.answer = 'accepted' THEN 1 ELSE 0 END) AS granted FROM proposal_move m \
         JOIN proposal p ON p.id = m.proposal JOIN booking b ON b.id = m.booking \
         JOIN organisation n ON n.id = m.organisation \
         WHERE b.organisation = m.organisation AND p.organisation <> m.organisation {of} {within} \
         GROUP BY b.platform, m.organisation, n.name_zh, n.name_en, n.size"
    )
}
