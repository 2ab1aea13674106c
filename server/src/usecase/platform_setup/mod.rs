//! A platform's set-up in the hands of its own people: looked at as it is, and changed part by part through the very
//! reading, validation and writing of the import.

mod edit;
mod view;

use app::contract::Failure;
use domain::PlatformId;

pub use edit::{check, one, save};
pub use view::view;

use super::ground;
use crate::{
    setup::{Places, PlatformSetup, part_id},
    state::AppState,
    store::Catalogue,
};

/// The platform's set-up as it is in force.
async fn current(state: &AppState, platform: PlatformId) -> Result<PlatformSetup, Failure> {
    let catalogue = ground::catalogue(state).await?;
    of_catalogue(&catalogue, platform).ok_or(Failure::NotFound)
}

fn of_catalogue(catalogue: &Catalogue, id: PlatformId) -> Option<PlatformSetup> {
    let platform = catalogue.platform(id)?;
    let document: serde_json::Value = serde_json::from_str(&platform.document).unwrap_or_default();
    let mut lines: Vec<_> =
        catalogue.lines().filter(|line| line.platform == id).map(|line| (**line).clone()).collect();
    let mut pools: Vec<_> =
        catalogue.pools().filter(|pool| pool.platform == id).map(|pool| (**pool).clone()).collect();
    let mut routes: Vec<_> =
        catalogue.routes().filter(|route| route.platform == id).map(|route| (**route).clone()).collect();
    let mut matrices: Vec<_> = catalogue
        .matrices()
        // Ids follow from codes, so that a platform's own parts are known by theirs.
        .filter(|matrix| matrix.id.0 == part_id(&platform.code, "matrix", &matrix.code))
        .map(|matrix| (**matrix).clone())
        .collect();
    let mut calendars: Vec<_> = catalogue
        .calendars()
        .map(|calendar| &calendar.pattern)
        .filter(|pattern| pattern.id.0 == part_id(&platform.code, "calendar", &pattern.code))
        .cloned()
        .collect();
    lines.sort_by(|one, other| one.code.cmp(&other.code));
    pools.sort_by(|one, other| one.code.cmp(&other.code));
    routes.sort_by(|one, other| one.code.cmp(&other.code));
    matrices.sort_by(|one, other| one.code.cmp(&other.code));
    calendars.sort_by(|one, other| one.code.cmp(&other.code));
    Some(PlatformSetup {
        id,
        code: platform.code.clone(),
        name: platform.name.clone(),
        illustrative: platform.illustrative,
        contact: document["contact"].as_str().unwrap_or_default().to_owned(),
        calendars,
        matrices,
        pools,
        lines,
        routes,
        policy: (*ground::policy(catalogue, id)).clone(),
        places: Places::default(),
    })
}
