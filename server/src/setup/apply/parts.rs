//! What belongs to platforms, in the order in which one refers to another.

use domain::{calendar::Holidays, changeover::Matrix};

use super::{super::plan::Difference, run};
use crate::store::{
    StoreError, Tx,
    queries::{save_calendar, save_holidays, save_line, save_matrix, save_policy, save_pool, save_route},
};

pub(super) async fn write(tx: &Tx<'_>, difference: &Difference) -> Result<(), StoreError> {
    for (platform, pattern) in &difference.calendars {
        save_calendar(tx, *platform, pattern).await?;
    }
    for (platform, matrix) in &difference.matrices {
        save_matrix(tx, *platform, matrix).await?;
    }
    for pool in &difference.pools {
        save_pool(tx, pool).await?;
    }
    for (line, matrix) in &difference.lines {
        let matrix: &Matrix = matrix;
        save_line(tx, line, matrix).await?;
    }
    for (route, active) in &difference.routes {
        save_route(tx, route, *active).await?;
    }
    for (platform, policy) in &difference.policies {
        save_policy(tx, *platform, policy).await?;
    }
    let mut days = Holidays::default();
    for (date, change) in &difference.holidays {
        match change {
            Some(day) => drop(days.days.insert(*date, day.clone())),
            None => drop(run(tx, "DELETE FROM holiday WHERE date = ?", [date.to_string().into()]).await?),
        }
    }
    save_holidays(tx, &days).await
}
