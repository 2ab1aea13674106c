//! By what people know bookings.

use std::collections::HashMap;

use app::contract::{CampaignName, TextView};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{
    store::{StoreError, queries::marks, statement},
    usecase::Member,
};

/// Bookings named at once.
const AT_ONCE: usize = 500;

/// What the bookings `ids` are of, as `member` may know it: those of their own company or platform, and whose they are
/// only for a platform.
pub(crate) async fn names(
    connection: &impl ConnectionTrait,
    member: &Member,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, CampaignName>, StoreError> {
    let (side, shows_company) = match member.platform() {
        Some(platform) => (("platform", platform.0), true),
        None => (("organisation", member.organisation.0), false),
    };
    let mut names = HashMap::new();
    for some in ids.chunks(AT_ONCE) {
        let sql = format!(
            "SELECT b.id, b.reference, b.offering, p.code, o.name_zh, o.name_en FROM booking b \
             LEFT JOIN product p ON p.id = b.product LEFT JOIN organisation o ON o.id = b.organisation \
             WHERE b.{} = ? AND b.id IN ({})",
            side.0,
            marks(some.len())
        );
        let values = std::iter::once(side.1.into()).chain(some.iter().map(|id| (*id).into()));
        for row in connection.query_all_raw(statement(connection, &sql, values)).await? {
            let reference: String = row.try_get("", "reference")?;
            let code: Option<String> = row.try_get("", "code")?;
            let named: (Option<String>, Option<String>) =
                (row.try_get("", "name_zh")?, row.try_get("", "name_en")?);
            let company = named.0.zip(named.1).map(|(zh, en)| TextView { zh, en });
            let name = CampaignName {
                offering: row.try_get("", "offering")?,
                // Until the client gives it a code, a product goes by its booking's reference.
                product_code: code.filter(|code| *code != reference),
                company_name: company.filter(|_| shows_company),
            };
            names.insert(row.try_get("", "id")?, name);
        }
    }
    Ok(names)
}
