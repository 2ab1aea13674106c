//! Invented firms and people, who say that they are. Every address ends in `.example`, which nobody can own.

mod firms;
mod insert;

use app::contract::{OrganisationKind, Role};
use domain::OrganisationId;
use uuid::Uuid;

use super::demonstration_id;
use crate::usecase::{Caller, Credential, Member};

pub use firms::{FIRMS, Firm, Product};
pub use insert::insert;

/// The demonstration's district.
pub const DISTRICT: &str = "district";

/// One account of the demonstration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The organisation's code in the demonstration: a firm's, a platform's, or [`DISTRICT`].
    pub of: String,
    pub organisation: Uuid,
    pub role: Role,
    pub name: String,
    pub verified: bool,
}

/// The address of whoever has `role` in the organisation with the code `of`.
pub(super) fn address(of: &str, role: Role) -> String {
    let post = match role {
        Role::CompanyAdmin | Role::PlatformAdmin | Role::DistrictAdmin => "admin",
        Role::CompanyMember => "member",
        Role::Operator => "operator",
        Role::Qa => "qa",
        Role::DistrictViewer => "viewer",
    };
    format!("{post}@{of}.example")
}

/// What whoever has `role` in the organisation with the code `of` is called: so short that it fits the head of a page.
pub(super) fn name(of: &str, role: Role) -> String {
    const FAMILIES: [&str; 11] = ["王", "李", "张", "刘", "陈", "杨", "赵", "吴", "周", "孙", "马"];
    let family = of.bytes().map(usize::from).sum::<usize>() % FAMILIES.len();
    let given = match role {
        Role::CompanyAdmin | Role::PlatformAdmin | Role::DistrictAdmin => "敏",
        Role::CompanyMember => "航",
        Role::Operator => "磊",
        Role::Qa => "静",
        Role::DistrictViewer => "宁",
    };
    format!("{}{given}（虚构）", FAMILIES[family])
}

impl Person {
    fn new(of: &str, organisation: Uuid, role: Role, verified: bool) -> Self {
        Self { of: of.to_owned(), organisation, role, name: name(of, role), verified }
    }

    /// Such as `operator@hayao.example`.
    #[must_use]
    pub fn email(&self) -> String {
        address(&self.of, self.role)
    }

    /// The account's id, which follows from the address.
    #[must_use]
    pub fn account(&self) -> Uuid {
        demonstration_id("account", &self.email())
    }

    /// Who asks, when this person acts.
    #[must_use]
    pub fn caller(&self) -> Caller {
        Caller::Member(Member {
            account: self.account(),
            organisation: OrganisationId(self.organisation),
            kind: self.kind(),
            role: self.role,
            verified: self.verified,
            credential: Credential::Within,
        })
    }

    fn kind(&self) -> OrganisationKind {
        self.role.kind()
    }
}

/// Everybody, given the codes of the platforms with their ids.
#[must_use]
pub fn everybody(platforms: &[(String, Uuid)]) -> Vec<Person> {
    let mut people = Vec::new();
    let district = demonstration_id("organisation", DISTRICT);
    for role in [Role::DistrictAdmin, Role::DistrictViewer] {
        people.push(Person::new(DISTRICT, district, role, true));
    }
    for (code, id) in platforms {
        for role in [Role::PlatformAdmin, Role::Operator, Role::Qa] {
            people.push(Person::new(code, *id, role, true));
        }
    }
    for firm in FIRMS {
        for role in [Role::CompanyAdmin, Role::CompanyMember] {
            people.push(Person::new(firm.code, firm.id(), role, firm.verified));
        }
    }
    people
}

/// The accounts as they are printed at first start, with the password that they share.
#[must_use]
pub fn accounts(people: &[Person], password: &str) -> String {
    let mut text = format!("Demonstration accounts, all with the password {password}:\n");
    for person in people {
        let unverified = if person.verified { "" } else { ", not verified" };
        text += &format!("  {:<32} {}{unverified}\n", person.email(), person.role.word());
    }
    text
}
