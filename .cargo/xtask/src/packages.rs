//! What the tests need of the system: found, or installed when asked to, or named.

use std::path::{Path, PathBuf};

use crate::{command, places};

/// What tests and benchmarks use.
pub struct Found {
    /// The folder with `initdb`, `pg_ctl` and `postgres`.
    pub postgres: PathBuf,
    pub chromium: PathBuf,
    pub chromedriver: PathBuf,
}

/// What checks pages for accessibility, as npm knows it. Neither a crate nor a Debian package brings it.
const AXE: &str = "axe-core@4.14.1";

/// A program and the Debian package that brings it.
const NEEDS: &[(&str, &str)] = &[
    ("initdb", "postgresql"),
    ("pg_ctl", "postgresql"),
    ("postgres", "postgresql"),
    ("chromium", "chromium"),
    ("chromedriver", "chromium-driver"),
];

/// Finds everything; with `install`, what is missing is installed first.
pub fn find(install: bool) -> Result<Found, String> {
    let missing = missing();
    if !missing.is_empty() {
        if !install {
            let names = missing.join(" ");
            return Err(format!(
                "missing Debian packages: {names}\nInstall them with `apt-get install {names}`, or run \
                 `cargo xtask test --install`."
            ));
        }
        self::install(&missing)?;
    }
    Ok(Found {
        postgres: parent(&program("initdb")?),
        chromium: program("chromium")?,
        chromedriver: program("chromedriver")?,
    })
}

/// axe-core's script, fetched with npm when asked to and not there yet.
pub fn axe(install: bool) -> Result<PathBuf, String> {
    let folder = places::target().join("axe");
    let script = folder.join("package/axe.min.js");
    if script.is_file() {
        return Ok(script);
    }
    if !install {
        return Err(format!("missing: {AXE} of npm\nRun `cargo xtask test --install`, which fetches it."));
    }
    if locate("npm").is_none() {
        self::install(&["npm"])?;
    }
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut pack = places::command("npm");
    let archive = command::output(pack.args(["pack", "--silent", AXE, "--pack-destination"]).arg(&folder))?;
    let archive = folder.join(archive.trim());
    command::run(places::command("tar").arg("-xzf").arg(archive).arg("-C").arg(&folder))?;
    Ok(script)
}

fn missing() -> Vec<&'static str> {
    let mut names: Vec<_> =
        NEEDS.iter().filter(|(name, _)| locate(name).is_none()).map(|(_, package)| *package).collect();
    if !has_chinese_font() {
        names.push("fonts-noto-cjk");
    }
    names.dedup();
    names
}

/// Without `fc-list` nobody can tell, and pages are legible to a test all the same.
fn has_chinese_font() -> bool {
    command::output(places::command("fc-list").arg(":lang=zh")).map_or(true, |fonts| !fonts.trim().is_empty())
}

fn install(packages: &[&str]) -> Result<(), String> {
    eprintln!("xtask: installing {}", packages.join(" "));
    let root = command::output(places::command("id").arg("-u"))?.trim() == "0";
    let apt = |arguments: &[&str]| {
        let mut apt = places::command(if root { "apt-get" } else { "sudo" });
        if !root {
            apt.arg("apt-get");
        }
        apt.env("DEBIAN_FRONTEND", "noninteractive").args(arguments);
        command::run(&mut apt)
    };
    apt(&["update", "--quiet"])?;
    let mut arguments = vec!["install", "--yes", "--no-install-recommends"];
    arguments.extend(packages);
    apt(&arguments)
}

fn program(name: &str) -> Result<PathBuf, String> {
    locate(name).ok_or_else(|| format!("cannot find `{name}`, neither on PATH nor under /usr/lib/postgresql"))
}

fn locate(name: &str) -> Option<PathBuf> {
    places::find(name, &versions())
}

/// Debian keeps PostgreSQL's programs off PATH, a folder a version; newest first.
fn versions() -> Vec<PathBuf> {
    let Ok(found) = std::fs::read_dir("/usr/lib/postgresql") else { return Vec::new() };
    let mut found: Vec<(u32, PathBuf)> = found
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    found.sort_unstable_by(|one, other| other.cmp(one));
    found.into_iter().map(|(_, folder)| folder).collect()
}

fn parent(file: &Path) -> PathBuf {
    file.parent().unwrap_or(Path::new("/")).to_path_buf()
}
