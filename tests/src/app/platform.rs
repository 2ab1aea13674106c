//! A platform that exists, without anything to book.

use sea_orm::Value;
use uuid::Uuid;

use super::BEGINNING;
use crate::TestDatabase;

/// A platform's organisation, straight into the tables as an import leaves it.
///
/// # Panics
/// If the database refuses.
pub async fn bare_platform(database: &TestDatabase, code: &str) -> Uuid {
    let id = Uuid::now_v7();
    let name = || Value::from(format!("示例平台 {code}"));
    database
        .execute(
            "INSERT INTO organisation (id, kind, name_zh, name_en, contact, in_district, verified_at, created_at) \
             VALUES ($1, 'platform', $2, $3, 'front desk', $4, $5, $5)",
            vec![id.into(), name(), name(), true.into(), BEGINNING.into()],
        )
        .await
        .expect("an organisation");
    database
        .execute(
            "INSERT INTO platform (id, code, illustrative, document) VALUES ($1, $2, $3, '{}')",
            vec![id.into(), code.into(), true.into()],
        )
        .await
        .expect("a platform");
    id
}
