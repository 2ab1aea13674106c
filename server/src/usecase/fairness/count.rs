//! Counting what firms asked for and got, by platform and firm.

use std::collections::{BTreeMap, btree_map::Entry};

use app::contract::TextView;
use domain::Interval;
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Value};
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
    pub unmet: i64,
    pub shifts_asked: i64,
    pub shifts_granted: i64,
    pub moved_by_rule: i64,
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
        self.unmet += other.unmet;
        self.shifts_asked += other.shifts_asked;
        self.shifts_granted += other.shifts_granted;
        self.moved_by_rule += other.moved_by_rule;
        self.given_up += other.given_up;
        self.given_up_late += other.given_up_late;
    }

    fn read_bookings(row: &QueryResult, into: &mut Self) -> Result<(), DbErr> {
        into.requests = row.try_get("", "requests")?;
        into.placed = row.try_get("", "placed")?;
        into.given_up = row.try_get("", "given_up")?;
        into.unmet += row.try_get::<i64>("", "declined")?;
        Ok(())
    }

    fn read_given_up_late(row: &QueryResult, into: &mut Self) -> Result<(), DbErr> {
        into.given_up_late = row.try_get("", "given_up_late")?;
        Ok(())
    }

    fn read_unmet(row: &QueryResult, into: &mut Self) -> Result<(), DbErr> {
        into.unmet += row.try_get::<i64>("", "unmet")?;
        Ok(())
    }

    fn read_shifts(row: &QueryResult, into: &mut Self) -> Result<(), DbErr> {
        into.shifts_asked = row.try_get("", "asked")?;
        into.shifts_granted = row.try_get("", "granted")?;
        Ok(())
    }

    fn read_moved_by_rule(row: &QueryResult, into: &mut Self) -> Result<(), DbErr> {
        into.moved_by_rule = row.try_get("", "moved_by_rule")?;
        Ok(())
    }
}

/// Takes a row's figures over.
type Read = fn(&QueryResult, &mut Figures) -> Result<(), DbErr>;

/// By platform and firm, every firm that asked for something there; under no platform's id what was for any of them. Of
/// the bookings made, whatever became of them since, the moves asked for or made by rule, and what else ended with
/// nothing in `period`, in UTC minutes, half-open; `None`: of all.
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
    let parts: [(String, Read); 5] = [
        (bookings(of, &within("b.created_at")), Figures::read_bookings),
        (given_up_late(of, &within("b.created_at")), Figures::read_given_up_late),
        (unmet(of, &within("b.created_at")), Figures::read_unmet),
        (shifts(of, &within("p.created_at")), Figures::read_shifts),
        (moved_by_rule(of, &within("d.at")), Figures::read_moved_by_rule),
    ];
    for (sql, read) in parts {
        for row in connection.query_all_raw(statement(connection, &sql, values.clone())).await? {
            // Who waits for any platform waits for none that could be named.
            let platform: Option<Uuid> = row.try_get("", "platform")?;
            let key = (platform.unwrap_or_default(), row.try_get("", "organisation")?);
            let firm = match firms.entry(key) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(free) => free.insert(Firm {
                    name: TextView { zh: row.try_get("", "name_zh")?, en: row.try_get("", "name_en")? },
                    size: row.try_get("", "size")?,
                    figures: Figures::default(),
                }),
            };
            read(&row, &mut firm.figures)?;
        }
    }
    Ok(firms)
}

/// Bookings; declined are those that nobody answered in time too. What batches became that were parted off was neither
/// requested nor confirmed by itself: it counts with the campaign that they are of, whatever becomes of them. All of it
/// is in the index `booking_fairness`, so that nothing else of them is read; what was given up late, of which there is
/// little, is counted apart.
fn bookings(of: &str, within: &str) -> String {
    format!(
        "SELECT c.platform, c.organisation, n.name_zh, n.name_en, n.size, c.requests, c.placed, c.given_up, \
           c.declined FROM ( \
           SELECT b.platform, b.organisation, COUNT(COALESCE(b.requested_at, b.confirmed_at)) AS requests, \
           COUNT(b.confirmed_at) AS placed, \
           COUNT(CASE WHEN b.confirmed_at IS NOT NULL AND b.status IN ('cancelled', 'no_show') THEN 1 END) AS given_up, \
           COUNT(CASE WHEN b.status = 'declined' THEN b.requested_at END) AS declined \
           FROM booking b WHERE b.organisation IS NOT NULL {of} {within} GROUP BY b.organisation, b.platform) c \
         JOIN organisation n ON n.id = c.organisation"
    )
}

/// All that the rule "use it or lose it" would count had it always been published, moves for a fee included: a campaign
/// that was moved away late stands elsewhere, and isn't one of those given up.
fn given_up_late(of: &str, within: &str) -> String {
    let counts = late::COUNTS;
    // `CROSS`: SQLite then begins with the few that left late, and not with every booking in the order of the groups.
    format!(
        "SELECT b.platform, b.organisation, n.name_zh, n.name_en, n.size, COUNT(*) AS given_up_late \
         FROM late_leaving l CROSS JOIN booking b JOIN organisation n ON n.id = b.organisation \
         WHERE b.id = l.booking AND ({counts}) {of} {within} \
         GROUP BY b.platform, b.organisation, n.name_zh, n.name_en, n.size"
    )
}

/// What ended with nothing beside bookings: a wish that a published call gave no place, a wait whose window went by,
/// an ask that others make room which they didn't. What its own firm took back is none.
fn unmet(of: &str, within: &str) -> String {
    format!(
        "SELECT b.platform, b.organisation, n.name_zh, n.name_en, n.size, COUNT(*) AS unmet FROM ( \
           SELECT c.platform, w.organisation, c.ended_at AS created_at FROM wish w JOIN call c ON c.id = w.call \
           WHERE c.state = 'published' AND w.withdrawn_at IS NULL AND w.booking IS NULL \
           UNION ALL SELECT platform, organisation, closed_at FROM waiter \
           WHERE booking IS NULL AND closed_at >= ends_at * 60 \
           UNION ALL SELECT (SELECT moved.platform FROM proposal_move m JOIN booking moved ON moved.id = m.booking \
             WHERE m.proposal = p.id LIMIT 1), p.organisation, p.closed_at FROM proposal p \
           WHERE p.kind = 'room' AND p.outcome IN ('declined', 'expired', 'overtaken') \
         ) b JOIN organisation n ON n.id = b.organisation \
         WHERE n.kind = 'company' {of} {within} \
         GROUP BY b.platform, b.organisation, n.name_zh, n.name_en, n.size"
    )
}

/// Moves asked for, and those of them that were made: who agreed to what came to nothing has made room for nobody.
fn shifts(of: &str, within: &str) -> String {
    format!(
        "SELECT b.platform, m.organisation, n.name_zh, n.name_en, n.size, COUNT(*) AS asked, \
         SUM(CASE WHEN m.answer = 'accepted' AND p.outcome = 'made' THEN 1 ELSE 0 END) AS granted \
         FROM proposal_move m \
         JOIN proposal p ON p.id = m.proposal JOIN booking b ON b.id = m.booking \
         JOIN organisation n ON n.id = m.organisation \
         WHERE b.organisation = m.organisation AND p.organisation <> m.organisation {of} {within} \
         AND (m.answer IS NOT NULL OR p.outcome IS NULL OR p.outcome <> 'withdrawn') \
         GROUP BY b.platform, m.organisation, n.name_zh, n.name_en, n.size"
    )
}

/// Moves that were made without asking: inside a plan window, or of what wasn't confirmed yet and couldn't stay. Not
/// for the firm's own sake. They are on the record alone, of which `decision_by_rule` is the index.
fn moved_by_rule(of: &str, within: &str) -> String {
    // `CROSS`: as of those given up late.
    format!(
        "SELECT b.platform, b.organisation, n.name_zh, n.name_en, n.size, COUNT(*) AS moved_by_rule \
         FROM decision d CROSS JOIN booking b JOIN organisation n ON n.id = b.organisation \
         WHERE b.id = d.booking AND d.action IN ('make_room', 'rescue') AND d.inputs LIKE '%\"agreed\":false%' \
         AND d.inputs NOT LIKE '%\"own\":true%' {of} {within} \
         GROUP BY b.platform, b.organisation, n.name_zh, n.name_en, n.size"
    )
}
