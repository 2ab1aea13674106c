//! Changeover cells against the documents of the matrices that issued them.

use std::collections::HashMap;

use domain::changeover::{Matrix, Relation};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Fault, finding::found, pages::rows};
use crate::store::StoreError;

/// Which cell: matrix, version, what was left, what is needed, whether it is the same product.
pub(super) type Cell = (Uuid, i64, i64, i64, bool);

/// Minutes by cell, of every version ever issued.
pub(super) type Matrices = HashMap<Cell, i64>;

/// Reads every cell; each must be its document's, and each document's must be there.
pub(super) async fn verify(connection: &impl ConnectionTrait) -> Result<Matrices, Fault> {
    let mut cells = Matrices::new();
    let sql = "SELECT matrix, version, leaves, needs, same_product, minutes FROM changeover";
    for row in rows(connection, sql, []).await? {
        let cell = (
            row.try_get_by_index(0)?,
            row.try_get_by_index(1)?,
            row.try_get_by_index(2)?,
            row.try_get_by_index(3)?,
            row.try_get_by_index::<i64>(4)? == 1,
        );
        cells.insert(cell, row.try_get_by_index(5)?);
    }
    let mut documented = 0;
    for row in rows(connection, "SELECT matrix, version, document FROM matrix_version", []).await? {
        let (matrix, version): (Uuid, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let document: Matrix = serde_json::from_str(&row.try_get_by_index::<String>(2)?)
            .map_err(|error| StoreError::document("a matrix", &error))?;
        documented += document.cells.len();
        for cell in document.cells {
            let (leaves, needs) = (i64::from(cell.leaves.0), i64::from(cell.needs.0));
            let key = (matrix, version, leaves, needs, cell.relation == Relation::Same);
            if cells.get(&key) != Some(&cell.changeover.minimum()) {
                return found(
                    matrix,
                    format!(
                        "Version {version} of matrix {matrix} says {} min from class {leaves} to {needs}, its cell \
                         doesn't.",
                        cell.changeover.minimum()
                    ),
                    format!(
                        "换产矩阵 {matrix} 第 {version} 版中，类别 {leaves} 到 {needs} 的时间与单元格不一致。"
                    ),
                );
            }
        }
    }
    if documented == cells.len() {
        Ok(cells)
    } else {
        let matrix = cells.keys().next().map(|cell| cell.0).unwrap_or_default();
        found(
            matrix,
            format!("There are {} changeover cells, but the matrices have {documented}.", cells.len()),
            format!("换产单元格共 {} 个，而矩阵文档中有 {documented} 个。", cells.len()),
        )
    }
}
