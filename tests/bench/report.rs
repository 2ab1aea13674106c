//! The table that a run prints.

use std::{fmt, time::Duration};

/// One measured figure beside its yardstick.
pub struct Row {
    pub what: String,
    pub value: String,
    /// What it is compared with, measured in the same run.
    pub yardstick: String,
    /// Value over yardstick, in the sense that `yardstick` states.
    pub ratio: String,
    /// What the project asks for.
    pub wanted: &'static str,
}

/// Collects rows; prints them aligned.
#[derive(Default)]
pub struct Report {
    rows: Vec<Row>,
}

impl Report {
    pub fn add(&mut self, row: Row) {
        eprintln!("  {}: {} ({})", row.what, row.value, row.ratio);
        self.rows.push(row);
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let heads = ["what", "measured", "yardstick, same run", "ratio", "wanted"];
        let cells = |row: &Row| {
            [
                row.what.clone(),
                row.value.clone(),
                row.yardstick.clone(),
                row.ratio.clone(),
                row.wanted.to_owned(),
            ]
        };
        let mut widths = heads.map(|head| head.chars().count());
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(cells(row)) {
                *width = (*width).max(cell.chars().count());
            }
        }
        let mut line = |cells: [String; 5]| {
            let padded: Vec<String> =
                cells.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
            writeln!(f, "| {} |", padded.join(" | "))
        };
        line(heads.map(str::to_owned))?;
        line(widths.map(|width| "-".repeat(width)))?;
        self.rows.iter().try_for_each(|row| line(cells(row)))
    }
}

/// Median of several timings of `work`, after one warm-up.
pub fn median(times: usize, mut work: impl FnMut()) -> Duration {
    work();
    let mut taken: Vec<Duration> = (0..times)
        .map(|_| {
            let begun = std::time::Instant::now();
            work();
            begun.elapsed()
        })
        .collect();
    taken.sort_unstable();
    taken[times / 2]
}

/// `45.6 µs`, `1.23 ms`, `65.1 s`.
pub fn spell(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    match seconds {
        ..1e-3 => format!("{:.1} µs", seconds * 1e6),
        ..1.0 => format!("{:.2} ms", seconds * 1e3),
        _ => format!("{seconds:.1} s"),
    }
}
