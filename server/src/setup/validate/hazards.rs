//! A line's hazards make sense together and keep the hard rules of GMP.

use domain::{hazard::Hazard, resource::Line, segregation::Sharing};

use super::super::{problem::Fault, read::tag, section::Section};

pub(in super::super) fn line_hazards(section: &Section<'_>, line: &Line) {
    if let Some(hazard) = line.dedicated_to
        && !line.admits.contains(&hazard)
    {
        section.note(section.line, Fault::DedicatedNotAdmitted { hazard: tag(hazard) });
    }
    // China GMP 2010 art. 46: a shared line can't admit them at all.
    for hazard in line.admits.iter().copied().filter(|hazard| hazard.sharing() == Sharing::Dedicated) {
        if !line.dedicated_to.is_some_and(|dedicated| covers(dedicated, hazard)) {
            section.note(section.line, Fault::NeedsDedicated { hazard: tag(hazard) });
        }
    }
    for approval in &line.approvals {
        if !line.admits.contains(&approval.hazard) {
            section.note(section.line, Fault::ApprovalPointless { hazard: tag(approval.hazard) });
        }
    }
}

/// A penicillin is a beta-lactam too, so its dedicated line may admit both tags.
fn covers(dedicated: Hazard, hazard: Hazard) -> bool {
    dedicated == hazard || (dedicated == Hazard::Penicillin && hazard == Hazard::BetaLactam)
}
