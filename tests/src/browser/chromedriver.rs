//! A chromedriver of one's own, on a port that it chooses.

use std::{env, process::Stdio};

use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

/// Runs until dropped.
#[derive(Debug)]
pub struct Chromedriver {
    pub address: String,
    _process: Child,
}

impl Chromedriver {
    /// Starts it: `ZHONGSHI_TEST_CHROMEDRIVER`, or the one on PATH.
    ///
    /// It takes a free port for one family of addresses and gives up if another process has just taken the same one
    /// for the other; so it gets a few chances.
    pub async fn start() -> Self {
        for _ in 0..5 {
            if let Some(started) = Self::try_start().await {
                return started;
            }
        }
        panic!("chromedriver ended five times without saying its port");
    }

    async fn try_start() -> Option<Self> {
        let program = env::var("ZHONGSHI_TEST_CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".into());
        let mut process = Command::new(&program)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("{program}: {error}; Debian's package is chromium-driver"));
        let mut lines = BufReader::new(process.stdout.take().expect("its output is piped")).lines();
        let port = loop {
            let line = lines.next_line().await.expect("it writes text")?;
            if let Some((_, rest)) = line.split_once("started successfully on port ") {
                break rest.trim_end_matches('.').to_owned();
            }
        };
        // It blocks on a full pipe: keep reading.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Some(Self { address: format!("http://127.0.0.1:{port}"), _process: process })
    }
}
