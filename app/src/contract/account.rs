//! The own account: where it belongs, where it is signed in, and its tokens.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Instant, OrganisationKind, Role, TextView};

/// The own account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct AccountView {
    pub id: Uuid,
    pub email: String,
    pub name: String,
    /// `zh-CN` or `en`.
    pub locale: String,
    /// Where it belongs; a session acts for one of them.
    pub memberships: Vec<MembershipView>,
}

/// One organisation that an account belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct MembershipView {
    pub organisation: Uuid,
    pub name: TextView,
    pub kind: OrganisationKind,
    pub role: Role,
}

/// What one may change of the own account; what is left out stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AccountChange {
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub locale: Option<String>,
}

/// Changes the own password; every other session of the account ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    pub current: String,
    /// At least 10 characters.
    pub new: String,
}

/// A browser that is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct SessionView {
    pub id: Uuid,
    pub organisation: Uuid,
    pub created_at: Instant,
    pub expires_at: Instant,
    /// What it was signed in with, as that said in its User-Agent header, at most 200 characters; absent: it said none,
    /// or that wasn't kept yet.
    pub user_agent: Option<String>,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// Makes a bearer token that acts as the account, for the organisation of the session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TokenOrder {
    /// What it is for.
    pub name: String,
    /// Days until it ends, 1 to 366; 90 when left out.
    #[serde(default)]
    pub days: Option<u32>,
}

/// A token, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct TokenView {
    pub id: Uuid,
    pub name: String,
    pub organisation: Uuid,
    pub created_at: Instant,
    pub expires_at: Option<Instant>,
    /// To within five minutes.
    pub last_used_at: Option<Instant>,
}

/// A token that was just made: the only time that its secret is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct TokenMade {
    pub token: TokenView,
    /// Send it as `Authorization: Bearer …`.
    pub secret: String,
}
