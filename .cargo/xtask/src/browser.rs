//! The browser half: the crate `app` compiled to wasm.

use std::path::PathBuf;

use crate::{command, places};

const TARGET: &str = "wasm32-unknown-unknown";

/// Builds it, adding the compiler's target if missing, and answers where it lies.
pub fn build() -> Result<PathBuf, String> {
    add_target()?;
    let mut cargo = places::cargo();
    cargo.args(["build", "--package", "app", "--lib", "--target", TARGET, "--profile", "browser"]);
    cargo.args(["--features", "hydrate"]);
    command::run(&mut cargo)?;
    Ok(places::target().join(TARGET).join("browser/app.wasm"))
}

fn add_target() -> Result<(), String> {
    let libraries =
        command::output(places::command("rustc").args(["--print", "target-libdir", "--target", TARGET]))?;
    if PathBuf::from(libraries.trim()).is_dir() {
        return Ok(());
    }
    eprintln!("xtask: adding the compiler's target {TARGET}");
    command::run(places::command("rustup").args(["target", "add", TARGET]))
        .map_err(|problem| format!("the compiler lacks {TARGET} and rustup could not add it: {problem}"))
}
