//! Calls against their wishes, and what these were given.

use sea_orm::ConnectionTrait;

use super::{Fault, finding::found, pages::first};

/// For each: a query for the first that is wrong, and what is wrong with it.
const QUESTIONS: [(&str, &str, &str); 8] = [
    (
        "SELECT c.id FROM call c WHERE NOT EXISTS (SELECT 1 FROM call_line l WHERE l.call = c.id)",
        "Call { is for no line.",
        "征集 { 未涉及任何产线。",
    ),
    (
        "SELECT c.id FROM call c JOIN call_line l ON l.call = c.id JOIN line o ON o.id = l.line
         WHERE o.platform <> c.platform",
        "Call { is for a line of another platform.",
        "征集 { 涉及其他平台的产线。",
    ),
    (
        "SELECT c.id FROM call c WHERE c.draft IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM call_draft d WHERE d.id = c.draft AND d.call = c.id)",
        "Call { stands on a draft that isn't there.",
        "征集 { 所依据的草案不存在。",
    ),
    (
        "SELECT w.id FROM wish w JOIN call c ON c.id = w.call
         WHERE w.withdrawn_at IS NULL AND (c.state = 'published') <> (w.outcome IS NOT NULL)",
        "Wish { has an outcome though its call isn't published, or none though it is.",
        "意向 { 的结果与其征集是否公布不一致。",
    ),
    (
        "SELECT w.id FROM wish w JOIN booking b ON b.id = w.booking JOIN call c ON c.id = w.call
         WHERE b.organisation IS NULL OR b.organisation <> w.organisation OR b.platform <> c.platform",
        "Wish { was given a hold of somebody else.",
        "意向 { 所得的锁定属于他人。",
    ),
    (
        "SELECT w.id FROM wish w JOIN product p ON p.id = w.product WHERE p.organisation <> w.organisation",
        "Wish { is for a product of another company.",
        "意向 { 所涉产品属于其他企业。",
    ),
    (
        "SELECT a.id FROM call_adjustment a JOIN call_draft d ON d.id = a.draft JOIN wish w ON w.id = a.wish
         WHERE w.call <> d.call",
        "Adjustment { is of a wish of another call.",
        "调整 { 所涉意向属于其他征集。",
    ),
    (
        "SELECT w.id FROM wish w JOIN call c ON c.id = w.call
         WHERE w.asked_at < c.opens_at OR w.asked_at >= c.closes_at",
        "Wish { was handed in while its call wasn't open.",
        "意向 { 提交时征集并未开放。",
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
