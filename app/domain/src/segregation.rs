//! Segregation: with what hazards a line may run a product. Hard rules, refused and never priced (China GMP 2010 art.
//! 46, 143, 188, 194, 199, 201; EU GMP ch. 3 §3.6, ch. 5).

use std::collections::BTreeSet;

use crate::{
    Minute,
    hazard::{Hazard, HazardProfile},
    refusal::Refusal,
    resource::Line,
};

/// How a hazard may share equipment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharing {
    /// Only on equipment dedicated to it.
    Dedicated,
    /// On shared equipment only under QA's approval on record, which must not have expired.
    Approved,
    /// Wherever the line admits it.
    Admitted,
}

impl Hazard {
    /// How it may share equipment.
    #[must_use]
    pub const fn sharing(self) -> Sharing {
        match self {
            Self::Penicillin | Self::LiveMicrobe | Self::BetaLactam | Self::SexHormone => Sharing::Dedicated,
            Self::Hormone | Self::Cytotoxic | Self::HighActivity => Sharing::Approved,
            Self::ViralVector | Self::HumanDonor | Self::ControlledSubstance | Self::AnimalTse => {
                Sharing::Admitted
            }
        }
    }

    /// The wider hazard that every product with this one also is: equipment dedicated to this one covers it.
    const fn wider(self) -> Option<Self> {
        match self {
            Self::Penicillin => Some(Self::BetaLactam),
            Self::SexHormone => Some(Self::Hormone),
            _ => None,
        }
    }
}

/// A product admitted to a line: until when, and what ends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admission {
    /// The campaign must end at or before this minute; `None`: no limit.
    pub until: Option<Minute>,
    /// The refusal of a campaign that ends later.
    pub beyond: Option<Refusal>,
}

impl Admission {
    fn limit(&mut self, until: Minute, beyond: Refusal) {
        if self.until.is_none_or(|earlier| until < earlier) {
            self.until = Some(until);
            self.beyond = Some(beyond);
        }
    }
}

/// Whether `line` may run a product with these hazards.
///
/// # Errors
/// The first hard rule that forbids it.
pub fn admit(line: &Line, hazards: &HazardProfile) -> Result<Admission, Refusal> {
    let HazardProfile::Classified { tags, oeb } = hazards else { return Err(Refusal::HazardUnclassified) };
    let id = line.id;
    if let Some(hazard) = tags.difference(&line.admits).next() {
        return Err(Refusal::HazardNotAdmitted { line: id, hazard: *hazard });
    }
    if let Some(hazard) = line.dedicated_to.filter(|hazard| !tags.contains(hazard)) {
        return Err(Refusal::DedicatedLine { line: id, hazard });
    }
    let mut admission = Admission { until: None, beyond: None };
    for hazard in tags.iter().copied().filter(|hazard| !is_covered(line, tags, *hazard)) {
        match hazard.sharing() {
            Sharing::Admitted => {}
            Sharing::Dedicated => return Err(Refusal::DedicatedOnly { line: id, hazard }),
            Sharing::Approved => {
                let approvals = line.approvals.iter().filter(|approval| approval.hazard == hazard);
                let Some(valid_until) = approvals.map(|approval| approval.valid_until).max() else {
                    return Err(Refusal::ApprovalMissing { line: id, hazard });
                };
                let beyond = Refusal::ApprovalExpires { line: id, hazard, valid_until };
                admission.limit(valid_until, beyond);
            }
        }
    }
    if let Some(max) = line.oeb_max {
        match *oeb {
            Some(band) if band > max => return Err(Refusal::ExposureBandTooHigh { line: id, band, max }),
            // Not knowing the band of what is highly active is not knowing that it is low.
            None if tags.contains(&Hazard::HighActivity) => {
                return Err(Refusal::ExposureBandMissing { line: id, max });
            }
            _ => {}
        }
    }
    if let Some(valid_until) = line.media_fill_valid_until {
        admission.limit(valid_until, Refusal::MediaFillExpires { line: id, valid_until });
    }
    Ok(admission)
}

/// Whether the line is dedicated to `hazard`, or to a narrower one that the product carries as well.
fn is_covered(line: &Line, tags: &BTreeSet<Hazard>, hazard: Hazard) -> bool {
    line.dedicated_to.is_some_and(|dedicated| {
        tags.contains(&dedicated) && (dedicated == hazard || dedicated.wider() == Some(hazard))
    })
}
