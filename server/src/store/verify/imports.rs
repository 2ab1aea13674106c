//! When reference data last changed: what was decided before may differ from what today's data would allow, what was
//! decided since may not.

use std::collections::BTreeMap;

use domain::{LineId, Second};
use sea_orm::ConnectionTrait;
use serde::Deserialize;
use uuid::Uuid;

use super::{Fault, pages::rows};

/// An import's versions, as it put them on record.
#[derive(Deserialize)]
struct Imported {
    catalogue: i64,
    /// The lines that it touched, with the number that their commit got. Imports of earlier releases didn't say.
    #[serde(default)]
    lines: BTreeMap<Uuid, i64>,
}

/// The last import that touched a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct LastImport {
    pub at: Second,
    /// The line's version from then on; [`i64::MAX`] where the record doesn't say, so that nothing counts as newer.
    pub version: i64,
}

/// The last import of each line. A line that none touched isn't there.
pub(super) async fn last(connection: &impl ConnectionTrait) -> Result<BTreeMap<LineId, LastImport>, Fault> {
    let mut imports: BTreeMap<i64, (Second, Imported)> = BTreeMap::new();
    for row in rows(connection, "SELECT at, versions FROM decision WHERE action = 'import'", []).await? {
        let versions: String = row.try_get_by_index(1)?;
        if let Ok(import) = serde_json::from_str::<Imported>(&versions) {
            imports.insert(import.catalogue, (row.try_get_by_index(0)?, import));
        }
    }
    let mut touched = BTreeMap::new();
    for row in rows(connection, "SELECT id, catalogue FROM line", []).await? {
        let line: Uuid = row.try_get_by_index(0)?;
        if let Some((at, import)) = imports.get(&row.try_get_by_index::<i64>(1)?) {
            let version = import.lines.get(&line).copied().unwrap_or(i64::MAX);
            touched.insert(LineId(line), LastImport { at: *at, version });
        }
    }
    Ok(touched)
}
