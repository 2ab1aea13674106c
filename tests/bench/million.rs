//! A database of a million bookings beside one of 50,000 on as many lines: its start, searches and durable holds.

use crate::{
    Scale, block_on,
    clients::{self, Booker},
    made::{self, Made},
    process::Server,
    report::{Report, Row, spell},
    search::{self, today},
    start::{self, Started, megabytes, times},
    timings::Timings,
};

/// Clients at once.
const CLIENTS: usize = 64;

/// What one database came to.
struct Measured {
    started: Started,
    searched: Timings,
    held: Timings,
}

/// Measures both.
pub fn measure(report: &mut Report, scale: Scale) {
    let lines = scale.of(200, 50);
    let (many, few) = scale.of((1_000_000, 50_000), (50_000, 5_000));
    let (large, small) = block_on(async { (made::bulk(lines, many).await, made::bulk(lines, few).await) });
    report.add(made_row(&large, many, lines));
    let (large, small) =
        block_on(async { (Measured::of(&large, scale).await, Measured::of(&small, scale).await) });
    let (first, usual) = (large.started.first_answer, small.started.first_answer);
    report.add(Row {
        what: format!("start with {many} bookings to the first search answered"),
        value: spell(first),
        yardstick: format!("with {few}: {}", spell(usual)),
        ratio: times(first.as_secs_f64(), usual.as_secs_f64()),
        wanted: "< 3 s",
    });
    report.add(Row {
        what: format!("idle memory with {many} bookings"),
        value: megabytes(large.started.memory.0),
        yardstick: format!("with {few}: {}", megabytes(small.started.memory.0)),
        ratio: times(large.started.memory.0 as f64, small.started.memory.0 as f64),
        wanted: "–",
    });
    report.add(Row {
        what: format!(
            "search through HTTP, {many} bookings, one step, 30 days, 1 client: p50 {}",
            spell(large.searched.p50())
        ),
        value: format!("p99 {}", spell(large.searched.p99())),
        yardstick: format!(
            "with {few}: p50 {}, p99 {}",
            spell(small.searched.p50()),
            spell(small.searched.p99())
        ),
        ratio: times(large.searched.p50().as_secs_f64(), small.searched.p50().as_secs_f64()) + " p50",
        wanted: "p99 < 5 ms",
    });
    report.add(Row {
        what: format!(
            "durable holds, SQLite, {many} bookings, {CLIENTS} clients: p50 {}, p99 {}",
            spell(large.held.p50()),
            spell(large.held.p99())
        ),
        value: format!("{:.0}/s", large.held.rate()),
        yardstick: format!("with {few}: {:.0}/s, p99 {}", small.held.rate(), spell(small.held.p99())),
        ratio: times(large.held.rate(), small.held.rate()),
        wanted: "–",
    });
}

fn made_row(made: &Made, bookings: u32, lines: u32) -> Row {
    let (value, ratio) = made.took.map_or_else(
        || ("kept from before".to_owned(), "–".to_owned()),
        |took| (spell(took), format!("{:.0} bookings/s", f64::from(bookings) / took.as_secs_f64())),
    );
    Row {
        what: format!("{bookings} bookings on {lines} lines made, {}", megabytes(made.size())),
        value,
        yardstick: "–".into(),
        ratio,
        wanted: "–",
    }
}

impl Measured {
    async fn of(made: &Made, scale: Scale) -> Self {
        let copy = made.copy();
        let (server, started) = start::once(&copy.url()).await;
        let searched = search::ask(&server, "TAB", 30, 1, scale.of(2_000, 200)).await;
        let bookers = found(&server, scale.of(30, 5)).await;
        let held = clients::hold_all(bookers, &server.address).await;
        Self { started, searched, held }
    }
}

/// Clients with `holds` offers each: every one has a platform for itself, or days of one that it shares.
async fn found(server: &Server, holds: usize) -> Vec<Booker> {
    let platforms = platforms(server).await;
    let mut bookers = made::bookers(&server.address, CLIENTS).await;
    for (number, booker) in bookers.iter_mut().enumerate() {
        let platform = platforms[number % platforms.len()];
        let turn = i64::try_from(number / platforms.len()).expect("few clients");
        let turns = i64::try_from(CLIENTS.div_ceil(platforms.len())).expect("few clients");
        let mut left = holds;
        // Days apart, so that what one holds leaves what the others found as it is.
        for day in (10..170).step_by(2).filter(|day| day / 2 % turns == turn) {
            if left > 0
                && booker.look_up(&server.address, platform, today() + time::Duration::days(day)).await
            {
                left -= 1;
            }
        }
    }
    bookers
}

async fn platforms(server: &Server) -> Vec<uuid::Uuid> {
    let answer = clients::client().get(format!("{}/api/v1/platforms", server.address)).send().await;
    let text = answer.expect("an answer").text().await.expect("a body");
    let answer: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let list = answer.as_array().or_else(|| answer["items"].as_array());
    let list = list.unwrap_or_else(|| panic!("no platforms: {text}"));
    list.iter().map(|one| one["id"].as_str().and_then(|id| id.parse().ok()).expect("an id")).collect()
}
