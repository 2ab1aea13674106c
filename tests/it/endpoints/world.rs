//! Somebody of every role, and what they ask about.

use std::collections::BTreeMap;

use tests::{
    App, TestDatabase, Visitor,
    app::{People, bare_platform},
};
use uuid::Uuid;

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    Anonymous,
    /// The administrator of a company that nobody has verified.
    Unverified,
    CompanyMember,
    CompanyAdmin,
    /// A member of another verified company.
    OtherCompany,
    Operator,
    Qa,
    PlatformAdmin,
    /// An operator of another platform.
    OtherPlatform,
    DistrictViewer,
    DistrictAdmin,
}

/// The columns of the table.
pub const ROLES: [Role; 11] = [
    Role::Anonymous,
    Role::Unverified,
    Role::CompanyMember,
    Role::CompanyAdmin,
    Role::OtherCompany,
    Role::Operator,
    Role::Qa,
    Role::PlatformAdmin,
    Role::OtherPlatform,
    Role::DistrictViewer,
    Role::DistrictAdmin,
];

/// Everybody, signed in.
pub struct World {
    visitors: BTreeMap<Role, Visitor>,
    pub company: Uuid,
    pub unverified: Uuid,
    pub platform: Uuid,
}

impl World {
    pub async fn new(app: &App, database: &TestDatabase) -> Self {
        let people = People::found(app).await;
        let company = people.company(1).await;
        let other = people.company(2).await;
        let (unverified, unverified_admin) = people.unverified_company(3).await;
        let platform = bare_platform(database, "one").await;
        let other_platform = bare_platform(database, "two").await;
        let district = people.district().await;
        let staff = async |organisation, role, email: &str| people.staff(organisation, role, email).await;
        let visitors = BTreeMap::from([
            (Role::Anonymous, app.visitor()),
            (Role::Unverified, unverified_admin),
            (Role::CompanyMember, company.member),
            (Role::CompanyAdmin, company.admin),
            (Role::OtherCompany, other.member),
            (Role::Operator, staff(platform, "operator", "operator@one.example").await),
            (Role::Qa, staff(platform, "qa", "qa@one.example").await),
            (Role::PlatformAdmin, staff(platform, "platform_admin", "admin@one.example").await),
            (Role::OtherPlatform, staff(other_platform, "operator", "operator@two.example").await),
            (Role::DistrictViewer, staff(district, "district_viewer", "viewer@district.example").await),
            (Role::DistrictAdmin, people.district_admin.clone()),
        ]);
        Self { visitors, company: company.organisation, unverified, platform }
    }

    pub fn visitor(&self, role: Role) -> &Visitor {
        &self.visitors[&role]
    }
}
