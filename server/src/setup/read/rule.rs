//! `[[matrix.rule]]`: which class a product needs and leaves.

use domain::{ClassId, changeover::ClassRule};

use super::{
    super::{problem::Fault, section::Section},
    hazard,
    matrix::Classes,
};

pub(super) fn read(matrix: &Section<'_>, classes: &Classes) -> Vec<ClassRule> {
    let mut rules = Vec::new();
    let mut caught_all = false;
    for section in matrix.sections("rule") {
        if caught_all {
            section.note(section.line, Fault::RulesNeverReached);
        }
        caught_all |=
            !["hazards", "oeb_at_least", "offerings"].into_iter().any(|condition| section.has(condition));
        rules.push(one(section, classes));
    }
    if !caught_all {
        matrix.note(matrix.line, Fault::NoCatchAll);
    }
    rules
}

fn one(section: Section<'_>, classes: &Classes) -> ClassRule {
    let class = |key: &'static str| {
        let code = section.text(key);
        classes.codes.check(&section, &code);
        classes.ids.get(&code.value).copied().unwrap_or(ClassId(0))
    };
    let rule = ClassRule {
        needs: class("needs"),
        leaves: class("leaves"),
        any_hazard: hazard::hazards(&section, "hazards"),
        oeb_at_least: section
            .maybe_integer("oeb_at_least", 1, 5)
            .and_then(|band| u8::try_from(band.value).ok()),
        offerings: hazard::offerings(&section, "offerings").into_iter().map(|code| code.value).collect(),
    };
    section.finish();
    rule
}
