//! What is wrong in an imported file: where, what, and what to do about it, in both languages.

use std::fmt;

use app::language::Language;

use super::what::What;

/// One thing wrong at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file's name as given.
    pub file: String,
    /// From 1; 0 is the file as a whole.
    pub line: u32,
    pub fault: Fault,
}

/// What something that can't be read should look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Example {
    /// As it is written in a file and in a form, whatever the language.
    Notation(&'static str),
    /// A changeover: crew time and the wait after it, or forbidden. A form has a field for each.
    Changeover,
    /// Sizes of a batch, with their unit. A form has a field for each bound.
    Batch,
    /// The times between two steps. A form has a field for each bound.
    Lag,
    /// A length of time.
    Duration,
    /// One that divides a day.
    Grid,
    Code,
    /// Text of at most 2,000 characters without invisible ones.
    Plain,
}

/// What the value of a key should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Texts,
    Whole,
    Truth,
    Date,
    Table,
    Tables,
}

/// The kinds of things that can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Not readable as TOML; the parser's own words, which are English.
    Syntax {
        message: String,
    },
    /// The file can't be opened, isn't UTF-8 or is larger than any set-up.
    Unreadable {
        message: String,
    },
    UnknownKey {
        key: String,
        known: Vec<&'static str>,
    },
    Missing {
        key: &'static str,
    },
    Empty {
        key: &'static str,
    },
    WrongType {
        key: String,
        wanted: Kind,
    },
    Malformed {
        key: String,
        value: String,
        example: Example,
    },
    OutOfRange {
        key: String,
        value: String,
        min: String,
        max: String,
    },
    TooMany {
        what: What,
        max: usize,
    },
    Duplicate {
        what: What,
        code: String,
        first: u32,
    },
    Unknown {
        what: What,
        code: String,
        known: Vec<String>,
    },
    ShiftsOverlap {
        /// From Monday, which is 0.
        day: usize,
        first: String,
        second: String,
    },
    NeverOpen {
        calendar: String,
    },
    GridShape {
        wanted: String,
        found: String,
    },
    CellMissing {
        leaves: String,
        needs: String,
    },
    CellTwice {
        leaves: String,
        needs: String,
    },
    RulesNeverReached,
    NoCatchAll,
    NotCapable {
        line: String,
        offering: String,
    },
    NoCommonBatch {
        offering: String,
    },
    BatchReversed {
        text: String,
    },
    LagReversed {
        text: String,
    },
    PoolTooSmall {
        pool: String,
        amount: u32,
        capacity: u32,
    },
    DedicatedNotAdmitted {
        hazard: String,
    },
    NeedsDedicated {
        hazard: String,
    },
    ApprovalPointless {
        hazard: String,
    },
    LadderOrder,
    NothingToDo,
    /// The database holds something that this change would break.
    ClassRemoved {
        class: String,
    },
    MatrixExchanged {
        line: String,
    },
}

impl Problem {
    /// `file:line: what is wrong; what to do`, in one language.
    #[must_use]
    pub fn line_in(&self, language: Language) -> String {
        format!("{}:{}: {}", self.file, self.line, self.words_in(language))
    }

    /// What is wrong and what to do, without the place.
    #[must_use]
    pub fn words_in(&self, language: Language) -> String {
        super::wording::words(language, &self.fault)
    }

    /// The same in a form: at the field that it is about, which needn't be named again, or above all of them.
    #[must_use]
    pub fn in_form(&self, language: Language) -> String {
        super::wording::at_field(language, &self.fault).unwrap_or_else(|| self.words_in(language))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line_in(Language::en))
    }
}
