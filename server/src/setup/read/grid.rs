//! A matrix's cells: two readable grids, or pairs, or both.
//!
//! ```text
//! other_product = '''
//! left \ needed | low        | potent
//! low           | 8h + 1d    | 12h + 1d
//! potent        | 24h + 2d   | -
//! '''
//! ```

use std::collections::BTreeMap;

use domain::{
    ClassId,
    calendar::DAY,
    changeover::{Changeover, MatrixCell, Relation},
};

use super::{
    super::{
        notation,
        problem::{Example, Fault},
        section::{At, Section},
        validate,
    },
    matrix::Classes,
};

/// Cells by (left, needed, relation); `None` is forbidden.
pub(in super::super) type Cells = BTreeMap<(ClassId, ClassId, Kinship), Option<Changeover>>;

/// [`Relation`] with an order, for keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Kinship {
    Same,
    Other,
}

pub(super) fn read(matrix: &Section<'_>, classes: &Classes) -> Vec<MatrixCell> {
    let mut cells = Cells::new();
    let mut noted = false;
    for (key, relation) in [("same_product", Kinship::Same), ("other_product", Kinship::Other)] {
        if let Some(text) = matrix.maybe_text(key) {
            noted |= !grid(matrix, classes, &text, relation, &mut cells);
        }
    }
    for pair in matrix.sections("pair") {
        noted |= !self::pair(pair, classes, &mut cells);
    }
    if !noted {
        validate::cells_complete(matrix, &classes.order, &classes.ids, &cells);
    }
    cells
        .into_iter()
        .filter_map(|((leaves, needs, relation), changeover)| {
            let relation = if relation == Kinship::Same { Relation::Same } else { Relation::Other };
            changeover.map(|changeover| MatrixCell { leaves, needs, relation, changeover })
        })
        .collect()
}

/// Reads one grid; `false` if something was noted.
fn grid(
    matrix: &Section<'_>,
    classes: &Classes,
    text: &At<String>,
    relation: Kinship,
    cells: &mut Cells,
) -> bool {
    // A multi-line text starts on the line after its quotes: the first newline belongs to the quotes, not to the text.
    let opening = matrix.reader.source.line(text.line);
    let first = if opening.trim_end().ends_with(['\'', '"']) && text.value.contains('\n') {
        text.line + 1
    } else {
        text.line
    };
    let mut rows = (first..)
        .zip(text.value.lines())
        .map(|(line, row)| (line, row.split('|').map(str::trim).collect::<Vec<_>>()))
        .filter(|(_, row)| row.iter().any(|cell| !cell.is_empty()));
    let mut fine = true;
    let Some((head_line, head)) = rows.next() else {
        matrix.note(text.line, Fault::Empty { key: "same_product, other_product" });
        return false;
    };
    let columns: Vec<Option<ClassId>> =
        head.iter().skip(1).map(|code| class(matrix, classes, head_line, code)).collect();
    fine &= columns.iter().all(Option::is_some);
    for (line, row) in rows {
        let Some(leaves) = class(matrix, classes, line, row.first().copied().unwrap_or_default()) else {
            fine = false;
            continue;
        };
        if row.len() != head.len() {
            let wanted = format!("{} | …", head.len());
            matrix.note(line, Fault::GridShape { wanted, found: row.join(" | ") });
            fine = false;
            continue;
        }
        for (needs, written) in columns.iter().zip(row.iter().skip(1)) {
            let Some(needs) = needs else { continue };
            fine &= put(matrix, classes, line, (leaves, *needs, relation), written, cells);
        }
    }
    fine
}

/// `{ left = "low", needed = "potent", same = "4h", other = "12h + 1d" }`
fn pair(section: Section<'_>, classes: &Classes, cells: &mut Cells) -> bool {
    let (left, needed) = (section.text("left"), section.text("needed"));
    let leaves = class(&section, classes, left.line, &left.value);
    let needs = class(&section, classes, needed.line, &needed.value);
    let mut fine = leaves.is_some() && needs.is_some();
    for (key, relation) in [("same", Kinship::Same), ("other", Kinship::Other)] {
        let Some(written) = section.maybe_text(key) else { continue };
        if let (Some(leaves), Some(needs)) = (leaves, needs) {
            fine &= put(&section, classes, written.line, (leaves, needs, relation), &written.value, cells);
        }
    }
    section.finish();
    fine
}

fn class(section: &Section<'_>, classes: &Classes, line: u32, code: &str) -> Option<ClassId> {
    classes.codes.check(section, &At { value: code.to_owned(), line });
    classes.ids.get(code).copied()
}

fn put(
    section: &Section<'_>,
    classes: &Classes,
    line: u32,
    key: (ClassId, ClassId, Kinship),
    written: &str,
    cells: &mut Cells,
) -> bool {
    let name = |id: ClassId| {
        usize::try_from(id.0).ok().and_then(|at| classes.order.get(at)).cloned().unwrap_or_default()
    };
    let (leaves, needs) = (name(key.0), name(key.1));
    let Some(cell) = notation::cell(written) else {
        let key = format!("{leaves} → {needs}");
        section.note(line, Fault::Malformed { key, value: written.to_owned(), example: Example::Changeover });
        return false;
    };
    if let Some(changeover) = cell
        && changeover.minimum() > 90 * DAY
    {
        section.out_of_range(line, &format!("{leaves} → {needs}"), written, "0", "90d");
        return false;
    }
    if cells.insert(key, cell).is_some() {
        section.note(line, Fault::CellTwice { leaves, needs });
        return false;
    }
    true
}
