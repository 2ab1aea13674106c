//! The mutations, by hand: each a way in which the protocol or the guard could be wrong, with tests that must see it.

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
        assert!(MUTATIONS.len() >= 20);
    }
}
