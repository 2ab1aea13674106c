//! The class of a product on a line, and the cells of a matrix.

use super::{Changeover, ClassRule, Matrix, MatrixCell, Relation};
use crate::{ClassId, ProductId, hazard::HazardProfile};

impl Relation {
    /// The relation of a row's product to its predecessor's. No product is never the same as another.
    #[must_use]
    pub fn between(product: ProductId, predecessor: ProductId) -> Self {
        if product == predecessor && product != ProductId::NONE { Self::Same } else { Self::Other }
    }
}

impl ClassRule {
    /// Whether its conditions all hold. A band that is asked for holds only for a product whose band is known.
    #[must_use]
    pub fn holds(&self, offering: &str, hazards: &HazardProfile) -> bool {
        let HazardProfile::Classified { tags, oeb } = hazards else { return false };
        (self.any_hazard.is_empty() || !self.any_hazard.is_disjoint(tags))
            && self.oeb_at_least.is_none_or(|least| oeb.is_some_and(|band| band >= least))
            && (self.offerings.is_empty() || self.offerings.contains(offering))
    }
}

impl Matrix {
    /// What a product needs and leaves by the first rule that holds.
    #[must_use]
    pub fn classify(&self, offering: &str, hazards: &HazardProfile) -> Option<(ClassId, ClassId)> {
        self.rules.iter().find(|rule| rule.holds(offering, hazards)).map(|rule| (rule.needs, rule.leaves))
    }

    /// The changeover from what was left to what is needed; `None`: forbidden.
    #[must_use]
    pub fn cell(&self, leaves: ClassId, needs: ClassId, relation: Relation) -> Option<Changeover> {
        self.cells
            .iter()
            .find(|cell| cell.leaves == leaves && cell.needs == needs && cell.relation == relation)
            .map(|cell| cell.changeover)
    }

    /// The changeovers into `needs`, by what was left.
    pub(crate) fn cells_into(&self, needs: ClassId) -> Side {
        Side::collect(self.cells.iter().filter(|cell| cell.needs == needs), |cell| cell.leaves)
    }

    /// The changeovers out of `leaves`, by what is needed.
    pub(crate) fn cells_out_of(&self, leaves: ClassId) -> Side {
        Side::collect(self.cells.iter().filter(|cell| cell.leaves == leaves), |cell| cell.needs)
    }
}

/// The cells of one product's row or column of the matrix, picked out once for a scan.
#[derive(Debug)]
pub(crate) struct Side {
    cells: Vec<(ClassId, Relation, Changeover)>,
    /// The shortest of them, elapsed.
    pub least: crate::Minutes,
}

impl Side {
    fn collect<'a>(cells: impl Iterator<Item = &'a MatrixCell>, other: fn(&MatrixCell) -> ClassId) -> Self {
        let cells: Vec<_> = cells.map(|cell| (other(cell), cell.relation, cell.changeover)).collect();
        let least = cells.iter().map(|(_, _, changeover)| changeover.minimum()).min().unwrap_or(0);
        Self { cells, least }
    }

    pub fn get(&self, class: ClassId, relation: Relation) -> Option<Changeover> {
        self.cells
            .iter()
            .find(|(known, between, _)| *known == class && *between == relation)
            .map(|(_, _, changeover)| *changeover)
    }
}
