//! The conflict desk's forms, marking a line as down, forgiving what was given up late, and swaps. `id` is what each is
//! about, `next` where it leads afterwards, `key` makes a double click one deed.

#![expect(clippy::too_many_arguments, reason = "the fields of a form are the arguments of its function")]

use domain::calendar::DAY;
use leptos::prelude::*;
use uuid::Uuid;

use super::session::own;
use crate::{
    backend::use_backend,
    contract::{
        Complaints, ConflictOrder, Failure, Instant, OutageEnd, OutageReach, Reason, SwapOrder, field,
    },
    deed::{Deed, done, done_with},
    language,
    query::OutageDraft,
};

/// Marks the line `id` as down from now on.
#[server(name = MarkDown, prefix = "/do", endpoint = "mark-down")]
pub async fn mark_down(
    id: Uuid,
    kind: String,
    #[server(default)] from: String,
    #[server(default)] from_time: String,
    until: String,
    until_time: String,
    #[server(default)] reason: String,
    key: String,
    next: String,
) -> Result<(), Failure> {
    let draft = OutageDraft { kind, from, from_time, until, until_time, reason };
    let deed = if draft.kind == "planned" { Deed::WorkAnnounced } else { Deed::LineDown };
    let OutageReach { hit, moved, asked, left } = use_backend().mark_down(draft.order(id)?, key).await?;
    done_with(own(&next), deed, &[hit, moved, asked, left]);
    Ok(())
}

/// Says until when the outage `id` lasts after all; without a day it is over.
#[server(name = EndOutage, prefix = "/do", endpoint = "end-outage")]
pub async fn end_outage(
    id: Uuid,
    #[server(default)] until: String,
    #[server(default)] until_time: String,
    key: String,
    next: String,
) -> Result<(), Failure> {
    let backend = use_backend();
    let until = if until.is_empty() { backend.now() } else { OutageDraft::instant(&until, &until_time)? };
    backend.end_outage(id, OutageEnd { until }, key).await?;
    done(own(&next), Deed::OutageChanged);
    Ok(())
}

/// Takes an option of the conflict `id`, with the reason where one is needed.
#[server(name = ResolveConflict, prefix = "/do", endpoint = "resolve-conflict")]
pub async fn resolve_conflict(
    id: Uuid,
    option: String,
    #[server(default)] reason: String,
    key: String,
    next: String,
) -> Result<(), Failure> {
    let backend = use_backend();
    let answer = backend.resolve_conflict(id, ConflictOrder { option, reason }, key).await?;
    if answer.state != "asked" {
        done(own(&next), Deed::ConflictResolved);
        return Ok(());
    }
    // They are asked, whether or not it can be told until when they answer.
    let until = backend.conflict(id).await.ok().and_then(|desk| desk.conflict.answer_by);
    let until = until.and_then(|until| u32::try_from(until.minute()).ok());
    done_with(own(&next), Deed::OwnersAsked, &until.into_iter().collect::<Vec<_>>());
    Ok(())
}

/// Takes the conflict `id` off the desk as it is.
#[server(name = SettleConflict, prefix = "/do", endpoint = "settle-conflict")]
pub async fn settle_conflict(
    id: Uuid,
    #[server(default)] reason: String,
    key: String,
    next: String,
) -> Result<(), Failure> {
    use_backend().settle_conflict(id, Reason { reason }, key).await?;
    done(own(&next), Deed::Settled);
    Ok(())
}

/// Offers the campaign `id` for the days from one to another, both inclusive.
#[server(name = OfferSwap, prefix = "/do", endpoint = "offer-swap")]
pub async fn offer_swap(
    id: Uuid,
    from: String,
    to: String,
    key: String,
    here: String,
) -> Result<(), Failure> {
    let mut complaints = Complaints::default();
    let first = complaints.hear(field::plant_day("from", &from));
    let last = complaints.hear(field::plant_day("to", &to));
    complaints.answer()?;
    let (first, last) = (field::midnight(first?), field::midnight(last?));
    let (from, to) = (Instant::from_minute(first), Instant::from_minute(last + DAY));
    use_backend().offer_swap(SwapOrder { booking: id, from, to }, key).await?;
    let language = language::of_path(&here).unwrap_or_default();
    leptos_axum::redirect(&language::link(language, &format!("/bookings/{id}#swap")));
    Ok(())
}

/// Forgives the late leaving `id`. Done again it changes nothing.
#[server(name = ForgiveLate, prefix = "/do", endpoint = "forgive-late")]
pub async fn forgive_late(id: Uuid, #[server(default)] reason: String, next: String) -> Result<(), Failure> {
    use_backend().forgive_late(id, Reason { reason }).await?;
    done(own(&next), Deed::Forgiven);
    Ok(())
}
