//! The free time behind each row of a line, laid out for scans: most of it is too short and is passed by its length
//! alone.

use crate::{ClassId, Minute, Minutes, ProductId, occupancy::Occupancy};

/// The free time behind a row with what a scan asks of its two ends.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Free {
    /// Half-open; `until` is [`Minute::MAX`] behind the last row.
    pub from: Minute,
    pub until: Minute,
    /// What was left, and by which product.
    pub left: ClassId,
    pub left_by: u32,
    /// What the next row needs, unless it is a closure, and of which product it is.
    pub needed: Option<ClassId>,
    pub needed_by: u32,
}

/// A short mark of a product: different marks are different products.
pub(crate) const fn mark(product: ProductId) -> u32 {
    let id = product.0.as_u128();
    // The low bits of a time-ordered id are random.
    (id & 0xffff_ffff) as u32
}

/// The free time behind each row.
#[derive(Clone, Debug)]
pub(crate) struct Gaps {
    free: Vec<Free>,
    /// For each its length, small enough to stream through; the most there is where no row follows that needs a
    /// changeover.
    lengths: Vec<u32>,
}

impl Gaps {
    /// The free time behind each of `rows`.
    pub fn after(rows: &[Occupancy]) -> Self {
        let next = rows.iter().skip(1).map(Some).chain(std::iter::once(None));
        let free: Vec<_> = rows
            .iter()
            .zip(next)
            .map(|(row, next)| Free {
                from: row.interval.end,
                until: next.map_or(Minute::MAX, |next| next.interval.start),
                left: row.leaves,
                left_by: mark(row.product),
                needed: next.and_then(|next| next.needs),
                needed_by: next.map_or(0, |next| mark(next.product)),
            })
            .collect();
        let length = |free: &Free| match free.needed {
            Some(_) => u32::try_from(free.until - free.from).unwrap_or(u32::MAX),
            None => u32::MAX,
        };
        let lengths = free.iter().map(length).collect();
        Self { free, lengths }
    }

    /// All of it, by row.
    pub fn free(&self) -> &[Free] {
        &self.free
    }

    /// The index of the row whose free time is the first to reach beyond `minute`.
    pub fn at(&self, minute: Minute) -> usize {
        self.free.partition_point(|free| free.until <= minute)
    }

    /// What lies in `from..until` at least in part and isn't shorter than `floor`, or is followed by nothing that
    /// needs a changeover.
    pub fn between(
        &self,
        from: Minute,
        until: Minute,
        floor: Minutes,
    ) -> impl Iterator<Item = (usize, &Free)> {
        let floor = u32::try_from(floor.max(0)).unwrap_or(u32::MAX);
        let first = self.at(from);
        let last = self.free.partition_point(|free| free.from < until).max(first);
        let lengths = self.lengths[first..last].iter().enumerate();
        let long = lengths.filter(move |(_, length)| **length >= floor);
        long.map(move |(index, _)| (first + index, &self.free[first + index]))
    }
}

/// The first row from `index` on that isn't a closure.
pub(crate) fn next_opaque(rows: &[Occupancy], index: usize) -> Option<(usize, &Occupancy)> {
    rows.iter().enumerate().skip(index).find(|(_, row)| !row.is_transparent())
}
