//! Trying sets of bookings, in the order of the cost.

use std::collections::BTreeSet;

use crate::{
    LineId, Second,
    availability::{self, Placement},
    refusal::Refusal,
    request::Request,
    snapshot::Snapshot,
};

use super::{
    Cost, Limits, Movable, Move, Proposal, has_one_step,
    near::Reach,
    openings::{is_local, narrowed, smallest},
    place::{Placer, Unit},
    routes, verify,
};

/// The search of one request's repair.
pub(super) struct Search<'a> {
    snapshot: &'a Snapshot,
    /// What of the snapshot bears on anybody here.
    ground: &'a Snapshot,
    /// The same with no other route and lines than the request may have.
    own: &'a Snapshot,
    request: &'a Request,
    /// The only place that is wanted.
    place: Option<&'a Placement>,
    movables: &'a [&'a Movable],
    now: Second,
    limits: Limits,
    /// Where the request reaches, and where each movable does.
    own_reach: Reach,
    reaches: Vec<Reach>,
    is_local: bool,
    left: u32,
    tried: u32,
    is_thorough: bool,
}

impl<'a> Search<'a> {
    pub fn new(
        snapshot: &'a Snapshot,
        [ground, own]: [&'a Snapshot; 2],
        (request, place): (&'a Request, Option<&'a Placement>),
        movables: &'a [&'a Movable],
        now: Second,
        limits: Limits,
    ) -> Self {
        Self {
            snapshot,
            ground,
            own,
            request,
            place,
            movables,
            now,
            limits,
            own_reach: Reach::of(own, request, now),
            reaches: movables.iter().map(|movable| Reach::of(ground, &movable.request, now)).collect(),
            is_local: is_local(own, request),
            left: limits.searches,
            tried: 0,
            is_thorough: true,
        }
    }

    pub const fn is_cut_short(&self) -> bool {
        self.left == 0
    }

    pub const fn is_thorough(&self) -> bool {
        self.is_thorough
    }

    /// How many sets it has tried to arrange, and how many searches all of it took.
    pub const fn effort(&self) -> (u32, u32) {
        (self.tried, self.limits.searches - self.left)
    }

    /// The proposals of the first class of sets that has any: fewest consents, then fewest moves. With them those of
    /// the first class of fewer moves and more consents, fewest moves first: one question may spare several moves.
    pub fn run(&mut self) -> Vec<Proposal> {
        let openings = self.openings();
        let most = self.limits.moves.min(self.movables.len());
        for consents in 0..=most.min(self.limits.consents) {
            for size in consents.max(1)..=most {
                let mut proposals = self.of_class(&openings, (size, consents));
                if !proposals.is_empty() {
                    proposals.extend(self.of_fewer(&openings, (size, consents)));
                    return proposals;
                }
                if self.is_cut_short() {
                    return Vec::new();
                }
            }
        }
        Vec::new()
    }

    /// The proposals of the first class of fewer than `size` moves and more than `consents` that has any.
    fn of_fewer(&mut self, openings: &[Vec<usize>], (size, consents): (usize, usize)) -> Vec<Proposal> {
        for fewer in 1..size {
            for asked in consents + 1..=fewer.min(self.limits.consents) {
                let proposals = self.of_class(openings, (fewer, asked));
                if !proposals.is_empty() || self.is_cut_short() {
                    return proposals;
                }
            }
        }
        Vec::new()
    }

    /// The best of each set of `size` with so many consents that holds one of `openings`.
    fn of_class(&mut self, openings: &[Vec<usize>], class: (usize, usize)) -> Vec<Proposal> {
        let mut sets = BTreeSet::new();
        for opening in openings.iter().flat_map(|opening| self.in_each_way(opening)) {
            self.extend(opening, class, &mut sets);
        }
        sets.iter().filter_map(|set| self.solve(set)).collect()
    }

    /// The ways in which the booking of `number` may be moved, that one among them.
    fn ways(&self, number: usize) -> impl Iterator<Item = usize> {
        let booking = self.movables[number].booking;
        (0..self.movables.len()).filter(move |other| self.movables[*other].booking == booking)
    }

    /// The sets of the same bookings, each moved in any of its ways.
    fn in_each_way(&self, set: &[usize]) -> Vec<Vec<usize>> {
        set.iter().fold(vec![Vec::new()], |sets, number| {
            let with = |way: usize| sets.iter().map(move |set| set.iter().copied().chain([way]).collect());
            self.ways(*number).flat_map(with).collect()
        })
    }

    /// The smallest sets of bookings without which the request could be placed, each named by its first way.
    fn openings(&mut self) -> Vec<Vec<usize>> {
        let opens = |number: &usize| {
            self.ways(*number).next() == Some(*number) && self.own_reach.holds(self.movables[*number])
        };
        let members: Vec<usize> = (0..self.movables.len()).filter(opens).collect();
        let lines = |number: usize| self.movables[number].placement.steps.iter().map(|step| step.line);
        let (movables, is_local, ground) = (self.movables, self.is_local, self.own);
        let beside = |set: &[usize], member: usize| {
            !is_local
                || set.is_empty()
                || lines(member).any(|line| set.iter().all(|other| lines(*other).any(|on| on == line)))
        };
        let (request, now, left) = (self.request, self.now, &mut self.left);
        let mut all_tried = true;
        let mut opens = |set: &[usize]| {
            if *left == 0 {
                return false;
            }
            *left -= 1;
            let mut freed = if is_local {
                let on: Vec<LineId> = set.iter().flat_map(|number| lines(*number)).collect();
                narrowed(ground, request, &on)
            } else {
                ground.clone()
            };
            set.iter().for_each(|number| freed.release(&movables[*number].held));
            let found = availability::search_open(&freed, request, now, availability::ATTEMPTS);
            let Ok(found) = found else { return false };
            let cut_short = |refusal: &Refusal| matches!(refusal, Refusal::SearchCutShort { .. });
            all_tried &= !found.refusals.iter().any(|one| cut_short(&one.refusal));
            !found.offers.is_empty()
        };
        let openings = smallest(&members, self.limits.moves, &beside, &mut opens);
        self.is_thorough &= all_tried;
        openings
    }

    /// All sets of `size` with so many consents that hold `set`, each further member bearing on the request or on one
    /// before it.
    fn extend(&self, set: Vec<usize>, (size, consents): (usize, usize), all: &mut BTreeSet<Vec<usize>>) {
        let asked = set.iter().filter(|number| self.movables[**number].needs_consent).count();
        if set.len() > size || asked > consents {
            return;
        }
        if set.len() == size {
            if asked == consents {
                let mut set = set;
                set.sort_unstable();
                all.insert(set);
            }
            return;
        }
        for (number, movable) in self.movables.iter().enumerate() {
            let bears = || set.iter().any(|member| self.reaches[*member].holds(movable));
            let is_in = set.iter().any(|member| self.movables[*member].booking == movable.booking);
            if !is_in && (self.own_reach.holds(movable) || bears()) {
                let mut wider = set.clone();
                wider.push(number);
                self.extend(wider, (size, consents), all);
            }
        }
    }

    /// The best arrangement with exactly these bookings moved.
    fn solve(&mut self, set: &[usize]) -> Option<Proposal> {
        self.tried += u32::from(!self.is_cut_short());
        let moved: Vec<&Movable> = set.iter().map(|number| self.movables[*number]).collect();
        let mut freed = self.ground.clone();
        moved.iter().for_each(|movable| freed.release(&movable.held));
        let asker = Unit { request: self.request, from: None, at: self.place };
        let movers = moved.iter().map(|one| {
            let (request, from) = (&one.request, Some(&one.placement));
            Unit { request, from, at: None }
        });
        let units: Vec<Unit<'_>> = std::iter::once(asker).chain(movers).collect();
        let (snapshot, request, now) = (self.snapshot, self.request, self.now);
        let offer = |places: &[Placement]| {
            let (own, others) = places.split_first()?;
            let moves: Vec<(&Movable, &Placement)> = moved.iter().copied().zip(others).collect();
            verify(snapshot, request, own, &moves, now).ok()
        };
        let holds = |places: &[Placement]| offer(places).is_some();
        let mut left = self.left;
        let mut placer = Placer::new(&units, (now, self.limits.places), &mut left, &holds);
        let mut best = placer.place(&freed, false).map(|best| placer.pull(&freed, best));
        if best.is_none() {
            let all = combinations(self.ground, &units) <= self.limits.thorough;
            if all {
                best = placer.place(&freed, true);
            }
            // Of several steps the first is tried at every start, and those after it as soon as they can be.
            let settled = |unit: &Unit<'_>| unit.at.is_some() || has_one_step(self.ground, unit.request);
            self.is_thorough &= all && units.iter().all(settled);
        }
        self.left = left;
        let places = best?;
        let offer = offer(&places)?;
        Some(proposal(offer, &moved, &places[1..]))
    }
}

fn proposal(offer: availability::Offer, moved: &[&Movable], places: &[Placement]) -> Proposal {
    let really = moved.iter().zip(places).filter(|(movable, to)| movable.placement != **to);
    let moves: Vec<Move> = really
        .map(|(movable, to)| Move {
            booking: movable.booking,
            from: movable.placement.clone(),
            to: to.clone(),
            needs_consent: movable.needs_consent,
        })
        .collect();
    let count = |moves: usize| u32::try_from(moves).unwrap_or(u32::MAX);
    let cost = Cost {
        consents: count(moves.iter().filter(|one| one.needs_consent).count()),
        moves: count(moves.len()),
        shift: moves.iter().map(|one| super::shift(&one.from, &one.to)).sum(),
        own: offer.cost,
    };
    Proposal { offer, moves, cost }
}

/// In how many ways the first starts of the units could be combined, at most.
fn combinations(snapshot: &Snapshot, units: &[Unit<'_>]) -> u64 {
    let starts = |unit: &Unit<'_>| -> u64 {
        if unit.at.is_some() {
            return 1;
        }
        let first = routes(snapshot, unit.request).filter_map(|route| route.steps.first());
        let lines =
            first.flat_map(|step| &step.lines).filter_map(|figures| snapshot.lines.get(&figures.line));
        let on = |state: &std::sync::Arc<crate::snapshot::LineState>| {
            u64::try_from(unit.request.window.minutes() / state.line.granularity.max(1)).unwrap_or(u64::MAX)
        };
        lines.map(on).fold(0, u64::saturating_add)
    };
    units.iter().map(starts).fold(1, u64::saturating_mul)
}
