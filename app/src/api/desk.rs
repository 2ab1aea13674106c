//! What the operator's forms post to. `id` is what each is about, `next` where it leads afterwards, `key` makes a
//! double click one deed.

#![expect(clippy::too_many_arguments, reason = "the fields of a form are the arguments of its function")]

use leptos::prelude::*;
use uuid::Uuid;

use super::session::own;
use crate::{
    backend::{RunStep, use_backend},
    contract::{
        EventView, Failure, FieldProblem, OperatorOrder, Reason, RequestDetails, ReviewOrder, ShorterClosure,
        field,
    },
    deed::{Deed, done, done_with},
    language,
    query::{self, ClosureDraft},
};

/// Quality assurance confirms a request's hazards. `version` is of the state that its page shows, here as below.
#[server(name = ConfirmHazards, prefix = "/do", endpoint = "confirm-hazards")]
pub async fn confirm_hazards(
    id: Uuid,
    #[server(default)] version: Option<i64>,
    #[server(default)] reason: String,
    key: String,
    next: String,
) -> Result<(), Failure> {
    let backend = use_backend();
    backend.confirm_hazards(id, ReviewOrder { reason, version }, key).await?;
    let confirmed = backend.booking(id).await.is_ok_and(|booking| booking.status == "confirmed");
    let deed = if confirmed { Deed::HazardsConfirmedAll } else { Deed::HazardsConfirmed };
    done(own(&next), deed);
    Ok(())
}

/// Quality assurance takes that back, and says why.
#[server(name = RecallHazards, prefix = "/do", endpoint = "recall-hazards")]
pub async fn recall_hazards(
    id: Uuid,
    #[server(default)] version: Option<i64>,
    #[server(default)] reason: String,
    key: String,
    next: String,
) -> Result<(), Failure> {
    let backend = use_backend();
    backend.recall_hazards(id, ReviewOrder { reason, version }, key).await?;
    if backend.booking(id).await.is_ok_and(|booking| booking.hazards_confirmed) {
        // The form was sent once more, and they have been confirmed anew since the first time.
        return Err(Failure::refused("booking_changed"));
    }
    done(own(&next), Deed::HazardsRecalled);
    Ok(())
}

/// The platform says yes; `reason` is why, where the request lacks something.
#[server(name = Approve, prefix = "/do", endpoint = "approve")]
pub async fn approve(
    id: Uuid,
    #[server(default)] version: Option<i64>,
    #[server(default)] reason: String,
    key: String,
    next: String,
) -> Result<(), Failure> {
    use_backend().approve(id, ReviewOrder { reason, version }, key).await?;
    done(own(&next), Deed::Approved);
    Ok(())
}

/// The platform says no, and why.
#[server(name = Decline, prefix = "/do", endpoint = "decline")]
pub async fn decline(
    id: Uuid,
    #[server(default)] version: Option<i64>,
    #[server(default)] reason: String,
    key: String,
    next: String,
) -> Result<(), Failure> {
    use_backend().decline(id, ReviewOrder { reason, version }, key).await?;
    done(own(&next), Deed::Declined);
    Ok(())
}

/// The platform asks the client something.
#[server(name = AskBack, prefix = "/do", endpoint = "ask-back")]
pub async fn ask_back(
    id: Uuid,
    #[server(default)] reason: String,
    key: String,
    next: String,
) -> Result<(), Failure> {
    use_backend().ask_back(id, Reason { reason }, key).await?;
    done(own(&next), Deed::AskedBack);
    Ok(())
}

/// Starts, finishes or closes a campaign, or says that nobody came.
#[server(name = RunCampaign, prefix = "/do", endpoint = "run")]
pub async fn run(id: Uuid, step: String, key: String, next: String) -> Result<(), Failure> {
    let (step, deed) = match step.as_str() {
        "start" => (RunStep::Start, Deed::Started),
        "complete" => (RunStep::Complete, Deed::Finished),
        "close" => (RunStep::Close, Deed::Closed),
        "no_show" => (RunStep::NoShow, Deed::NoShow),
        other => return Err(field::unknown("step", other)),
    };
    let backend = use_backend();
    backend.run(id, step, key).await?;
    // It is done, whether or not what it freed can be told.
    let history = if deed == Deed::Finished { backend.history(id).await.ok() } else { None };
    let figures = history.map(|history| freed(&history, "complete")).unwrap_or_default();
    done_with(own(&next), deed, &figures);
    Ok(())
}

/// From when to when a run that is over since `action` just now has freed its lines.
fn freed(history: &[EventView], action: &str) -> Vec<u32> {
    let over = history.iter().rfind(|event| event.action == action);
    let freed = over.into_iter().flat_map(|event| &event.freed);
    let minutes = freed.flat_map(|one| [one.from.minute(), one.until.minute()]);
    minutes.map(|minute| u32::try_from(minute).unwrap_or_default()).collect()
}

/// Breaks a campaign off.
#[server(name = Abort, prefix = "/do", endpoint = "abort")]
pub async fn abort(
    id: Uuid,
    #[server(default)] reason: String,
    key: String,
    next: String,
) -> Result<(), Failure> {
    let backend = use_backend();
    backend.abort(id, Reason { reason }, key).await?;
    let figures = backend.history(id).await.map(|history| freed(&history, "abort")).unwrap_or_default();
    done_with(own(&next), Deed::BrokenOff, &figures);
    Ok(())
}

/// Closes the line `id`, if nothing is in the way.
#[server(name = CloseLine, prefix = "/do", endpoint = "close-line")]
pub async fn close_line(
    id: Uuid,
    kind: String,
    start: String,
    start_time: String,
    end: String,
    end_time: String,
    #[server(default)] note: String,
    key: String,
    next: String,
) -> Result<(), Failure> {
    let draft = ClosureDraft { kind, start, start_time, end, end_time, note };
    use_backend().close_line(draft.order(id, false)?, key).await?;
    done(own(&next), Deed::LineClosed);
    Ok(())
}

/// Lets the closure `id` take less time.
#[server(name = ShortenClosure, prefix = "/do", endpoint = "shorten-closure")]
pub async fn shorten_closure(
    id: Uuid,
    start: String,
    start_time: String,
    end: String,
    end_time: String,
    key: String,
    next: String,
) -> Result<(), Failure> {
    let (start, end) = ClosureDraft::times((&start, &start_time), (&end, &end_time))?;
    let asked = ShorterClosure { start: Some(start), end: Some(end) };
    use_backend().shorten_closure(id, asked, key).await?;
    done(own(&next), Deed::ClosureShortened);
    Ok(())
}

/// Opens a line again. Done again it changes nothing.
#[server(name = LiftClosure, prefix = "/do", endpoint = "lift-closure")]
pub async fn lift_closure(id: Uuid, next: String) -> Result<(), Failure> {
    use_backend().lift_closure(id).await?;
    done(own(&next), Deed::ClosureOver);
    Ok(())
}

/// Removes a cleaning that nobody needs any more.
#[server(name = RemoveCleaning, prefix = "/do", endpoint = "remove-cleaning")]
pub async fn remove_cleaning(id: Uuid, key: String, next: String) -> Result<(), Failure> {
    use_backend().remove_cleaning(id, key).await?;
    done(own(&next), Deed::CleaningRemoved);
    Ok(())
}

/// Says what came of a flagged booking.
#[server(name = SettleFlag, prefix = "/do", endpoint = "settle-flag")]
pub async fn settle_flag(
    id: Uuid,
    #[server(default)] reason: String,
    key: String,
    next: String,
) -> Result<(), Failure> {
    use_backend().settle_flag(id, Reason { reason }, key).await?;
    done(own(&next), Deed::Settled);
    Ok(())
}

/// Books an offer of the own platform, for a company or for own production, then shows the booking. `nearest` is an
/// offer outside the window, with the wider search that it is one of; `ahead` is why it goes ahead of those who wait.
#[server(name = BookFor, prefix = "/do", endpoint = "book-for")]
pub async fn book_for(
    search: String,
    #[server(default)] offer: String,
    #[server(default)] nearest: String,
    #[server(default)] company: String,
    #[server(default)] product_code: String,
    #[server(default)] contact_name: String,
    #[server(default)] contact_phone: String,
    #[server(default)] order_number: String,
    #[server(default)] remark: String,
    #[server(default)] ahead: String,
    key: String,
    language: String,
) -> Result<(), Failure> {
    let missing = || field::invalid("offering", FieldProblem::Missing);
    let (query, offer) = match &*nearest {
        "" => (query::parse(&search).ok_or_else(missing)?, offer),
        beyond => query::parse_with(beyond).ok_or_else(|| field::unknown("nearest", beyond))?,
    };
    let given = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let details =
        RequestDetails { contact_name, contact_phone, order_number, remark, ..RequestDetails::default() };
    let order = OperatorOrder {
        query,
        offer,
        product_code: given(product_code),
        company: given(company),
        details,
        ahead: given(ahead),
    };
    let booked = use_backend().book_for(order, key).await?;
    let language = language::of_path(&language).unwrap_or_default();
    // What quality assurance signs is no lack: it comes next.
    let lacks = booked.unmet.iter().filter(|check| *check != "hazards_confirmed").count();
    let lacks = u32::try_from(lacks).unwrap_or(u32::MAX);
    done_with(&language::link(language, &format!("/desk/requests/{}", booked.id)), Deed::Booked, &[lacks]);
    Ok(())
}
