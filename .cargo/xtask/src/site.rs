//! The site: script, wasm and styles under names that change with their content, each also compressed. The server's
//! build script embeds the folder; `manifest` names the current files by what they are.

use std::{fs, io::Write, path::Path};

use crate::{bindgen, browser, digest, places};

/// The style sheets in the order in which they apply.
const STYLES: &[&str] = &[
    "tokens.css",
    "base.css",
    "layout.css",
    "navigation.css",
    "form.css",
    "offer.css",
    "booking.css",
    "desk.css",
    "round.css",
    "setup.css",
    "district.css",
    "register.css",
    "tour.css",
    "design.css",
    "campaign.css",
    "month.css",
    "office.css",
    "find.css",
    "print.css",
];

/// Brings the site up to date.
pub fn build() -> Result<(), String> {
    let wasm = browser::build()?;
    let folder = places::site();
    let styles = styles()?;
    let compiled = read(&wasm)?;
    let icon = read(&places::root().join("style/icon.svg"))?;
    let inputs = digest::of(&[&compiled, styles.as_bytes(), &icon, digest::of_builder().as_bytes()]);
    let stamp = folder.join("stamp");
    if digest::is_current(&stamp, &inputs) {
        return Ok(());
    }
    eprintln!("xtask: binding and compressing the browser half");
    let module = bindgen::bind(&wasm)?;
    // Old files go first: the folder is embedded whole.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let name = format!("app.{}", digest::of(&[&module.script, &module.wasm]));
    let sheet = format!("zhongshi.{}.css", digest::of(&[styles.as_bytes()]));
    let picture = format!("icon.{}.svg", digest::of(&[&icon]));
    // The page's start script adds `.js` and `_bg.wasm` to one name.
    let (script, binary) = (format!("{name}.js"), format!("{name}_bg.wasm"));
    write(&folder, &script, &module.script)?;
    write(&folder, &binary, &module.wasm)?;
    write(&folder, &sheet, styles.as_bytes())?;
    write(&folder, &picture, &icon)?;
    let manifest = format!("module {name}\nstyles {sheet}\nicon {picture}\n");
    save(&folder.join("manifest"), manifest.as_bytes())?;
    save(&stamp, inputs.as_bytes())
}

fn styles() -> Result<String, String> {
    let folder = places::root().join("style");
    let mut all = String::new();
    for name in STYLES {
        let file = folder.join(name);
        all += &fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    Ok(all)
}

fn read(file: &Path) -> Result<Vec<u8>, String> {
    fs::read(file).map_err(|error| format!("{}: {error}", file.display()))
}

/// Saves a file as it is and compressed, and says its sizes.
fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), String> {
    let mut small = Vec::new();
    let mut compressor = brotli::CompressorWriter::new(&mut small, 1 << 16, 11, 22);
    compressor
        .write_all(bytes)
        .and_then(|()| compressor.flush())
        .map_err(|error| format!("brotli: {error}"))?;
    drop(compressor);
    eprintln!(
        "xtask: {name}: {} kB, compressed {} kB",
        bytes.len().div_ceil(1000),
        small.len().div_ceil(1000)
    );
    save(&folder.join(name), bytes)?;
    save(&folder.join(format!("{name}.br")), &small)
}

fn save(file: &Path, bytes: &[u8]) -> Result<(), String> {
    fs::write(file, bytes).map_err(|error| format!("{}: {error}", file.display()))
}
