//! What a change leaves besides itself, in the same commit: the decision on record, and notes for those concerned.

use app::contract::OfferQuery;
use domain::{LineId, Second};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::Stop;
use crate::{
    store::{Tx, statement},
    usecase::Member,
};

/// The decision record: what was asked, by which rule and on which state it was decided, and what came of it.
#[derive(Clone, Debug)]
pub(crate) struct Decision<'a> {
    /// Whoever decided; `None`: the system, such as an expiry.
    pub by: Option<&'a Member>,
    pub booking: Option<Uuid>,
    pub action: &'a str,
    pub inputs: Json,
    /// The rule's name, with its version.
    pub rule: &'a str,
    /// Line and version that were decided on.
    pub versions: &'a [(LineId, i64)],
    pub outcome: Json,
}

/// Writes a decision.
pub(crate) async fn decide(tx: &Tx<'_>, decision: Decision<'_>, now: Second) -> Result<(), Stop> {
    let sql = "INSERT INTO decision (id, at, account, booking, action, inputs, rule, versions, seed, outcome, \
               side) VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?)";
    let values = [
        Uuid::now_v7().into(),
        now.into(),
        decision.by.map(|by| by.account).into(),
        decision.booking.into(),
        decision.action.into(),
        decision.inputs.to_string().into(),
        decision.rule.into(),
        json!(decision.versions).to_string().into(),
        decision.outcome.to_string().into(),
        decision.by.map(|by| by.kind.word()).into(),
    ];
    tx.insert_later(sql, values);
    Ok(())
}

/// A note in the outbox: what happened, and which organisations are to be told. The relay makes notices of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Note {
    /// Such as `booking_requested`.
    pub kind: String,
    pub to: Vec<Uuid>,
    pub booking: Option<Uuid>,
    pub reference: Option<String>,
    /// In words, where somebody gave any.
    pub reason: Option<String>,
}

/// What stands beside a note that [`tell_of`] has put there.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Sought {
    pub search: OfferQuery,
}

/// Lets the open pages of `organisation` know that a line of its has changed, which nobody needs a notice of.
pub(crate) async fn show_line(tx: &Tx<'_>, organisation: Uuid, now: Second) -> Result<(), Stop> {
    write(tx, "line_changed", &json!(Shown { shown: vec![organisation] }), now).await
}

/// Lets the open pages of whoever verifies companies know that those which wait have changed: the district's and the
/// platforms'.
pub(crate) async fn show_companies(tx: &Tx<'_>, now: Second) -> Result<(), Stop> {
    let sql = "SELECT id FROM organisation WHERE kind IN ('district', 'platform')";
    let mut shown = Vec::new();
    for row in tx.query_all_raw(statement(tx, sql, [])).await? {
        shown.push(row.try_get("", "id")?);
    }
    write(tx, "companies_changed", &json!(Shown { shown }), now).await
}

/// Something in the outbox that is nobody's notice: whose open pages it concerns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Shown {
    pub shown: Vec<Uuid>,
}

/// Puts a note into the outbox.
pub(crate) async fn tell(tx: &Tx<'_>, note: &Note, now: Second) -> Result<(), Stop> {
    write(tx, &note.kind, &json!(note), now).await
}

/// Puts a note into the outbox that is about what was searched for: its reader can do so again.
pub(crate) async fn tell_of(tx: &Tx<'_>, note: &Note, search: OfferQuery, now: Second) -> Result<(), Stop> {
    let mut payload = json!(note);
    payload["search"] = json!(search);
    write(tx, &note.kind, &payload, now).await
}

async fn write(tx: &Tx<'_>, topic: &str, payload: &Json, now: Second) -> Result<(), Stop> {
    let sql = "INSERT INTO outbox (id, at, topic, payload, delivered_at) VALUES (?, ?, ?, ?, NULL)";
    let values = [Uuid::now_v7().into(), now.into(), topic.into(), payload.to_string().into()];
    tx.insert_later(sql, values);
    Ok(())
}
