//! Where things are.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::command;

/// The profile that the tasks build with.
pub const PROFILE: &str = "serve";

/// The repository's root: two folders above this crate.
pub fn root() -> PathBuf {
    // Cargo sets it for `cargo run`; the compiled-in one serves a binary that is started by hand.
    let here =
        env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    here.ancestors().nth(2).map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |path| root().join(path))
}

/// The name of this machine as a target of the compiler.
pub fn host() -> Result<String, String> {
    let facts = command::output(command("rustc").arg("-vV"))?;
    let named = facts.lines().find_map(|line| line.strip_prefix("host: "));
    named.map(str::to_owned).ok_or_else(|| format!("rustc names no host in: {facts}"))
}

/// What the server's build script embeds.
pub fn site() -> PathBuf {
    target().join("site")
}

/// Where what is thrown away is put. In memory, if asked and there is room: tests make databases by the hundred, of
/// hundreds of files each, and with a disk's file system a third of the suite's time goes into those.
pub fn throw_away(in_memory: bool) -> PathBuf {
    let memory = Path::new("/dev/shm");
    if in_memory && free(memory).is_some_and(|free| free > ROOM) { memory.into() } else { env::temp_dir() }
}

/// More than the tests' databases take at once, and their browsers, in bytes.
const ROOM: u64 = 4 << 30;

/// How many bytes more a folder's file system takes, if that is known.
fn free(folder: &Path) -> Option<u64> {
    let told =
        command::output(Command::new("df").args(["--output=avail", "--block-size=1"]).arg(folder)).ok()?;
    told.lines().nth(1)?.trim().parse().ok()
}

/// Tells the server's build script that the site is yet to come, if set.
pub const SITE_LATER: &str = "ZHONGSHI_SITE_LATER";

/// A command in the repository's root.
pub fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// Cargo itself, as a person would start it: without what cargo told this builder about itself. Build scripts watch
/// these variables, and would do all their work again after every `cargo` that was not started from here.
pub fn cargo() -> Command {
    let mut cargo = command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in env::vars_os() {
        let told = name.to_string_lossy();
        if told.starts_with("CARGO_PKG_") || told.starts_with("CARGO_MANIFEST_") {
            cargo.env_remove(&name);
        }
    }
    cargo
}

/// The first folder of PATH, then of `more`, that holds an executable `name`.
pub fn find(name: &str, more: &[PathBuf]) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .chain(more.iter().cloned())
        .map(|folder| folder.join(name))
        .find(|file| executable(file))
}

fn executable(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(file).is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}
