//! Breaks protocol, guard and resolver on purpose, one way at a time, and asks the tests whether they see it.
//!
//! Each mutation is made in a working tree of its own, of what is committed; its build is kept apart from the usual
//! one. It takes a few minutes a mutation, so it is a task of its own and no part of `test`.

mod list;

use std::{fs, path::Path, process::ExitCode};

use crate::{command, places};

use list::{MUTATIONS, Mutation};

/// What nextest and cargo answer when tests failed.
const TESTS_FAILED: i32 = 100;

/// What the tests say of a mutation.
enum Verdict {
    Seen,
    Survived,
    /// It doesn't build, or something else is in the way.
    Broken(Option<i32>),
}

/// Tries the mutations whose names contain one of the `arguments`; all of them without. `--install` is handed on to the
/// tests, which need their packages here too.
pub fn run(arguments: &[String]) -> Result<ExitCode, String> {
    let (options, names): (Vec<&str>, Vec<&str>) =
        arguments.iter().map(String::as_str).partition(|argument| argument.starts_with("--"));
    if let Some(unknown) = options.iter().find(|option| **option != "--install") {
        return Err(format!("mutate knows no {unknown}; it takes parts of names, and --install"));
    }
    let tree = places::target().join("mutations");
    if !tree.is_dir() {
        command::run(places::command("git").args(["worktree", "add", "--detach"]).arg(&tree))?;
    }
    let head = command::output(places::command("git").args(["rev-parse", "HEAD"]))?;
    command::run(git(&tree).args(["checkout", "--quiet", "--force", "--detach", head.trim()]))?;
    let wanted =
        |mutation: &&Mutation| names.is_empty() || names.iter().any(|name| mutation.name.contains(name));
    let mut survivors = Vec::new();
    for mutation in MUTATIONS.iter().filter(wanted) {
        let verdict = try_out(&tree, mutation, &options)?;
        let words = match verdict {
            Verdict::Seen => "seen".to_owned(),
            Verdict::Survived => "SURVIVED".to_owned(),
            Verdict::Broken(code) => format!("BROKEN ({code:?})"),
        };
        println!("{words:<10} {}", mutation.name);
        if !matches!(verdict, Verdict::Seen) {
            survivors.push(mutation.name);
        }
    }
    if survivors.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    Err(format!("not seen by any test: {}", survivors.join(", ")))
}

fn try_out(tree: &Path, mutation: &Mutation, options: &[&str]) -> Result<Verdict, String> {
    let file = tree.join(mutation.file);
    let told = |error: std::io::Error| format!("{}: {error}", file.display());
    let text = fs::read_to_string(&file).map_err(told)?;
    if text.matches(mutation.from).count() != 1 {
        return Err(format!("{}: `{}` is not there once", mutation.file, mutation.from));
    }
    fs::write(&file, text.replacen(mutation.from, mutation.to, 1)).map_err(told)?;
    let mut tests = places::cargo();
    tests.current_dir(tree).args(["xtask", "test"]).args(options).args(["-E", mutation.tests]);
    if std::env::var_os("CARGO_TARGET_DIR").is_none() {
        tests.env("CARGO_TARGET_DIR", tree.join("target"));
    }
    let ended = command::status(&mut tests)?;
    command::run(git(tree).args(["checkout", "--quiet", "--force", "HEAD", "--", mutation.file]))?;
    Ok(match ended.code() {
        Some(0) => Verdict::Survived,
        Some(TESTS_FAILED) => Verdict::Seen,
        code => Verdict::Broken(code),
    })
}

fn git(tree: &Path) -> std::process::Command {
    let mut git = places::command("git");
    git.current_dir(tree);
    git
}
