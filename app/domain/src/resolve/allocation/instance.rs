//! An allocation problem in whole units of time, as plain data: the file format of the oracle that the search is
//! measured against, and its plans.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Requests that compete for lines and pools.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instance {
    pub name: String,
    /// Least gap between neighbours on a line, in units: by the class before, then the class behind.
    pub changeover: Vec<Vec<i64>>,
    pub lines: Vec<Line>,
    pub pools: Vec<Pool>,
    pub requests: Vec<Request>,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub id: i64,
    /// Half-open; no step overlaps one, a changeover may.
    #[serde(default)]
    pub closed: Vec<(i64, i64)>,
}

/// Shared capacity, the same at every moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pool {
    pub id: i64,
    pub capacity: i64,
}

/// Accepted whole or not at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    pub id: i64,
    pub value: i64,
    /// Row and column of the changeovers.
    pub class: usize,
    /// Every step lies in `[release, due)`.
    pub release: i64,
    pub due: i64,
    pub steps: Vec<Step>,
}

/// One step, which runs without a break on one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub duration: i64,
    /// The lines able to do it.
    pub lines: Vec<i64>,
    /// Amount of each pool while it runs.
    #[serde(default)]
    pub uses: BTreeMap<i64, i64>,
    /// Least and most units from the end of the step before, both inclusive; of no meaning on the first.
    #[serde(default)]
    pub min_lag: i64,
    #[serde(default)]
    pub max_lag: Option<i64>,
}

/// What is accepted, and where it lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub name: String,
    /// Sum of the accepted requests' values.
    pub value: i64,
    pub accepted: Vec<Accepted>,
}

/// One accepted request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    pub id: i64,
    pub steps: Vec<PlacedStep>,
}

/// Where a step lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedStep {
    pub line: i64,
    pub start: i64,
}

/// Times and lags beyond this are taken for mistakes; sums of them stay far from overflowing.
const MOST: i64 = 1_000_000_000_000_000;

impl Instance {
    /// Whether it makes sense; the search may then be run on it.
    ///
    /// # Errors
    /// The first thing that doesn't, in words.
    pub fn admit(&self) -> Result<(), String> {
        let classes = self.changeover.len();
        let sound = |time: i64| (-MOST..=MOST).contains(&time);
        let gaps = self.changeover.iter().flatten();
        if self.changeover.iter().any(|row| row.len() != classes) {
            return Err("the changeovers aren't a square".into());
        }
        if gaps.into_iter().any(|gap| !(0..=MOST).contains(gap)) {
            return Err("a changeover is negative or beyond measure".into());
        }
        distinct("line", self.lines.iter().map(|line| line.id))?;
        distinct("pool", self.pools.iter().map(|pool| pool.id))?;
        distinct("request", self.requests.iter().map(|request| request.id))?;
        if !self.lines.iter().flat_map(|line| &line.closed).all(|(start, end)| sound(*start) && sound(*end)) {
            return Err("a closure is beyond measure".into());
        }
        let mut sum = 0_i64;
        for request in &self.requests {
            let Request { id, class, release, due, .. } = *request;
            if class >= classes {
                return Err(format!("request {id}: there is no class {class}"));
            }
            if !sound(release) || !sound(due) {
                return Err(format!("request {id}: its window is beyond measure"));
            }
            for (number, step) in request.steps.iter().enumerate() {
                let Step { duration, min_lag, max_lag, .. } = *step;
                if !(1..=MOST).contains(&duration) {
                    return Err(format!("request {id}, step {number}: a duration of {duration}"));
                }
                if number > 0 && (!sound(min_lag) || !sound(max_lag.unwrap_or(0))) {
                    return Err(format!("request {id}, step {number}: a lag beyond measure"));
                }
            }
            let next = request.value.checked_abs().and_then(|value| sum.checked_add(value));
            sum = next.ok_or_else(|| format!("request {id}: the values add up beyond measure"))?;
        }
        Ok(())
    }
}

fn distinct(what: &str, ids: impl Iterator<Item = i64>) -> Result<(), String> {
    let mut all: Vec<i64> = ids.collect();
    all.sort_unstable();
    all.windows(2)
        .find(|pair| pair[0] == pair[1])
        .map_or(Ok(()), |pair| Err(format!("{what} {} twice", pair[0])))
}
