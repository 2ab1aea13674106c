//! The sorts of things that a set-up names by code.

use app::{contract::TextView, language::Language};

use super::wording;

/// A sort of thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Platform,
    Calendar,
    Matrix,
    Class,
    Pool,
    Line,
    Route,
    Step,
    Offering,
    Hazard,
    Policy,
    Year,
    Date,
}

impl What {
    /// What it is called in records and in the addresses of the set-up's pages.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Calendar => "calendar",
            Self::Matrix => "matrix",
            Self::Class => "class",
            Self::Pool => "pool",
            Self::Line => "line",
            Self::Route => "route",
            Self::Step => "step",
            Self::Offering => "offering",
            Self::Hazard => "hazard",
            Self::Policy => "policy",
            Self::Year => "year",
            Self::Date => "date",
        }
    }

    /// Its name, for sentences.
    #[must_use]
    pub fn name(self) -> TextView {
        let [zh, en] =
            [Language::zh_CN, Language::en].map(|language| wording::name(language, self).to_owned());
        TextView { zh, en }
    }
}
