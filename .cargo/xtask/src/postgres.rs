//! A throw-away PostgreSQL cluster on a free loopback port, stopped and removed when dropped.

use std::{
    ffi::OsStr,
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use crate::{command, places};

/// PostgreSQL refuses to run as root; these accounts are tried in turn.
const SERVANTS: &[&str] = &["postgres", "nobody"];

/// How the cluster treats its disk.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Disk {
    /// No fsync: the tests' databases need not survive a power cut, and are made by the hundred.
    Careless,
    /// As in production: what a benchmark must measure.
    Careful,
}

/// A running cluster.
pub struct Cluster {
    programs: PathBuf,
    folder: PathBuf,
    servant: Option<&'static str>,
    port: u16,
    guardian: Option<Child>,
}

impl Cluster {
    /// Makes and starts one with the programs in `programs`.
    pub fn start(programs: PathBuf, disk: Disk) -> Result<Self, String> {
        let servant = servant()?;
        let folder = places::throw_away(disk == Disk::Careless);
        let folder = folder.join(format!("zhongshi-postgres-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        if let Some(name) = servant {
            command::run(Command::new("chown").arg(name).arg(&folder))?;
        }
        let mut cluster = Self { programs, folder, servant, port: 0, guardian: None };
        eprintln!("xtask: starting a throw-away PostgreSQL");
        let data = cluster.data();
        command::output(cluster.program("initdb").arg("--pgdata").arg(&data).args([
            "--username=zhongshi",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        ]))?;
        cluster.port = free_port()?;
        let mut settings = format!(
            "-c listen_addresses=127.0.0.1 -c port={} -c unix_socket_directories={} -c max_connections=300",
            cluster.port,
            cluster.folder.display()
        );
        if disk == Disk::Careless {
            settings += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off";
        }
        let mut stop = cluster.program("pg_ctl");
        stop.args(["stop", "--wait", "--mode=immediate", "--pgdata"]).arg(&data);
        cluster.guardian = Some(guardian(&stop, &cluster.folder)?);
        let log = cluster.folder.join("log");
        let started = command::output(
            cluster
                .program("pg_ctl")
                .arg("start")
                .arg("--wait")
                .arg("--pgdata")
                .arg(&data)
                .arg("--log")
                .arg(&log)
                .args([OsStr::new("--options"), OsStr::new(&settings)]),
        );
        started.map_err(|problem| format!("{problem}\n{}", fs::read_to_string(&log).unwrap_or_default()))?;
        Ok(cluster)
    }

    /// Its maintenance database; tests make their own beside it.
    pub fn url(&self) -> String {
        format!("postgres://zhongshi@127.0.0.1:{}/postgres", self.port)
    }

    /// A folder for what else is thrown away with it.
    pub fn beside(&self) -> Result<PathBuf, String> {
        let folder = self.folder.join("beside");
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        Ok(folder)
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn program(&self, name: &str) -> Command {
        as_servant(self.servant, &self.programs.join(name), &self.folder)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Some(mut guardian) = self.guardian.take() {
            drop(guardian.stdin.take());
            let _ = guardian.wait();
        }
    }
}

/// Waits until this process lets go of its standard input, however it ends (Ctrl-C and a kill included), then stops the
/// cluster and removes its folder.
fn guardian(stop: &Command, folder: &Path) -> Result<Child, String> {
    const SCRIPT: &str =
        r#"trap '' INT TERM HUP; read -r _; folder=$1; shift; cd /; "$@" >/dev/null; rm -rf "$folder""#;
    Command::new("sh")
        .args(["-c", SCRIPT, "guardian"])
        .arg(folder)
        .arg(stop.get_program())
        .args(stop.get_args())
        .stdin(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot start sh: {error}"))
}

/// Nobody when this is not root, else an account that exists.
fn servant() -> Result<Option<&'static str>, String> {
    if command::output(places::command("id").arg("-u"))?.trim() != "0" {
        return Ok(None);
    }
    SERVANTS
        .iter()
        .find(|name| command::output(Command::new("id").args(["-u", name])).is_ok())
        .map(Some)
        .map(Option::<&&str>::copied)
        .ok_or_else(|| "PostgreSQL does not run as root, and there is neither `postgres` nor `nobody`".into())
}

fn as_servant(servant: Option<&str>, program: &Path, folder: &Path) -> Command {
    let mut command = match servant {
        Some(name) => {
            let mut command = Command::new("setpriv");
            command.args([&format!("--reuid={name}"), "--clear-groups", "--"]).arg(program);
            command
        }
        None => Command::new(program),
    };
    command.current_dir(folder);
    command
}

fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(|error| format!("no free port: {error}"))?;
    listener.local_addr().map(|address| address.port()).map_err(|error| format!("no free port: {error}"))
}
