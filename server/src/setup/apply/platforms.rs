//! A platform is an organisation with a row more.

use domain::Second;

use super::{super::plan::Difference, document, run};
use crate::store::{Platform, StoreError, Tx, queries::save_platform};

const ORGANISATION: &str = "INSERT INTO organisation \
    (id, kind, name_zh, name_en, contact, in_district, verified_at, created_at) \
    VALUES (?, 'platform', ?, ?, ?, ?, ?, ?) \
    ON CONFLICT (id) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en, contact = excluded.contact";

pub(super) async fn write(tx: &Tx<'_>, difference: &Difference, now: Second) -> Result<(), StoreError> {
    for setup in &difference.platforms {
        let (name, contact) = (setup.name.clone(), setup.contact.clone());
        let document = document(&serde_json::json!({ "contact": contact }))?;
        let values = [
            setup.id.0.into(),
            name.zh.clone().into(),
            name.en.clone().into(),
            contact.into(),
            true.into(),
            now.into(),
            now.into(),
        ];
        run(tx, ORGANISATION, values).await?;
        let platform = Platform {
            id: setup.id,
            code: setup.code.clone(),
            name,
            illustrative: setup.illustrative,
            document,
        };
        save_platform(tx, &platform).await?;
    }
    Ok(())
}
