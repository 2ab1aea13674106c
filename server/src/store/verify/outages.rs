//! Lines that are down, against what stands on them.

use sea_orm::ConnectionTrait;

use super::{Fault, finding::found, pages::first};

/// For each: a query for the first that is wrong, and what is wrong with it.
const QUESTIONS: [(&str, &str, &str); 3] = [
    (
        "SELECT l.id FROM line l WHERE COALESCE(l.down_until, -1) <> COALESCE((SELECT MAX(o.ends_at) FROM outage o
           WHERE o.line = l.id AND o.starts_at < o.ends_at), -1)",
        "Line { doesn't know until when it is down.",
        "产线 { 所记停机时间与停机记录不符。",
    ),
    // What stood there when the line went down is on record as hit; nothing is put there since.
    (
        "SELECT b.id FROM outage o JOIN occupancy r ON r.live = o.line AND r.starts_at < o.ends_at
           AND r.ends_at > o.starts_at AND r.ends_at * 60 > o.created_at + 60
         JOIN step s ON s.occupancy = r.id AND s.live IS NOT NULL JOIN booking b ON b.id = s.booking
         WHERE o.starts_at < o.ends_at AND b.status IN ('held', 'requested', 'confirmed', 'running') AND NOT EXISTS (SELECT 1 FROM outage_hit h
           WHERE h.outage = o.id AND h.booking = b.id)",
        "Booking { stands where its line is down, and nobody was told.",
        "预约 { 位于产线停机期间，却未记录为受影响。",
    ),
    (
        "SELECT h.booking FROM outage_hit h JOIN outage o ON o.id = h.outage
         WHERE NOT EXISTS (SELECT 1 FROM step s JOIN occupancy r ON r.id = s.occupancy
           WHERE s.booking = h.booking AND r.line = o.line)",
        "Booking { is on record as hit by an outage of a line that it never stood on.",
        "预约 { 被记为受某产线停机影响，但从未使用该产线。",
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
