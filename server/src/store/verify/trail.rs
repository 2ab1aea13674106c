//! One booking against the decisions about it.

use domain::{policy::Policy, request::Request};
use serde::{Deserialize, de::DeserializeOwned};
use uuid::Uuid;

use super::{Fault, finding::found};
use crate::store::StoreError;

/// What a booking says of itself. Money in fen.
pub(super) struct Stands {
    pub id: Uuid,
    pub status: String,
    pub price_fen: i64,
    pub fee_fen: i64,
    pub policy: Option<String>,
    pub hazards_confirmed: bool,
    pub offering: String,
    pub request: String,
}

/// A decision about it, its documents as they are stored.
pub(super) struct Decided {
    pub action: String,
    pub inputs: String,
    pub outcome: String,
}

#[derive(Default, Deserialize)]
struct Outcome {
    status: Option<String>,
    price_fen: Option<i64>,
    fee_fen: Option<i64>,
}

#[derive(Deserialize)]
struct Asked {
    request: Request,
}

#[derive(Deserialize)]
struct Approved {
    policy: i32,
}

#[derive(Deserialize)]
struct Confirmed {
    hazards: domain::hazard::HazardProfile,
}

/// Whether the trail, oldest first, leads to what the booking is.
pub(super) fn verify(booking: &Stands, trail: &[Decided]) -> Result<(), Fault> {
    let id = booking.id;
    let Some(last) = trail.last() else {
        return found(
            id,
            format!("No decision tells how booking {id} came to be."),
            format!("预约 {id} 没有任何决定记录。"),
        );
    };
    status(booking, last)?;
    money(booking, trail)?;
    asked(booking, trail)?;
    approved(booking, trail)
}

fn status(booking: &Stands, last: &Decided) -> Result<(), Fault> {
    let (id, status) = (booking.id, &booking.status);
    let decided = outcome(last).status.unwrap_or_else(|| "no status".into());
    if decided == *status {
        return Ok(());
    }
    found(
        id,
        format!("Booking {id} is {status}, but the last decision on it came to {decided}."),
        format!("预约 {id} 状态为 {status}，最后一次决定的结果却是 {decided}。"),
    )
}

/// It costs what the last decision that says so came to, and is charged the fees of all of them.
fn money(booking: &Stands, trail: &[Decided]) -> Result<(), Fault> {
    let Stands { id, price_fen, fee_fen, .. } = booking;
    let outcomes = || trail.iter().map(outcome);
    if let Some(decided) = outcomes().filter_map(|outcome| outcome.price_fen).next_back()
        && decided != *price_fen
    {
        return found(
            *id,
            format!("Booking {id} costs {price_fen} fen, but the last decision on it says {decided}."),
            format!("预约 {id} 的价格为 {price_fen} 分，最后一次决定的价格却是 {decided} 分。"),
        );
    }
    let fees: i64 = outcomes().filter_map(|outcome| outcome.fee_fen).sum();
    if fees == *fee_fen {
        return Ok(());
    }
    found(
        *id,
        format!("Booking {id} is charged {fee_fen} fen in fees, but the decisions on it come to {fees}."),
        format!("预约 {id} 的费用为 {fee_fen} 分，各次决定合计却是 {fees} 分。"),
    )
}

/// It is of what was asked for when it was made, or parted. The window and the platform follow its moves.
fn asked(booking: &Stands, trail: &[Decided]) -> Result<(), Fault> {
    let id = booking.id;
    let made = trail.iter().rev().find(|decided| decided.inputs.contains("\"request\":"));
    let Some(made) = made else {
        if trail.iter().any(|decided| ["request", "approve"].contains(&decided.action.as_str())) {
            return found(
                id,
                format!("No decision tells what booking {id} was made for."),
                format!("没有决定记录说明预约 {id} 是为何而订。"),
            );
        }
        return Ok(());
    };
    let asked = read::<Asked>(&made.inputs, "a decision's request")?.request;
    let stands = read::<Asked>(&booking.request, "a booking's request")?.request;
    let same = Request { window: stands.window, platform: stands.platform, ..asked };
    if same == stands && stands.offering == booking.offering {
        return Ok(());
    }
    found(
        id,
        format!("Booking {id} is of something else than was decided."),
        format!("预约 {id} 的内容与决定时不符。"),
    )
}

/// What is confirmed has had its hazards confirmed, as they are, and keeps the policy of that time.
fn approved(booking: &Stands, trail: &[Decided]) -> Result<(), Fault> {
    let id = booking.id;
    let of = |action: &str| trail.iter().rev().find(|decided| decided.action == action);
    let Some(approval) = of("approve") else { return Ok(()) };
    let version = read::<Approved>(&approval.inputs, "an approval")?.policy;
    let kept = booking.policy.as_deref().and_then(|policy| serde_json::from_str::<Policy>(policy).ok());
    if kept.is_none_or(|policy| policy.version != version) {
        return found(
            id,
            format!("Booking {id} doesn't keep the policy that it was confirmed by."),
            format!("预约 {id} 未保留确认时的规则。"),
        );
    }
    let confirmed = of("confirm_hazards");
    let hazards = read::<Asked>(&booking.request, "a booking's request")?.request.hazards;
    let as_they_are = match confirmed {
        Some(confirmed) => read::<Confirmed>(&confirmed.inputs, "a confirmation")?.hazards == hazards,
        None => false,
    };
    if booking.hazards_confirmed && as_they_are {
        return Ok(());
    }
    found(
        id,
        format!("Booking {id} was confirmed, but not its hazards as they are."),
        format!("预约 {id} 已确认，但其危害信息未经同样的确认。"),
    )
}

fn outcome(decided: &Decided) -> Outcome {
    serde_json::from_str(&decided.outcome).unwrap_or_default()
}

fn read<T: DeserializeOwned>(document: &str, what: &str) -> Result<T, Fault> {
    Ok(serde_json::from_str(document).map_err(|error| StoreError::document(what, &error))?)
}
