//! Bridges of a table: hidden cells which rows and columns together give away.

use std::collections::BTreeSet;

/// The hidden cells (row and column) that their row and column can be solved for: a cell is known as soon as no way
/// over other hidden cells leads from its row to its column. Rows and columns are the vertices of a graph, hidden cells
/// its edges; these are its bridges, found in one walk (R. E. Tarjan, "A note on finding the bridges of a graph",
/// 1974).
pub(super) fn bridges(open: &[Vec<bool>]) -> BTreeSet<(usize, usize)> {
    let width = open.first().map_or(0, Vec::len);
    let mut walk = Walk { open, order: vec![None; open.len() + width], seen: 0, found: BTreeSet::new() };
    for row in 0..open.len() {
        if walk.order[row].is_none() {
            walk.visit(row, None);
        }
    }
    walk.found
}

struct Walk<'a> {
    open: &'a [Vec<bool>],
    /// When each vertex was seen first: rows, then columns.
    order: Vec<Option<usize>>,
    seen: usize,
    found: BTreeSet<(usize, usize)>,
}

impl Walk<'_> {
    /// Walks on from `vertex`, to which `over` led. Answers the earliest vertex from which another way leads here.
    fn visit(&mut self, vertex: usize, over: Option<(usize, usize)>) -> usize {
        let (height, own) = (self.open.len(), self.seen);
        self.order[vertex] = Some(own);
        self.seen += 1;
        let mut earliest = own;
        let others = if vertex < height { height..self.order.len() } else { 0..height };
        for other in others {
            let cell = if vertex < height { (vertex, other - height) } else { (other, vertex - height) };
            if self.open[cell.0][cell.1] || Some(cell) == over {
                continue;
            }
            let reached = match self.order[other] {
                Some(seen) => seen,
                None => {
                    let reached = self.visit(other, Some(cell));
                    if reached > own {
                        self.found.insert(cell);
                    }
                    reached
                }
            };
            earliest = earliest.min(reached);
        }
        earliest
    }
}
