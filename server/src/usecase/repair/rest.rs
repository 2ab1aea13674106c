//! Batches of a campaign that become a booking of their own, when the campaign is parted: the same product, request and
//! terms, their share of the price, another place.

use domain::{
    Interval, Second,
    booking::Status,
    refusal::Refusal,
    resolve::{parted, repair::Movable},
    snapshot::Snapshot,
};
use serde_json::json;
use uuid::Uuid;

use super::plan::Rest;
use crate::{
    store::{Tx, tables::booking as table},
    usecase::{
        booking::{self, Loaded, NewStep},
        placing,
        protocol::{self, Beside, Decision, Effects, Note, Scene, Stop},
        reference::reference,
    },
};

/// Whether a campaign may be parted: what isn't confirmed yet goes whole.
pub(crate) fn may(booking: &Loaded) -> bool {
    matches!(booking.status, Status::Confirmed | Status::Running)
}

/// Whether its first step stays where it is, since batches have run there.
pub(crate) fn begun(booking: &Loaded) -> bool {
    booking.status == Status::Running
}

/// The other booking with its rows, to be written.
pub(super) struct Apart {
    pub booking: Loaded,
    steps: Vec<NewStep>,
}

/// Takes the batches that go off `booking`, whose price falls by their share, as does what leaving cost where a free
/// move left; rounded so that both together are what it was. Answers their booking, which stands nowhere yet.
pub(super) fn take(
    booking: &mut Loaded,
    movable: &mut Movable,
    rest: &Rest,
    now: Second,
) -> Result<Loaded, Stop> {
    let all = booking.campaign.request.batches;
    let goes = all.checked_sub(rest.stays).filter(|goes| *goes > 0).ok_or(Refusal::NoBatches)?;
    let share = |fen: i64| {
        let share = i128::from(fen) * i128::from(rest.stays) / i128::from(all.max(1));
        i64::try_from(share).unwrap_or(fen)
    };
    let (price_fen, left_fee_fen) = (booking.row.price_fen, booking.row.left_fee_fen);
    booking.row.price_fen = share(price_fen);
    booking.row.left_fee_fen = share(left_fee_fen);
    booking.campaign.request.batches = rest.stays;
    movable.request.batches = rest.stays;
    let mut campaign = booking.campaign.clone();
    campaign.request.batches = goes;
    let row = table::Model {
        id: Uuid::now_v7(),
        reference: reference(Uuid::new_v4()),
        route: rest.to.route.0,
        status: Status::Confirmed.name().into(),
        created_at: now,
        // It was asked for and confirmed once, as part of the other.
        requested_at: None,
        confirmed_at: None,
        price_fen: price_fen - booking.row.price_fen,
        left_fee_fen: left_fee_fen - booking.row.left_fee_fen,
        // A fee for where somebody left from, and how often it moved, are those of the booking that was.
        fee_fen: None,
        leaving_fee_fen: None,
        resold_fen: None,
        freed: None,
        freed_until: None,
        moves: booking.row.moves,
        version: 1,
        ..booking.row.clone()
    };
    let will = rest.to.span().ok_or(Refusal::Stale)?;
    Ok(Loaded {
        row,
        status: Status::Confirmed,
        campaign,
        steps: Vec::new(),
        product_code: booking.product_code.clone(),
        company: booking.company.clone(),
        plan: booking.plan.filter(|plan| plan.holds(will)),
        broken_off: false,
    })
}

/// Puts it where it goes.
pub(super) fn place(
    mut booking: Loaded,
    rest: &Rest,
    after: &Snapshot,
    effects: &mut Effects,
) -> Result<Apart, Stop> {
    let will = rest.to.span().ok_or(Refusal::Stale)?;
    booking.campaign.stands_over(will);
    let steps = placing::lay(after, (&booking.campaign.request, &rest.to), None, effects)?;
    let intervals: Vec<Interval> = rest.to.steps.iter().map(|step| step.interval).collect();
    booking.steps = placing::pieces(&steps, &intervals);
    booking.row.begins_at = booking::begins_at(&steps).unwrap_or_default();
    booking.row.request = booking.campaign.to_document()?;
    Ok(Apart { booking, steps })
}

impl Apart {
    /// Writes it behind `stays`, with its decision, which names the other, and the word to both its sides.
    ///
    /// # Errors
    /// The database's failure.
    pub async fn write(
        self,
        tx: &Tx<'_>,
        scene: &Scene,
        stays: &Loaded,
        by: &serde_json::Value,
    ) -> Result<Loaded, Stop> {
        let Self { booking, steps } = self;
        booking::insert(tx, &booking.row, &steps);
        if let Some(plan) = &booking.plan {
            booking::insert_plan(tx, booking.row.id, plan);
        }
        let placement = super::movables::placement(&booking);
        let decision = Decision {
            by: None,
            booking: Some(booking.row.id),
            action: "part_off",
            inputs: json!({ "request": booking.campaign.request, "placement": placement,
                "split_with": stays.row.id, "by": by }),
            rule: parted::RULE,
            versions: &scene.versions(),
            outcome: json!({ "status": booking.status, "price_fen": booking.row.price_fen }),
        };
        protocol::decide(tx, decision, scene.now).await?;
        let mut to: Vec<Uuid> = booking.row.organisation.into_iter().collect();
        to.push(booking.row.platform);
        let note = Note {
            kind: "parted_off".into(),
            to,
            booking: Some(booking.row.id),
            reference: Some(booking.row.reference.clone()),
            reason: None,
        };
        protocol::tell_with(tx, &note, &Beside::place(&booking), scene.now).await?;
        Ok(booking)
    }
}
