//! Databases that take long to make: kept under the target folder, and measured on copies.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use server::{
    clock::{Clock, SystemClock},
    demo::{self, Bulk, Demonstration},
    settings::Settings,
    store::{Store, StoreOptions},
};
use uuid::Uuid;

use crate::clients::{Booker, token};

/// Everybody's password.
pub const PASSWORD: &str = "benchmark-only";
/// A firm with bookings.
pub const FIRM: &str = "jia";
const SEED: u64 = 20_251_104;
/// They are made anew after so many seconds, because half of what is in them lies in the future.
const FRESH: i64 = 30 * 24 * 3600;

/// A database file that is not to be changed.
#[derive(Debug)]
pub struct Made {
    file: PathBuf,
    /// How long it took, if it was made just now.
    pub took: Option<Duration>,
}

/// A copy to measure on; gone with the value.
#[derive(Debug)]
pub struct Copy(PathBuf);

/// Made-up lines with so many bookings in all.
pub async fn bulk(lines: u32, bookings: u32) -> Made {
    made(&format!("{lines}-lines-{bookings}-bookings"), async |store| {
        let now = SystemClock.now();
        let bulk = Bulk { lines, bookings, seed: SEED, now, password: PASSWORD.into() };
        demo::fill(&store, &bulk).await.expect("it is filled");
    })
    .await
}

/// The demonstration as `zhongshi serve --demo` loads it.
pub async fn demonstration() -> Made {
    made("demonstration", async |store| {
        let wanted = Demonstration { seed: SEED, ..Demonstration::new(PASSWORD.into(), SystemClock.now()) };
        demo::load(&store, &Settings::defaults(), &wanted).await.expect("it is loaded");
    })
    .await
}

/// The schema and nothing in it.
pub async fn empty() -> Made {
    made("empty", async |_| ()).await
}

async fn made(name: &str, fill: impl AsyncFnOnce(Store)) -> Made {
    let folder = folder();
    let age = SystemClock.now() / FRESH;
    let file = folder.join(format!("{name}-{:016x}-{age}.db", tests::database::schema()));
    if file.is_file() {
        return Made { file, took: None };
    }
    eprintln!("  making {name}; it is kept in {}", folder.display());
    let begun = Instant::now();
    // Under another name first: what is stopped half-way is not taken for the whole.
    let draft = folder.join(format!("{name}-draft.db"));
    remove(&draft);
    let store = Store::open(&StoreOptions { durable: false, ..StoreOptions::new(url(&draft)) }).await;
    let store = store.expect("the database opens");
    store.migrate().await.expect("the migrations run");
    fill(store.clone()).await;
    store.close().await;
    assert!(!with(&draft, "-wal").exists(), "a closed database is one file");
    fs::rename(&draft, &file).expect("it can be renamed");
    let took = begun.elapsed();
    eprintln!("  made in {:.1} s", took.as_secs_f64());
    Made { file, took: Some(took) }
}

impl Made {
    pub fn copy(&self) -> Copy {
        let folder = std::env::temp_dir().join(format!("zhongshi-bench-{}", Uuid::now_v7()));
        fs::create_dir_all(&folder).expect("the temporary folder is writable");
        fs::copy(&self.file, folder.join("bench.db")).expect("there is room for a copy");
        Copy(folder)
    }

    /// In bytes.
    pub fn size(&self) -> u64 {
        fs::metadata(&self.file).map_or(0, |found| found.len())
    }
}

impl Copy {
    pub fn url(&self) -> String {
        url(&self.0.join("bench.db"))
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// `count` clients of the firms of a made-up database, each with a token.
pub async fn bookers(address: &str, count: usize) -> Vec<Booker> {
    let mut bookers = Vec::with_capacity(count);
    for firm in demo::FIRMS.iter().filter(|firm| firm.verified).cycle().take(count) {
        bookers.push(Booker::new(token(address, &format!("admin@{}.example", firm.code), PASSWORD).await));
    }
    bookers
}

/// Beside this program: `target/PROFILE/bench` keeps them in `target/bench-data`.
fn folder() -> PathBuf {
    let program = std::env::current_exe().expect("a program knows itself");
    let folder = program.ancestors().nth(2).unwrap_or(Path::new(".")).join("bench-data");
    fs::create_dir_all(&folder).expect("the target folder is writable");
    folder
}

fn url(file: &Path) -> String {
    format!("sqlite://{}", file.display())
}

fn with(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn remove(file: &Path) {
    for ending in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(with(file, ending));
    }
}
