//! What can be asked for: platforms, offerings, lines.

use std::{collections::BTreeSet, sync::Arc};

use app::contract::{CapabilityView, Failure, LineView, OfferingView, PlatformView, TextView, field};
use domain::{
    LineId,
    offering::{OFFERINGS, Offering},
    resource::Line,
};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{ground, words::word};
use crate::{
    state::AppState,
    store::{Catalogue, Platform},
};

/// What a list of lines is narrowed to.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
pub struct LineFilter {
    /// Lines of this platform.
    #[serde(default)]
    pub platform: Option<Uuid>,
    /// Lines able to make this offering, or a part of it.
    #[serde(default)]
    pub offering: Option<String>,
}

/// The platforms, by code.
///
/// # Errors
/// [`Failure::Busy`], [`Failure::Internal`].
pub async fn platforms(state: &AppState) -> Result<Vec<PlatformView>, Failure> {
    let catalogue = ground::catalogue(state).await?;
    let view = |platform: &Arc<Platform>| {
        let routes = catalogue.routes().filter(|route| route.platform == platform.id);
        let offerings: BTreeSet<&str> = routes.map(|route| route.offering.as_str()).collect();
        PlatformView {
            id: platform.id.0,
            code: platform.code.clone(),
            name: platform.name.clone().into(),
            offerings: offerings.into_iter().map(str::to_owned).collect(),
            illustrative: platform.illustrative,
        }
    };
    let mut views: Vec<PlatformView> = catalogue.platforms().map(view).collect();
    views.sort_by(|one, other| one.code.cmp(&other.code));
    Ok(views)
}

/// Every offering known, by family, and how many platforms offer it.
///
/// # Errors
/// [`Failure::Busy`], [`Failure::Internal`].
pub async fn offerings(state: &AppState) -> Result<Vec<OfferingView>, Failure> {
    let catalogue = ground::catalogue(state).await?;
    Ok(OFFERINGS.iter().map(|offering| offering_view(&catalogue, offering)).collect())
}

fn offering_view(catalogue: &Catalogue, offering: &Offering) -> OfferingView {
    let routes = || catalogue.routes().filter(|route| route.offering == offering.code);
    let platforms: BTreeSet<_> = routes().map(|route| route.platform).collect();
    let lines = routes().flat_map(|route| &route.steps).flat_map(|step| &step.lines);
    let lines = lines.filter_map(|figures| catalogue.line(figures.line));
    let able = lines.flat_map(|line| &line.capabilities).filter(|able| able.offering == offering.code);
    let units: BTreeSet<_> = able.map(|able| able.unit).collect();
    OfferingView {
        code: offering.code.to_owned(),
        family: word(offering.family),
        name: TextView { zh: offering.zh.to_owned(), en: offering.en.to_owned() },
        edqm: offering.edqm,
        units: units.into_iter().map(word).collect(),
        platforms: u32::try_from(platforms.len()).unwrap_or(u32::MAX),
    }
}

/// The lines, by platform and code.
///
/// # Errors
/// [`Failure::Invalid`] for an unknown offering.
pub async fn lines(state: &AppState, filter: &LineFilter) -> Result<Vec<LineView>, Failure> {
    let catalogue = ground::catalogue(state).await?;
    let offering = filter.offering.as_deref().filter(|code| !code.is_empty());
    if let Some(code) = offering
        && domain::offering::find(code).is_none()
    {
        return Err(field::unknown("offering", code));
    }
    let able =
        |line: &Line| offering.is_none_or(|code| line.capabilities.iter().any(|able| able.offering == code));
    let lines = catalogue
        .lines()
        .filter(|line| able(line) && filter.platform.is_none_or(|platform| line.platform.0 == platform));
    let mut views: Vec<LineView> = lines.filter_map(|line| line_view(&catalogue, line)).collect();
    views.sort_by(|one, other| (one.platform, &one.code).cmp(&(other.platform, &other.code)));
    Ok(views)
}

/// One line.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn line(state: &AppState, id: Uuid) -> Result<LineView, Failure> {
    let catalogue = ground::catalogue(state).await?;
    let line = catalogue.line(LineId(id)).ok_or(Failure::NotFound)?;
    line_view(&catalogue, line).ok_or(Failure::NotFound)
}

fn line_view(catalogue: &Catalogue, line: &Line) -> Option<LineView> {
    let capabilities = line.capabilities.iter().map(|able| CapabilityView {
        offering: able.offering.clone(),
        batch_min: field::decimal(able.batch_min),
        batch_max: field::decimal(able.batch_max),
        unit: word(able.unit),
    });
    Some(LineView {
        id: line.id.0,
        code: line.code.clone(),
        name: line.name.clone().into(),
        platform: line.platform.0,
        platform_name: catalogue.platform(line.platform)?.name.clone().into(),
        gmp: line.gmp,
        day_rate_fen: line.day_rate_fen,
        granularity_minutes: line.granularity,
        capabilities: capabilities.collect(),
        admits: line.admits.iter().map(word).collect(),
    })
}
