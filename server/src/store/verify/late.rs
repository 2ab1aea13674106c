//! Bookings on record as given up late, against those that were; and as moved by rule for holds.

use sea_orm::ConnectionTrait;

use super::{Fault, finding::found, pages::first};

/// For each: a query for the first that is wrong, and what is wrong with it. What had made room by rule didn't count
/// before it was left as if it had stayed.
const QUESTIONS: [(&str, &str, &str); 3] = [
    (
        "SELECT b.id FROM late_leaving l JOIN booking b ON b.id = l.booking
         WHERE (NOT l.moved AND (b.status NOT IN ('cancelled', 'no_show') OR b.leaving_fee_fen IS NULL))
           OR (l.moved AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.booking = b.id AND d.at = l.at
             AND ((d.action = 'move' AND d.outcome NOT LIKE '%\"fee_fen\":0,%')
               OR (d.action = 'make_room' AND d.inputs LIKE '%\"own\":true%'))))
           OR b.platform <> l.platform OR b.organisation IS NULL OR b.organisation <> l.organisation",
        "Booking { is on record as given up late, which it wasn't, or not by that firm.",
        "预约 { 被记为临期放弃，但实际并非如此，或并非该企业所为。",
    ),
    (
        r#"SELECT b.id FROM booking b WHERE b.leaving_fee_fen IS NOT NULL AND b.organisation IS NOT NULL
           AND b.policy LIKE '%"use_or_lose":{%' AND NOT EXISTS
             (SELECT 1 FROM late_leaving l WHERE l.booking = b.id AND NOT l.moved)
           AND NOT EXISTS (SELECT 1 FROM outage_hit h WHERE h.booking = b.id)
           AND NOT EXISTS (SELECT 1 FROM flag f WHERE f.booking = b.id)
           AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.booking = b.id AND (d.action IN ('rescue', 'part', 'part_off')
             OR (d.action = 'make_room' AND (d.inputs LIKE '%"agreed":false%' OR b.left_fee_fen = 0))))"#,
        "Booking { was given up late, and nothing on record counts it.",
        "预约 { 被临期放弃，却没有计入的记录。",
    ),
    (
        "SELECT m.booking FROM room_move m
         WHERE NOT EXISTS (SELECT 1 FROM decision d WHERE d.booking = m.booking AND d.action = 'make_room' AND d.at = m.at)
           OR NOT EXISTS (SELECT 1 FROM decision d WHERE d.booking = m.hold AND d.action = 'hold' AND d.at = m.at)",
        "Booking { is on record as moved for a hold, which it wasn't.",
        "预约 { 被记为因他人锁定而改期，但实际并非如此。",
    ),
];

/// Asks all that must have no answer.
pub(super) async fn verify(connection: &impl ConnectionTrait) -> Result<(), Fault> {
    for (sql, en, zh) in QUESTIONS {
        if let Some(subject) = first(connection, sql).await? {
            let name = |words: &str| words.replace('{', &subject.to_string());
            return found(subject, name(en), name(zh));
        }
    }
    Ok(())
}
