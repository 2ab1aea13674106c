//! The server as a process of its own: this program again, as what `zhongshi` would be.

use std::{
    fs,
    io::{BufRead, BufReader, Lines},
    process::{Child, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

/// Set for the child.
const AS_SERVER: &str = "ZHONGSHI_BENCH_AS_SERVER";
/// What the server says before its address.
const ANSWERS: &str = "Zhongshi answers at ";
/// Limits that no measurement meets.
const GENEROUS: &[&str] = &[
    "limits.search_per_minute=1000000000",
    "limits.sign_in_per_email=1000000",
    "limits.sign_in_per_address=1000000",
    "limits.holds_per_company=1000000",
    "limits.unconfirmed_per_company=1000000",
];

/// Whether this process was started as a server.
pub fn is_server() -> bool {
    std::env::var_os(AS_SERVER).is_some()
}

/// A server that runs; killed with the value.
#[derive(Debug)]
pub struct Server {
    child: Child,
    begun: Instant,
    pub address: String,
    /// Kept open: what the server prints has somewhere to go.
    _output: Lines<BufReader<ChildStdout>>,
}

impl Server {
    /// Starts one over the database at `url`, and waits until it names its address.
    pub fn start(url: &str) -> Self {
        let begun = Instant::now();
        let mut command = Command::new(std::env::current_exe().expect("a program knows itself"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--database", url]);
        for limit in GENEROUS {
            command.args(["--set", limit]);
        }
        let mut child = command
            .env(AS_SERVER, "1")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it can start itself");
        let mut output = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let told = output
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix(ANSWERS).map(|address| address.trim().to_owned()));
        let address = told.expect("the server starts");
        Self { child, begun, address, _output: output }
    }

    /// Since its process was started.
    pub fn age(&self) -> Duration {
        self.begun.elapsed()
    }

    /// What it has in memory, in bytes: all of it, and the part that is no file of the program's.
    pub fn memory(&self) -> (u64, u64) {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let field = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
            line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) * 1024
        };
        (field("VmRSS"), field("RssAnon"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ended_already = self.child.kill();
        let _ended_already = self.child.wait();
    }
}
