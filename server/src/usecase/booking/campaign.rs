//! What a booking is of: the document that stands in its row.

use app::contract::RequestDetails;
use domain::request::Request;
use serde::{Deserialize, Serialize};

use super::Question;
use crate::store::StoreError;

/// What was asked of the kernel, and what the client says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Campaign {
    pub request: Request,
    #[serde(default)]
    pub details: RequestDetails,
    /// The note with which quality assurance confirmed the hazards.
    #[serde(default)]
    pub hazard_note: Option<String>,
    /// What the platform asked about it, oldest first.
    #[serde(default)]
    pub questions: Vec<Question>,
}

impl Campaign {
    /// As it stands in the database.
    ///
    /// # Errors
    /// [`StoreError::Internal`]; serialising plain data doesn't fail.
    pub fn to_document(&self) -> Result<String, StoreError> {
        serde_json::to_string(self).map_err(|error| StoreError::document("a campaign", &error))
    }

    /// From the database.
    ///
    /// # Errors
    /// [`StoreError::Internal`] if it can't be read.
    pub fn from_document(text: &str) -> Result<Self, StoreError> {
        serde_json::from_str(text).map_err(|error| StoreError::document("a campaign", &error))
    }
}
