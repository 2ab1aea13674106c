//! Who asks, and what they may do. Every use case takes one and asks it first.

use app::contract::{Failure, OrganisationKind, Role};
use domain::{OrganisationId, PlatformId};
use uuid::Uuid;

/// What the caller proved itself with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credential {
    /// A session's cookie; `id` is public, not the token.
    Session { id: Uuid },
    /// A bearer token of the API.
    Token { id: Uuid },
    /// None: made within the server, such as by an import or the demonstration.
    Within,
}

/// An account acting for one of its organisations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub account: Uuid,
    pub organisation: OrganisationId,
    pub kind: OrganisationKind,
    pub role: Role,
    /// Whether a platform or the district has verified the organisation. Always true for those two.
    pub verified: bool,
    pub credential: Credential,
}

/// Whoever sent the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    Anonymous,
    Member(Member),
    /// The server itself: sweeps and other work without a request.
    System,
}

impl Caller {
    /// The member, if one is signed in.
    #[must_use]
    pub const fn as_member(&self) -> Option<&Member> {
        match self {
            Self::Member(member) => Some(member),
            Self::Anonymous | Self::System => None,
        }
    }

    /// The signed-in member.
    ///
    /// # Errors
    /// [`Failure::Unauthenticated`].
    pub fn member(&self) -> Result<&Member, Failure> {
        self.as_member().ok_or(Failure::Unauthenticated)
    }

    /// A member with one of `roles`.
    ///
    /// # Errors
    /// [`Failure::Unauthenticated`], [`Failure::Forbidden`].
    pub fn with_role(&self, roles: &[Role]) -> Result<&Member, Failure> {
        let member = self.member()?;
        if roles.contains(&member.role) { Ok(member) } else { Err(Failure::Forbidden) }
    }

    /// Someone of a company, verified or not.
    ///
    /// # Errors
    /// [`Failure::Unauthenticated`], [`Failure::Forbidden`].
    pub fn company(&self) -> Result<&Member, Failure> {
        self.with_role(&[Role::CompanyAdmin, Role::CompanyMember])
    }

    /// Someone of a verified company: may hold and book.
    ///
    /// # Errors
    /// As [`Self::company`], and [`Failure::Unverified`].
    pub fn verified_company(&self) -> Result<&Member, Failure> {
        let member = self.company()?;
        if member.verified { Ok(member) } else { Err(Failure::Unverified) }
    }

    /// Anyone of this platform.
    ///
    /// # Errors
    /// [`Failure::Unauthenticated`], [`Failure::Forbidden`].
    pub fn of_platform(&self, platform: PlatformId) -> Result<&Member, Failure> {
        let member = self.member()?;
        if member.platform() == Some(platform) { Ok(member) } else { Err(Failure::Forbidden) }
    }

    /// An operator of their own platform, whichever that is.
    ///
    /// # Errors
    /// [`Failure::Unauthenticated`], [`Failure::Forbidden`].
    pub fn own_platform(&self) -> Result<(&Member, PlatformId), Failure> {
        let platform = self.member()?.platform().ok_or(Failure::Forbidden)?;
        Ok((self.operates(platform)?, platform))
    }

    /// An operator of this platform, or its administrator: runs calendars and bookings.
    ///
    /// # Errors
    /// [`Failure::Unauthenticated`], [`Failure::Forbidden`].
    pub fn operates(&self, platform: PlatformId) -> Result<&Member, Failure> {
        self.of_platform(platform)?;
        self.with_role(&[Role::Operator, Role::PlatformAdmin])
    }

    /// Quality assurance of this platform.
    ///
    /// # Errors
    /// [`Failure::Unauthenticated`], [`Failure::Forbidden`].
    pub fn assures(&self, platform: PlatformId) -> Result<&Member, Failure> {
        self.of_platform(platform)?;
        self.with_role(&[Role::Qa])
    }

    /// Anyone of the district.
    ///
    /// # Errors
    /// [`Failure::Unauthenticated`], [`Failure::Forbidden`].
    pub fn district(&self) -> Result<&Member, Failure> {
        self.with_role(&[Role::DistrictViewer, Role::DistrictAdmin])
    }

    /// May verify companies: a platform's administrator or operator, or the district's administrator.
    ///
    /// # Errors
    /// [`Failure::Unauthenticated`], [`Failure::Forbidden`].
    pub fn verifies_companies(&self) -> Result<&Member, Failure> {
        self.with_role(&[Role::Operator, Role::PlatformAdmin, Role::DistrictAdmin])
    }

    /// Administrator of the own organisation, of whatever kind.
    ///
    /// # Errors
    /// [`Failure::Unauthenticated`], [`Failure::Forbidden`].
    pub fn administrator(&self) -> Result<&Member, Failure> {
        self.with_role(&[Role::CompanyAdmin, Role::PlatformAdmin, Role::DistrictAdmin])
    }
}

impl Member {
    /// Whether they run the calendars and bookings of a platform.
    #[must_use]
    pub const fn operates(&self) -> bool {
        matches!(self.role, Role::Operator | Role::PlatformAdmin)
    }

    /// Somebody of a verified company, on whose behalf the system or a platform does what the company asked for.
    #[must_use]
    pub const fn within(account: Uuid, organisation: OrganisationId) -> Self {
        Self {
            account,
            organisation,
            kind: OrganisationKind::Company,
            role: Role::CompanyMember,
            verified: true,
            credential: Credential::Within,
        }
    }

    /// The platform that the member belongs to, if its organisation is one.
    #[must_use]
    pub fn platform(&self) -> Option<PlatformId> {
        (self.kind == OrganisationKind::Platform).then_some(PlatformId(self.organisation.0))
    }
}
