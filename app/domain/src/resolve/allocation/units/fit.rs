//! A place for a whole request beside what is placed: from the last step to the first, the starts from which the rest
//! can follow; then a choice from the first to the last.

use super::{
    Changeovers, Line, Place, Pools, Request, Step,
    ranges::{Range, intersect, unite},
};
use crate::resolve::allocation::{chance::Chance, ground::Manner};

/// Starts in one gap of one line.
#[derive(Clone, Copy, Debug)]
struct Piece {
    line: usize,
    /// The gap's number on its line, the starts that its neighbours leave, and what it adds in changeover.
    gap: usize,
    earliest: i64,
    latest: i64,
    added: i64,
    /// The starts that fit.
    first: i64,
    last: i64,
}

/// The search for a place, with the memory that it needs again and again.
#[derive(Clone, Debug, Default)]
pub(super) struct Fit {
    /// By step.
    pieces: Vec<Vec<Piece>>,
    allowed: Vec<Range>,
    spare: Vec<Range>,
    follow: Vec<Range>,
}

/// What is placed.
type Placed<'a> = (&'a Changeovers, &'a [Line], &'a Pools);

impl Fit {
    /// A place for `request`, if there is one; where its steps meet each other on a line, one may be missed.
    pub fn find(
        &mut self,
        request: &Request,
        (changeovers, lines, pools): (&Changeovers, &[Line], &Pools),
        manner: Manner,
        chance: &mut Chance,
    ) -> Option<Place> {
        let steps = &request.steps;
        if self.pieces.len() < steps.len() {
            self.pieces.resize(steps.len(), Vec::new());
        }
        for (number, step) in steps.iter().enumerate().rev() {
            self.allow(step, steps.get(number + 1), pools);
            self.spread(number, (step, request.class), (changeovers, lines, pools));
            if self.pieces[number].is_empty() {
                return None;
            }
        }
        let mut place: Place = Vec::with_capacity(steps.len());
        let mut own: Vec<(usize, usize, i64)> = Vec::new();
        let mut reach = (i64::MIN, i64::MAX);
        for (number, step) in steps.iter().enumerate() {
            let spacing = changeovers.between(request.class, request.class);
            let clipped = self.pieces[number].iter().filter_map(|piece| {
                let mut piece = *piece;
                for (line, gap, end) in &own {
                    if (piece.line, piece.gap) == (*line, *gap) {
                        piece.earliest = piece.earliest.max(end + spacing);
                    }
                }
                piece.first = piece.first.max(reach.0).max(piece.earliest);
                piece.last = piece.last.min(reach.1);
                (piece.first <= piece.last).then_some(piece)
            });
            let (piece, start) = choose(clipped, manner, chance)?;
            let end = start + step.duration;
            own.push((piece.line, piece.gap, end));
            place.push((piece.line, start));
            if let Some(next) = steps.get(number + 1) {
                reach = (end + next.min_lag, end + next.max_lag);
            }
        }
        Some(place)
    }

    /// The starts that window, pools and the next step leave.
    fn allow(&mut self, step: &Step, next: Option<&Step>, pools: &Pools) {
        self.allowed.clear();
        if step.window.0 <= step.window.1 {
            self.allowed.push(step.window);
        }
        if let Some(next) = next {
            // `follow` is where the next step can start.
            for range in &mut self.follow {
                range.0 -= next.max_lag + step.duration;
                range.1 -= next.min_lag + step.duration;
            }
            self.follow.retain(|range| range.0 <= range.1);
            unite(&mut self.follow);
            self.spare.clear();
            intersect(&self.allowed, &self.follow, &mut self.spare);
            std::mem::swap(&mut self.allowed, &mut self.spare);
        }
        if !step.uses.is_empty() {
            self.spare.clear();
            for range in &self.allowed {
                pools.starts(*range, step.duration, &step.uses, &mut self.spare);
            }
            std::mem::swap(&mut self.allowed, &mut self.spare);
        }
    }

    /// The pieces of a step on its lines, and all their starts in `follow`.
    fn spread(&mut self, number: usize, (step, class): (&Step, usize), (changeovers, lines, _): Placed<'_>) {
        let Self { pieces, allowed, spare, follow } = self;
        let pieces = &mut pieces[number];
        pieces.clear();
        follow.clear();
        let (Some((first, _)), Some((_, last))) = (allowed.first(), allowed.last()) else { return };
        for (line, open) in &step.lines {
            spare.clear();
            intersect(allowed, open, spare);
            // Gaps and ranges both ascend.
            let mut at = 0;
            lines[*line].gaps(changeovers, (class, step.duration), (*first, *last), |gap| {
                while at < spare.len() && spare[at].1 < gap.earliest {
                    at += 1;
                }
                for (first, last) in spare[at..].iter().take_while(|range| range.0 <= gap.latest) {
                    let (first, last) = (*first.max(&gap.earliest), *last.min(&gap.latest));
                    pieces.push(Piece {
                        line: *line,
                        gap: gap.index,
                        earliest: gap.earliest,
                        latest: gap.latest,
                        added: gap.added,
                        first,
                        last,
                    });
                }
            });
        }
        follow.extend(pieces.iter().map(|piece| (piece.first, piece.last)));
        unite(follow);
    }
}

/// One of the starts, all of which fit; of equally good ones any.
fn choose(pieces: impl Iterator<Item = Piece>, manner: Manner, chance: &mut Chance) -> Option<(Piece, i64)> {
    let mut best: Option<(i64, u32, Piece, i64)> = None;
    let mut consider = |piece: Piece, start: i64, chance: &mut Chance| {
        let cost = match manner {
            Manner::Earliest => start,
            Manner::Latest => -start,
            Manner::Snug => piece.waste(start),
            Manner::Any => 0,
        };
        let tie = chance.bits() as u32;
        if best.is_none_or(|(least, lot, ..)| (cost, tie) < (least, lot)) {
            best = Some((cost, tie, piece, start));
        }
    };
    for piece in pieces {
        if manner != Manner::Latest {
            consider(piece, piece.first, chance);
        }
        if manner == Manner::Latest || manner != Manner::Earliest && piece.last > piece.first {
            consider(piece, piece.last, chance);
        }
        // Steps of two requests that take turns on one line may lie against each other alone.
        if manner == Manner::Any && piece.last - piece.first > 1 {
            let within = chance.share() * (piece.last - piece.first - 1) as f64;
            consider(piece, piece.first + 1 + within as i64, chance);
        }
    }
    best.map(|(_, _, piece, start)| (piece, start))
}

impl Piece {
    /// Units that nothing else can use well: changeover, and the smaller of what is left on the two sides.
    fn waste(&self, start: i64) -> i64 {
        let left = start.saturating_sub(self.earliest);
        let right = self.latest.saturating_sub(start);
        self.added.saturating_add(left.min(right))
    }
}
