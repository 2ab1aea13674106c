//! A platform's set-up in the hands of its own people: looked at as it is, and changed part by part through the very
//! reading, validation and writing of the import.

mod edit;
mod fields;
mod form;
mod switch;
mod view;

use app::contract::Failure;
use domain::PlatformId;

pub use edit::{check, one, save};
pub use form::{form, look, look_at_text};
pub use switch::{as_form, as_text};
pub use view::view;

use super::ground;
use crate::{
    setup::{self, Part, Places, PlatformSetup, What, part_id},
    state::AppState,
    store::Catalogue,
};

/// The platform's set-up as it is in force.
async fn current(state: &AppState, platform: PlatformId) -> Result<PlatformSetup, Failure> {
    let catalogue = ground::catalogue(state).await?;
    of_catalogue(&catalogue, platform).ok_or(Failure::NotFound)
}

/// Every part as text: those in force, and the routes that are switched off.
async fn parts(state: &AppState, platform: PlatformId) -> Result<Vec<Part>, Failure> {
    let mut parts = setup::write(&current(state, platform).await?);
    parts.extend(retired(state, platform).await?);
    Ok(parts)
}

/// The routes that are switched off altogether, as they were.
async fn retired(state: &AppState, platform: PlatformId) -> Result<Vec<Part>, Failure> {
    let catalogue = ground::catalogue(state).await?;
    let now = of_catalogue(&catalogue, platform).ok_or(Failure::NotFound)?;
    let known: Vec<Part> = setup::write(&now);
    let mut routes: Vec<_> = catalogue
        .all_routes()
        .filter(|route| route.platform == platform && !now.routes.iter().any(|active| active.id == route.id))
        .map(|route| (**route).clone())
        .collect();
    routes.sort_by(|one, other| one.code.cmp(&other.code));
    let parts = setup::write(&PlatformSetup { routes, ..now });
    let off = |part: &Part| {
        part.what == What::Route && !known.iter().any(|one| one.what == part.what && one.code == part.code)
    };
    Ok(parts.into_iter().filter(off).collect())
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
