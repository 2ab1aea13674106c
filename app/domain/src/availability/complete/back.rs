//! The same finish for less: from the last step back to the first, each put where it costs least.
//!
//! The placement that starts earliest may be charged for days on which nothing is won: work begins in the evening, goes
//! on in the morning, and then waits for a line that is taken until later. The later a step lies, the more room it
//! leaves to those before it. So of its starts, from the last one back, only those are tried that cost less than every
//! later one: unless something was in the way of those before it that depends on just where it lies, as the most that
//! may lie between two steps, or a line or a pool that both use.

use crate::{Interval, Minute, refusal::Refusal, route::RouteStep};

use super::{
    super::{
        Offer, PlacedStep, Placement,
        gap::{Gap, Probe},
        pools::Own,
        spot::Spot,
    },
    RouteSearch,
};

/// Whether all of a placement fits together, and what it then is.
type Legal<'l> = dyn Fn(&Placement) -> Option<Offer> + 'l;

impl RouteSearch<'_> {
    /// The cheapest placement that begins in the same gap as `offer`, no sooner, and at `last_start` at the latest, and
    /// is done no later; `None` if none is cheaper than `offer`. Tries at most `left` starts, and takes those that it
    /// has tried from it.
    pub fn cheaper(
        &self,
        offer: &Offer,
        last_start: Minute,
        left: &mut u32,
        legal: &Legal<'_>,
    ) -> Option<Offer> {
        let done = offer.placement.steps.last()?.interval.end;
        let mut back = Back::new(self, offer, last_start, *left, legal)?;
        back.put(self.steps.len() - 1, (Minute::MIN, done), 0);
        *left = back.left;
        back.found
    }
}

struct Back<'s, 'a> {
    search: &'s RouteSearch<'a>,
    legal: &'s Legal<'s>,
    /// For each step its line in the offer, which is tried first; of the first step no other, since others have offers
    /// of their own.
    lines: Vec<usize>,
    /// For each step a minute before which it can't start.
    heads: Vec<Minute>,
    last_start: Minute,
    /// For each step the least that those before it cost.
    before: Vec<i64>,
    /// What is found must cost less, in fen.
    price: i64,
    found: Option<Offer>,
    /// The steps put so far, the last one of the route first, and what they take of pools.
    chain: Vec<Spot>,
    own: Vec<Own>,
    /// How often one of them kept another from where it could have been.
    met: u32,
    /// Starts that may yet be tried.
    left: u32,
}

impl<'s, 'a> Back<'s, 'a> {
    /// `None` of an offer that the route doesn't make any more, and of one that costs as little as any could.
    fn new(
        search: &'s RouteSearch<'a>,
        offer: &Offer,
        last_start: Minute,
        left: u32,
        legal: &'s Legal<'s>,
    ) -> Option<Self> {
        let placed = &offer.placement.steps;
        if placed.len() != search.steps.len() {
            return None;
        }
        let lines = search
            .steps
            .iter()
            .zip(placed)
            .map(|(able, placed)| able.iter().position(|fitting| fitting.state.line.id == placed.line));
        let lines = lines.collect::<Option<Vec<usize>>>()?;
        let first = *lines.first()?;
        let start = placed.first()?.interval.start;
        let gaps = &search.views[0][first].gaps;
        let until = gaps.free().get(gaps.at(start))?.until;
        let (mut heads, mut before) = (vec![start], vec![0_i64]);
        for (step, able) in search.steps.iter().enumerate() {
            let tried = if step == 0 { &able[first..=first] } else { &able[..] };
            let least = tried.iter().map(|fitting| fitting.least).min().unwrap_or(0);
            let price = tried.iter().map(|fitting| fitting.least_price()).min().unwrap_or(0);
            let lag = search.route.steps.get(step + 1).map_or(0, |next| next.min_lag);
            heads.push(heads[step] + least + lag);
            before.push(before[step].saturating_add(price));
        }
        (before[placed.len()] < offer.price_fen).then(|| Self {
            search,
            legal,
            lines,
            heads,
            last_start: last_start.min(until - 1),
            before,
            price: offer.price_fen,
            found: None,
            chain: Vec::with_capacity(placed.len()),
            own: Vec::new(),
            met: 0,
            left,
        })
    }

    /// Puts step `step` wherever it ends from the first to the last of `ends`, and the steps before it, where those
    /// behind it cost `paid`. Answers whether starts were left out because they would end before the first.
    fn put(&mut self, step: usize, ends: (Minute, Minute), paid: i64) -> bool {
        let known = self.lines[step];
        let others = if step == 0 { 0 } else { self.search.steps[step].len() };
        let (mut tried, mut cut) = (Vec::new(), false);
        for number in std::iter::once(known).chain((0..others).filter(|number| *number != known)) {
            cut |= self.put_on((step, number), ends, paid, &mut tried);
        }
        cut
    }

    /// The same on one line. `tried` are the starts with their prices, on any line, for which nothing depended on just
    /// where they lie: none that is earlier and no cheaper is of use.
    fn put_on(
        &mut self,
        (step, number): (usize, usize),
        (soonest, latest): (Minute, Minute),
        paid: i64,
        tried: &mut Vec<(Minute, i64)>,
    ) -> bool {
        let search = self.search;
        let fitting = &search.steps[step][number];
        let (head, least) = (self.heads[step], fitting.least_price());
        let first = if soonest <= head { head } else { fitting.first_start_ending(soonest, head) };
        let mut until = fitting.first_start_ending(latest + 1, head) - 1;
        if step == 0 {
            until = until.min(self.last_start);
        }
        let is_shared = self.is_shared(step, number);
        // Whatever costs as much as what is known already is of no use.
        while paid.saturating_add(least).saturating_add(self.before[step]) < self.price {
            let Some(spot) = self.last_fit((step, number), (first, until), is_shared) else { break };
            until = spot.start - 1;
            let price = fitting.price(Interval { start: spot.start, end: spot.end });
            let no_better =
                |price: i64| tried.iter().any(|(later, cheaper)| spot.start <= *later && *cheaper <= price);
            if no_better(least) {
                break;
            }
            let sum = paid.saturating_add(price);
            if no_better(price) || sum.saturating_add(self.before[step]) >= self.price {
                continue;
            }
            let met = self.met;
            if !self.put_before(step, spot, sum) && self.met == met {
                tried.push((spot.start, price));
            }
        }
        first > head
    }

    /// Takes `spot` for step `step`, and puts the steps before it. Answers as [`Self::put`].
    fn put_before(&mut self, step: usize, spot: Spot, paid: i64) -> bool {
        let interval = Interval { start: spot.start, end: spot.end };
        let own = self.own.len();
        self.own.extend(self.search.steps[step][spot.fitting].claims.own(interval));
        self.chain.push(spot);
        let cut = match step.checked_sub(1) {
            None => {
                self.judge();
                false
            }
            Some(before) => {
                let RouteStep { min_lag, max_lag, .. } = &self.search.route.steps[step];
                let soonest = max_lag.map_or(Minute::MIN, |most| spot.start.saturating_sub(most));
                self.put(before, (soonest, spot.start - min_lag), paid)
            }
        };
        self.chain.pop();
        self.own.truncate(own);
        cut
    }

    /// Takes the steps put so far, which are all of them, if they fit together.
    fn judge(&mut self) {
        let steps = self.chain.iter().rev().zip(&self.search.steps).map(|(spot, able)| PlacedStep {
            line: able[spot.fitting].state.line.id,
            interval: Interval { start: spot.start, end: spot.end },
        });
        let placement = Placement { route: self.search.route.id, steps: steps.collect() };
        match (self.legal)(&placement).filter(|offer| offer.price_fen < self.price) {
            Some(offer) => {
                self.price = offer.price_fen;
                self.found = Some(offer);
            }
            None => self.met += 1,
        }
    }

    /// Whether another step of the route may land on the same line.
    fn is_shared(&self, step: usize, number: usize) -> bool {
        if !self.search.meets.contains(&true) {
            return false;
        }
        let line = self.search.steps[step][number].state.line.id;
        let others = self.search.steps.iter().enumerate().filter(|(other, _)| *other != step);
        others.flat_map(|(_, able)| able).any(|fitting| fitting.state.line.id == line)
    }

    /// The last start of step `step` on one line, from `first` to `until`, that fits beside what the steps behind it
    /// take of pools. On a line that they share only its rows are looked at here: what lies between two of them is
    /// known once all are put.
    fn last_fit(
        &mut self,
        (step, number): (usize, usize),
        (first, mut until): (Minute, Minute),
        is_shared: bool,
    ) -> Option<Spot> {
        let search = self.search;
        let (fitting, view) = (&search.steps[step][number], &search.views[step][number]);
        let mut opened: Option<(usize, Gap<'_>, Minute)> = None;
        loop {
            let start = fitting.last_start(until).filter(|start| *start >= first)?;
            self.left = self.left.checked_sub(1)?;
            until = start - 1;
            let index = view.gaps.at(start);
            let free = view.gaps.free().get(index)?;
            if start < free.from {
                // In the middle of a row: on to the gap before it.
                let before = view.gaps.free().get(index.checked_sub(1)?)?;
                until = until.min(before.until - fitting.least);
                continue;
            }
            if is_shared {
                match fitting.end(start) {
                    Some(end) if end <= free.until.min(fitting.range.last_end) => {
                        return Some(Spot { fitting: number, start, end });
                    }
                    _ => continue,
                }
            }
            let is_open = opened.as_ref().is_some_and(|(known, ..)| *known == index);
            if !is_open {
                let Ok(gap) = Gap::open(fitting, view, index) else {
                    until = until.min(free.from - 1);
                    continue;
                };
                let last = fitting.first_start_ending(gap.latest_end(fitting) + 1, first) - 1;
                opened = Some((index, gap, last));
            }
            let (_, gap, last) = opened.as_ref()?;
            if start > *last {
                until = until.min(*last);
            } else if start < gap.earliest {
                until = until.min(free.from - 1);
            } else {
                match gap.probe(fitting, &self.own, start) {
                    Probe::Fits(end) => return Some(Spot { fitting: number, start, end }),
                    Probe::Later { why, .. } | Probe::Never(why) => {
                        let is_pool = matches!(why, Refusal::PoolFull { .. });
                        self.met += u32::from(is_pool && !self.own.is_empty());
                    }
                }
            }
        }
    }
}
