//! Calls: what firms wish for, and what the platform's people make of it.

#![expect(clippy::too_many_arguments, reason = "the fields of a form are the arguments of its function")]

use leptos::prelude::*;
use uuid::Uuid;

use super::session::own;
use crate::{
    backend::use_backend,
    contract::{
        AdjustOrder, DecideOrder, Failure, OtherDays, PointsOrder, PublishOrder, Reason, WishOrder, field,
    },
    deed::{Deed, done},
    language,
    query::{CallDraft, CampaignDraft},
};

/// Hands in a wish in the call `id`, or changes the wish `wish`.
#[server(name = HandIn, prefix = "/do", endpoint = "wish")]
pub async fn hand_in(
    id: Uuid,
    #[server(default)] wish: String,
    #[server(default)] offering: String,
    #[server(default)] batch_size: String,
    #[server(default)] unit: String,
    #[server(default)] batches: String,
    #[server(default)] from: String,
    #[server(default)] to: String,
    #[server(default)] else_from: String,
    #[server(default)] else_to: String,
    #[server(default)] hazards: Vec<String>,
    #[server(default)] oeb: String,
    #[server(default)] gmp: String,
    #[server(default)] stage: String,
    #[server(default)] product_code: String,
    #[server(default)] rank: String,
    #[server(default)] flexible: bool,
    key: String,
    here: String,
) -> Result<(), Failure> {
    let given = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let draft = CampaignDraft {
        offering,
        batch_size,
        unit,
        batches,
        from,
        to,
        hazards: hazards.join(","),
        oeb,
        gmp,
        stage,
        ..CampaignDraft::default()
    };
    let other = given(else_from.clone()).or_else(|| given(else_to.clone()));
    let order = WishOrder {
        query: draft.query()?,
        otherwise: other.map(|_| OtherDays { from: else_from, to: else_to }).into_iter().collect(),
        product_code: given(product_code),
        rank: rank.trim().parse().unwrap_or(0),
        flexible,
    };
    match given(wish) {
        None => use_backend().wish(id, order, key).await?,
        Some(wish) => {
            let wish = Uuid::parse_str(&wish).map_err(|_| field::unknown("wish", &wish))?;
            use_backend().change_wish(wish, order).await?
        }
    };
    to_call(&here, id);
    Ok(())
}

/// Takes a wish in the call `call` back.
#[server(name = WithdrawWish, prefix = "/do", endpoint = "withdraw-wish")]
pub async fn withdraw_wish(id: Uuid, call: Uuid, here: String) -> Result<(), Failure> {
    use_backend().withdraw_wish(id).await?;
    to_call(&here, call);
    Ok(())
}

/// Shows the firm's wishes, in the language of the page that the form stood on.
fn to_call(here: &str, call: Uuid) {
    let language = language::of_path(here).unwrap_or_default();
    leptos_axum::redirect(&language::link(language, &format!("/calls/{call}#wishes")));
}

/// Opens a call, then shows it.
#[server(name = OpenCall, prefix = "/do", endpoint = "open-call")]
pub async fn open_call(
    #[server(default)] title: String,
    #[server(default)] from: String,
    #[server(default)] to: String,
    #[server(default)] lines: Vec<Uuid>,
    #[server(default)] opens_at: String,
    #[server(default)] opens_time: String,
    #[server(default)] closes_at: String,
    #[server(default)] closes_time: String,
    #[server(default)] rule: String,
    #[server(default)] per_call: String,
    #[server(default)] per_firm: String,
    #[server(default)] reserved: String,
    #[server(default)] criteria: String,
    #[server(default)] hold_days: String,
    key: String,
    here: String,
) -> Result<(), Failure> {
    let draft = CallDraft {
        title,
        from,
        to,
        lines,
        opens_at,
        opens_time,
        closes_at,
        closes_time,
        rule,
        per_call,
        per_firm,
        reserved,
        criteria,
        hold_days,
    };
    let call = use_backend().open_call(draft.order()?, key).await?;
    let language = language::of_path(&here).unwrap_or_default();
    done(&language::link(language, &format!("/desk/calls/{}", call.id)), Deed::CallOpened);
    Ok(())
}

/// Gives a wish its points; `discard` is how many changes of the call's draft may be lost by that.
#[server(name = ScoreWish, prefix = "/do", endpoint = "score-wish")]
pub async fn score_wish(
    id: Uuid,
    #[server(default)] points: String,
    #[server(default)] discard: String,
    next: String,
) -> Result<(), Failure> {
    let points = points.trim().parse().map_err(|_| field::out_of_range("points", 0, 100))?;
    use_backend().score_wish(id, PointsOrder { points, discard: discard.trim().parse().ok() }).await?;
    done(own(&next), Deed::Scored);
    Ok(())
}

/// Decides the call; `discard` is how many changes of its draft may be lost by that.
#[server(name = DecideCall, prefix = "/do", endpoint = "decide-call")]
pub async fn decide_call(
    id: Uuid,
    #[server(default)] discard: String,
    key: String,
    next: String,
) -> Result<(), Failure> {
    use_backend().decide_call(id, DecideOrder { discard: discard.trim().parse().ok() }, key).await?;
    done(own(&next), Deed::Decided);
    Ok(())
}

/// Puts a wish to `place`, or takes it out of the draft; `deed` is `put` or `take_out`.
#[server(name = AdjustWish, prefix = "/do", endpoint = "adjust-wish")]
pub async fn adjust_wish(
    id: Uuid,
    deed: String,
    #[server(default)] place: String,
    #[server(default)] reason: String,
    key: String,
    next: String,
) -> Result<(), Failure> {
    let place = (deed == "put").then_some(place);
    use_backend().adjust_wish(id, AdjustOrder { place, reason }, key).await?;
    done(own(&next), Deed::Adjusted);
    Ok(())
}

/// Publishes the draft, if it is the one that was seen.
#[server(name = PublishCall, prefix = "/do", endpoint = "publish-call")]
pub async fn publish_call(id: Uuid, version: i64, key: String, next: String) -> Result<(), Failure> {
    use_backend().publish_call(id, PublishOrder { version }, key).await?;
    done(own(&next), Deed::Published);
    Ok(())
}

/// Cancels the call.
#[server(name = CancelCall, prefix = "/do", endpoint = "cancel-call")]
pub async fn cancel_call(
    id: Uuid,
    #[server(default)] reason: String,
    key: String,
    next: String,
) -> Result<(), Failure> {
    use_backend().cancel_call(id, Reason { reason }, key).await?;
    done(own(&next), Deed::CallCancelled);
    Ok(())
}
