//! Embeds the site that `cargo xtask` left in the target folder. Without one the server compiles all the same, and its
//! pages are plain.

use std::{
    env,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    // Said while the site is still being built: what needs it is left for later, and isn't built twice.
    if env::var_os("ZHONGSHI_SITE_LATER").is_some() {
        return Err(io::Error::other("the site is yet to come"));
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?);
    let site = site(&out);
    let manifest = site.join("manifest");
    // It must exist: cargo takes a watched file that is missing for one that changed.
    if !manifest.exists() {
        fs::create_dir_all(&site)?;
        fs::write(&manifest, "")?;
    }
    println!("cargo::rerun-if-changed={}", manifest.display());
    println!("cargo::rerun-if-changed=build.rs");
    fs::write(out.join("site.rs"), table(&site, &fs::read_to_string(&manifest)?)?)
}

/// `<target>/site`, from `<target>[/<triple>]/<profile>/build/<package>/out`.
fn site(out: &Path) -> PathBuf {
    let ancestor = |steps| out.ancestors().nth(steps).unwrap_or(out).join("site");
    [ancestor(4), ancestor(5)]
        .into_iter()
        .find(|folder| folder.join("manifest").exists())
        .unwrap_or_else(|| ancestor(4))
}

/// The manifest as Rust: a line `role name` each, `module` standing for script and wasm.
fn table(site: &Path, manifest: &str) -> io::Result<String> {
    let mut files = String::new();
    let mut roles = String::new();
    for role in ["module", "styles", "icon"] {
        let name = manifest.lines().find_map(|line| line.strip_prefix(role)?.strip_prefix(' '));
        let constant = role.to_uppercase();
        writeln!(roles, "pub const {constant}: Option<&str> = {name:?};").map_err(io::Error::other)?;
        let names = match (role, name) {
            (_, None) => Vec::new(),
            ("module", Some(name)) => vec![format!("{name}.js"), format!("{name}_bg.wasm")],
            (_, Some(name)) => vec![name.to_owned()],
        };
        for name in names {
            let (plain, small) = (site.join(&name), site.join(format!("{name}.br")));
            writeln!(
                files,
                "    Asset {{ name: {name:?}, plain: include_bytes!({plain:?}), brotli: include_bytes!({small:?}) }},"
            )
            .map_err(io::Error::other)?;
        }
    }
    Ok(format!("{roles}pub static ASSETS: &[Asset] = &[\n{files}];\n"))
}
