//! What a firm does with a campaign.

#![expect(clippy::too_many_arguments, reason = "the fields of a form are the arguments of its function")]

use leptos::prelude::*;
use uuid::Uuid;

use super::session::own;
use crate::{
    backend::use_backend,
    contract::{
        AnswerOrder, CancelOrder, Failure, MaterialsOrder, MoveOrder, Opened, OrganisationKind, Reason,
        RequestDetails,
    },
    deed::{Deed, done, done_with},
    language, query,
};

/// From which draft a form was made, if it says so: its mark, the form's own key, and how often it was on its way.
fn opened(known: String, form: String, turn: u32) -> Option<Opened> {
    (!known.is_empty()).then_some(Opened { known, form, turn })
}

/// Saves what is filled in of the request. A field that is wrong doesn't take the others with it: they are saved, and
/// it is told. `quietly`: by the page itself, while its reader goes on typing.
#[server(name = SaveDraft, prefix = "/do", endpoint = "save-draft")]
pub async fn save_draft(
    id: Uuid,
    #[server(default)] details: RequestDetails,
    #[server(default)] markets: Vec<String>,
    #[server(default)] known: String,
    #[server(default)] key: String,
    #[server(default)] turn: u32,
    #[server(default)] quietly: bool,
    here: String,
) -> Result<(), Failure> {
    let (backend, typed) = (use_backend(), with_markets(details, &markets));
    let (mut details, wrong) = typed.sound(&RequestDetails::default());
    if wrong.is_err() {
        // What is wrong leaves what was saved before.
        details = typed.sound(&backend.booking(id).await?.details).0;
    }
    backend.save_details(id, details, opened(known, key, turn)).await?;
    wrong?;
    to_booking(&here, id, if quietly { "?saved=quietly" } else { "?saved=true#request" });
    Ok(())
}

/// Sends the request to the platform.
#[server(name = SendRequest, prefix = "/do", endpoint = "send-request")]
pub async fn send_request(
    id: Uuid,
    #[server(default)] details: RequestDetails,
    #[server(default)] markets: Vec<String>,
    #[server(default)] known: String,
    #[server(default)] turn: u32,
    key: String,
    here: String,
) -> Result<(), Failure> {
    let (details, opened) = (with_markets(details, &markets), opened(known, key.clone(), turn));
    let sent = use_backend().send_request(id, details, opened, key).await?;
    let confirmed = sent.status == "confirmed";
    done(&booking_page(&here, id), if confirmed { Deed::RequestConfirmed } else { Deed::RequestSent });
    Ok(())
}

/// Fills in what a request lacks that the platform booked, on the page of either side.
#[server(name = FillIn, prefix = "/do", endpoint = "fill-in")]
pub async fn fill_in(
    id: Uuid,
    #[server(default)] details: RequestDetails,
    #[server(default)] markets: Vec<String>,
    #[server(default)] known: String,
    #[server(default)] turn: u32,
    key: String,
    here: String,
) -> Result<(), Failure> {
    let (details, opened) = (with_markets(details, &markets), opened(known, key.clone(), turn));
    let backend = use_backend();
    let before = backend.booking(id).await.ok().map(|booking| booking.version);
    let filled = backend.fill_in(id, details, opened, key).await?;
    // A platform that fills in for its own production tells nobody, nor does whoever changes nothing.
    let reader = backend.viewer().await.ok().flatten();
    let platforms = reader.is_some_and(|reader| reader.organisation_kind == OrganisationKind::Platform);
    let tells = (filled.company_name.is_some() || !platforms) && before != Some(filled.version);
    let missing = u32::try_from(filled.unmet.len()).unwrap_or(u32::MAX);
    done_with(own(&here), Deed::FilledIn, &[missing, u32::from(tells)]);
    Ok(())
}

/// Answers a question of the platform.
#[server(name = AnswerQuestion, prefix = "/do", endpoint = "answer")]
pub async fn answer_question(
    id: Uuid,
    question: Uuid,
    #[server(default)] answer: String,
    #[server(default)] materials_on: String,
    key: String,
    here: String,
) -> Result<(), Failure> {
    use_backend().answer(id, AnswerOrder { question, answer, materials_on }, key).await?;
    to_booking(&here, id, "#questions");
    Ok(())
}

/// Names another day on which materials arrive.
#[server(name = ChangeMaterials, prefix = "/do", endpoint = "change-materials")]
pub async fn change_materials(
    id: Uuid,
    #[server(default)] materials_on: String,
    key: String,
    here: String,
) -> Result<(), Failure> {
    use_backend().change_materials(id, MaterialsOrder { materials_on }, key).await?;
    to_booking(&here, id, "#next");
    Ok(())
}

/// Gives up a hold or a request.
#[server(name = Withdraw, prefix = "/do", endpoint = "withdraw")]
pub async fn withdraw(
    id: Uuid,
    #[server(default)] reason: String,
    key: String,
    here: String,
) -> Result<(), Failure> {
    use_backend().withdraw(id, Reason { reason }, key).await?;
    done(&booking_page(&here, id), Deed::Withdrawn);
    Ok(())
}

/// Cancels a confirmed booking for the fee that was shown.
#[server(name = Cancel, prefix = "/do", endpoint = "cancel")]
pub async fn cancel(
    id: Uuid,
    quoted_fee_fen: i64,
    #[server(default)] version: Option<i64>,
    #[server(default)] reason: String,
    key: String,
    here: String,
) -> Result<(), Failure> {
    use_backend().cancel(id, CancelOrder { quoted_fee_fen, version, reason }, key).await?;
    let figures: Vec<u32> = u32::try_from(quoted_fee_fen).into_iter().collect();
    done_with(&booking_page(&here, id), Deed::Cancelled, &figures);
    Ok(())
}

/// Moves a booking to an offer of the search whose parameters are `search`, for the fee that was shown. `ahead` is why
/// its platform goes ahead of those who wait.
#[server(name = Relocate, prefix = "/do", endpoint = "move")]
pub async fn relocate(
    id: Uuid,
    search: String,
    offer: String,
    quoted_fee_fen: i64,
    #[server(default)] version: Option<i64>,
    #[server(default)] ahead: String,
    key: String,
    here: String,
) -> Result<(), Failure> {
    let query = query::parse(&search).ok_or(Failure::NotFound)?;
    let ahead = Some(ahead).filter(|ahead| !ahead.is_empty());
    let order = MoveOrder { query, offer, quoted_fee_fen, version, ahead };
    let moved = use_backend().relocate(id, order, key).await?;
    let start = moved.steps.iter().map(|step| step.start.minute()).min();
    let figures = [Some(quoted_fee_fen), start].map(|figure| figure.and_then(|one| u32::try_from(one).ok()));
    let figures: Vec<u32> = figures.into_iter().flatten().collect();
    done_with(&booking_page(&here, id), Deed::Moved, &figures);
    Ok(())
}

/// The booking's page, in the language of the page that the form stands on.
fn booking_page(here: &str, id: Uuid) -> String {
    language::link(language::of_path(here).unwrap_or_default(), &format!("/bookings/{id}"))
}

/// On to the booking, in the language of the page that the form stands on.
pub(super) fn to_booking(here: &str, id: Uuid, rest: &str) {
    let language = language::of_path(here).unwrap_or_default();
    leptos_axum::redirect(&language::link(language, &format!("/bookings/{id}{rest}")));
}

/// Goes on to the firm's campaigns, which say that this is done.
pub(super) fn to_campaigns_with(here: &str, deed: Deed, figures: &[u32]) {
    let language = language::of_path(here).unwrap_or_default();
    done_with(&language::link(language, "/campaigns"), deed, figures);
}

/// The boxes that are ticked, as the request says them.
fn with_markets(details: RequestDetails, markets: &[String]) -> RequestDetails {
    if markets.is_empty() { details } else { RequestDetails { market: markets.join(","), ..details } }
}
