//! An outage that is being put on record.

use leptos_router::params::ParamsMap;
use uuid::Uuid;

use super::closure::instant;
use crate::{
    contract::{Failure, Instant, OutageOrder},
    words::day,
};

/// The fields of the form, as typed; days and times of the plant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutageDraft {
    pub kind: String,
    /// Day and time at which it begins; without a day: now.
    pub from: String,
    pub from_time: String,
    pub until: String,
    pub until_time: String,
    pub reason: String,
}

impl OutageDraft {
    /// What the parameters say, or `None` while nothing was asked. It begins now.
    #[must_use]
    pub fn read(parameters: &ParamsMap) -> Option<Self> {
        let text = |name: &str| parameters.get(name).map(|value| value.trim().to_owned()).unwrap_or_default();
        parameters.get("until")?;
        Some(Self {
            kind: text("kind"),
            from: String::new(),
            from_time: String::new(),
            until: text("until"),
            until_time: text("until_time"),
            reason: text("reason"),
        })
    }

    /// What the form holds before anybody typed: a breakdown until tomorrow.
    #[must_use]
    pub fn blank(now: Instant) -> Self {
        Self {
            kind: "breakdown".into(),
            from: String::new(),
            from_time: String::new(),
            until: day(now, 1),
            until_time: "08:00".into(),
            reason: String::new(),
        }
    }

    /// As an order about `line`.
    ///
    /// # Errors
    /// [`Failure::Invalid`] names the field that can't be read.
    pub fn order(&self, line: Uuid) -> Result<OutageOrder, Failure> {
        let from =
            (!self.from.is_empty()).then(|| instant("from", &self.from, &self.from_time)).transpose()?;
        let until = Self::instant(&self.until, &self.until_time)?;
        Ok(OutageOrder { line, from, until, kind: self.kind.clone(), reason: self.reason.clone() })
    }

    /// The end as it was typed.
    ///
    /// # Errors
    /// As [`Self::order`].
    pub fn instant(day: &str, clock: &str) -> Result<Instant, Failure> {
        instant("until", day, clock)
    }
}
