//! Calls: what firms wish for, and what the platform's people make of it.

#![expect(clippy::too_many_arguments, reason = "the fields of a form are the arguments of its function")]

use std::collections::BTreeMap;

use domain::resolve::allocation::rule::MOST_RANK;
use leptos::prelude::*;
use uuid::Uuid;

use super::session::own;
use crate::{
    backend::use_backend,
    contract::{
        AdjustOrder, CallView, Complaints, DecideOrder, Failure, FieldProblem, OtherDays, Period,
        PublishOrder, Reason, WishOrder, field,
    },
    deed::{Deed, done},
    language,
    query::{CallDraft, CampaignDraft},
    words::day,
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
    let otherwise: Vec<_> = other.map(|_| OtherDays { from: else_from, to: else_to }).into_iter().collect();
    let rank = rank.trim().parse().unwrap_or(0);
    let mut complaints = Complaints::default();
    let query = complaints.hear(draft.query());
    if query.is_err() {
        besides(&mut complaints, &otherwise, rank);
    }
    complaints.answer()?;
    let order = WishOrder { query: query?, otherwise, product_code: given(product_code), rank, flexible };
    let deed = match given(wish) {
        None => {
            use_backend().wish(id, order, key).await?;
            Deed::WishHandedIn
        }
        Some(wish) => {
            let wish = Uuid::parse_str(&wish).map_err(|_| field::unknown("wish", &wish))?;
            use_backend().change_wish(wish, order).await?;
            Deed::WishChanged
        }
    };
    to_call(&here, id, deed);
    Ok(())
}

/// What can be seen to be wrong with a wish besides a query that can't be read. Of one that can the server says it all.
fn besides(complaints: &mut Complaints, otherwise: &[OtherDays], rank: u16) {
    for days in otherwise {
        for (name, day) in [("else_from", &days.from), ("else_to", &days.to)] {
            let _told = complaints.hear(field::plant_day(name, day));
        }
    }
    if !(1..=MOST_RANK).contains(&rank) {
        let _told = complaints.hear::<()>(Err(field::out_of_range("rank", 1, MOST_RANK)));
    }
}

/// Takes a wish in the call `call` back.
#[server(name = WithdrawWish, prefix = "/do", endpoint = "withdraw-wish")]
pub async fn withdraw_wish(id: Uuid, call: Uuid, here: String) -> Result<(), Failure> {
    use_backend().withdraw_wish(id).await?;
    to_call(&here, call, Deed::WishWithdrawn);
    Ok(())
}

/// Shows the call, in the language of the page that the form stood on.
fn to_call(here: &str, call: Uuid, deed: Deed) {
    let language = language::of_path(here).unwrap_or_default();
    done(&language::link(language, &format!("/calls/{call}")), deed);
}

/// Opens a call, then shows it; to `look` opens nothing: what it would publish is shown above the form.
#[server(name = OpenCall, prefix = "/do", endpoint = "open-call")]
pub async fn open_call(
    #[server(default)] title: String,
    #[server(default)] from: String,
    #[server(default)] to: String,
    #[server(default)] lines: Vec<Uuid>,
    #[server(default)] all_lines: bool,
    #[server(default)] opens_at: String,
    #[server(default)] opens_time: String,
    #[server(default)] closes_at: String,
    #[server(default)] closes_time: String,
    #[server(default)] result_by: String,
    #[server(default)] result_time: String,
    #[server(default)] rule: String,
    #[server(default)] per_call: String,
    #[server(default)] per_firm: String,
    #[server(default)] reserved: String,
    #[server(default)] criteria: String,
    #[server(default)] hold_days: String,
    #[server(default)] look: bool,
    key: String,
    here: String,
) -> Result<Option<CallView>, Failure> {
    let backend = use_backend();
    let lines = if all_lines { every_line().await? } else { lines };
    let draft = CallDraft {
        title,
        from,
        to,
        lines,
        all_lines,
        opens_at,
        opens_time,
        closes_at,
        closes_time,
        result_by,
        result_time,
        rule,
        per_call,
        per_firm,
        reserved,
        criteria,
        hold_days,
    };
    let order = draft.order()?;
    if look {
        return Ok(Some(backend.foresee_call(order).await?));
    }
    let call = backend.open_call(order, key).await?;
    let language = language::of_path(&here).unwrap_or_default();
    done(&language::link(language, &format!("/desk/calls/{}", call.id)), Deed::CallOpened);
    Ok(None)
}

/// All lines of the reader's platform.
async fn every_line() -> Result<Vec<Uuid>, Failure> {
    let backend = use_backend();
    let today = day(backend.now(), 0);
    let boards = backend.boards(Period { from: today.clone(), to: today }).await?;
    Ok(boards.into_iter().map(|board| board.line).collect())
}

/// Gives the wishes of a call their `points`, all at once, each under the letter w and its id. What each had in the
/// form, `was`, may be what a colleague has changed since: where nothing else was typed it stays. `discard` is how many
/// changes of the draft may be lost. `deed` is `decide` to decide the call by them then, under `key`: what was typed
/// beside that button is never left out of the decision.
#[server(name = ScoreWishes, prefix = "/do", endpoint = "score-wishes")]
pub async fn score_wishes(
    id: Uuid,
    #[server(default)] points: BTreeMap<String, String>,
    #[server(default)] was: BTreeMap<String, String>,
    #[server(default)] discard: String,
    #[server(default)] deed: String,
    #[server(default)] key: String,
    next: String,
) -> Result<(), Failure> {
    let mut complaints = Complaints::default();
    let mut given = BTreeMap::new();
    for (wish, typed) in &points {
        let typed = typed.trim();
        if was.get(wish).is_some_and(|was| was == typed) {
            continue;
        }
        // Behind a letter: what begins with a digit, a form's reader takes for a place in a list.
        let id = wish.strip_prefix('w').and_then(|id| Uuid::parse_str(id).ok());
        let read = id.ok_or_else(|| field::unknown("points", wish));
        let read = read.and_then(|id| Ok((id, points_of(wish, typed)?)));
        given.extend(complaints.hear(read).ok());
    }
    complaints.answer()?;
    let (backend, discard) = (use_backend(), discard.trim().parse().ok());
    backend.score_wishes(id, given, discard).await?;
    if deed == "decide" {
        backend.decide_call(id, DecideOrder { discard }, key).await?;
        done(own(&next), Deed::Decided);
    } else {
        done(own(&next), Deed::Scored);
    }
    Ok(())
}

/// The points that were typed for a wish.
fn points_of(wish: &str, typed: &str) -> Result<u32, Failure> {
    let name = format!("{wish}.points");
    if typed.is_empty() {
        return Err(field::invalid(&name, FieldProblem::Missing));
    }
    let points = typed.parse::<u32>().ok().filter(|points| *points <= 100);
    points.ok_or_else(|| field::out_of_range(&name, 0, 100))
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
