//! Versions of a matrix. Classes keep their numbers for ever: the rows of the past carry them.

use std::collections::BTreeMap;

use domain::{
    ClassId,
    changeover::{Matrix, Relation},
};

use super::Change;

/// The matrix as it is to be stored: numbers of known classes kept, new ones numbered after them, and the version
/// raised if anything differs.
///
/// # Errors
/// Codes of classes that were issued and are gone.
pub(super) fn renumber(given: &Matrix, before: Option<&Matrix>) -> Result<(Matrix, Change), Vec<String>> {
    let Some(before) = before else { return Ok((ordered(given.clone()), Change::Added)) };
    let removed: Vec<String> = before
        .classes
        .iter()
        .filter(|class| !given.classes.iter().any(|now| now.code == class.code))
        .map(|class| class.code.clone())
        .collect();
    if !removed.is_empty() {
        return Err(removed);
    }
    let mut next = before.classes.iter().map(|class| class.id.0 + 1).max().unwrap_or(0);
    let mut numbers: BTreeMap<ClassId, ClassId> = BTreeMap::new();
    for class in &given.classes {
        let known = before.classes.iter().find(|known| known.code == class.code).map(|known| known.id);
        numbers.insert(
            class.id,
            known.unwrap_or_else(|| {
                next += 1;
                ClassId(next - 1)
            }),
        );
    }
    let number = |id: ClassId| numbers.get(&id).copied().unwrap_or(id);
    let mut matrix = given.clone();
    matrix.classes.iter_mut().for_each(|class| class.id = number(class.id));
    for rule in &mut matrix.rules {
        (rule.needs, rule.leaves) = (number(rule.needs), number(rule.leaves));
    }
    for cell in &mut matrix.cells {
        (cell.leaves, cell.needs) = (number(cell.leaves), number(cell.needs));
    }
    matrix.initial = number(matrix.initial);
    matrix.version = before.version;
    let mut matrix = ordered(matrix);
    if matrix == *before {
        return Ok((matrix, Change::Unchanged));
    }
    matrix.version = before.version + 1;
    Ok((matrix, Change::Changed))
}

/// In one order, so that writing the same in another order is no change.
fn ordered(mut matrix: Matrix) -> Matrix {
    matrix.classes.sort_by_key(|class| class.id);
    matrix.cells.sort_by_key(|cell| (cell.leaves, cell.needs, cell.relation == Relation::Other));
    matrix
}
