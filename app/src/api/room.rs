//! Making room, and answering those who ask for it.

use leptos::prelude::*;
use uuid::Uuid;

use super::{campaign::to_booking, session::own};
use crate::{
    backend::use_backend,
    contract::{Failure, RepairOrder},
    deed::{Deed, done},
    language, query,
};

/// Has room made for the search whose parameters are `search`, for which no more than `consents` owners were to be
/// asked if it says so, then shows the hold or what others are asked for.
#[server(name = MakeRoom, prefix = "/do", endpoint = "make-room")]
pub async fn make_room(
    search: String,
    #[server(default)] offer: String,
    #[server(default)] product_code: String,
    #[server(default)] flexible: bool,
    #[server(default)] consents: Option<u32>,
    key: String,
    here: String,
) -> Result<(), Failure> {
    let query = query::parse(&search).ok_or(Failure::NotFound)?;
    let product_code = Some(product_code.trim().to_owned()).filter(|code| !code.is_empty());
    let offer = Some(offer).filter(|offer| !offer.is_empty());
    let order = RepairOrder { query, offer, product_code, flexible, consents };
    match use_backend().make_room(order, key).await?.booking {
        Some(booking) => to_booking(&here, booking.id, ""),
        None => to_list(&here, "#room"),
    }
    Ok(())
}

/// Takes back what others are asked, and leads to `next`, or to the firm's campaigns.
#[server(name = WithdrawRepair, prefix = "/do", endpoint = "withdraw-repair")]
pub async fn withdraw_repair(id: Uuid, #[server(default)] next: String, here: String) -> Result<(), Failure> {
    use_backend().withdraw_repair(id).await?;
    if next.is_empty() {
        to_list(&here, "#room");
    } else {
        done(own(&next), Deed::ProposalWithdrawn);
    }
    Ok(())
}

/// Answers a move that the firm is asked for, or its platform, which stays on its page; `answer` is `accept`
/// or `decline`.
#[server(name = AnswerMove, prefix = "/do", endpoint = "answer-move")]
pub async fn answer_move(id: Uuid, answer: String, key: String, here: String) -> Result<(), Failure> {
    let said = use_backend().answer_move(id, answer == "accept", key).await?;
    if here.contains("/desk/requests/") {
        leptos_axum::redirect(own(&here));
    } else {
        to_booking(&here, said.booking, "#asked-to-move");
    }
    Ok(())
}

/// Shows the firm's campaigns, in the language of the page that the form stood on.
fn to_list(here: &str, part: &str) {
    let language = language::of_path(here).unwrap_or_default();
    leptos_axum::redirect(&language::link(language, &format!("/campaigns{part}")));
}
