//! The decision record of an import.

use std::collections::BTreeSet;

use domain::Second;
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use uuid::{NoContext, Timestamp, Uuid};

use super::{
    super::plan::{Change, Plan},
    document,
};
use crate::{
    store::{StoreError, Tx, tables::decision},
    usecase::protocol::{Note, Stop, tell},
};

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
            Some(serde_json::json!([item.platform, item.what.name().en, item.code, change]))
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
        versions: document(&serde_json::json!({ "catalogue": catalogue }))?,
        seed: None,
        outcome: document(&serde_json::json!({ "changes": changes, "affected": affected }))?,
        side: None,
    };
    row.into_active_model().insert(tx).await?;
    Ok(())
}

/// Tells each platform of its bookings that somebody should look at: a late change flags, and never moves.
pub(super) async fn flag(tx: &Tx<'_>, plan: &Plan, now: Second) -> Result<(), StoreError> {
    let mut told = BTreeSet::new();
    for affected in &plan.affected {
        if told.insert(affected.booking) {
            let note = Note {
                kind: "booking_affected".into(),
                to: vec![affected.platform],
                booking: Some(affected.booking),
                reference: Some(affected.reference.clone()),
                reason: None,
            };
            tell(tx, &note, now).await.map_err(|stop| match stop {
                Stop::Store(error) => error,
                other => StoreError::Internal(format!("a note was refused: {other:?}")),
            })?;
        }
    }
    Ok(())
}
