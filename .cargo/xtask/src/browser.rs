//! The browser half: the crate `app` compiled to wasm.

use std::path::PathBuf;

use crate::{command, places};

const TARGET: &str = "wasm32-unknown-unknown";

/// Builds it, adding the compiler's target if missing, and answers where it lies.
///
/// Small before fast: optimised for size, and linked with all that it uses as one program. This is asked for here and
/// not by a profile of its own because cargo then shares the compile-time half of the dependencies (macros, build
/// scripts) with the server's build, and because it never links a `cdylib` so while the package is a library as well.
pub fn build() -> Result<PathBuf, String> {
    add_target()?;
    let mut cargo = places::cargo();
    cargo.args(["rustc", "--package", "app", "--lib", "--crate-type", "cdylib", "--target", TARGET]);
    cargo.args(["--features", "hydrate", "--profile", places::PROFILE]);
    cargo.arg("--config").arg(format!("profile.{}.package.domain.opt-level='z'", places::PROFILE));
    cargo.env(format!("CARGO_PROFILE_{}_OPT_LEVEL", places::PROFILE.to_uppercase()), "z");
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "-C embed-bitcode=yes --cfg erase_components");
    cargo.args(["--", "-C", "lto=fat", "-C", "codegen-units=1"]);
    command::run(&mut cargo)?;
    Ok(places::target().join(TARGET).join(places::PROFILE).join("app.wasm"))
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
