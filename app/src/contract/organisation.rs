//! Organisations and the people in them.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Instant, OrganisationKind, Role, Standing, TextView};

/// A company that wants to use the platforms, and its first administrator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Registration {
    /// The registered name.
    pub company: String,
    /// Its name in English; the registered name when left out.
    #[serde(default)]
    pub company_en: Option<String>,
    /// Unified social credit code (统一社会信用代码, GB 32100): 18 characters with a check character.
    pub credit_code: String,
    /// How the platforms reach the company: a name and a telephone number, for instance.
    pub contact: String,
    /// `micro`, `small`, `medium` or `large`.
    #[serde(default)]
    pub size: Option<String>,
    /// Whether it is registered in the new area.
    #[serde(default)]
    pub in_district: bool,
    /// The administrator's name.
    pub name: String,
    pub email: String,
    /// At least 10 characters.
    pub password: String,
    /// `zh-CN` or `en`.
    #[serde(default)]
    pub locale: Option<String>,
}

/// An organisation, for its own people and for those who verify it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct OrganisationView {
    pub id: Uuid,
    pub kind: OrganisationKind,
    pub name: TextView,
    pub credit_code: Option<String>,
    pub contact: String,
    pub size: Option<String>,
    pub in_district: bool,
    /// When a platform or the district verified it; a company books only then.
    pub verified_at: Option<Instant>,
    pub created_at: Instant,
    /// The innovation score on record, for the company itself and in the district's lists.
    pub innovation: Option<InnovationView>,
    /// For those who verify, in their lists: that it was turned away, be it that it waits again since.
    pub turned_away: Option<TurnedAwayView>,
}

/// That a company was turned away, or its verification withdrawn, since it was last verified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct TurnedAwayView {
    pub at: Instant,
    /// Whether it had been verified, and that was withdrawn.
    pub withdrawn: bool,
    pub reason: String,
    /// The platform or the district that decided so; absent where that isn't known any more.
    pub by: Option<TextView>,
    /// The name of whoever did there; for that organisation's own people alone.
    pub person: Option<String>,
    /// Since when it waits to be looked at again; absent while it doesn't.
    pub submitted_at: Option<Instant>,
    /// Whether it is known what it had then.
    pub compared: bool,
    /// The registered name, the credit code and the contact that it had then, each only where it has another since.
    pub former_name: Option<String>,
    pub former_credit_code: Option<String>,
    pub former_contact: Option<String>,
}

/// A company's innovation score (企业创新积分).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct InnovationView {
    /// 0 to 1000.
    pub score: u16,
    /// Plant day of the assessment, `YYYY-MM-DD`.
    pub assessed_on: String,
    pub recorded_at: Instant,
}

/// Records a company's innovation score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InnovationOrder {
    /// 0 to 1000, whole.
    pub score: u32,
    /// Plant day of the assessment, `YYYY-MM-DD`; not ahead.
    #[serde(deserialize_with = "super::plant_day::text")]
    pub assessed_on: String,
}

/// Which companies to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct CompanyFilter {
    /// Only those that are verified, or only those that wait for it: neither verified nor turned away.
    #[serde(default)]
    pub verified: Option<bool>,
    /// Only those that were turned away, or whose verification was withdrawn, and that don't wait again; or only the
    /// others.
    #[serde(default)]
    pub turned_away: Option<bool>,
    /// Only those that have this in their name, or as their credit code.
    #[serde(default)]
    pub find: Option<String>,
    /// `registered`, the first ahead, which is so when left out; `name`: by the registered name, as it is read aloud;
    /// `name_en`: by the name in English.
    #[serde(default)]
    pub order: Option<String>,
    /// The `next` of the page before; the first page when left out. Opaque.
    #[serde(default)]
    pub cursor: Option<String>,
    /// Entries at most, 1 to 200; 50 when left out.
    #[serde(default)]
    pub limit: Option<u32>,
}

/// Turns a company away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Rejection {
    /// Why, in words that the company reads.
    pub reason: String,
}

/// How far the own company's verification is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct VerificationView {
    pub company: TextView,
    pub credit_code: Option<String>,
    pub registered_at: Instant,
    pub verified_at: Option<Instant>,
    pub standing: Standing,
    /// When it was turned away or its verification withdrawn; absent once it waits again.
    pub rejected_at: Option<Instant>,
    /// Why.
    pub reason: Option<String>,
    /// Since when it waits to be looked at again.
    pub submitted_at: Option<Instant>,
}

/// What an organisation's administrator may change in its profile; what is left out stays. The registered name and the
/// credit code are what was verified: once a company is, they stay too; before, correcting them or the contact has it
/// looked at again. A name in English that is only the registered one follows it; an empty one stands for that.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProfileChange {
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub credit_code: Option<String>,
    #[serde(default)]
    pub name_en: Option<String>,
    #[serde(default)]
    pub contact: Option<String>,
    #[serde(default)]
    pub size: Option<String>,
}

/// Someone of an organisation, for colleagues.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct MemberView {
    pub account: Uuid,
    pub name: String,
    pub email: String,
    pub role: Role,
}

/// A colleague's new role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RoleChange {
    pub role: Role,
}

/// Invites someone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InvitationOrder {
    pub email: String,
    pub role: Role,
    /// The own organisation when left out. The district invites into any.
    #[serde(default)]
    pub organisation: Option<Uuid>,
}

/// An invitation that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct InvitationView {
    pub id: Uuid,
    pub email: String,
    pub role: Role,
    pub organisation: Uuid,
    pub created_at: Instant,
    pub expires_at: Instant,
    pub used_at: Option<Instant>,
}

/// A one-time link: shown here once, to be handed to the person that it is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct LinkView {
    pub id: Uuid,
    pub email: String,
    pub link: String,
    /// The secret within the link, for programs.
    pub token: String,
    pub expires_at: Instant,
}

/// Takes up an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Acceptance {
    pub token: String,
    /// Of a new account; someone who already has one leaves it out.
    #[serde(default)]
    pub name: Option<String>,
    /// The new account's password; someone who already has an account proves with it that the account is theirs.
    pub password: String,
    /// Of a new account, `zh-CN` or `en`; Chinese when left out.
    #[serde(default)]
    pub locale: Option<String>,
}

/// Who is invited, and into what, for whoever has the link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitedView {
    pub email: String,
    pub organisation_name: TextView,
    pub role: Role,
    /// Whether the address has an account, with whose password one joins.
    pub known: bool,
}

/// Asks for a link by which a colleague chooses a new password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ResetOrder {
    pub email: String,
}

/// Chooses a new password by a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    pub token: String,
    /// At least 10 characters.
    pub password: String,
}
