//! Calendars, matrices with the guard's cells, routes, policies and holidays.

use domain::{
    calendar::{DayKind, Holiday},
    changeover::{Matrix, Relation},
};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use time::Date;
use uuid::Uuid;

use super::{super::plan::Difference, document, run};
use crate::store::{
    StoreError, Tx,
    tables::{calendar, changeover, holiday, matrix, matrix_version, policy, route},
};

pub(super) async fn write(tx: &Tx<'_>, difference: &Difference) -> Result<(), StoreError> {
    for (platform, pattern, new) in &difference.calendars {
        let (id, document) = (pattern.id.0, document(pattern)?);
        if *new {
            let row = calendar::Model { id, platform: *platform, code: pattern.code.clone(), document };
            row.into_active_model().insert(tx).await?;
        } else {
            run(tx, "UPDATE calendar SET document = ? WHERE id = ?", [document.into(), id.into()]).await?;
        }
    }
    for (platform, matrix) in &difference.matrices {
        issue(tx, *platform, matrix).await?;
    }
    for (route, new) in &difference.routes {
        let (id, text) = (route.id.0, document(route)?);
        if *new {
            let row = route::Model {
                id,
                platform: route.platform.0,
                offering: route.offering.clone(),
                code: route.code.clone(),
                active: true,
                document: text,
            };
            row.into_active_model().insert(tx).await?;
        } else {
            let values = [route.offering.clone().into(), text.into(), true.into(), id.into()];
            run(tx, "UPDATE route SET offering = ?, document = ?, active = ? WHERE id = ?", values).await?;
        }
    }
    for id in &difference.routes_off {
        run(tx, "UPDATE route SET active = ? WHERE id = ?", [false.into(), (*id).into()]).await?;
    }
    for (platform, policy) in &difference.policies {
        let version = policy.version.into();
        let row = policy::Model { platform: *platform, version, document: document(policy)? };
        row.into_active_model().insert(tx).await?;
    }
    for (date, change) in &difference.holidays {
        write_day(tx, *date, change.as_ref()).await?;
    }
    Ok(())
}

/// Adds a version of a matrix, and its cells for the guard. What was issued is never changed.
async fn issue(tx: &Tx<'_>, platform: Uuid, issued: &Matrix) -> Result<(), StoreError> {
    if issued.version == 1 {
        let row = matrix::Model { id: issued.id.0, platform, code: issued.code.clone() };
        row.into_active_model().insert(tx).await?;
    }
    let version = i64::from(issued.version);
    let row = matrix_version::Model { matrix: issued.id.0, version, document: document(issued)? };
    row.into_active_model().insert(tx).await?;
    let cells = issued.cells.iter().map(|cell| {
        let row = changeover::Model {
            matrix: issued.id.0,
            version,
            leaves: cell.leaves.0.into(),
            needs: cell.needs.0.into(),
            same_product: i64::from(cell.relation == Relation::Same),
            minutes: cell.changeover.minimum(),
        };
        row.into_active_model()
    });
    if !issued.cells.is_empty() {
        changeover::Entity::insert_many(cells).exec_without_returning(tx).await?;
    }
    Ok(())
}

async fn write_day(tx: &Tx<'_>, date: Date, day: Option<&Holiday>) -> Result<(), StoreError> {
    run(tx, "DELETE FROM holiday WHERE date = ?", [date.to_string().into()]).await?;
    let Some(day) = day else { return Ok(()) };
    let row = holiday::Model {
        date: date.to_string(),
        kind: if day.kind == DayKind::Work { "work" } else { "off" }.to_owned(),
        name_zh: day.name.zh.clone(),
        name_en: day.name.en.clone(),
        official: day.official,
    };
    row.into_active_model().insert(tx).await?;
    Ok(())
}
