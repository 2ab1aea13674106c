//! What can be asked for.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The same words in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct TextView {
    pub zh: String,
    pub en: String,
}

impl From<domain::Text> for TextView {
    fn from(text: domain::Text) -> Self {
        Self { zh: text.zh, en: text.en }
    }
}

/// A dosage form or process, and whether some platform offers it now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct OfferingView {
    pub code: String,
    /// `solid_oral`, `sterile`, `liquid_oral`, `topical_rectal`, `inhaled_nasal`, `tcm`, `process`.
    pub family: String,
    pub name: TextView,
    /// EDQM Standard Term number, where one exists.
    pub edqm: Option<u32>,
    /// Units that batches of it are measured in, on the platforms that offer it.
    pub units: Vec<String>,
    /// How many platforms offer it.
    pub platforms: u32,
}

/// A pilot platform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct PlatformView {
    pub id: Uuid,
    pub code: String,
    pub name: TextView,
    pub offerings: Vec<String>,
    /// Demonstration data: to be shown as such.
    pub illustrative: bool,
}
