//! A matrix says something of every pair of classes, for the same product and for another.

use std::collections::BTreeMap;

use domain::ClassId;

use super::super::{
    problem::Fault,
    read::{Cells, Kinship},
    section::Section,
};

/// Notes every pair without a cell. Forbidding is explicit, so that nothing is forbidden by forgetting it.
pub(in super::super) fn cells_complete(
    matrix: &Section<'_>,
    order: &[String],
    ids: &BTreeMap<String, ClassId>,
    cells: &Cells,
) {
    for leaves in order {
        for needs in order {
            for relation in [Kinship::Same, Kinship::Other] {
                let key = (ids[leaves], ids[needs], relation);
                if !cells.contains_key(&key) {
                    let product = if relation == Kinship::Same { "same_product" } else { "other_product" };
                    let fault =
                        Fault::CellMissing { leaves: leaves.clone(), needs: format!("{needs} ({product})") };
                    matrix.note(matrix.line, fault);
                }
            }
        }
    }
}
