//! What is worked out line by line over a period, and stays true until the line changes: reports over all lines read
//! again only what did.

use std::{
    collections::{BTreeMap, VecDeque},
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use domain::{Interval, LineId, Second};

use crate::store::{Current, StoreError};

/// Periods kept: those that people look at.
const PERIODS: usize = 6;

/// A value a line and period.
pub(crate) struct PerLine<V> {
    /// The period looked at last comes last.
    kept: Mutex<VecDeque<(Interval, Lines<V>)>>,
}

type Lines<V> = BTreeMap<LineId, Kept<V>>;

/// A value, and until when it is true.
struct Kept<V> {
    /// The line's version.
    version: i64,
    /// Holds count until they expire.
    until: Option<Second>,
    value: Arc<V>,
}

impl<V> Clone for Kept<V> {
    fn clone(&self) -> Self {
        Self { version: self.version, until: self.until, value: Arc::clone(&self.value) }
    }
}

impl<V> Default for PerLine<V> {
    fn default() -> Self {
        Self { kept: Mutex::default() }
    }
}

impl<V> fmt::Debug for PerLine<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PerLine").finish_non_exhaustive()
    }
}

impl<V> PerLine<V> {
    /// The value of every line in `period` at `now`. `make` works out those of the lines that changed, each with the
    /// moment at which it stops being true if the line doesn't change before.
    ///
    /// # Errors
    /// `make`'s.
    pub async fn over(
        &self,
        ground: &Current,
        period: Interval,
        now: Second,
        make: impl AsyncFnOnce(&[LineId]) -> Result<BTreeMap<LineId, (V, Option<Second>)>, StoreError>,
    ) -> Result<BTreeMap<LineId, Arc<V>>, StoreError> {
        let mut lines = self.known(period);
        let fits = |line: LineId, version: i64, lines: &Lines<V>| {
            lines
                .get(&line)
                .is_some_and(|kept| kept.version == version && kept.until.is_none_or(|until| now < until))
        };
        let versions = || ground.snapshot.lines.iter().map(|(id, line)| (*id, line.version));
        let changed: Vec<LineId> =
            versions().filter(|(id, version)| !fits(*id, *version, &lines)).map(|(id, _)| id).collect();
        if !changed.is_empty() {
            let mut made = make(&changed).await?;
            for (line, version) in versions() {
                if let Some((value, until)) = made.remove(&line) {
                    lines.insert(line, Kept { version, until, value: Arc::new(value) });
                }
            }
            lines.retain(|line, _| ground.snapshot.lines.contains_key(line));
            self.keep(period, lines.clone());
        }
        Ok(lines.into_iter().map(|(line, kept)| (line, kept.value)).collect())
    }

    fn known(&self, period: Interval) -> Lines<V> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.iter().position(|(of, _)| *of == period).and_then(|place| kept.remove(place));
        let Some(found) = found else { return Lines::new() };
        let lines = found.1.clone();
        kept.push_back(found);
        lines
    }

    fn keep(&self, period: Interval, lines: Lines<V>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(of, _)| *of != period);
        kept.push_back((period, lines));
        if kept.len() > PERIODS {
            kept.pop_front();
        }
    }
}
