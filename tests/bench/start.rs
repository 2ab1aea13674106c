//! From the start of the process to the first answer, a search, and what the server then has in memory: the
//! demonstration beside a database with nothing but its schema.

use std::time::Duration;

use server::clock::{Clock, SystemClock};
use time::OffsetDateTime;

use crate::{
    Scale, block_on, clients,
    made::{self, Made},
    process::Server,
    report::{Report, Row, spell},
};

/// How long a server is left alone before its memory is read.
const IDLE: Duration = Duration::from_secs(2);

/// What a start came to.
#[derive(Clone, Copy, Debug)]
pub struct Started {
    pub first_answer: Duration,
    /// In bytes: all, and what is no file of the program's.
    pub memory: (u64, u64),
}

/// Measures it.
pub fn measure(report: &mut Report, scale: Scale) {
    let starts = scale.of(7, 3);
    let (demonstration, empty) = block_on(async {
        let of = async |made: Made| median(&made, starts).await;
        (of(made::demonstration().await).await, of(made::empty().await).await)
    });
    report.add(Row {
        what: format!("start of the demonstration to the first search answered, median of {starts}"),
        value: spell(demonstration.first_answer),
        yardstick: format!("an empty database: {}", spell(empty.first_answer)),
        ratio: times(demonstration.first_answer.as_secs_f64(), empty.first_answer.as_secs_f64()),
        wanted: "< 0.5 s",
    });
    let (all, own) = demonstration.memory;
    report.add(Row {
        what: format!("idle memory of the demonstration, {} of it no file's", megabytes(own)),
        value: megabytes(all),
        yardstick: format!("an empty database: {}", megabytes(empty.memory.0)),
        ratio: times(all as f64, empty.memory.0 as f64),
        wanted: "< 80 MB",
    });
}

/// Starts a server over copies of `made`; the median of the times, the last one's memory.
async fn median(made: &Made, starts: usize) -> Started {
    let copy = made.copy();
    let mut all = Vec::with_capacity(starts);
    for _ in 0..starts {
        all.push(once(&copy.url()).await.1);
    }
    let memory = all.last().map_or((0, 0), |started| started.memory);
    all.sort_unstable_by_key(|started| started.first_answer);
    Started { memory, ..all[starts / 2] }
}

/// Starts a server over the database at `url` and asks it one search.
pub async fn once(url: &str) -> (Server, Started) {
    let server = Server::start(url);
    let today = OffsetDateTime::from_unix_timestamp(SystemClock.now()).expect("a time").date();
    let query = clients::query("TAB", today, today + time::Duration::days(60), None);
    let answer = clients::client().get(clients::offers(&server.address, &query)).send().await;
    let status = answer.expect("an answer").status();
    // Nobody makes tablets in an empty database: that is an answer too.
    assert!(status.is_success() || status.as_u16() == 422, "{status}");
    let first_answer = server.age();
    tokio::time::sleep(IDLE).await;
    let memory = server.memory();
    (server, Started { first_answer, memory })
}

pub fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

pub fn times(value: f64, yardstick: f64) -> String {
    format!("{:.2} ×", value / yardstick)
}
