//! The class of a product on a line, and the cells of a matrix.

use super::{Changeover, ClassRule, Matrix, MatrixCell, Relation};
use crate::{ClassId, Minutes, ProductId, hazard::HazardProfile};

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
    classes: Vec<(ClassId, Pair)>,
}

/// The changeovers between a product and one class.
#[derive(Clone, Copy, Debug, Default)]
struct Pair {
    same: Option<Changeover>,
    other: Option<Changeover>,
}

impl Side {
    fn collect<'a>(cells: impl Iterator<Item = &'a MatrixCell>, other: fn(&MatrixCell) -> ClassId) -> Self {
        let mut classes: Vec<(ClassId, Pair)> = Vec::new();
        for cell in cells {
            let class = other(cell);
            let at = classes.iter().position(|(known, _)| *known == class).unwrap_or_else(|| {
                classes.push((class, Pair::default()));
                classes.len() - 1
            });
            let pair = &mut classes[at].1;
            let slot = match cell.relation {
                Relation::Same => &mut pair.same,
                Relation::Other => &mut pair.other,
            };
            *slot = slot.or(Some(cell.changeover));
        }
        Self { classes }
    }

    pub fn get(&self, class: ClassId, relation: Relation) -> Option<Changeover> {
        let (_, pair) = self.classes.iter().find(|(known, _)| *known == class)?;
        match relation {
            Relation::Same => pair.same,
            Relation::Other => pair.other,
        }
    }

    /// The least elapsed time that a changeover with `class` takes, of either relation if `maybe_same`; `None` if
    /// forbidden.
    pub fn least(&self, class: ClassId, maybe_same: bool) -> Option<Minutes> {
        let (_, pair) = self.classes.iter().find(|(known, _)| *known == class)?;
        let other = pair.other.map(Changeover::minimum);
        if maybe_same {
            let same = pair.same.map(Changeover::minimum);
            same.into_iter().chain(other).min()
        } else {
            other
        }
    }
}
