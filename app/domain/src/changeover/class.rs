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
        self.side(self.cells.iter().filter(|cell| cell.needs == needs), |cell| cell.leaves)
    }

    /// The changeovers out of `leaves`, by what is needed.
    pub(crate) fn cells_out_of(&self, leaves: ClassId) -> Side {
        self.side(self.cells.iter().filter(|cell| cell.leaves == leaves), |cell| cell.needs)
    }

    /// Picks out one side, with a pair for every known class, be it one that is forbidden.
    fn side<'a>(
        &self,
        cells: impl Iterator<Item = &'a MatrixCell>,
        other: fn(&MatrixCell) -> ClassId,
    ) -> Side {
        let known = self.classes.iter().map(|class| class.id).chain([self.initial]);
        let mut side = Side { classes: Vec::with_capacity(self.classes.len() + 1) };
        for class in known {
            side.pair(class);
        }
        for cell in cells {
            let pair = side.pair(other(cell));
            let slot = match cell.relation {
                Relation::Same => &mut pair.same,
                Relation::Other => &mut pair.other,
            };
            *slot = slot.or(Some(cell.changeover));
        }
        side
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
    /// The pair of `class`, added if it isn't there.
    fn pair(&mut self, class: ClassId) -> &mut Pair {
        let at = self.classes.iter().position(|(known, _)| *known == class).unwrap_or_else(|| {
            self.classes.push((class, Pair::default()));
            self.classes.len() - 1
        });
        &mut self.classes[at].1
    }

    /// The changeover with `class` at this relation; `None` if it is forbidden.
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
        pair.least(maybe_same)
    }

    /// The least elapsed time of a changeover with any class, 0 if some pair is forbidden.
    pub fn floor(&self, maybe_same: bool) -> Minutes {
        self.classes.iter().map(|(_, pair)| pair.least(maybe_same).unwrap_or(0)).min().unwrap_or(0)
    }
}

impl Pair {
    fn least(self, maybe_same: bool) -> Option<Minutes> {
        let same = self.same.filter(|_| maybe_same);
        same.into_iter().chain(self.other).map(Changeover::minimum).min()
    }
}
