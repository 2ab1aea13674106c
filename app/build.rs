//! Turns the words in `locales/` into types: a missing key or a wrong placeholder is a compile error.
//!
//! `leptos_i18n_build` does the same and brings the whole of ICU's data tools, which nothing here uses: a minute and a
//! half of every first build. So the two crates behind it are called directly.

use std::{error::Error, fs, path::PathBuf};

use leptos_i18n_parser::parse_locales::{
    options::{Config, ParseOptions},
    parse_locales,
};

/// A file a language each, in `locales/<language>/`.
const NAMESPACES: [&str; 30] = [
    "common", "nav", "campaign", "glossary", "terms", "request", "office", "find", "remedy", "search",
    "offer", "booking", "desk", "session", "failure", "refusal", "term", "district", "register", "tour",
    "design", "setup", "waiting", "room", "round", "conflict", "time", "import", "problem", "done",
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    let module = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?).join("i18n.rs");
    let config = Config::new("zh-CN")?
        .add_locale("en")?
        .add_namespaces(NAMESPACES)?
        .parse_options(ParseOptions::new().interpolate_display(true));
    let words = parse_locales(None, config)?;
    for warning in words.diag.warnings().iter() {
        println!("cargo::warning={warning}");
    }
    for error in words.diag.errors().iter() {
        println!("cargo::error={error}");
    }
    let code = leptos_i18n_codegen::gen_code(&words, None, false, None, false)?;
    fs::write(module, code.to_string())?;
    Ok(())
}
