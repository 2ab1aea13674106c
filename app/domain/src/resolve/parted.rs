//! Tier 2, batch by batch: of a campaign that an outage hits, what has run or can still run where it stands stays, and
//! the rest becomes a campaign of its own that goes elsewhere.
//!
//! Both are campaigns like any other, of one product: each with its set-up, its changeovers and its own lags from step
//! to step. A batch that has begun its route ends it where it began; none is taken out between two steps.

use crate::{
    Interval, Minute, Minutes, Second,
    availability::{self, Offer, Placement},
    refusal::Refusal,
    request::Request,
    snapshot::Snapshot,
};

use super::{
    alternatives::{Alternative, Kind, Wanted, compare, platform_of},
    repair::Movable,
    rescue::near,
    split::{Part, SPLIT},
};

/// The name of what follows, with its version, as the decision record gives it.
pub const RULE: &str = "parted/3";

/// Places of each part looked at, the nearest first.
const PLACES: usize = 5;

/// Two campaigns instead of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parted {
    /// On the lines where it stands, inside the time that it has.
    pub stays: Part,
    /// The other batches. They fit once the first part stands.
    pub goes: Part,
    /// In what the second part differs from where its batches would have run.
    pub kind: Kind,
    /// By how much those begin later (or, negative, sooner) than they would have, in minutes.
    pub shift: Minutes,
    /// In minutes of shift, comparable with [`Alternative::cost`]: [`SPLIT`], and what each part costs beside where its
    /// batches would have run, by its share of all batches: a campaign that moves whole is late with each of them.
    pub cost: Minutes,
}

/// The cheapest way in which batches of `stranded` stay and the others go, inside its request's window. As many stay as
/// can, be it before an outage or behind it. Whoever must agree isn't asked to be ready sooner than planned. `begun`:
/// it runs, so that its first step stays where it is. `None` if there is none, if it has one batch, or once all its
/// batches have gone through its first step.
#[must_use]
pub fn parted(snapshot: &Snapshot, stranded: &Movable, begun: bool, now: Second) -> Option<Parted> {
    let search = Search::new(snapshot, stranded, begun, now)?;
    let (mut before, mut behind) = (None, None);
    for batches in (1..stranded.request.batches).rev() {
        if before.is_some() && (begun || behind.is_some()) {
            break;
        }
        for stays in search.stays(batches) {
            let side =
                if search.begins_as_planned(&stays.offer.placement) { &mut before } else { &mut behind };
            if side.is_none() {
                *side = search.with(batches, stays);
            }
        }
    }
    before.into_iter().chain(behind).min_by_key(|parted| parted.cost)
}

/// Decides whether `stays` batches of `stranded` may have the first of `places` and the others the second, each beside
/// the other: what a proposal passes before it is shown, and again under the lock. Answers what each gets.
///
/// # Errors
/// The kernel's first refusal; [`Refusal::NoBatches`] for parts that aren't both some of its batches;
/// [`Refusal::Stale`] if more batches have run than stay, or what stays would have to begin in the past.
pub fn verify(
    snapshot: &Snapshot,
    stranded: &Movable,
    (stays, places): (u32, [&Placement; 2]),
    begun: bool,
    now: Second,
) -> Result<[Offer; 2], Refusal> {
    let search = Search::new(snapshot, stranded, begun, now).ok_or(Refusal::Stale)?;
    search.verify(stays, places)
}

struct Search<'a> {
    /// Without what the campaign holds.
    freed: Snapshot,
    stranded: &'a Movable,
    was: Interval,
    wanted: Wanted,
    begun: bool,
    /// How many batches its first step has done for good.
    done: u32,
    now: Second,
}

impl<'a> Search<'a> {
    /// `None` if nothing of it is left to go elsewhere.
    fn new(snapshot: &Snapshot, stranded: &'a Movable, begun: bool, now: Second) -> Option<Self> {
        let mut freed = snapshot.clone();
        freed.release(&stranded.held);
        let from = &stranded.placement;
        let wanted = Wanted { route: from.route, steps: from.starts() };
        let mut search = Self { freed, stranded, was: from.span()?, wanted, begun, done: 0, now };
        if begun {
            search.done = search.done()?;
        }
        Some(search)
    }

    /// Batches that the first step of a campaign that runs has done: until now, or until its line went down. `None`
    /// once all have gone on.
    fn done(&self) -> Option<u32> {
        let from = &self.stranded.placement;
        let first = from.steps.first()?;
        let down = self.freed.lines.get(&first.line)?.outages().iter();
        let down = down.filter(|outage| outage.overlaps(first.interval)).map(|outage| outage.start).min();
        let until = self.now.div_euclid(60).min(down.unwrap_or(Minute::MAX));
        let on = from.steps.iter().skip(1).any(|step| step.interval.start * 60 <= self.now);
        if on || first.interval.end <= until {
            return None;
        }
        let end = |batches: &u32| {
            let place = self.as_it_stands(*batches)?;
            place.steps.first().map(|step| step.interval.end)
        };
        let done = |count: &u32| end(count).is_some_and(|end| end <= until);
        u32::try_from((1..self.stranded.request.batches).take_while(done).count()).ok()
    }

    /// So many batches with every step beginning as it does.
    fn as_it_stands(&self, batches: u32) -> Option<Placement> {
        let request = self.part(batches, self.was);
        availability::place(&self.freed, &request, self.wanted.route, &self.wanted.steps).ok()
    }

    fn part(&self, batches: u32, window: Interval) -> Request {
        Request { batches, window, ..self.stranded.request.clone() }
    }

    fn begins_as_planned(&self, place: &Placement) -> bool {
        place.steps.first().map(|step| (step.line, step.interval.start)) == self.wanted.steps.first().copied()
    }

    /// What stays is asked for as of when it could still be booked: it keeps the notice that it was given.
    fn as_planned(&self, place: &Placement) -> Second {
        let notice = platform_of(&self.freed, self.wanted.route)
            .map_or(0, |platform| self.freed.policy(platform).min_notice);
        let start = place.span().map_or(Minute::MAX, |span| span.start);
        self.now.min(start.saturating_sub(notice).saturating_mul(60))
    }

    /// Whether so many batches may stay at `place`: on their lines, inside their time; of a campaign that runs no fewer
    /// than have run, its first step as it is; and nothing else begins in the past.
    fn may_stay(&self, batches: u32, place: &Placement) -> bool {
        let same_lines = place.route == self.wanted.route
            && place.steps.iter().map(|step| step.line).eq(self.wanted.steps.iter().map(|(line, _)| *line));
        let ahead = |step: &availability::PlacedStep| step.interval.start * 60 > self.now;
        let inside = place.span().is_some_and(|span| span.intersection(self.was) == Some(span));
        same_lines
            && inside
            && if self.begun {
                batches >= self.done && self.begins_as_planned(place) && place.steps.iter().skip(1).all(ahead)
            } else {
                place.steps.iter().all(ahead)
            }
    }

    /// Where so many batches could stay, the nearest first.
    fn stays(&self, batches: u32) -> Vec<Alternative> {
        let request = self.part(batches, self.was);
        let platform = platform_of(&self.freed, self.wanted.route);
        let as_it_stands = self.as_it_stands(batches).and_then(|place| {
            let offer = availability::check(&self.freed, &request, &place, self.as_planned(&place)).ok()?;
            Some(compare(&self.freed, platform, &self.wanted, offer))
        });
        let as_planned = self.as_planned(&self.stranded.placement);
        let others = near(&self.freed, &request, &self.wanted, as_planned, PLACES);
        let all = as_it_stands.into_iter().chain(others);
        all.filter(|one| self.may_stay(batches, &one.offer.placement)).collect()
    }

    /// The other batches beside those that stay, if they find a place.
    fn with(&self, batches: u32, stays: Alternative) -> Option<Parted> {
        let all = self.stranded.request.batches;
        let (one, place) = (self.part(batches, self.was), &stays.offer.placement);
        let mut supposed = self.freed.clone();
        supposed.put(&one, place, self.now).ok()?;
        // Those behind an outage let the others begin as all were to; those before it end where the others would begin.
        let begin = |(step, (line, start)): (&availability::PlacedStep, &(crate::LineId, Minute))| {
            (*line, if self.begins_as_planned(place) { step.interval.end } else { *start })
        };
        let steps = place.steps.iter().zip(&self.wanted.steps).map(begin).collect();
        let wanted = Wanted { route: self.wanted.route, steps };
        let window = self.stranded.request.window;
        let window = Interval::new(window.start.max(self.was.start), window.end)
            .filter(|_| self.stranded.needs_consent);
        let other = self.part(all - batches, window.unwrap_or(self.stranded.request.window));
        let found = near(&supposed, &other, &wanted, self.now, PLACES);
        let fits = |goes: &Alternative| self.verify(batches, [place, &goes.offer.placement]).is_ok();
        let goes = found.into_iter().find(fits)?;
        let share = |cost: Minutes, batches: u32| cost.saturating_mul(batches.into()) / Minutes::from(all);
        Some(Parted {
            cost: SPLIT
                .saturating_add(share(stays.cost, batches))
                .saturating_add(share(goes.cost, all - batches)),
            stays: Part { batches, offer: stays.offer },
            goes: Part { batches: all - batches, offer: goes.offer },
            kind: goes.kind,
            shift: goes.shift,
        })
    }

    fn verify(&self, stays: u32, places: [&Placement; 2]) -> Result<[Offer; 2], Refusal> {
        let rest = self.stranded.request.batches.checked_sub(stays).filter(|rest| *rest > 0 && stays > 0);
        let rest = rest.ok_or(Refusal::NoBatches)?;
        if !self.may_stay(stays, places[0]) {
            return Err(Refusal::Stale);
        }
        let part = |batches, place: &Placement| self.part(batches, place.span().unwrap_or(self.was));
        let (one, two) = (part(stays, places[0]), part(rest, places[1]));
        let beside = |other: &Request, place: &Placement| {
            let mut ground = self.freed.clone();
            ground.put(other, place, self.now).map(|()| ground)
        };
        let as_planned = self.as_planned(places[0]);
        let first = availability::check(&beside(&two, places[1])?, &one, places[0], as_planned)?;
        let second = availability::check(&beside(&one, places[0])?, &two, places[1], self.now)?;
        Ok([first, second])
    }
}
