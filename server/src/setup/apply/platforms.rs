//! A platform is an organisation with a row more.

use domain::Second;
use sea_orm::{ActiveModelTrait, IntoActiveModel};

use super::{super::plan::Difference, document, run};
use crate::store::{
    StoreError, Tx,
    tables::{organisation, platform},
};

pub(super) async fn write(tx: &Tx<'_>, difference: &Difference, now: Second) -> Result<(), StoreError> {
    for (setup, new) in &difference.platforms {
        let details = document(&serde_json::json!({ "name": setup.name, "contact": setup.contact }))?;
        if *new {
            let organisation = organisation::Model {
                id: setup.id.0,
                kind: "platform".to_owned(),
                name_zh: setup.name.zh.clone(),
                name_en: setup.name.en.clone(),
                credit_code: None,
                contact: setup.contact.clone(),
                size: None,
                in_district: true,
                verified_at: Some(now),
                verified_by: None,
                created_at: now,
            };
            organisation.into_active_model().insert(tx).await?;
            let platform = platform::Model {
                id: setup.id.0,
                code: setup.code.clone(),
                illustrative: setup.illustrative,
                document: details,
            };
            platform.into_active_model().insert(tx).await?;
        } else {
            let names = [setup.name.zh.clone(), setup.name.en.clone(), setup.contact.clone()];
            let values = names.into_iter().map(Into::into).chain([setup.id.0.into()]);
            run(tx, "UPDATE organisation SET name_zh = ?, name_en = ?, contact = ? WHERE id = ?", values)
                .await?;
            let values = [setup.illustrative.into(), details.into(), setup.id.0.into()];
            run(tx, "UPDATE platform SET illustrative = ?, document = ? WHERE id = ?", values).await?;
        }
    }
    Ok(())
}
