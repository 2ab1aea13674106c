//! A throw-away PostgreSQL cluster for tests that run without `cargo xtask test`: one a run, shared by its processes,
//! stopped and removed once the run is over.

use std::{
    env,
    fs::{self, File},
    io,
    net::TcpListener,
    os::unix::process::{CommandExt, parent_id},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::OnceLock,
};

/// PostgreSQL refuses to run as root; these accounts are tried in turn.
const SERVANTS: &[&str] = &["postgres", "nobody"];

/// Waits for a process to end, then stops the cluster and removes what it left.
const GUARDIAN: &str = r#"
    while kill -0 "$1" 2>/dev/null; do sleep 1; done
    folder=$2; shift 2; cd /; "$@" >/dev/null 2>&1; rm -rf "$folder" "$folder.lock""#;

/// Address of the maintenance database of this run's cluster, which the first to ask starts.
///
/// # Errors
/// What is missing, in words.
pub fn url() -> Result<String, String> {
    static URL: OnceLock<Result<String, String>> = OnceLock::new();
    URL.get_or_init(shared).clone()
}

fn shared() -> Result<String, String> {
    // Under nextest each test is a process and their parent the run; else this process is.
    let run = env::var("NEXTEST_RUN_ID").ok();
    let watched = if run.is_some() { parent_id() } else { std::process::id() };
    let run = run.unwrap_or_else(|| format!("process-{watched}"));
    let folder = env::temp_dir().join(format!("zhongshi-test-postgres-{run}"));
    let lock = File::create(folder.with_added_extension("lock")).map_err(words("cannot make the lock"))?;
    lock.lock().map_err(words("cannot take the lock"))?;
    let note = folder.join("url");
    if let Ok(url) = fs::read_to_string(&note) {
        return Ok(url);
    }
    let url = start(&folder, watched)?;
    fs::write(&note, &url).map_err(words("cannot note the address"))?;
    Ok(url)
}

fn start(folder: &Path, watched: u32) -> Result<String, String> {
    let programs = programs()?;
    let servant = servant()?;
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).map_err(words("cannot make a temporary folder"))?;
    if let Some(name) = servant {
        finish(Command::new("chown").arg(name).arg(folder))?;
    }
    let data = folder.join("data");
    let program = |name: &str| {
        let mut command = match servant {
            Some(servant) => {
                let mut command = Command::new("setpriv");
                command.args([&format!("--reuid={servant}"), "--clear-groups", "--"]);
                command.arg(programs.join(name));
                command
            }
            None => Command::new(programs.join(name)),
        };
        command.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    finish(program("initdb").arg("--pgdata").arg(&data).args([
        "--username=zhongshi",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
        "--no-sync",
    ]))?;
    let port = free_port().map_err(words("no free port"))?;
    let options = format!(
        "-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={} -c max_connections=300 \
         -c fsync=off -c synchronous_commit=off -c full_page_writes=off",
        folder.display()
    );
    let mut stop = program("pg_ctl");
    stop.args(["stop", "--wait", "--mode=immediate", "--pgdata"]).arg(&data);
    Command::new("sh")
        .args(["-c", GUARDIAN, "guardian", &watched.to_string()])
        .arg(folder)
        .arg(stop.get_program())
        .args(stop.get_args())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .map_err(words("cannot start sh"))?;
    finish(
        program("pg_ctl")
            .args(["start", "--wait", "--pgdata"])
            .arg(&data)
            .arg("--log")
            .arg(folder.join("log"))
            .args(["--options", &options])
            .process_group(0),
    )
    .map_err(|problem| {
        format!("{problem}\n{}", fs::read_to_string(folder.join("log")).unwrap_or_default())
    })?;
    Ok(format!("postgres://zhongshi@127.0.0.1:{port}/postgres"))
}

/// The folder with PostgreSQL's programs: on PATH, or where Debian puts them (the newest).
fn programs() -> Result<PathBuf, String> {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut debian: Vec<_> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .map(|entry| entry.path().join("bin"))
        .collect();
    debian.sort();
    env::split_paths(&path)
        .chain(debian.into_iter().rev())
        .find(|folder| ["initdb", "pg_ctl", "postgres"].iter().all(|name| folder.join(name).is_file()))
        .ok_or_else(|| "initdb, pg_ctl and postgres are missing (Debian: apt-get install postgresql)".into())
}

/// Nobody when this is not root, else an account that exists.
fn servant() -> Result<Option<&'static str>, String> {
    let output = Command::new("id").arg("-u").output().map_err(words("cannot start id"))?;
    if output.stdout.trim_ascii() != b"0" {
        return Ok(None);
    }
    let known =
        |name: &&&str| Command::new("id").args(["-u", name]).output().is_ok_and(|out| out.status.success());
    SERVANTS
        .iter()
        .find(known)
        .map(|name| Some(*name))
        .ok_or_else(|| "PostgreSQL does not run as root, and there is neither `postgres` nor `nobody`".into())
}

fn free_port() -> io::Result<u16> {
    TcpListener::bind(("127.0.0.1", 0))?.local_addr().map(|address| address.port())
}

fn finish(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().map_err(|error| format!("cannot start {name}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} ended with {status}")) }
}

fn words(what: &'static str) -> impl Fn(io::Error) -> String {
    move |error| format!("{what}: {error}")
}
