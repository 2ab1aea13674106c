//! The tasks.

use std::process::{Command, ExitCode, ExitStatus, Stdio};

use crate::{
    command, packages, places,
    postgres::{Cluster, Disk},
    site,
};

/// Builds the self-contained binary.
///
/// Its target is named although it is this machine: the compiler's flags are then not those of the compile-time half
/// of the dependencies, which the browser half's build has left to be used again.
pub fn build() -> Result<std::path::PathBuf, String> {
    site::build()?;
    let host = places::host()?;
    let mut cargo = places::cargo();
    command::run(cargo.args([
        "build",
        "--package",
        "server",
        "--profile",
        places::PROFILE,
        "--target",
        &host,
    ]))?;
    Ok(places::target().join(host).join(places::PROFILE).join("zhongshi"))
}

/// Builds and becomes `zhongshi serve`: signals such as Ctrl-C then reach the server and nobody else.
pub fn serve(arguments: &[String]) -> Result<ExitCode, String> {
    use std::os::unix::process::CommandExt;
    let binary = build()?;
    let error = places::command(&binary).args(["serve", "--demo"]).args(arguments).exec();
    Err(format!("cannot start {}: {error}", binary.display()))
}

/// Runs every test; nothing is skipped in silence.
pub fn test(arguments: &[String]) -> Result<ExitCode, String> {
    let install = arguments.iter().any(|argument| argument == "--install");
    let needs = || Ok((packages::find(install)?, packages::axe(install)?));
    let (found, axe) = if install {
        while_the_site_is_built(needs)?
    } else {
        let found = needs()?;
        site::build()?;
        found
    };
    let cluster = Cluster::start(found.postgres, Disk::Careless)?;
    let mut runner = places::cargo();
    if command::output(places::cargo().args(["nextest", "--version"])).is_ok() {
        runner.args(["nextest", "run", "--workspace", "--no-fail-fast"]);
        if !arguments
            .iter()
            .any(|argument| argument.starts_with("-j") || argument.starts_with("--test-threads"))
        {
            runner.args(["--test-threads", &(cores() + 1).to_string()]);
        }
    } else {
        runner.args(["test", "--workspace", "--no-fail-fast"]);
    }
    runner.args(arguments.iter().filter(|argument| *argument != "--install"));
    runner.env("ZHONGSHI_TEST_POSTGRES", cluster.url()).env("TMPDIR", cluster.beside()?);
    runner
        .env("ZHONGSHI_TEST_CHROMIUM", found.chromium)
        .env("ZHONGSHI_TEST_CHROMEDRIVER", found.chromedriver)
        .env("ZHONGSHI_TEST_AXE", axe);
    finish(&mut runner, cluster)
}

/// Does what waits for the network while the compiler builds the site and, beside it, what the tests need and has no
/// need of the site: either half has crates that take a minute each, during which only one core works.
fn while_the_site_is_built<T: Send>(other: impl FnOnce() -> Result<T, String> + Send) -> Result<T, String> {
    std::thread::scope(|scope| {
        let other = scope.spawn(other);
        let ahead = scope.spawn(build_ahead);
        let site = site::build();
        let joined = ahead.join().and_then(|()| other.join());
        let other = joined.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        site.and(other)
    })
}

/// Builds what the tests need, but for what embeds the site. It says nothing and may fail: the tests' own build finds
/// what is there, and says what is wrong.
fn build_ahead() {
    let mut cargo = places::cargo();
    cargo.args(["build", "--workspace", "--tests", "--keep-going"]).env(places::SITE_LATER, "");
    let _ = cargo.stdout(Stdio::null()).stderr(Stdio::null()).status();
}

/// How much this machine does at once. Tests wait for databases and pages half of their time, so that one more of them
/// than this keeps it busy.
fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// Runs the benchmarks.
pub fn bench(arguments: &[String]) -> Result<ExitCode, String> {
    // Without a folder it is one measurement among others, which need what those need.
    let folder = |one: &String| ["--out", "--seconds"].contains(&one.as_str());
    if arguments.first().is_some_and(|name| name == "resolve") && arguments.iter().any(folder) {
        return resolve(arguments);
    }
    let install = arguments.iter().any(|argument| argument == "--install");
    let found = packages::find(install)?;
    site::build()?;
    let cluster = Cluster::start(found.postgres, Disk::Careful)?;
    let mut runner = places::cargo();
    runner.args(["run", "--release", "--package", "tests", "--bin", "bench", "--"]);
    runner.args(arguments.iter().filter(|argument| *argument != "--install"));
    runner.env("ZHONGSHI_TEST_POSTGRES", cluster.url());
    runner
        .env("ZHONGSHI_TEST_CHROMIUM", found.chromium)
        .env("ZHONGSHI_TEST_CHROMEDRIVER", found.chromedriver);
    finish(&mut runner, cluster)
}

/// Runs the one benchmark that needs neither pages nor a database, in the caller's folder, since its arguments may name
/// others.
fn resolve(arguments: &[String]) -> Result<ExitCode, String> {
    command::run(places::cargo().args(["build", "--release", "--package", "tests", "--bin", "bench"]))?;
    let bench = places::target().join("release/bench");
    let ended = command::status(Command::new(bench).args(arguments))?;
    Ok(ExitCode::from(ended.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)))
}

/// Runs to the end, stops the cluster however it ended, and hands on how.
fn finish(runner: &mut Command, cluster: Cluster) -> Result<ExitCode, String> {
    let ended: Result<ExitStatus, String> = command::status(runner);
    drop(cluster);
    let code = ended?.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1);
    Ok(ExitCode::from(code))
}
