//! `makes = [{ offerings = ["TAB"], batch = "5-50 kg" }]`: what a line can make.

use domain::resource::Capability;

use super::{
    super::{
        notation,
        problem::{Example, Fault},
        section::Section,
        what::What,
    },
    hazard,
};

/// A billion units, in thousandths.
const MOST: i64 = 1_000_000_000_000;

pub(super) fn read(line: &Section<'_>) -> Vec<Capability> {
    let mut capabilities: Vec<Capability> = Vec::new();
    for section in line.sections("makes") {
        let offerings = hazard::offerings(&section, "offerings");
        if !section.has("offerings") {
            section.note(section.line, Fault::Missing { key: "offerings" });
        }
        if let Some(range) = section.written("batch", notation::batch, Example::Batch) {
            let (batch_min, batch_max, unit) = range.value;
            let value = || section.text("batch").value;
            if batch_max < batch_min {
                section.note(range.line, Fault::BatchReversed { text: value() });
            } else if batch_min < 1 || batch_max > MOST {
                section.out_of_range(range.line, "batch", value(), "0.001", (MOST / 1000).to_string());
            }
            for offering in offerings {
                if capabilities.iter().any(|other| other.offering == offering.value && other.unit == unit) {
                    let fault = Fault::Duplicate {
                        what: What::Offering,
                        code: offering.value.clone(),
                        first: line.line,
                    };
                    section.note(offering.line, fault);
                }
                capabilities.push(Capability { offering: offering.value, batch_min, batch_max, unit });
            }
        }
        section.finish();
    }
    if capabilities.is_empty() && !line.has("makes") {
        line.note(line.line, Fault::Missing { key: "makes" });
    }
    capabilities
}
