//! A firm's own campaigns in the way of what it wants: they go elsewhere for that only as their owner's own move would
//! take them there for nothing, at that move's price if that is no higher, and as that move. Else whoever asks for room
//! would have cheaper what it has to pay for otherwise.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    BookingId, Second,
    availability::Offer,
    booking::Status,
    plan::PlanWindow,
    request::Request,
    resolve::repair::{self, Movable, Move, Proposal},
    snapshot::Snapshot,
};
use sea_orm::ConnectionTrait;

use crate::{
    store::{Catalogue, StoreError, Tx},
    usecase::{
        booking::{self, Loaded},
        protocol::Stop,
        relocate,
    },
};

/// A campaign that its owner could move for nothing now.
#[derive(Clone, Debug)]
pub(crate) struct OwnMove {
    booking: Loaded,
    /// Since the platform is why: it can't run where it stands.
    waived: bool,
}

/// What it comes to where it goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct OwnTerms {
    price_fen: i64,
    /// The plan window that it keeps.
    plan: Option<PlanWindow>,
    /// Whether it is the free move of a confirmed campaign.
    counts: bool,
}

impl OwnMove {
    /// Of `booking`; `None` if its move would cost its owner a fee now.
    ///
    /// # Errors
    /// The database's failure.
    pub async fn of(
        connection: &impl ConnectionTrait,
        catalogue: &Catalogue,
        booking: &Loaded,
        now: Second,
    ) -> Result<Option<Self>, StoreError> {
        let quote = relocate::fee(connection, catalogue, booking, now).await?;
        Ok((quote.fee_fen == 0).then(|| Self { booking: booking.clone(), waived: quote.waived }))
    }

    /// What it comes to at the place that it is offered; `None` if it would be dearer there.
    pub(super) fn terms(&self, offer: &Offer, now: Second) -> Option<OwnTerms> {
        let span = offer.placement.span()?;
        let (price_fen, plan) = relocate::price_at(&self.booking, !self.waived, (offer.price_fen, span), now);
        let counts = self.booking.status == Status::Confirmed && !self.waived;
        (price_fen <= self.booking.row.price_fen).then_some(OwnTerms { price_fen, plan, counts })
    }
}

impl OwnTerms {
    /// Changes `booking`, which is about to go there, by them.
    ///
    /// # Errors
    /// The database's failure.
    pub async fn apply(self, tx: &Tx<'_>, booking: &mut Loaded) -> Result<(), Stop> {
        booking.row.price_fen = self.price_fen;
        booking.row.moves += i64::from(self.counts);
        if self.plan.is_none() && booking.plan.take().is_some() {
            booking::drop_plan(tx, booking.row.id).await?;
        }
        Ok(())
    }
}

/// The `own` campaigns that `way`, of moves of `all`, would take to where they are dearer for their owner.
pub(super) fn dearer(
    own: &BTreeMap<BookingId, OwnMove>,
    (snapshot, request): (&Snapshot, &Request),
    (way, all): (&Proposal, &[Movable]),
    now: Second,
) -> BTreeSet<BookingId> {
    let ids = way.moves.iter().map(|one| one.booking);
    let mine: BTreeSet<BookingId> = ids.filter(|id| own.contains_key(id)).collect();
    if mine.is_empty() {
        return mine;
    }
    let movable = |one: &Move| {
        let is_it =
            |known: &&Movable| known.booking == one.booking && known.needs_consent == one.needs_consent;
        all.iter().find(is_it)
    };
    let moves: Option<Vec<_>> = way.moves.iter().map(|one| Some((movable(one)?, &one.to))).collect();
    let granted =
        moves.and_then(|moves| repair::verify_all(snapshot, request, &way.offer.placement, &moves, now).ok());
    // What nobody can tell the price of stays.
    let Some(granted) = granted else { return mine };
    let is_dearer = |(offer, one): &(&Offer, &Move)| {
        own.get(&one.booking).is_some_and(|own| own.terms(offer, now).is_none())
    };
    let offers = granted.iter().skip(1).zip(&way.moves);
    offers.filter(is_dearer).map(|(_, one)| one.booking).collect()
}
