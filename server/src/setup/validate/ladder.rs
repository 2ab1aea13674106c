//! The cancellation ladder: longest notice first, fees that never fall as notice gets shorter.

use domain::policy::Rung;

use super::super::{problem::Fault, section::Section};

pub(in super::super) fn ladder(policy: &Section<'_>, rungs: &[Rung]) {
    let ordered = rungs
        .windows(2)
        .all(|pair| pair[0].min_notice_days > pair[1].min_notice_days && pair[0].percent <= pair[1].percent);
    if !ordered {
        policy.note(policy.line, Fault::LadderOrder);
    }
}
