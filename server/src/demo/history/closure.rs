//! Maintenance, requalification and media fills.

use app::contract::{ClosureOrder, Failure, Instant, Role};
use domain::calendar::{DAY, DAY_SECONDS, plant_date, plant_midnight};
use rand::{RngExt, seq::IndexedRandom};

use super::Director;
use crate::usecase::closures;

/// Days after which a platform gives up looking for a gap.
const TRIES: i64 = 21;

impl Director {
    /// Closes a line for some days in the next weeks, where nothing stands yet.
    pub(super) async fn shut(&mut self, line: usize) -> Result<(), Failure> {
        let Some(line) = self.actors.lines.get(line).cloned() else { return Ok(()) };
        let sterile = line.media_fill_valid_until.is_some();
        let kinds: &[&str] =
            if sterile { &["media_fill", "requalification"] } else { &["maintenance", "requalification"] };
        let kind = kinds.choose(&mut self.rng).copied().unwrap_or("maintenance");
        let hours = if kind == "maintenance" {
            self.rng.random_range(8..48)
        } else {
            24 * self.rng.random_range(1..4)
        };
        let first = plant_midnight(plant_date(self.today() + self.rng.random_range(10..30) * DAY)) + 8 * 60;
        let operator = self.actors.caller(line.platform.0, Role::Operator);
        for day in 0..TRIES {
            let start = first * 60 + day * DAY_SECONDS;
            let order = ClosureOrder {
                line: line.id.0,
                start: Instant(start),
                end: Instant(start + hours * 3600),
                kind: kind.to_owned(),
                note: "示例数据 / demonstration data".to_owned(),
                dry_run: false,
            };
            let key = self.key()?;
            match closures::close(&self.state, &operator, &order, &key).await {
                Err(Failure::InTheWay { .. } | Failure::Refused { .. }) => {}
                answer => {
                    self.report.closures += u32::from(self.allowed(answer)?.is_some());
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}
