//! The decision record of an import.

use std::collections::{BTreeMap, BTreeSet};

use domain::Second;
use sea_orm::{ActiveModelTrait, ConnectionTrait, IntoActiveModel};
use uuid::{NoContext, Timestamp, Uuid};

use super::{
    super::plan::{Change, Plan},
    document,
};
use crate::store::{StoreError, Tx, statement, tables::decision};

pub(super) async fn write(
    tx: &Tx<'_>,
    plan: &Plan,
    origin: &str,
    catalogue: i64,
    now: Second,
) -> Result<(), StoreError> {
    let changes: Vec<serde_json::Value> = plan
        .items
        .iter()
        .filter_map(|item| {
            let change = match item.change {
                Change::Added => "added",
                Change::Changed => "changed",
                Change::SwitchedOff => "switched_off",
                Change::Kept | Change::Unchanged => return None,
            };
            Some(serde_json::json!([item.platform, item.what.code(), item.code, change]))
        })
        .collect();
    let affected: BTreeSet<&str> = plan.affected.iter().map(|booking| booking.reference.as_str()).collect();
    let seconds = u64::try_from(now).unwrap_or(0);
    let row = decision::Model {
        id: Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, 0)),
        at: now,
        account: None,
        booking: None,
        action: "import".to_owned(),
        inputs: document(&serde_json::json!({ "origin": origin }))?,
        rule: "import".to_owned(),
        versions: document(
            &serde_json::json!({ "catalogue": catalogue, "lines": lines(tx, catalogue).await? }),
        )?,
        seed: None,
        outcome: document(&serde_json::json!({ "changes": changes, "affected": affected }))?,
        side: None,
    };
    row.into_active_model().insert(tx).await?;
    Ok(())
}

/// The lines that this import touched, with the version that each got by it: whatever is written later has a higher
/// one.
async fn lines(tx: &Tx<'_>, catalogue: i64) -> Result<BTreeMap<Uuid, i64>, StoreError> {
    let sql = "SELECT id, version FROM line WHERE catalogue = ?";
    let mut lines = BTreeMap::new();
    for row in tx.query_all_raw(statement(tx, sql, [catalogue.into()])).await? {
        lines.insert(row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    }
    Ok(lines)
}
