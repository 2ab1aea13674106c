//! Utilisation: what the hours of a platform's lines went into.

use std::sync::Arc;

use app::contract::{Failure, OrganisationKind, Period, UtilisationView};
use domain::{LineId, PlatformId, resource::Line};
use uuid::Uuid;

use super::{Caller, ground, period, usage};
use crate::state::AppState;

/// Longest period, in plant days.
const LONGEST: i64 = 400;

/// The hours of every line of a platform, for its own people. The district gets sums with small cells suppressed, see
/// [`super::occupancy`].
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] for companies and the district, [`Failure::NotFound`] for
/// another platform, [`Failure::Invalid`].
pub async fn of_platform(
    state: &AppState,
    caller: &Caller,
    platform: Uuid,
    period: &Period,
) -> Result<Vec<UtilisationView>, Failure> {
    let member = caller.member()?;
    if member.kind != OrganisationKind::Platform {
        return Err(Failure::Forbidden);
    }
    if member.platform() != Some(PlatformId(platform)) {
        return Err(Failure::NotFound);
    }
    let interval = period::interval(period, LONGEST)?;
    let catalogue = ground::catalogue(state).await?;
    let lines: Vec<_> = catalogue.lines().filter(|line| line.platform.0 == platform).collect();
    let ids: Vec<LineId> = lines.iter().map(|line| line.id).collect();
    let rows = usage::load(state.store.read(), &ids, interval).await?;
    let down = usage::outages(state.store.read(), &ids, interval).await?;
    let view = |line: &Arc<Line>| {
        let rows = rows.get(&line.id).map_or(&[][..], Vec::as_slice);
        let counted = rows.iter().filter(|row| row.is_committed() || row.booking.is_none());
        let down = down.get(&line.id).map_or(&[][..], Vec::as_slice);
        let hours = usage::hours(&catalogue, line.id, (counted, down), interval);
        UtilisationView {
            line: line.id.0,
            line_name: line.name.clone().into(),
            calendar_minutes: hours.calendar,
            available_minutes: hours.available,
            downtime_minutes: hours.planned_downtime,
            bookable_minutes: hours.bookable,
            unscheduled_down_minutes: hours.unscheduled_down,
            process_minutes: hours.process_in_bookable,
            changeover_minutes: hours.changeover_in_bookable,
            running_minutes: hours.process,
        }
    };
    Ok(lines.into_iter().map(view).collect())
}
