//! `[[matrix]]`: classes, rules and changeover times.

use std::collections::BTreeMap;

use domain::{
    ClassId,
    changeover::{CampaignCap, Changeover, Class, Matrix},
};

use super::{
    super::{
        codes::{Codes, part_id},
        problem::Fault,
        section::Section,
        what::What,
    },
    grid,
    platform::Known,
    rule,
};

pub(super) fn read(root: &Section<'_>, known: &mut Known<'_>) -> Vec<Matrix> {
    root.sections("matrix").into_iter().map(|section| one(section, known)).collect()
}

/// Classes by code, with the codes as declared.
pub(super) struct Classes {
    pub codes: Codes,
    pub ids: BTreeMap<String, ClassId>,
    /// In the order of the file.
    pub order: Vec<String>,
}

fn one(section: Section<'_>, known: &mut Known<'_>) -> Matrix {
    let code = known.matrices.declare(&section, "code");
    let name = section.name();
    let mut classes = Classes { codes: Codes::new(What::Class), ids: BTreeMap::new(), order: Vec::new() };
    let named =
        section.sections("class").into_iter().map(|class| one_class(class, &mut classes)).collect::<Vec<_>>();
    if named.is_empty() {
        section.note(section.line, Fault::Missing { key: "class" });
    }
    if named.len() > 40 {
        section.note(section.line, Fault::TooMany { what: What::Class, max: 40 });
    }
    let rules = rule::read(&section, &classes);
    let cells = grid::read(&section, &classes);
    let initial = section.text("initial");
    classes.codes.check(&section, &initial);
    let reclean = section.maybe_section("reclean").map(changeover);
    let cap = section.maybe_section("campaign_cap").map(campaign_cap);
    let clean_hold = section.maybe_duration("clean_hold");
    if clean_hold.is_some() && reclean.is_none() {
        section.note(section.line, Fault::Missing { key: "reclean" });
    }
    let matrix = Matrix {
        id: part_id(known.platform, "matrix", &code).into(),
        version: 1,
        code,
        name,
        initial: classes.ids.get(&initial.value).copied().unwrap_or(ClassId(0)),
        classes: named,
        rules,
        cells,
        clean_hold,
        reclean: reclean.unwrap_or(Changeover { crew: 0, wait: 0 }),
        cap,
    };
    section.finish();
    matrix
}

fn one_class(section: Section<'_>, classes: &mut Classes) -> Class {
    let code = classes.codes.declare(&section, "code");
    let id = ClassId(i32::try_from(classes.order.len()).unwrap_or(i32::MAX));
    classes.ids.entry(code.clone()).or_insert(id);
    classes.order.push(code.clone());
    let class = Class { id, code, name: section.name() };
    section.finish();
    class
}

/// `{ crew = "8h", wait = "1d" }`
fn changeover(section: Section<'_>) -> Changeover {
    let changeover =
        Changeover { crew: section.duration("crew"), wait: section.maybe_duration("wait").unwrap_or(0) };
    section.finish();
    changeover
}

fn campaign_cap(section: Section<'_>) -> CampaignCap {
    let batches = section.maybe_integer("batches", 1, 10_000);
    let max_minutes = section.maybe_duration("time");
    if !section.has("batches") && !section.has("time") {
        section.note(section.line, Fault::Missing { key: "batches" });
    }
    let full_clean = section.maybe_section("full_clean").map(changeover);
    if full_clean.is_none() {
        section.note(section.line, Fault::Missing { key: "full_clean" });
    }
    section.finish();
    CampaignCap {
        max_batches: batches.and_then(|batches| u32::try_from(batches.value).ok()),
        max_minutes,
        full_clean: full_clean.unwrap_or(Changeover { crew: 0, wait: 0 }),
    }
}
