//! Changeover matrices: how long a line must be prepared between what was left and what is needed.

mod cap;
mod class;
mod gap;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{ClassId, MatrixId, Minutes, Text, hazard::Hazard};

pub(crate) use cap::{run_before, run_behind};
pub(crate) use class::Side;
pub(crate) use gap::{Unready, clean_since, done_at, last_end, ready, ready_once_done};

/// Whether a row and its predecessor carry the same client's product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    Same,
    Other,
}

/// One cell of a matrix. Elapsed minimum is `crew + wait`, which is what the schema guards; that the crew part runs in
/// open hours only is the kernel's rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changeover {
    /// Cleaning and set-up by the crew, in minutes of open time.
    pub crew: Minutes,
    /// Waiting after it (swab results, VHP), in elapsed minutes.
    pub wait: Minutes,
}

impl Changeover {
    /// The least elapsed time that it takes, which the guard enforces.
    #[must_use]
    pub const fn minimum(self) -> Minutes {
        self.crew + self.wait
    }
}

/// A state of the line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Class {
    pub id: ClassId,
    pub code: String,
    pub name: Text,
}

/// Which classes a product needs and leaves: the first rule whose conditions all hold decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassRule {
    /// Holds if the product carries any of these; empty: no condition.
    pub any_hazard: BTreeSet<Hazard>,
    /// Holds if the product's band is at least this; `None`: no condition.
    pub oeb_at_least: Option<u8>,
    /// Holds if the offering's code is among these; empty: no condition.
    pub offerings: BTreeSet<String>,
    pub needs: ClassId,
    pub leaves: ClassId,
}

/// A run of one product may not go on for ever without a full clean. Rows of one product belong to one run while the
/// gap between them, counted from the end of the row directly before (a closure, if one lies between), is too short
/// for the full clean. A cleaning that kept its product's time is part of the run, with no batches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignCap {
    /// Most batches of one product between two full cleans.
    pub max_batches: Option<u32>,
    /// Most minutes from the first start to the last end between two full cleans.
    pub max_minutes: Option<Minutes>,
    /// The gap that counts as a full clean between two runs of the same product.
    pub full_clean: Changeover,
}

/// One issued version of a matrix. Versions are only ever added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matrix {
    pub id: MatrixId,
    pub version: i32,
    pub code: String,
    pub name: Text,
    pub classes: Vec<Class>,
    pub rules: Vec<ClassRule>,
    /// The allowed pairs; a pair without a cell is forbidden.
    pub cells: Vec<MatrixCell>,
    /// How long a cleaned line stays clean, in elapsed minutes after the changeover ended (begun as soon as it could
    /// be); `None`: for ever.
    pub clean_hold: Option<Minutes>,
    /// The re-clean due before a start after the clean-hold time ran out. It begins after the changeover ended and is
    /// done at most the clean-hold time before the start.
    pub reclean: Changeover,
    pub cap: Option<CampaignCap>,
    /// The state of a line that has run nothing yet.
    pub initial: ClassId,
}

/// From what was left to what is needed, for the same or another product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixCell {
    pub leaves: ClassId,
    pub needs: ClassId,
    pub relation: Relation,
    pub changeover: Changeover,
}
