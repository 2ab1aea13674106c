//! Settings that are wrong are named with where they came from.

use server::settings::{Origins, load, template};

fn wrong(name: &str, value: &str) -> String {
    let origins = Origins { file: None, flags: vec![(name.to_owned(), value.to_owned())] };
    load(&origins).expect_err(name).to_string()
}

#[test]
fn a_wrong_flag_is_named() {
    for (name, value, said) in [
        ("log.format", "xml", "expected `text` or `json`"),
        ("log.formatt", "json", "unknown field `formatt`"),
        ("database.url", "mysql://localhost", "sqlite:// or postgres://"),
        ("public_url", "https://pilot.example.org/path", "without a path"),
        ("http.body_limit_kib", "0", "1 or more"),
        ("listen", "everywhere", "socket address"),
    ] {
        let message = wrong(name, value);
        assert!(message.contains(name) && message.contains(said), "{message}");
    }
}

#[test]
fn a_wrong_file_is_named_with_its_line() {
    let path = std::env::temp_dir().join(format!("zhongshi-settings-{}.toml", uuid::Uuid::now_v7()));
    std::fs::write(&path, "[http]\n\nbody_limit_kib = \"large\"\n").expect("a file");
    let origins = Origins { file: Some(path.clone()), flags: vec![] };
    let message = load(&origins).expect_err("a wrong setting").to_string();
    std::fs::remove_file(&path).expect("a file");
    assert!(message.contains(&path.display().to_string()) && message.contains("line 3"), "{message}");
    let missing = load(&origins).expect_err("no file").to_string();
    assert!(missing.contains("no settings file"), "{missing}");
}

#[test]
fn the_template_is_a_file_that_changes_nothing() {
    let text = template();
    for name in ["listen", "public_url", "body_limit_kib", "idle_hours", "sign_in_per_email", "filter"] {
        assert!(text.contains(&format!("#{name} =")), "{name} is missing");
    }
    let path = std::env::temp_dir().join(format!("zhongshi-template-{}.toml", uuid::Uuid::now_v7()));
    std::fs::write(&path, &text).expect("a file");
    let loaded = load(&Origins { file: Some(path.clone()), flags: vec![] });
    std::fs::remove_file(&path).expect("a file");
    assert_eq!(loaded.expect("settings").http.body_limit_kib, 256);
}
