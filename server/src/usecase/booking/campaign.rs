//! What a booking is of: the document that stands in its row.

use app::contract::{Opened, RequestDetails};
use domain::{Interval, Minute, Second, request::Request};
use serde::{Deserialize, Serialize};

use super::Question;
use crate::store::StoreError;

/// What was asked of the kernel, and what the client says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Campaign {
    pub request: Request,
    /// Where it stands, if that is outside of the window that was asked for: its client agreed to that very place, and
    /// to no other beyond the window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted: Option<Interval>,
    #[serde(default)]
    pub details: RequestDetails,
    /// The first start for which its client said on which day materials arrive; absent: it isn't known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub materials_for: Option<Minute>,
    /// Until when, exclusive, its notice is reckoned from where it stood before others moved it; absent: it isn't.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice_until: Option<Second>,
    /// The form that saved them last, if that says which it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saved_by: Option<SavedBy>,
    /// The note with which quality assurance confirmed the hazards.
    #[serde(default)]
    pub hazard_note: Option<String>,
    /// What the platform asked about it, oldest first.
    #[serde(default)]
    pub questions: Vec<Question>,
}

/// A form that has saved a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedBy {
    form: String,
    turn: u32,
}

impl SavedBy {
    /// No form's key is longer.
    const LONGEST: usize = 128;

    /// The form that is `opened`, if it says which it is.
    pub fn of(opened: Opened) -> Option<Self> {
        let Opened { form, turn, .. } = opened;
        (1..=Self::LONGEST).contains(&form.len()).then_some(Self { form, turn })
    }

    /// Whether it is the form that is `opened`, which has saved this before.
    pub fn is_before(&self, opened: &Opened) -> bool {
        self.form == opened.form && self.turn < opened.turn
    }
}

impl Campaign {
    /// Notes that it goes to `span`. The window that was asked for stays as it is.
    pub fn stands_over(&mut self, span: Interval) {
        self.granted = (!self.request.window.holds(span)).then_some(span);
    }

    /// What was asked for, in a window wide enough for where it stands.
    pub fn as_granted(&self) -> Request {
        let asked = self.request.window;
        let window = self.granted.map_or(asked, |granted| Interval {
            start: asked.start.min(granted.start),
            end: asked.end.max(granted.end),
        });
        Request { window, ..self.request.clone() }
    }

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
