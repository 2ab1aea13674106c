//! Live rows against bookings: every campaign row belongs to exactly one active step and the other way round, and steps
//! agree with their bookings.

use domain::booking::Status;
use sea_orm::ConnectionTrait;

use super::{
    Fault,
    finding::found,
    pages::{count, first},
};

/// A query for the first row that is wrong, and what is wrong with it: after "… " in English, after "：" in Chinese.
struct Question {
    sql: String,
    en: &'static str,
    zh: &'static str,
}

/// Asks all that must have no answer; answers how many bookings there are.
pub(super) async fn verify(connection: &impl ConnectionTrait) -> Result<u64, Fault> {
    for question in questions() {
        if let Some(subject) = first(connection, &question.sql).await? {
            return found(
                subject,
                question.en.replace('{', &subject.to_string()),
                question.zh.replace('{', &subject.to_string()),
            );
        }
    }
    count(connection, "SELECT count(*) FROM booking").await
}

/// The words of the states in which a booking holds capacity, as SQL lists them.
fn holding() -> String {
    let names: Vec<_> = [
        Status::Held,
        Status::Requested,
        Status::Confirmed,
        Status::Running,
        Status::Completed,
        Status::Closed,
    ]
    .iter()
    .map(|status| format!("'{}'", status.name()))
    .collect();
    names.join(", ")
}

fn questions() -> Vec<Question> {
    let holding = holding();
    let ask = |sql: &str, en, zh| Question { sql: sql.replace("$holding", &holding), en, zh };
    vec![
        ask(
            "SELECT o.id FROM occupancy o WHERE o.live IS NOT NULL AND o.kind = 'campaign'
               AND NOT EXISTS (SELECT 1 FROM step s WHERE s.occupancy = o.id AND s.live IS NOT NULL)",
            "Campaign row { holds its line for no step of any booking.",
            "占用 { 不属于任何预约的有效工序。",
        ),
        ask(
            "SELECT s.occupancy FROM step s WHERE s.live IS NOT NULL GROUP BY s.occupancy HAVING count(*) > 1",
            "Row { holds its line for more than one step.",
            "占用 { 同时属于多个工序。",
        ),
        ask(
            "SELECT s.id FROM step s LEFT JOIN occupancy o ON o.id = s.occupancy
             WHERE s.live IS NOT NULL AND (o.live IS NULL OR o.live <> s.live OR o.kind <> 'campaign')",
            "Step { is active, but no row holds its line.",
            "工序 { 有效，但没有占用其产线。",
        ),
        ask(
            "SELECT s.id FROM step s WHERE (s.live IS NOT NULL) <> (s.status IN ($holding))",
            "Step { has a status that doesn't fit whether it is active.",
            "工序 { 的状态与是否有效不符。",
        ),
        ask(
            "SELECT s.id FROM step s JOIN booking b ON b.id = s.booking
             WHERE s.live IS NOT NULL AND s.status <> b.status",
            "Step { has another status than its booking.",
            "工序 { 与其预约状态不同。",
        ),
        ask(
            "SELECT s.id FROM step s LEFT JOIN booking b ON b.id = s.booking WHERE b.id IS NULL",
            "Step { belongs to no booking.",
            "工序 { 不属于任何预约。",
        ),
        ask(
            "SELECT b.id FROM booking b WHERE b.status IN ($holding)
               AND NOT EXISTS (SELECT 1 FROM step s WHERE s.booking = b.id AND s.live IS NOT NULL)",
            "Booking { should hold capacity and has no active step.",
            "预约 { 应占用产能，却没有有效工序。",
        ),
        ask(
            "SELECT s.booking FROM step s WHERE s.live IS NOT NULL GROUP BY s.booking
             HAVING count(*) <> max(s.seq) + 1 OR count(DISTINCT s.seq) <> count(*) OR min(s.seq) <> 0",
            "The active steps of booking { aren't one for each place of its route.",
            "预约 { 的有效工序与路线不符。",
        ),
        ask(
            "SELECT o.id FROM occupancy o WHERE o.live IS NOT NULL AND o.kind = 'campaign' AND o.batches < 1",
            "Campaign row { is of no batch.",
            "占用 { 没有批次。",
        ),
        ask(
            "SELECT b.id FROM booking b JOIN step s ON s.booking = b.id AND s.live IS NOT NULL
             JOIN line l ON l.id = s.live WHERE l.platform <> b.platform",
            "Booking { stands on a line of another platform.",
            "预约 { 位于其他平台的产线。",
        ),
        ask(
            "SELECT b.id FROM booking b JOIN product p ON p.id = b.product
             WHERE p.organisation <> COALESCE(b.organisation, b.platform)",
            "Booking { is of somebody else's product.",
            "预约 { 的产品不属于其客户。",
        ),
        ask(
            "SELECT o.id FROM occupancy o JOIN step s ON s.occupancy = o.id AND s.live IS NOT NULL
             JOIN booking b ON b.id = s.booking WHERE o.product <> b.product",
            "Row { is of another product than its booking.",
            "占用 { 与其预约的产品不同。",
        ),
        ask(
            "SELECT o.id FROM occupancy o JOIN step s ON s.occupancy = o.id AND s.live IS NOT NULL
             JOIN booking b ON b.id = s.booking
             WHERE COALESCE(o.expires_at, -1) <>
               COALESCE(CASE b.status WHEN 'held' THEN b.hold_expires_at WHEN 'requested' THEN b.reply_by END, -1)",
            "Row { expires at another time than its booking says.",
            "占用 { 的到期时间与其预约不符。",
        ),
        ask(
            "SELECT p.booking FROM plan_window p JOIN step s ON s.booking = p.booking AND s.live IS NOT NULL
             JOIN occupancy o ON o.id = s.occupancy WHERE o.starts_at < p.starts_at OR o.ends_at > p.ends_at",
            "Booking { lies outside its plan window.",
            "预约 { 超出其计划窗口。",
        ),
        ask(
            "SELECT f.booking FROM flag f LEFT JOIN booking b ON b.id = f.booking
             WHERE b.id IS NULL
                OR (f.settled_at IS NULL AND EXISTS (SELECT 1 FROM flag g
                    WHERE g.booking = f.booking AND g.settled_at IS NULL AND g.id <> f.id))",
            "Booking { is flagged twice, or doesn't exist.",
            "预约 { 有两个未处理的标记，或不存在。",
        ),
        ask(
            "SELECT b.id FROM booking b
             WHERE COALESCE(b.resold_fen, 0) > COALESCE(b.leaving_fee_fen, 0)
                OR COALESCE(b.leaving_fee_fen, 0) > COALESCE(b.fee_fen, 0)
                OR (b.leaving_fee_fen IS NOT NULL AND b.status NOT IN ('cancelled', 'no_show'))",
            "The fee of booking { is reduced by more than was charged, or charged without its end.",
            "预约 { 的费用减免超过所收，或未结束即已收费。",
        ),
        // Of what stands nowhere any more it may be any first step: the newest is told by ids of servers whose clocks
        // differ a little.
        ask(
            "SELECT b.id FROM booking b
             WHERE EXISTS (SELECT 1 FROM step s WHERE s.booking = b.id AND s.seq = 0)
               AND NOT EXISTS (SELECT 1 FROM step s WHERE s.booking = b.id AND s.seq = 0
                 AND b.begins_at = COALESCE(s.starts_at, 0) * 60
                 AND (s.live IS NOT NULL OR NOT EXISTS (SELECT 1 FROM step l
                   WHERE l.booking = b.id AND l.seq = 0 AND l.live IS NOT NULL)))",
            "Booking { doesn't begin when its first step does.",
            "预约 { 的开始时间与其首道工序不符。",
        ),
    ]
}
