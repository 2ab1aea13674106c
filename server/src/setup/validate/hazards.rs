//! A line's hazards make sense together and keep the hard rules of GMP.

use domain::{hazard::Hazard, resource::Line};

use super::super::{problem::Fault, read::tag, section::Section};

/// Only on dedicated equipment (China GMP 2010 art. 46): a shared line can't admit them at all.
const DEDICATED_ONLY: [Hazard; 4] =
    [Hazard::Penicillin, Hazard::BetaLactam, Hazard::SexHormone, Hazard::LiveMicrobe];

pub(in super::super) fn line_hazards(section: &Section<'_>, line: &Line) {
    if let Some(hazard) = line.dedicated_to
        && !line.admits.contains(&hazard)
    {
        section.note(section.line, Fault::DedicatedNotAdmitted { hazard: tag(hazard) });
    }
    for hazard in DEDICATED_ONLY {
        if line.admits.contains(&hazard) && line.dedicated_to != Some(hazard) {
            section.note(section.line, Fault::NeedsDedicated { hazard: tag(hazard) });
        }
    }
    for approval in &line.approvals {
        if !line.admits.contains(&approval.hazard) {
            section.note(section.line, Fault::ApprovalPointless { hazard: tag(approval.hazard) });
        }
    }
}
