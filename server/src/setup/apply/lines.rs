//! Lines: a new one gets its sentinel head, a touched one a new version.

use std::collections::BTreeMap;

use domain::{ClassId, Minute, ProductId, resource::Line};
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use uuid::Uuid;

use super::{super::plan::Difference, document, run};
use crate::store::{
    StoreError, Tx,
    tables::{line, occupancy},
};

/// Every line's chain begins here, long before anything is booked.
const HEAD_ENDS: Minute = 0;

/// Written last of what bookings lock first: line after line in the order of their ids, then the pools.
pub(super) async fn write(tx: &Tx<'_>, difference: &Difference, catalogue: i64) -> Result<(), StoreError> {
    let mut documents: BTreeMap<Uuid, String> = BTreeMap::new();
    for (line, new) in &difference.lines {
        if *new {
            add(tx, line, catalogue, difference).await?;
        } else {
            documents.insert(line.id.0, document(line)?);
        }
    }
    let mut touched: Vec<Uuid> =
        difference.touched_lines.keys().chain(difference.holiday_lines.keys()).copied().collect();
    touched.sort_unstable();
    for id in touched {
        let text = documents.remove(&id);
        let sql = "UPDATE line SET version = version + 1, catalogue = ?, document = COALESCE(?, document) WHERE id = ?";
        run(tx, sql, [catalogue.into(), text.into(), id.into()]).await?;
    }
    Ok(())
}

async fn add(tx: &Tx<'_>, new: &Line, catalogue: i64, difference: &Difference) -> Result<(), StoreError> {
    let row = line::Model {
        id: new.id.0,
        matrix: new.matrix.0,
        platform: new.platform.0,
        code: new.code.clone(),
        version: 1,
        catalogue,
        document: document(new)?,
    };
    row.into_active_model().insert(tx).await?;
    let initial = difference.initial.get(&new.matrix.0).copied().unwrap_or(ClassId(0));
    let head = occupancy::Model {
        id: head_id(new.id.0),
        line: new.id.0,
        live: Some(new.id.0),
        head: Some(1),
        transparent: 1,
        kind: "head".to_owned(),
        starts_at: HEAD_ENDS,
        ends_at: HEAD_ENDS,
        needs: None,
        leaves: initial.0.into(),
        product: ProductId::NONE.0,
        batches: 0,
        expires_at: None,
        touched: 1,
        prev_end: None,
        prev_leaves: None,
        prev_product: None,
        matrix: None,
        version: None,
        same_product: None,
        setup: None,
    };
    head.into_active_model().insert(tx).await?;
    Ok(())
}

/// The sentinel's id follows from the line's.
fn head_id(line: Uuid) -> Uuid {
    Uuid::new_v5(&line, b"head")
}
