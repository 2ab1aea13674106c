//! Who is asking.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The three kinds of organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OrganisationKind {
    Company,
    Platform,
    District,
}

/// What an account may do within its organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A company's: invites colleagues, and everything a member may do.
    CompanyAdmin,
    /// A company's: searches, holds, requests, moves, cancels.
    CompanyMember,
    /// A platform's: runs calendars and bookings.
    Operator,
    /// A platform's quality assurance: confirms hazards, signs approvals.
    Qa,
    /// A platform's: invites colleagues, and everything an operator may do.
    PlatformAdmin,
    /// The district's: looks on.
    DistrictViewer,
    /// The district's: verifies companies, invites, administers the installation.
    DistrictAdmin,
}

/// How far a company's verification is. Platforms and the district need none: they count as verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Verified,
    /// Somebody is to verify it.
    Waiting,
    /// Its registration was turned away.
    TurnedAway,
    /// It was verified, and that was withdrawn.
    Withdrawn,
}

/// The signed-in account, as the pages need it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Viewer {
    pub account: Uuid,
    pub name: String,
    pub email: String,
    pub organisation: Uuid,
    pub organisation_name: super::TextView,
    pub organisation_kind: OrganisationKind,
    pub role: Role,
    /// A company that isn't verified can search but not hold.
    pub verified: bool,
    /// Why it isn't.
    pub standing: Standing,
}

/// What sign-in asks for.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Credentials {
    pub email: String,
    pub password: String,
    /// For whom to act, of several memberships; the first one when left out.
    #[serde(default)]
    pub organisation: Option<Uuid>,
}

/// Without the password, so that none is ever logged.
impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials").field("email", &self.email).finish_non_exhaustive()
    }
}

impl Role {
    /// The kind of organisation that has this role.
    #[must_use]
    pub const fn kind(self) -> OrganisationKind {
        match self {
            Self::CompanyAdmin | Self::CompanyMember => OrganisationKind::Company,
            Self::Operator | Self::Qa | Self::PlatformAdmin => OrganisationKind::Platform,
            Self::DistrictViewer | Self::DistrictAdmin => OrganisationKind::District,
        }
    }

    /// Whether it administers its organisation.
    #[must_use]
    pub const fn administers(self) -> bool {
        matches!(self, Self::CompanyAdmin | Self::PlatformAdmin | Self::DistrictAdmin)
    }

    /// Its word, on the wire and in the store.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::CompanyAdmin => "company_admin",
            Self::CompanyMember => "company_member",
            Self::Operator => "operator",
            Self::Qa => "qa",
            Self::PlatformAdmin => "platform_admin",
            Self::DistrictViewer => "district_viewer",
            Self::DistrictAdmin => "district_admin",
        }
    }
}

impl OrganisationKind {
    /// Its word, on the wire and in the store.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Platform => "platform",
            Self::District => "district",
        }
    }
}
