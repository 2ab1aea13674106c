//! The rules minute by minute, with nothing clever: what the kernel is held against.

use domain::{
    Interval, Minute, Minutes, OccupancyId, ProductId,
    calendar::{DAY, DayKind, Holidays, Pattern, plant_date},
    changeover::{Changeover, Matrix, Relation},
    occupancy::{Kind, Occupancy},
    request::Request,
    route::{Figures, Running},
};

use crate::world::{PoolDraft, Single, cells, holidays, horizon, now, origin};

/// Open minutes of the horizon, one flag a minute.
pub fn open_minutes(pattern: &Pattern, holidays: &Holidays, horizon: Interval) -> Vec<bool> {
    (horizon.start..horizon.end).map(|minute| is_open(pattern, holidays, minute)).collect()
}

fn is_open(pattern: &Pattern, holidays: &Holidays, minute: Minute) -> bool {
    // A shift over midnight belongs to the day before.
    [0, DAY].into_iter().any(|back| {
        let date = plant_date(minute - back);
        let of_day = (minute + 480).rem_euclid(DAY) + back;
        let entry = if pattern.observes_holidays { holidays.days.get(&date) } else { None };
        let weekday = match entry.map(|entry| entry.kind) {
            Some(DayKind::Off) => return false,
            Some(DayKind::Work) => usize::from(pattern.working_weekend_as),
            None => usize::from(date.weekday().number_days_from_monday()),
        };
        pattern.week[weekday]
            .iter()
            .any(|shift| i64::from(shift.start) <= of_day && of_day < i64::from(shift.end))
    })
}

/// Every minute of the horizon: whether it is open, and how many open ones came before.
pub struct Walk {
    open: Vec<bool>,
    before: Vec<usize>,
    opened: Vec<Minute>,
}

impl Walk {
    pub fn new(pattern: &Pattern) -> Self {
        let open = open_minutes(pattern, &holidays(), horizon());
        let (mut before, mut opened) = (Vec::new(), Vec::new());
        for (minute, is_open) in (horizon().start..).zip(&open) {
            before.push(opened.len());
            if *is_open {
                opened.push(minute);
            }
        }
        Self { open, before, opened }
    }

    pub fn is_open(&self, minute: Minute) -> bool {
        usize::try_from(minute - origin()).ok().and_then(|at| self.open.get(at)).copied().unwrap_or(false)
    }

    /// When `work` open minutes are over that begin at `from`.
    pub fn after(&self, from: Minute, work: Minutes) -> Option<Minute> {
        if work == 0 {
            return Some(from);
        }
        let before = *self.before.get(usize::try_from(from - origin()).ok()?)?;
        let last = before + usize::try_from(work).ok()? - 1;
        self.opened.get(last).map(|minute| minute + 1)
    }

    fn done(&self, from: Minute, changeover: Changeover) -> Option<Minute> {
        Some(self.after(from, changeover.crew)? + changeover.wait)
    }

    /// Whether a row that needs `to` may start at `start` behind `ahead`.
    fn follows(
        &self,
        matrix: &Matrix,
        recleans: &[Option<Minute>],
        ahead: &Occupancy,
        row: &Occupancy,
    ) -> bool {
        let same = ahead.product == row.product && row.product != ProductId::NONE;
        let relation = if same { Relation::Same } else { Relation::Other };
        let cell = matrix.cells.iter().find(|cell| {
            cell.leaves == ahead.leaves && Some(cell.needs) == row.needs && cell.relation == relation
        });
        let Some(cell) = cell else { return false };
        let start = row.interval.start;
        let Some(done) = self.done(ahead.interval.end, cell.changeover).filter(|done| *done <= start) else {
            return false;
        };
        let Some(hold) = matrix.clean_hold else { return true };
        start - done <= hold
            || (done..=start).rev().any(|begun| {
                let at = usize::try_from(begun - origin()).expect("inside the horizon");
                recleans.get(at).copied().flatten().is_some_and(|end| end <= start && start - end <= hold)
            })
    }
}

/// A line with its rules, tried minute by minute.
pub struct Ground<'a> {
    walk: &'a Walk,
    matrix: &'a Matrix,
    /// When a re-clean begun at each minute of the horizon is done.
    recleans: Vec<Option<Minute>>,
    rows: Vec<Occupancy>,
}

impl<'a> Ground<'a> {
    /// The line as it is at `now`: expired holds are gone, and closures carry what is ahead of them.
    pub fn new(walk: &'a Walk, matrix: &'a Matrix, mut rows: Vec<Occupancy>) -> Self {
        rows.retain(|row| row.expires_at != Some(now()));
        carry(&mut rows);
        let recleans = (horizon().start..horizon().end)
            .map(|begun| matrix.clean_hold.and_then(|_| walk.done(begun, matrix.reclean)))
            .collect();
        Self { walk, matrix, recleans, rows }
    }

    /// When a step that starts at `start` ends, if it may start then by grid and crew.
    pub fn end(
        &self,
        figures: &Figures,
        batches: u32,
        start: Minute,
        granularity: Minutes,
    ) -> Option<Minute> {
        let minute_of_day = (start + 480).rem_euclid(DAY);
        let attended = figures.setup > 0 || figures.running == Running::Crew;
        if minute_of_day % granularity != 0 || (attended && !self.walk.is_open(start)) {
            return None;
        }
        let run = figures.batch * i64::from(batches);
        let ready = self.walk.after(start, figures.setup)?;
        let ran = match figures.running {
            Running::Crew => self.walk.after(ready, run)?,
            Running::Unattended => ready + run,
        };
        Some(ran + figures.wait)
    }

    /// The row of a step of `request` that lies in `interval`.
    pub fn row(&self, request: &Request, interval: Interval) -> Occupancy {
        let unnamed = ProductId(uuid::Uuid::from_u128(0xdead));
        Occupancy {
            kind: Kind::Campaign,
            interval,
            needs: Some(self.matrix.rules[0].needs),
            leaves: self.matrix.rules[0].leaves,
            product: if request.product == ProductId::NONE { unnamed } else { request.product },
            batches: request.batches,
            expires_at: None,
            ..self.rows[0]
        }
    }

    /// Whether all of `new` can be on the line together.
    pub fn admits(&self, new: &[Occupancy]) -> bool {
        let mut chain = self.rows.clone();
        let mut places = Vec::new();
        for row in new {
            let at = chain.iter().position(|other| other.interval.end > row.interval.start);
            let at = at.unwrap_or(chain.len());
            if at == 0 || chain.get(at).is_some_and(|next| next.interval.start < row.interval.end) {
                return false;
            }
            chain.insert(at, *row);
            places.iter_mut().filter(|place| **place >= at).for_each(|place| *place += 1);
            places.push(at);
        }
        carry(&mut chain);
        places.iter().all(|at| {
            let behind = (at + 1..chain.len()).find(|index| chain[*index].kind != Kind::Closure);
            let mut neighbours = std::iter::once(*at).chain(behind);
            neighbours
                .all(|index| self.walk.follows(self.matrix, &self.recleans, &chain[index - 1], &chain[index]))
                && within_cap(self.walk, self.matrix, &chain, *at)
        })
    }
}

impl Ground<'_> {
    /// Whether each of `new`, ascending, has free time once `gone` are away, and stands behind what is ahead of it.
    pub fn opens(&self, gone: &[OccupancyId], new: &[Occupancy]) -> bool {
        new.iter().enumerate().all(|(number, row)| {
            let mut chain = self.rows.clone();
            chain.retain(|other| !gone.contains(&other.id));
            chain.extend(&new[..number]);
            chain.sort_by_key(|other| (other.interval.start, other.interval.end));
            if chain.iter().skip(1).any(|other| other.interval.overlaps(row.interval)) {
                return false;
            }
            chain.retain(|other| other.interval.end <= row.interval.start);
            chain.push(*row);
            carry(&mut chain);
            let at = chain.len() - 1;
            at > 0
                && self.walk.follows(self.matrix, &self.recleans, &chain[at - 1], &chain[at])
                && within_cap(self.walk, self.matrix, &chain, at)
        })
    }

    /// Whether the whole line stands once `gone` are away and `new` are there.
    pub fn stands(&self, gone: &[OccupancyId], new: &[Occupancy]) -> bool {
        let mut chain = self.rows.clone();
        chain.retain(|row| !gone.contains(&row.id));
        chain.extend(new);
        chain.sort_by_key(|row| (row.interval.start, row.interval.end));
        if chain.windows(2).any(|pair| pair[1].interval.start < pair[0].interval.end) {
            return false;
        }
        carry(&mut chain);
        (1..chain.len()).filter(|index| chain[*index].kind != Kind::Closure).all(|index| {
            self.walk.follows(self.matrix, &self.recleans, &chain[index - 1], &chain[index])
                && within_cap(self.walk, self.matrix, &chain, index)
        })
    }
}

/// Closures leave what they found.
fn carry(rows: &mut [Occupancy]) {
    for index in 1..rows.len() {
        if rows[index].kind == Kind::Closure {
            rows[index].leaves = rows[index - 1].leaves;
            rows[index].product = rows[index - 1].product;
        }
    }
}

/// Every feasible start, by trying every minute.
pub fn starts(single: &Single) -> Vec<Minute> {
    let walk = Walk::new(&single.pattern);
    let all_cells = cells(single.pool.cell, &single.calendar());
    let Single { matrix, figures, request, .. } = single;
    let ground = Ground::new(&walk, matrix, single.rows());
    let fits = |start: Minute| {
        let Some(end) = ground.end(figures, request.batches, start, single.granularity) else { return false };
        let interval = Interval { start, end };
        end <= request.window.end
            && end <= horizon().end
            && single.media_fill.is_none_or(|valid| end <= valid)
            && single.outages.iter().all(|down| end <= down.start || down.end <= start)
            && ground.admits(&[ground.row(request, interval)])
            && pool_has_room(&single.pool, &all_cells, &[(interval, single.amount)])
    };
    (request.window.start.max(horizon().start)..horizon().end).filter(|start| fits(*start)).collect()
}

/// The run around `chain[at]`, gathered in both directions.
fn within_cap(walk: &Walk, matrix: &Matrix, chain: &[Occupancy], at: usize) -> bool {
    let Some(cap) = matrix.cap else { return true };
    // The indices of the rows that aren't closures, cut into runs.
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for index in (1..chain.len()).filter(|index| chain[*index].kind != Kind::Closure) {
        let clean = walk
            .done(chain[index - 1].interval.end, cap.full_clean)
            .is_some_and(|done| done <= chain[index].interval.start);
        match runs.last_mut() {
            Some(run) if chain[run[0]].product == chain[index].product && !clean => run.push(index),
            _ => runs.push(vec![index]),
        }
    }
    let run = runs.iter().find(|run| run.contains(&at)).expect("every row is in a run");
    let batches: u32 = run.iter().map(|index| chain[*index].batches).sum();
    let minutes = chain[run[run.len() - 1]].interval.end - chain[run[0]].interval.start;
    cap.max_batches.is_none_or(|most| batches <= most) && cap.max_minutes.is_none_or(|most| minutes <= most)
}

/// Whether the pool has room for all of `claims`, of so much each, beside what is used of it.
pub fn pool_has_room(pool: &PoolDraft, all: &[Interval], claims: &[(Interval, u32)]) -> bool {
    all.iter().enumerate().all(|(index, cell)| {
        let touched = |claim: &Interval| cell.start < claim.end && claim.start < cell.end;
        let asked: u32 = claims.iter().filter(|(claim, _)| touched(claim)).map(|(_, amount)| *amount).sum();
        let used = pool.used.iter().filter(|(cell, _, expired)| *cell == index && !expired);
        let used: u32 = used.map(|(_, amount, _)| *amount).sum();
        asked == 0 || used + asked <= pool.capacity
    })
}
