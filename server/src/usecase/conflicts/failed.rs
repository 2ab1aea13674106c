//! Room that was asked for and that nobody made: one entry a wish, until the firm has what it wanted.

use std::collections::BTreeSet;

use app::contract::{ConflictView, Failure, Instant, OfferQuery, RepairOrder, TextView};
use domain::{
    Interval, PlatformId, Second, availability::Placement, booking::Status, calendar::DAY, offering,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::cases::{bare, settled};
use crate::{
    state::AppState,
    store::{
        Catalogue, StoreError,
        tables::{booking as table, organisation, proposal},
    },
    usecase::{
        booking::{self, Loaded},
        repair::{Cause, document},
    },
};

/// A repair that failed is on the desk for so long.
const REMEMBERED: Second = 14 * DAY * 60;
/// What became of one that failed.
const FAILED: [&str; 3] = ["declined", "expired", "overtaken"];

/// The kind of these conflicts, as it is told.
pub(super) const KIND: &str = "repair";
/// Proposals read in one go.
const IN_ONE_GO: u64 = 500;

/// What was asked for, and where it would have been.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    row: proposal::Model,
    order: RepairOrder,
    span: Interval,
    platform: PlatformId,
}

impl Asked {
    /// The conflict's.
    pub const fn id(&self) -> Uuid {
        self.row.id
    }

    /// `None` of what isn't on offer any more.
    fn of(catalogue: &Catalogue, row: proposal::Model) -> Result<Option<Self>, StoreError> {
        let place: Placement = document(&row.place)?;
        let order: RepairOrder = document(&row.wish)?;
        let Some((span, route)) = place.span().zip(catalogue.route(place.route)) else { return Ok(None) };
        let platform = route.platform;
        Ok(Some(Self { row, order, span, platform }))
    }

    /// What makes two of them the same firm's same wish, whichever place was wanted first.
    fn wish(&self) -> (Uuid, PlatformId, &OfferQuery, Option<&str>) {
        (self.row.organisation, self.platform, &self.order.query, self.order.product_code.as_deref())
    }

    /// Whether `booking` is what the firm wanted, got since.
    fn is_met_by(&self, booking: &Loaded) -> bool {
        let wanted = self.order.query.request().map(|request| request.window);
        let row = &booking.row;
        row.organisation == Some(self.row.organisation)
            && row.platform == self.platform.0
            && row.offering == self.order.query.offering
            && self.row.closed_at.is_some_and(|closed| row.created_at >= closed)
            && wanted.is_ok_and(|window| booking.campaign.request.window.overlaps(window))
    }
}

/// Whether it ended without room.
pub(super) fn has_failed(row: &proposal::Model) -> bool {
    row.outcome.as_deref().is_some_and(|outcome| FAILED.contains(&outcome))
}

/// Room on the platform that was asked for lately, that nobody made, and whose time is still ahead. Of one wish the
/// newest attempt alone: who asks once more, takes it back or gets a hold since has none that failed.
pub(super) async fn all(
    state: &AppState,
    catalogue: &Catalogue,
    platform: PlatformId,
    now: Second,
) -> Result<Vec<Asked>, Failure> {
    let read = state.store.read();
    let lately = Condition::any()
        .add(proposal::Column::ClosedAt.is_null())
        .add(proposal::Column::ClosedAt.gt(now - REMEMBERED));
    let lately = Condition::all().add(lately).add(proposal::Column::Kind.eq(Cause::Room.word()));
    let (mut newest, mut last): (Vec<Asked>, Option<Uuid>) = (Vec::new(), None);
    // Whose platform it is stands in what was asked alone: others' are passed over, however many there are.
    loop {
        let older = last.map(|last| proposal::Column::Id.lt(last));
        let rows = proposal::Entity::find()
            .filter(lately.clone().add_option(older))
            .order_by_desc(proposal::Column::Id)
            .limit(IN_ONE_GO)
            .all(read)
            .await
            .map_err(StoreError::from)?;
        let Some(oldest) = rows.last() else { break };
        last = Some(oldest.id);
        for row in rows {
            let Some(asked) = Asked::of(catalogue, row)? else { continue };
            let ahead = asked.platform == platform && asked.span.start * 60 > now;
            if ahead && newest.iter().all(|known| known.wish() != asked.wish()) {
                newest.push(asked);
            }
        }
    }
    newest.retain(|asked| has_failed(&asked.row));
    let settled = settled(state, platform, newest.iter().map(|asked| asked.row.id)).await?;
    newest.retain(|asked| !settled.contains(&asked.row.id));
    let got = got_since(state, platform, &newest).await?;
    newest.retain(|asked| !got.iter().any(|booking| asked.is_met_by(booking)));
    Ok(newest)
}

/// What these firms hold or have booked since the first of their wishes failed.
async fn got_since(state: &AppState, platform: PlatformId, failed: &[Asked]) -> Result<Vec<Loaded>, Failure> {
    let Some(since) = failed.iter().filter_map(|asked| asked.row.closed_at).min() else {
        return Ok(Vec::new());
    };
    let read = state.store.read();
    let firms: BTreeSet<Uuid> = failed.iter().map(|asked| asked.row.organisation).collect();
    let rows = table::Entity::find()
        .filter(table::Column::Platform.eq(platform.0))
        .filter(table::Column::Organisation.is_in(firms))
        .filter(table::Column::CreatedAt.gte(since))
        .all(read)
        .await
        .map_err(StoreError::from)?;
    let live = |row: &table::Model| Status::from_name(&row.status).is_some_and(Status::holds_capacity);
    Ok(booking::load_many(read, rows.into_iter().filter(live).collect()).await?)
}

/// As they are told.
///
/// # Errors
/// The store fails.
pub(super) async fn views(state: &AppState, failed: Vec<Asked>) -> Result<Vec<ConflictView>, Failure> {
    let ids: BTreeSet<Uuid> = failed.iter().map(|asked| asked.row.organisation).collect();
    let firms = organisation::Entity::find().filter(organisation::Column::Id.is_in(ids));
    let firms = firms.all(state.store.read()).await.map_err(StoreError::from)?;
    let view = |Asked { row, order, span, .. }: Asked| {
        let firm = firms.iter().find(|firm| firm.id == row.organisation);
        ConflictView {
            state: row.outcome.unwrap_or_default(),
            from: Some(Instant::from_minute(span.start)),
            until: Some(Instant::from_minute(span.end)),
            company_name: firm.map(|firm| TextView { zh: firm.name_zh.clone(), en: firm.name_en.clone() }),
            offering_name: offering::find(&order.query.offering)
                .map(|known| TextView { zh: known.zh.to_owned(), en: known.en.to_owned() }),
            ..bare(row.id, KIND, Instant(row.closed_at.unwrap_or(row.created_at)))
        }
    };
    Ok(failed.into_iter().map(view).collect())
}
