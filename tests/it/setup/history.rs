//! The demonstration's history: made through the protocol, whole, and the same on both databases.

use server::{
    demo::{Demonstration, HistoryReport, is_demonstration, load},
    settings::Settings,
    store::{Store, StoreOptions, verify::verify},
};
use tests::{Engine, TestDatabase, on_both_databases};

/// 2026-11-23T00:00Z.
const NOW: i64 = 1_795_392_000;

async fn loaded(db: &TestDatabase, campaigns: u32) -> HistoryReport {
    let store = Store::open(&StoreOptions::new(db.url())).await.expect("the database opens");
    let wanted = Demonstration { campaigns, ..Demonstration::new("demonstration-only".into(), NOW) };
    let (_, report) =
        load(&store, &Settings::defaults(), &wanted).await.expect("it loads").expect("it was empty");
    assert!(is_demonstration(&store).await.expect("an answer"));
    let again = load(&store, &Settings::defaults(), &wanted).await.expect("no failure");
    assert!(again.is_none(), "a database with data is never touched");
    let verified = verify(&store).await.expect("in order");
    assert_eq!(verified.bookings, u64::from(report.bookings));
    store.close().await;
    let searches = db.number("SELECT count(*) FROM search_record").await;
    assert!(
        searches >= i64::from(report.bookings - report.given + report.unplaced),
        "{searches} searches recorded of {report:?}"
    );
    report
}

/// Every booking with what became of it and where it stands, without ids.
async fn decisions(db: &TestDatabase) -> Vec<String> {
    let sql = "SELECT b.created_at, b.offering, b.status, b.price_fen, b.moves, COALESCE(b.fee_fen, -1) AS fee,
                      s.seq, s.status AS step, l.code, p.code AS platform, o.starts_at, o.ends_at, COALESCE(o.setup, -1) AS setup
               FROM booking b JOIN step s ON s.booking = b.id JOIN occupancy o ON o.id = s.occupancy
               JOIN line l ON l.id = o.line JOIN platform p ON p.id = l.platform";
    let rows = db.rows(sql, vec![]).await.expect("rows");
    let mut all: Vec<String> = rows
        .iter()
        .map(|row| {
            let number = |name: &str| row.try_get::<i64>("", name).expect("a number");
            let text = |name: &str| row.try_get::<String>("", name).expect("a text");
            let numbers = ["created_at", "price_fen", "moves", "fee", "seq", "starts_at", "ends_at", "setup"]
                .map(number);
            let texts = ["offering", "status", "step", "code", "platform"].map(text);
            format!("{numbers:?} {texts:?}")
        })
        .collect();
    all.sort();
    all
}

on_both_databases! {
    async fn a_history_is_whole(db: TestDatabase) {
        let report = loaded(&db, 60).await;
        assert!(report.bookings >= 40, "{report:?}");
        assert!(report.closures >= 20, "{report:?}");
        let bookings = db.number("SELECT count(*) FROM booking").await;
        assert_eq!(bookings, i64::from(report.bookings));
        for status in ["closed", "confirmed", "cancelled", "expired"] {
            let found = db.number(&format!("SELECT count(*) FROM booking WHERE status = '{status}'")).await;
            assert!(found > 0, "none {status}");
        }
        let early = format!("SELECT count(*) FROM booking WHERE created_at > {NOW}");
        assert_eq!(db.number(&early).await, 0, "nothing was decided in the future");
        let overdue = format!("SELECT count(*) FROM booking WHERE status = 'held' AND hold_expires_at <= {NOW}");
        assert_eq!(db.number(&overdue).await, 0, "what expired was released");
        // Each booking has the decisions that led to its status, and all notes are delivered.
        let silent = "SELECT count(*) FROM booking b WHERE NOT EXISTS (SELECT 1 FROM decision d WHERE d.booking = b.id)";
        assert_eq!(db.number(silent).await, 0);
        assert_eq!(db.number("SELECT count(*) FROM outbox WHERE delivered_at IS NULL").await, 0);
        assert!(db.number("SELECT count(*) FROM notice").await > 0);
        // What is old has been read; what is new is to be seen.
        let unread = |of: &str| format!("SELECT count(*) FROM notice WHERE read_at IS NULL AND at {of} {}", NOW - 48 * 3600);
        assert_eq!(db.number(&unread("<")).await, 0);
        assert!(db.number(&unread(">=")).await > 0);
    }

    async fn a_visitor_finds_rounds_and_open_questions(db: TestDatabase) {
        loaded(&db, 60).await;
        let one = async |what: &str, sql: &str| assert_eq!(db.number(sql).await, 1, "{what}");
        one("a call is open", &format!("SELECT count(*) FROM call WHERE state = 'open' AND closes_at > {NOW}")).await;
        one("one is published", "SELECT count(*) FROM call WHERE state = 'published'").await;
        let wishes = |state: &str, more: &str| {
            format!("SELECT count(*) FROM wish w JOIN call c ON c.id = w.call WHERE c.state = '{state}' {more}")
        };
        assert!(db.number(&wishes("open", "")).await >= 3, "sealed wishes");
        assert!(db.number(&wishes("published", "AND w.booking IS NOT NULL")).await > 0, "some were placed");
        assert!(db.number(&wishes("published", "AND w.booking IS NULL")).await > 0, "and some weren't, for a reason");
        let firm = "(SELECT id FROM organisation WHERE name_en LIKE 'Jia Biotech%')";
        let asked = |kind: &str, of: &str| {
            format!("SELECT count(DISTINCT p.id) FROM proposal p JOIN proposal_move m ON m.proposal = p.id \
                     WHERE p.kind = '{kind}' AND p.closed_at IS NULL AND p.expires_at > {NOW} AND {of} = {firm}")
        };
        one("the visitor's firm is asked", &asked("rescue", "m.organisation")).await;
        one("it offers a swap", &asked("swap", "p.organisation")).await;
        let kept = "SELECT count(*) FROM proposal WHERE kind = 'rescue' AND outcome = 'declined'";
        one("another firm kept its place", kept).await;
        assert_eq!(db.number("SELECT count(*) FROM outage WHERE ended_at IS NULL AND planned").await, 2);
        // What breaks does so when it is put on record, and not weeks afterwards.
        one("a line is down", "SELECT count(*) FROM outage WHERE NOT planned").await;
        let foreseen = "SELECT count(*) FROM outage WHERE NOT planned AND starts_at * 60 > created_at";
        assert_eq!(db.number(foreseen).await, 0);
    }
}

/// The seed decides, not the database.
#[tokio::test(flavor = "multi_thread")]
async fn the_same_seed_makes_the_same_decisions_on_both_databases() {
    let sqlite = TestDatabase::migrated(Engine::Sqlite).await;
    let postgres = TestDatabase::migrated(Engine::Postgres).await;
    assert_eq!(loaded(&sqlite, 60).await, loaded(&postgres, 60).await);
    let (one, other) = (decisions(&sqlite).await, decisions(&postgres).await);
    assert!(!one.is_empty());
    assert_eq!(one, other);
}
