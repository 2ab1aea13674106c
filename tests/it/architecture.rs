//! The arrows between the crates: `domain ← app ← server ← tests`, `migration ← server, tests`; nothing points back.

use std::{collections::BTreeSet, process::Command};

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .args(arguments)
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("cargo prints UTF-8")
}

#[test]
fn crates_depend_in_one_direction() {
    let metadata: serde_json::Value =
        serde_json::from_str(&cargo(&["metadata", "--no-deps", "--format-version", "1", "--offline"]))
            .expect("cargo metadata is JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let ours: BTreeSet<&str> = packages.iter().filter_map(|package| package["name"].as_str()).collect();
    for package in packages {
        let name = package["name"].as_str().expect("a name");
        let allowed: &[&str] = match name {
            "domain" | "migration" | "xtask" => &[],
            "app" => &["domain"],
            "server" => &["app", "domain", "migration"],
            "tests" => &["app", "domain", "migration", "server"],
            other => panic!("crate {other} has no place in the house: add it here and to ARCHITECTURE.md"),
        };
        for dependency in package["dependencies"].as_array().expect("dependencies") {
            let target = dependency["name"].as_str().expect("a name");
            assert!(
                !ours.contains(target) || allowed.contains(&target),
                "{name} must not depend on {target}"
            );
        }
    }
}

#[test]
fn the_domain_is_pure() {
    let tree =
        cargo(&["tree", "-p", "domain", "-e", "normal", "--depth", "1", "--prefix", "none", "--offline"]);
    for line in tree.lines().skip(1) {
        let name = line.split(' ').next().unwrap_or_default();
        assert!(["serde", "time", "uuid", "libm"].contains(&name), "domain depends on {name}");
    }
}

#[test]
fn the_browser_build_knows_no_server() {
    let tree = cargo(&[
        "tree",
        "-p",
        "app",
        "--features",
        "hydrate",
        "--target",
        "wasm32-unknown-unknown",
        "-e",
        "normal",
        "--prefix",
        "none",
        "--offline",
    ]);
    // leptos_config brings regex, which the linker drops again; our own code must not use it.
    for foreign in ["sea-orm ", "axum ", "tokio ", "sqlx "] {
        assert!(!tree.lines().any(|line| line.starts_with(foreign)), "the browser build contains {foreign}");
    }
}

#[test]
fn the_house_has_no_other_rooms() {
    let root = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).expect("the root is readable");
    let rooms: BTreeSet<String> = root
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.') && name != "target" && name != "data")
        .collect();
    let planned = ["app", "migration", "server", "style", "tests"].map(str::to_owned);
    assert_eq!(rooms, BTreeSet::from(planned));
}
