//! What a change leaves besides itself, in the same commit: the decision on record, and notes for those concerned.

use app::contract::{Instant, MovedView, OfferQuery};
use domain::{LineId, Minute, Second, availability::Placement};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::Stop;
use crate::{
    store::{Tx, statement},
    usecase::{Member, booking::Loaded},
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

/// What stands beside a note and says more than its kind does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Beside {
    /// What was searched for: its reader can do so again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search: Option<OfferQuery>,
    /// Of a move, be it made or asked for: the first starts before and then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved: Option<MovedView>,
    /// Of a place that is held or booked: when it begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts: Option<Instant>,
    /// And until when it is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_until: Option<Instant>,
    /// What is due with it, in fen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_fen: Option<i64>,
}

impl Beside {
    /// Of a move from one place to another.
    pub fn moved(from: &Placement, to: &Placement) -> Self {
        let start = |place: &Placement| place.span().map(|span| span.start);
        start(from).zip(start(to)).map(|(from, to)| Self::between(from, to)).unwrap_or_default()
    }

    /// Of a move from one first start to another.
    pub fn between(from: Minute, to: Minute) -> Self {
        let [from, to] = [from, to].map(Instant::from_minute);
        Self { moved: Some(MovedView { from, to }), ..Self::default() }
    }

    /// Of the place at which `booking` stands.
    pub fn place(booking: &Loaded) -> Self {
        Self {
            starts: Some(Instant::from_minute(booking.first_start())),
            held_until: booking.row.hold_expires_at.map(Instant),
            ..Self::default()
        }
    }
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
    tell_with(tx, note, &Beside { search: Some(search), ..Beside::default() }, now).await
}

/// Puts a note into the outbox with what stands beside it.
pub(crate) async fn tell_with(tx: &Tx<'_>, note: &Note, beside: &Beside, now: Second) -> Result<(), Stop> {
    let mut payload = json!(note);
    if let (Some(into), Json::Object(more)) = (payload.as_object_mut(), json!(beside)) {
        into.extend(more);
    }
    write(tx, &note.kind, &payload, now).await
}

async fn write(tx: &Tx<'_>, topic: &str, payload: &Json, now: Second) -> Result<(), Stop> {
    let sql = "INSERT INTO outbox (id, at, topic, payload, delivered_at) VALUES (?, ?, ?, ?, NULL)";
    let values = [Uuid::now_v7().into(), now.into(), topic.into(), payload.to_string().into()];
    tx.insert_later(sql, values);
    Ok(())
}
