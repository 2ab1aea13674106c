//! A late change flags the bookings that no longer fit, tells their platform, and moves none.

use std::collections::BTreeMap;

use domain::{Minute, Second};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use uuid::{NoContext, Timestamp, Uuid};

use super::{
    super::plan::{Affected, Plan, Trouble},
    document, run, tell,
};
use crate::{
    store::{StoreError, Tx, statement},
    usecase::protocol::Note,
};

/// What is wrong with a flagged booking, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong {
    pub trouble: Trouble,
    /// Code of the line.
    pub line: String,
    /// Start of the step that doesn't fit.
    pub starts_at: Minute,
}

/// Opens a flag for each booking, or adds to the one that is open; settles those of bookings that fit again.
pub(super) async fn write(tx: &Tx<'_>, plan: &Plan, now: Second) -> Result<(), StoreError> {
    for booking in &plan.mended {
        let sql = "UPDATE flag SET settled_at = ? WHERE booking = ? AND settled_at IS NULL";
        run(tx, sql, [now.into(), (*booking).into()]).await?;
    }
    let mut bookings: BTreeMap<Uuid, Vec<&Affected>> = BTreeMap::new();
    for affected in &plan.affected {
        bookings.entry(affected.booking).or_default().push(affected);
    }
    for (booking, affected) in bookings {
        open(tx, booking, &affected, now).await?;
        let note = Note {
            kind: "booking_affected".into(),
            to: vec![affected[0].platform],
            booking: Some(booking),
            reference: Some(affected[0].reference.clone()),
            reason: None,
        };
        tell(tx, &note, now).await?;
    }
    Ok(())
}

async fn open(tx: &Tx<'_>, booking: Uuid, affected: &[&Affected], now: Second) -> Result<(), StoreError> {
    let sql = "SELECT id, troubles FROM flag WHERE booking = ? AND settled_at IS NULL";
    let known = tx.query_one_raw(statement(tx, sql, [booking.into()])).await?;
    let mut troubles: Vec<Wrong> = match &known {
        Some(row) => serde_json::from_str(&row.try_get::<String>("", "troubles")?)
            .map_err(|error| StoreError::document("a flag", &error))?,
        None => Vec::new(),
    };
    for one in affected {
        let wrong = Wrong { trouble: one.trouble, line: one.line.clone(), starts_at: one.starts_at };
        if !troubles.contains(&wrong) {
            troubles.push(wrong);
        }
    }
    let troubles = document(&troubles)?;
    match known {
        Some(row) => {
            let sql = "UPDATE flag SET troubles = ?, at = ? WHERE id = ?";
            run(tx, sql, [troubles.into(), now.into(), row.try_get::<Uuid>("", "id")?.into()]).await?;
        }
        None => {
            let id = Uuid::new_v7(Timestamp::from_unix(NoContext, u64::try_from(now).unwrap_or(0), 0));
            let sql = "INSERT INTO flag (id, booking, at, troubles, settled_at, settled_by, reason) \
                       VALUES (?, ?, ?, ?, NULL, NULL, NULL)";
            run(tx, sql, [id.into(), booking.into(), now.into(), troubles.into()]).await?;
        }
    }
    Ok(())
}
