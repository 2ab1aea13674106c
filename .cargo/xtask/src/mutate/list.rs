//! The mutations, by hand: each a way in which the protocol, the guard or the resolver could be wrong, with tests that
//! must see it.

/// `from`, which is in `file` once, becomes `to`; then one of `tests` (a nextest filter) must fail.
pub struct Mutation {
    pub name: &'static str,
    pub file: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    pub tests: &'static str,
}

const fn mutation(
    name: &'static str,
    file: &'static str,
    from: &'static str,
    to: &'static str,
    tests: &'static str,
) -> Mutation {
    Mutation { name, file, from, to, tests }
}

const LOCK: &str = "server/src/store/queries/lock.rs";
const CHAIN: &str = "server/src/store/queries/chain.rs";
const WRITER: &str = "server/src/store/writer.rs";
const CHECKPOINT: &str = "server/src/store/checkpoint.rs";
const CONNECT: &str = "server/src/store/connect.rs";
const RETRY: &str = "server/src/store/retry.rs";
const ATTEMPT: &str = "server/src/usecase/protocol/attempt.rs";
const EFFECTS: &str = "server/src/usecase/protocol/effects.rs";
const LAPSE: &str = "server/src/usecase/protocol/lapse.rs";
const RECORD: &str = "server/src/usecase/protocol/record.rs";
const SCENE: &str = "server/src/usecase/protocol/scene.rs";
const HOLDING: &str = "server/src/usecase/holding.rs";
const PLACING: &str = "server/src/usecase/placing.rs";
const APPROVE: &str = "server/src/usecase/approve.rs";
const CANCEL: &str = "server/src/usecase/cancel.rs";
const CLOSURES: &str = "server/src/usecase/closures.rs";
const ANSWER: &str = "server/src/usecase/repair/answer.rs";
const COMMIT: &str = "server/src/usecase/repair/commit.rs";
const AGREED: &str = "server/src/usecase/repair/agreed.rs";
const ENDED: &str = "server/src/usecase/repair/lapse.rs";
const DECLINED: &str = "server/src/usecase/repair/declined.rs";
const PROPOSE: &str = "server/src/usecase/repair/propose.rs";
const RESCUE: &str = "server/src/usecase/repair/rescue.rs";
const ROOM_MOVES: &str = "server/src/usecase/repair/room_moves.rs";
const SWAP: &str = "server/src/usecase/repair/swap.rs";
const OUTAGE: &str = "server/src/usecase/outage/change.rs";
const WISHES: &str = "server/src/usecase/conflicts/wishes.rs";
const AHEAD: &str = "server/src/usecase/waitlist/ahead.rs";
const GIVE: &str = "server/src/usecase/waitlist/give.rs";
const PROMOTE: &str = "server/src/usecase/waitlist/promote.rs";
const SETTLE: &str = "server/src/usecase/rounds/settle.rs";
const DRAFT: &str = "server/src/usecase/rounds/draft.rs";
const GUARD: &str = "migration/src/m03_guard.rs";
const POOLS: &str = "migration/src/m04_pools.rs";

pub const MUTATIONS: &[Mutation] = &[
    mutation(
        "a line's version is not bumped",
        LOCK,
        "\"UPDATE {table} SET version = version + 1 WHERE id IN",
        "\"UPDATE {table} SET version = version WHERE id IN",
        "test(store::) or test(one_slot)",
    ),
    mutation(
        "pools are not locked",
        LOCK,
        "let rows = lock(tx, \"pool\", \"version\", pools.iter().map(|pool| pool.0)).await?;",
        "let rows = Some(tx.query_all_raw(statement(tx, \"SELECT id, version FROM pool\", [])).await?);",
        "test(unguarded) or test(contention) or test(store::pools)",
    ),
    mutation(
        "a catalogue that changed meanwhile is not seen",
        SCENE,
        "if locked.catalogue > catalogue.version {",
        "if locked.catalogue > i64::MAX - catalogue.version.abs() {",
        "test(changing)",
    ),
    mutation(
        "a released row may be revived",
        CHAIN,
        "WHERE occupancy.live IS NOT NULL\";",
        "WHERE occupancy.live IS NOT NULL OR TRUE\";",
        "test(store::chain)",
    ),
    mutation(
        "nobody counts the rows that were written",
        CHAIN,
        ".is_ok_and(|written| written == rows.len())",
        ".is_ok_and(|written| written <= rows.len())",
        "test(store::chain)",
    ),
    mutation(
        "an answer is given before its commit",
        WRITER,
        "Fate::Keep => self.done.push(job),",
        "Fate::Keep => job.answer(),",
        "test(kill) or test(store::write)",
    ),
    mutation(
        "a commit is not synced",
        CONNECT,
        ".synchronous(if options.durable { SqliteSynchronous::Full } else { SqliteSynchronous::Normal })",
        ".synchronous(SqliteSynchronous::Normal)",
        "test(harness)",
    ),
    mutation(
        "what a job wrote stays though it failed",
        WRITER,
        "transaction.execute_unprepared(\"ROLLBACK TO job\").await?;",
        "transaction.execute_unprepared(\"RELEASE job; SAVEPOINT job\").await?;",
        "test(store::write) or test(model)",
    ),
    mutation(
        "nothing is tried again",
        RETRY,
        "ATTEMPTS: u32 = 6;",
        "ATTEMPTS: u32 = 1;",
        "test(retries) or test(store::retry)",
    ),
    mutation(
        "it is tried too often",
        RETRY,
        "ATTEMPTS: u32 = 6;",
        "ATTEMPTS: u32 = 9;",
        "test(retries) or test(store::retry)",
    ),
    mutation(
        "an answered key is not remembered",
        ATTEMPT,
        "tx.insert_later(sql, values);",
        "let _: (_, &[sea_orm::Value; 5]) = ((tx, sql), &values);",
        "test(idempotency)",
    ),
    mutation(
        "what expired on a line is not released first",
        EFFECTS,
        "for (row, line, _) in scene.lapsed.iter().flat_map(|booking| &booking.rows) {",
        "for (row, line, _) in scene.lapsed.iter().flat_map(|booking| &booking.rows).skip(1) {",
        "test(expiry) or test(model)",
    ),
    mutation(
        "a hold expires a second late",
        LAPSE,
        "hold_expires_at <= ? \\",
        "hold_expires_at < ? \\",
        "test(expiry)",
    ),
    mutation("a reply is due a second late", LAPSE, "reply_by <= ? \\", "reply_by < ? \\", "test(expiry)"),
    mutation(
        "no decision is put on record",
        RECORD,
        "        decision.by.map(|by| by.kind.word()).into(),\n    ];\n    tx.insert_later(sql, values);",
        "        decision.by.map(|by| by.kind.word()).into(),\n    ];\n    let _: (_, &[sea_orm::Value; 10]) = ((tx, sql), &values);",
        "test(journey)",
    ),
    mutation(
        "nothing is put into the outbox",
        RECORD,
        "payload.to_string().into()];\n    tx.insert_later(sql, values);",
        "payload.to_string().into()];\n    let _: (_, &[sea_orm::Value; 4]) = ((tx, sql), &values);",
        "test(noticing)",
    ),
    mutation(
        "a company may have one hold too many",
        HOLDING,
        "if held + i64::from(more) > i64::from(max) {",
        "if held + i64::from(more) > i64::from(max) + 1 {",
        "test(model)",
    ),
    mutation(
        "a company may have one hold or request too many that nobody has answered",
        HOLDING,
        "if held + requested + i64::from(more) > i64::from(most.unconfirmed) {",
        "if held + requested + i64::from(more) > i64::from(most.unconfirmed) + 1 {",
        "test(unconfirmed)",
    ),
    mutation(
        "an offer by outdated figures is taken",
        PLACING,
        "if again.as_ref() != Ok(&self.placement) {",
        "if again.is_err() && again.as_ref() == Ok(&self.placement) {",
        "test(changing)",
    ),
    mutation(
        "hazards need no confirmation",
        APPROVE,
        "if booking.row.hazards_confirmed_at.is_none() {",
        "if booking.row.hazards_confirmed_at == Some(-1) {",
        "test(booking::)",
    ),
    mutation(
        "an approval does not ask the kernel again",
        APPROVE,
        "recheck(tx, &scene.snapshot(route), booking, scene.now).await??;",
        "recheck(tx, &scene.snapshot(route), booking, scene.now).await?.ok();",
        "test(changing) or test(booking::)",
    ),
    mutation(
        "a confirmed row still expires",
        APPROVE,
        "scene.keep_until(tx, booking, None).await?;",
        "scene.keep_until(tx, booking, booking.row.hold_expires_at.or(Some(scene.now + 1))).await?;",
        "test(journey) or test(model)",
    ),
    mutation(
        "the policy is not copied",
        APPROVE,
        "booking.row.policy = Some(document",
        "let _ = Some(document",
        "test(booking::)",
    ),
    mutation(
        "another fee than the quoted one is charged",
        CANCEL,
        "if quote.fee_fen != self.quoted_fee_fen {",
        "if quote.fee_fen < 0 && quote.fee_fen != self.quoted_fee_fen {",
        "test(cancelling)",
    ),
    mutation(
        "a closure does not name what it hits",
        CLOSURES,
        "if !hits.is_empty() {",
        "if hits.len() > 1_000 {",
        "test(closing) or test(model)",
    ),
    mutation(
        "what has passed of a closure goes with it when it is lifted",
        CLOSURES,
        "let stays = Interval::new(row.interval.start, until);",
        "let stays = Interval::new(until, until);",
        "test(lifting)",
    ),
    mutation(
        "a consent counts a second too long",
        ANSWER,
        "whole.expires_at <= scene.now",
        "whole.expires_at < scene.now",
        "test(repairing)",
    ),
    mutation(
        "a move is made while one who is asked hasn't answered",
        ANSWER,
        "if open(tx, whole.id).await? == 0 =>",
        "if open(tx, whole.id).await? <= 1 =>",
        "test(repairing)",
    ),
    mutation(
        "nobody asks again whether a swap may still be had",
        ANSWER,
        "may_swap(tx, scene, planned, (offered, OrganisationId(whole.organisation))).await?;",
        "may_swap(tx, scene, planned, (offered, OrganisationId(whole.organisation))).await.ok();",
        "test(swapping)",
    ),
    mutation(
        "what nobody agreed to moves by rule",
        COMMIT,
        "_ => return Err(Refusal::Stale),",
        "_ => will,",
        "test(booking::agreed)",
    ),
    mutation(
        "room and swaps come before those who wait",
        COMMIT,
        "self.others_first(tx, scene).await?;",
        "if self.behind.is_none() { self.others_first(tx, scene).await?; }",
        "test(repairing) or test(swapping)",
    ),
    mutation(
        "leaving costs less once a move was agreed to",
        COMMIT,
        "booking.row.left_fee_fen = booking.row.left_fee_fen.max(leaving);",
        "booking.row.left_fee_fen = booking.row.left_fee_fen.min(leaving);",
        "test(swapping)",
    ),
    mutation(
        "a rival makes leaving dearer",
        COMMIT,
        "booking.keep_notice(scene.now);",
        "booking.renew_notice();",
        "test(as_if_stayed)",
    ),
    mutation(
        "who agreed in vain is asked again a day later",
        ROOM_MOVES,
        "self.moved.contains(&booking) || self.in_vain.contains(&booking)",
        "self.moved.contains(&booking)",
        "test(asked_again)",
    ),
    mutation(
        "a question that was taken back is asked again at once",
        DECLINED,
        "AND p.outcome IN ('withdrawn', 'expired')",
        "AND p.outcome IN ('expired')",
        "test(asked_again)",
    ),
    mutation(
        "a plan window freezes a second late",
        AGREED,
        "!plan.is_frozen(booking.first_start(), now)",
        "!plan.is_frozen(booking.first_start(), now - 1)",
        "test(repairing)",
    ),
    mutation(
        "a question whose time is over stands a second longer",
        ENDED,
        "open.partition(|row| row.expires_at <= now);",
        "open.partition(|row| row.expires_at < now);",
        "test(swapping)",
    ),
    mutation(
        "whoever has declined is asked again",
        DECLINED,
        ".is_ok_and(|asked| asked.window.overlaps(window))",
        ".is_ok_and(|asked| asked.window.end < window.start)",
        "test(repairing)",
    ),
    mutation(
        "an owner is asked for two things at once",
        PROPOSE,
        "if asked.is_some() && !wants_it && busy.contains(&one.booking) {",
        "if asked.is_some() && wants_it && busy.contains(&one.booking) {",
        "test(repairing)",
    ),
    mutation(
        "a campaign is rescued from what hits it no more",
        RESCUE,
        "if !is_open {",
        "if !is_open && by.is_some() {",
        "test(outage_changes)",
    ),
    mutation(
        "a swap is offered on the day on which it begins",
        SWAP,
        "offered.first_start() >= tomorrow(state.clock.now());",
        "offered.first_start() * 60 > state.clock.now();",
        "test(swapping)",
    ),
    mutation(
        "an outage that is over is ended again",
        OUTAGE,
        "if before.ended_at.is_some() || before.ends_at <= now {",
        "if before.ended_at.is_some_and(|at| at > scene.now) {",
        "test(outages)",
    ),
    mutation(
        "the desk gives a hold out of turn without a reason",
        WISHES,
        "if number > 0 && reason.is_none() {",
        "if number > 1 && reason.is_none() {",
        "test(wishing)",
    ),
    mutation(
        "what a firm let go of the list's gifts is forgotten",
        PROMOTE,
        "AND w.given_at > ?)) {of}",
        "AND w.given_at < ?)) {of}",
        "test(waiting)",
    ),
    mutation(
        "what a firm has asked for of the list's gifts doesn't count",
        PROMOTE,
        "OR (b.status = ? AND b.reply_by > ?)",
        "OR (b.status = ? AND b.reply_by < ?)",
        "test(waiting)",
    ),
    mutation(
        "a freed stretch is without its set-ups",
        EFFECTS,
        "line.opened_around(gone.interval, goes)",
        "line.opened_around(gone.interval, goes).intersection(gone.interval).unwrap_or(gone.interval)",
        "test(gates)",
    ),
    mutation(
        "shares of pools are given back without a word",
        EFFECTS,
        "left.get(&(claim.pool, claim.cell)).is_some_and(|left| *left > 0)",
        "left.get(&(claim.pool, claim.cell)).is_some_and(|left| *left < 0)",
        "test(gates)",
    ),
    mutation(
        "a platform's own people come first without a reason",
        AHEAD,
        "if ahead.is_none() && others_first {",
        "if ahead.is_some() && others_first {",
        "test(gates)",
    ),
    mutation(
        "who waits gets a plan window that its platform doesn't offer",
        GIVE,
        "self.holding.where_offered(&scene.catalogue, scene.now)",
        "self.holding.clone()",
        "test(agreeing)",
    ),
    mutation(
        "a call is settled as it isn't any more",
        SETTLE,
        "version = version + 1 WHERE id = ? AND version = ?",
        "version = version WHERE id = ? AND version = ?",
        "test(rounds)",
    ),
    mutation(
        "a change of a draft is lost unasked",
        DRAFT,
        "if own <= discard.unwrap_or(0) as usize {",
        "if own <= discard.unwrap_or(1) as usize {",
        "test(rounds)",
    ),
    mutation(
        "a pool's cell may be overdrawn",
        POOLS,
        "CHECK (used BETWEEN 0 AND capacity)",
        "CHECK (used >= 0 AND capacity >= 0)",
        "test(guard::)",
    ),
    mutation(
        "a row may have two successors",
        GUARD,
        "CONSTRAINT occupancy_one_successor UNIQUE (live, prev_end),",
        "CONSTRAINT occupancy_one_successor UNIQUE (id, prev_end),",
        "test(guard::)",
    ),
    mutation(
        "a row may begin before its changeover is done",
        GUARD,
        "AND starts_at < ends_at AND prev_end + setup <= starts_at)",
        "AND starts_at < ends_at AND prev_end <= starts_at)",
        "test(guard::)",
    ),
    mutation(
        "the log is never copied beside the writer",
        CHECKPOINT,
        "if self.jobs >= JOBS &&",
        "if self.jobs == usize::MAX &&",
        "test(store::write)",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mutation_still_has_its_place() {
        for mutation in MUTATIONS {
            let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
            let text = std::fs::read_to_string(root.join(mutation.file)).expect("a file of the workspace");
            assert_eq!(text.matches(mutation.from).count(), 1, "{}: {:?}", mutation.name, mutation.from);
        }
        assert!(MUTATIONS.len() >= 40);
    }
}
