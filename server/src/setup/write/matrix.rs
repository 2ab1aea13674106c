//! `[[matrix]]`: classes, rules, and the changeovers between classes.

use domain::changeover::{Changeover, ClassRule, Matrix, Relation};

use super::{
    super::{write_crew, write_duration},
    toml::{Toml, hazards, lasting, list, quoted},
};

pub(super) fn matrix(matrix: &Matrix) -> String {
    let code =
        |id| matrix.classes.iter().find(|class| class.id == id).map_or("", |class| class.code.as_str());
    let mut toml = Toml::named("[[matrix]]", &matrix.code, &matrix.name);
    toml.put("initial", quoted(code(matrix.initial)));
    if let Some(hold) = matrix.clean_hold {
        toml.put("clean_hold", lasting(hold));
    }
    toml.put("reclean", changeover(matrix.reclean));
    if let Some(cap) = matrix.cap {
        let batches = cap.max_batches.map(|batches| format!("batches = {batches}"));
        let time = cap.max_minutes.map(|minutes| format!("time = {}", lasting(minutes)));
        let full = format!("full_clean = {}", changeover(cap.full_clean));
        let cap: Vec<String> = batches.into_iter().chain(time).chain([full]).collect();
        toml.put("campaign_cap", format!("{{ {} }}", cap.join(", ")));
    }
    toml.put("same_product", grid(matrix, Relation::Same));
    toml.put("other_product", grid(matrix, Relation::Other));
    for class in &matrix.classes {
        toml.0 += "\n";
        toml.0 += &Toml::named("[[matrix.class]]", &class.code, &class.name).0;
    }
    for one in &matrix.rules {
        toml.0 += "\n";
        toml.0 += &rule(one, &code);
    }
    toml.0
}

fn rule<'a>(rule: &ClassRule, code: &impl Fn(domain::ClassId) -> &'a str) -> String {
    let mut toml = Toml::head("[[matrix.rule]]");
    if !rule.any_hazard.is_empty() {
        toml.put("hazards", hazards(&rule.any_hazard));
    }
    if let Some(band) = rule.oeb_at_least {
        toml.put("oeb_at_least", band);
    }
    if !rule.offerings.is_empty() {
        toml.put("offerings", list(&rule.offerings));
    }
    toml.put("needs", quoted(code(rule.needs)));
    toml.put("leaves", quoted(code(rule.leaves)));
    toml.0
}

fn changeover(changeover: Changeover) -> String {
    let crew = quoted(&write_crew(changeover.crew));
    format!("{{ crew = {crew}, wait = {} }}", lasting(changeover.wait))
}

/// A cell the way it is written: crew time and then waiting; `-` is forbidden.
#[must_use]
pub fn write_cell(cell: Option<Changeover>) -> String {
    match cell {
        None => "-".to_owned(),
        Some(cell) if cell.wait == 0 => write_crew(cell.crew),
        Some(cell) => format!("{} + {}", write_crew(cell.crew), write_duration(cell.wait)),
    }
}

/// The grid of a relation, its columns aligned.
fn grid(matrix: &Matrix, relation: Relation) -> String {
    let head = ["left \\ needed".to_owned()].into_iter();
    let head: Vec<String> = head.chain(matrix.classes.iter().map(|class| class.code.clone())).collect();
    let row = |left: &domain::changeover::Class| {
        let cells = matrix.classes.iter().map(|needed| write_cell(matrix.cell(left.id, needed.id, relation)));
        [left.code.clone()].into_iter().chain(cells).collect::<Vec<_>>()
    };
    let rows: Vec<Vec<String>> = [head].into_iter().chain(matrix.classes.iter().map(row)).collect();
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(String::len).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let written = rows.iter().map(|row| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        cells.collect::<Vec<_>>().join(" | ").trim_end().to_owned()
    });
    format!("'''\n{}\n'''", written.collect::<Vec<_>>().join("\n"))
}
