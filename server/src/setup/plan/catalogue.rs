//! What the database holds of the platforms that an import is about.

use std::collections::BTreeMap;

use domain::{
    Text,
    calendar::{DayKind, Holiday, Pattern},
    changeover::Matrix,
    policy::Policy,
    resource::{Line, Pool},
    route::Route,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::de::DeserializeOwned;
use time::{Date, format_description::well_known::Iso8601};
use uuid::Uuid;

use super::super::Setup;
use crate::store::{
    StoreError,
    tables::{calendar, holiday, line, matrix, matrix_version, organisation, platform, policy, pool, route},
};

/// The stored parts, by id.
#[derive(Debug, Default)]
pub(in super::super) struct Stored {
    pub organisations: BTreeMap<Uuid, organisation::Model>,
    pub platforms: BTreeMap<Uuid, platform::Model>,
    pub calendars: BTreeMap<Uuid, Pattern>,
    /// The newest version of each.
    pub matrices: BTreeMap<Uuid, Matrix>,
    pub pools: BTreeMap<Uuid, Pool>,
    pub lines: BTreeMap<Uuid, Line>,
    /// With whether it is active.
    pub routes: BTreeMap<Uuid, (Route, bool)>,
    pub policies: BTreeMap<Uuid, Policy>,
    /// Of every year that the files give.
    pub holidays: BTreeMap<Date, Holiday>,
    /// Which platform each part belongs to.
    pub owner: BTreeMap<Uuid, Uuid>,
}

fn parse<T: DeserializeOwned>(what: &str, document: &str) -> Result<T, StoreError> {
    serde_json::from_str(document).map_err(|error| StoreError::document(what, &error))
}

impl Stored {
    /// Loads what `setup` is to be compared with. Lines and pools are loaded of every platform when holidays change.
    ///
    /// # Errors
    /// The database's failure; [`StoreError::Internal`] if a document in it can't be read.
    pub async fn load(db: &impl ConnectionTrait, setup: &Setup) -> Result<Self, StoreError> {
        let mut stored = Self::default();
        for found in
            organisation::Entity::find().filter(organisation::Column::Kind.eq("platform")).all(db).await?
        {
            stored.organisations.insert(found.id, found);
        }
        for found in platform::Entity::find().all(db).await? {
            stored.platforms.insert(found.id, found);
        }
        for found in calendar::Entity::find().all(db).await? {
            stored.owner.insert(found.id, found.platform);
            stored.calendars.insert(found.id, parse("a calendar", &found.document)?);
        }
        for found in matrix::Entity::find().all(db).await? {
            stored.owner.insert(found.id, found.platform);
        }
        // Ascending, so that the newest version stays.
        for found in
            matrix_version::Entity::find().order_by_asc(matrix_version::Column::Version).all(db).await?
        {
            stored.matrices.insert(found.matrix, parse("a matrix", &found.document)?);
        }
        for found in pool::Entity::find().all(db).await? {
            stored.owner.insert(found.id, found.platform);
            stored.pools.insert(found.id, parse("a pool", &found.document)?);
        }
        for found in line::Entity::find().all(db).await? {
            stored.owner.insert(found.id, found.platform);
            stored.lines.insert(found.id, parse("a line", &found.document)?);
        }
        for found in route::Entity::find().all(db).await? {
            stored.owner.insert(found.id, found.platform);
            stored.routes.insert(found.id, (parse("a route", &found.document)?, found.active));
        }
        for found in policy::Entity::find().order_by_asc(policy::Column::Version).all(db).await? {
            stored.policies.insert(found.platform, parse("a policy", &found.document)?);
        }
        for found in holiday::Entity::find().all(db).await? {
            let (date, holiday) = holiday_of(found)?;
            if setup.holidays.contains_key(&date.year()) {
                stored.holidays.insert(date, holiday);
            }
        }
        Ok(stored)
    }
}

fn holiday_of(found: holiday::Model) -> Result<(Date, Holiday), StoreError> {
    let date = Date::parse(&found.date, &Iso8601::DATE)
        .map_err(|error| StoreError::Internal(format!("the holiday {} is no date: {error}", found.date)))?;
    let kind = if found.kind == "work" { DayKind::Work } else { DayKind::Off };
    let name = Text { zh: found.name_zh, en: found.name_en };
    Ok((date, Holiday { kind, name, official: found.official }))
}
