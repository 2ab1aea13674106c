//! Hazards of a product, as the client declares them and the operator's QA confirms them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// A hazard that decides with what a product may share equipment (China GMP 2010 art. 46, 143, 188, 194, 199, 201;
/// EU GMP ch. 3 §3.6, ch. 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hazard {
    Penicillin,
    BetaLactam,
    SexHormone,
    Hormone,
    Cytotoxic,
    HighActivity,
    LiveMicrobe,
    ViralVector,
    HumanDonor,
    ControlledSubstance,
    AnimalTse,
}

/// What is known of a product's hazards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum HazardProfile {
    /// Nobody has classified it yet: it cannot be booked.
    Unclassified,
    /// Classified; an empty set of tags is a product without special hazards. `oeb` is the occupational exposure
    /// band, 1 to 5, an industry convention and so only a policy input.
    Classified { tags: BTreeSet<Hazard>, oeb: Option<u8> },
}
