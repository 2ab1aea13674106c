//! The same operations on SQLite and on PostgreSQL: the same decisions, the same state in the end.

use serde_json::{Value, json};
use tests::{Engine, TestDatabase, Visitor};

use super::{
    World,
    world::{details, query, with},
};

const OPERATIONS: usize = 60;

/// A small generator, so that the same numbers come on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn both_databases_decide_alike() {
    let sqlite = history(Engine::Sqlite, 7).await;
    let postgres = history(Engine::Postgres, 7).await;
    for (n, (one, other)) in sqlite.iter().zip(&postgres).enumerate() {
        assert_eq!(one, other, "operation {n}");
    }
    assert_eq!(sqlite.len(), postgres.len());
    let held = sqlite.iter().filter(|line| line.starts_with("hold 201")).count();
    assert!(held > 5, "the history is worth comparing: {sqlite:#?}");
}

/// What was decided, one line an operation, and at the end the live rows.
async fn history(engine: Engine, seed: u64) -> Vec<String> {
    let database = TestDatabase::migrated(engine).await;
    let world = World::new(&database, 3).await;
    let mut dice = Dice(seed);
    let mut log = Vec::new();
    let mut bookings: Vec<(String, bool)> = Vec::new();
    for _ in 0..OPERATIONS {
        let first = dice.roll(2) == 0;
        let company: &Visitor = if first { &world.one.member } else { &world.two.member };
        let which = dice.roll(bookings.len().max(1) as u64) as usize;
        let line = match (dice.roll(7), bookings.get(which).cloned()) {
            (0..=2, _) | (_, None) => {
                let (said, id) = hold(&world, company, &mut dice).await;
                bookings.extend(id.map(|id| (id, first)));
                said
            }
            (3, Some((id, first))) => {
                let owner = if first { &world.one.member } else { &world.two.member };
                said("request", &world.act(owner, &id, "request", details()).await)
            }
            (4, Some((id, _))) => {
                world.act(&world.qa, &id, "confirm-hazards", json!({"reason": "SDS"})).await;
                said("approve", &world.act(&world.operator, &id, "approve", Value::Null).await)
            }
            (5, Some((id, first))) => {
                let owner = if first { &world.one.member } else { &world.two.member };
                let quote = owner.get(&format!("/api/v1/bookings/{id}/cancellation")).await;
                let order = json!({"quoted_fee_fen": quote.body["fee_fen"].as_i64().unwrap_or(0)});
                said("cancel", &world.act(owner, &id, "cancel", order).await)
            }
            (_, Some(_)) => {
                world.app.clock.advance(3600 * i64::try_from(dice.roll(30)).expect("small"));
                world.settle().await;
                "time".to_owned()
            }
        };
        log.push(line);
    }
    world.settle().await;
    let rows = "SELECT l.code, o.kind, o.starts_at, o.ends_at, o.setup FROM occupancy o JOIN line l ON l.id = o.live \
                WHERE o.head IS NULL ORDER BY l.code, o.starts_at";
    for row in database.rows(rows, vec![]).await.expect("rows") {
        let text = |name| row.try_get::<String>("", name).expect("text");
        let number = |name| row.try_get::<i64>("", name).expect("a number");
        let (start, end, setup) = (number("starts_at"), number("ends_at"), number("setup"));
        log.push(format!("{} {} {start} {end} {setup}", text("code"), text("kind")));
    }
    world.close(&database).await;
    log
}

async fn hold(world: &World, company: &Visitor, dice: &mut Dice) -> (String, Option<String>) {
    let day = u8::try_from(1 + dice.roll(20)).expect("a day");
    let hazards = ["", "hormone", "high_activity"][dice.roll(3) as usize];
    let change = json!({"hazards": hazards, "batches": 1 + dice.roll(3)});
    let wish = with(&query(day, day + 3), &change);
    let offers = world.offers(company, &wish).await;
    if offers.is_empty() {
        return ("nothing".to_owned(), None);
    }
    let offer = &offers[dice.roll(offers.len() as u64) as usize];
    let product = format!("P{}", dice.roll(3));
    let answer = world.hold(company, &wish, offer, &product).await;
    let id = (answer.status == 201).then(|| answer.string("id"));
    (said("hold", &answer), id)
}

/// Status and reason, and of what was done its place and price; no ids.
fn said(action: &str, answer: &tests::app::Answer) -> String {
    let body = &answer.body;
    format!(
        "{action} {} {} {} {} {} {}",
        answer.status,
        body["status"],
        body["refusal"]["reason"],
        body["steps"][0]["start"],
        body["price_fen"],
        body["fee_fen"]
    )
}
