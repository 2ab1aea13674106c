//! A changed policy counts for what isn't confirmed yet: whoever holds or has asked for something is told.

use domain::Second;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{super::plan::Difference, tell};
use crate::{
    store::{StoreError, Tx, statement},
    usecase::protocol::Note,
};

pub(super) async fn write(tx: &Tx<'_>, difference: &Difference, now: Second) -> Result<(), StoreError> {
    for (platform, _) in &difference.policies {
        let sql = "SELECT id, reference, organisation FROM booking \
                   WHERE platform = ? AND organisation IS NOT NULL AND status IN ('held', 'requested') ORDER BY id";
        for row in tx.query_all_raw(statement(tx, sql, [platform.0.into()])).await? {
            let firm: Uuid = row.try_get("", "organisation")?;
            let note = Note {
                kind: "terms_changed".into(),
                to: vec![firm],
                booking: Some(row.try_get("", "id")?),
                reference: Some(row.try_get("", "reference")?),
                reason: None,
            };
            tell(tx, &note, now).await?;
        }
    }
    Ok(())
}
