//! How firms fare by their size: for the district by quarters, and without what would tell of fewer than three firms;
//! for a platform's people, who know each firm on it, of their own platform as it is.

use std::collections::BTreeMap;

use app::contract::{
    Failure, FairnessReport, OrganisationKind, PlatformFairness, QuarterQuery, SizeFairness,
};
use domain::{
    OrganisationId, PlatformId,
    metrics::{Cell, Part, Table, publish_parts},
};
use uuid::Uuid;

use super::count::{Figures, Firm, Whose, count};
use crate::{
    state::AppState,
    usecase::{
        Caller, ground,
        quarter::{self, Quarter},
    },
};

/// What the sizes are called; firms that state none have their own.
const SIZES: [&str; 5] = ["micro", "small", "medium", "large", "unstated"];
/// Beside the sizes: all of them.
const ALL: &str = "all";

/// The figures of the quarter asked for. The district is told of this quarter if it names none, a platform's people of
/// all the time.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] for companies, [`Failure::Invalid`].
pub async fn sizes(
    state: &AppState,
    caller: &Caller,
    asked: &QuarterQuery,
) -> Result<FairnessReport, Failure> {
    let member = caller.member()?;
    let whose = match member.kind {
        OrganisationKind::District => Whose::All,
        OrganisationKind::Platform => Whose::Platform(member.organisation.0),
        OrganisationKind::Company => return Err(Failure::Forbidden),
    };
    let named = asked.quarter.as_deref().is_some_and(|text| !text.trim().is_empty());
    let quarter = match whose {
        Whose::Platform(_) if !named => None,
        _ => Some(Quarter::read(asked, state.clock.now())?),
    };
    let catalogue = ground::catalogue(state).await?;
    let firms = count(state.store.read(), whose, quarter.map(Quarter::interval)).await?;
    let mut platforms: Vec<_> = catalogue
        .platforms()
        .filter(|platform| whose == Whose::All || member.platform() == Some(platform.id))
        .collect();
    // As they are listed everywhere.
    platforms.sort_by(|one, other| one.code.cmp(&other.code));
    let ids: Vec<PlatformId> = platforms.iter().map(|platform| platform.id).collect();
    let measures = measures(&firms, &ids);
    let rows = if whose == Whose::All { published(&measures) } else { whole(&measures) };
    let mut rows = rows.into_iter();
    let platforms = platforms
        .iter()
        .zip(rows.by_ref())
        .map(|(platform, sizes)| PlatformFairness {
            platform: platform.id.0,
            name: platform.name.clone().into(),
            sizes,
        })
        .collect();
    Ok(FairnessReport {
        quarter: quarter.map(|quarter| quarter.view(quarter::reach(&catalogue, state.clock.now()))),
        platforms,
        total: rows.next().unwrap_or_default(),
    })
}

type Rows = Vec<Vec<Cell>>;

/// Each figure by platform and size, in the order of [`SizeFairness`], with what is left of the one that it is a part
/// of.
struct Measures {
    requests: Rows,
    placed: Part,
    unmet: Rows,
    given_up: Part,
    given_up_late: Rows,
    shifts_asked: Rows,
    shifts_granted: Part,
    moved_by_rule: Rows,
}

fn measures(firms: &BTreeMap<(Uuid, Uuid), Firm>, platforms: &[PlatformId]) -> Measures {
    let rows = |of: &dyn Fn(&Figures) -> i64| -> Rows {
        let mut rows = vec![vec![Cell::default(); SIZES.len()]; platforms.len()];
        for ((platform, id), firm) in firms {
            let row = platforms.iter().position(|known| known.0 == *platform);
            let size = firm.size.as_deref().and_then(|size| SIZES.iter().position(|known| *known == size));
            let amount = of(&firm.figures);
            if let (Some(row), true) = (row, amount != 0) {
                let cell = &mut rows[row][size.unwrap_or(SIZES.len() - 1)];
                cell.value += amount;
                cell.clients.insert(OrganisationId(*id));
            }
        }
        rows
    };
    let part = |of: fn(&Figures) -> i64, whole: fn(&Figures) -> i64| Part {
        of: rows(&of),
        rest: rows(&|figures| whole(figures) - of(figures)),
    };
    Measures {
        requests: rows(&|figures| figures.requests),
        placed: part(|figures| figures.placed, |figures| figures.requests),
        given_up: part(|figures| figures.given_up, |figures| figures.placed),
        given_up_late: rows(&|figures| figures.given_up_late),
        unmet: rows(&|figures| figures.unmet),
        shifts_asked: rows(&|figures| figures.shifts_asked),
        shifts_granted: part(|figures| figures.shifts_granted, |figures| figures.shifts_asked),
        moved_by_rule: rows(&|figures| figures.moved_by_rule),
    }
}

/// What may be told to the district.
fn published(measures: &Measures) -> Vec<Vec<SizeFairness>> {
    let parts = [measures.placed.clone(), measures.given_up.clone()];
    let mut bookings = publish_parts(&measures.requests, &parts).into_iter();
    let mut shifts =
        publish_parts(&measures.shifts_asked, std::slice::from_ref(&measures.shifts_granted)).into_iter();
    let next = |tables: &mut std::vec::IntoIter<Table>| tables.next().unwrap_or_default().shown;
    let (requests, placed, given_up) = (next(&mut bookings), next(&mut bookings), next(&mut bookings));
    let (asked, granted) = (next(&mut shifts), next(&mut shifts));
    let alone = |rows: &Rows| next(&mut publish_parts(rows, &[]).into_iter());
    let (unmet, by_rule) = (alone(&measures.unmet), alone(&measures.moved_by_rule));
    // Moves are among it, so that it is a part of no other figure.
    let late = alone(&measures.given_up_late);
    views([&requests, &placed, &unmet, &asked, &granted, &by_rule, &given_up, &late])
}

/// All of it.
fn whole(measures: &Measures) -> Vec<Vec<SizeFairness>> {
    let sums = |rows: &Rows| -> Vec<Vec<Option<i64>>> {
        let mut sums: Vec<Vec<i64>> =
            rows.iter().map(|row| row.iter().map(|cell| cell.value).collect()).collect();
        let total = (0..SIZES.len()).map(|column| sums.iter().map(|row| row[column]).sum()).collect();
        sums.push(total);
        let with_all = |row: Vec<i64>| {
            let all = row.iter().sum();
            row.into_iter().chain([all]).map(Some).collect()
        };
        sums.into_iter().map(with_all).collect()
    };
    views([
        &sums(&measures.requests),
        &sums(&measures.placed.of),
        &sums(&measures.unmet),
        &sums(&measures.shifts_asked),
        &sums(&measures.shifts_granted.of),
        &sums(&measures.moved_by_rule),
        &sums(&measures.given_up.of),
        &sums(&measures.given_up_late),
    ])
}

/// Rows of platforms, the last one of all of them, from the shown figures in the order of [`SizeFairness`].
fn views(shown: [&Vec<Vec<Option<i64>>>; 8]) -> Vec<Vec<SizeFairness>> {
    let cell = |row: usize, column: usize, size: &str| {
        let [requests, placed, unmet, shifts_asked, shifts_granted, moved_by_rule, given_up, given_up_late] =
            shown.map(|table| table.get(row).and_then(|cells| cells.get(column)).copied().flatten());
        SizeFairness {
            size: size.to_owned(),
            requests,
            placed,
            unmet,
            shifts_asked,
            shifts_granted,
            moved_by_rule,
            given_up,
            given_up_late,
        }
    };
    let names = || SIZES.into_iter().chain([ALL]);
    (0..shown[0].len())
        .map(|row| names().enumerate().map(|(column, size)| cell(row, column, size)).collect())
        .collect()
}
