//! Proposals against what came of them.

use sea_orm::ConnectionTrait;

use super::{Fault, finding::found, pages::first};

/// For each: a query for the first that is wrong, and what is wrong with it.
const QUESTIONS: [(&str, &str, &str); 5] = [
    (
        "SELECT p.id FROM proposal p WHERE p.closed_at IS NULL AND NOT EXISTS (SELECT 1 FROM proposal_move m
           WHERE m.proposal = p.id AND m.organisation IS NOT NULL AND m.answer IS NULL)",
        "Proposal { is open, though nobody is left to answer.",
        "征求 { 仍未结束，但已无人待答复。",
    ),
    (
        "SELECT p.id FROM proposal p JOIN proposal_move m ON m.proposal = p.id
         WHERE p.outcome = 'made' AND m.organisation IS NOT NULL AND COALESCE(m.answer, '') <> 'accepted'",
        "Proposal { was carried out without everybody's consent.",
        "征求 { 未经全部同意即已执行。",
    ),
    (
        "SELECT p.id FROM proposal p JOIN booking b ON b.id = p.booking
         WHERE b.organisation IS NULL OR b.organisation <> p.organisation",
        "Proposal { made a hold for somebody else.",
        "征求 { 为他人锁定了排期。",
    ),
    (
        "SELECT p.id FROM proposal p WHERE p.kind <> 'room' AND NOT EXISTS (SELECT 1 FROM proposal_move m
           WHERE m.proposal = p.id AND m.booking = p.cause)",
        "Proposal { doesn't move the booking that it is for.",
        "征求 { 并未调整其所涉的预约。",
    ),
    (
        "SELECT p.id FROM proposal p JOIN proposal_move m ON m.proposal = p.id WHERE m.rest_place IS NOT NULL
           AND (m.rest IS NOT NULL) <> (p.outcome IS NOT NULL AND p.outcome = 'made')",
        "Proposal { parts a campaign, but its other batches have no booking, or have one though it wasn't made.",
        "征求 { 拆分了项目，但其余批次没有相应的预约，或未执行却已有预约。",
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
