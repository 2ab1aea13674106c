//! The page of the components shows them: of every file of components at least one, by itself or within another, but
//! for what [`ELSEWHERE`] says why.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use crate::words::sources;

/// Files of components, below `components`, that have no sample, by why.
const ELSEWHERE: [(&str, &[&str]); 3] = [
    ("it stands in the place of a page, whose heading it has", &["campaign/past.rs"]),
    ("there is nothing to be seen of it", &["round/while_so.rs"]),
    ("its fields are those of the request's form, whose ids they have", &["campaign/fill_form.rs"]),
];

/// A file's components for everybody, and those that are named in it.
struct Source {
    components: BTreeSet<String>,
    named: BTreeSet<String>,
}

/// The name that `text` begins with.
fn name(text: &str) -> String {
    text.chars().take_while(|letter| letter.is_ascii_alphanumeric()).collect()
}

impl Source {
    fn read(file: &Path) -> Self {
        let text = fs::read_to_string(file).expect("a source");
        let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        let made = text.split("#[component]\n").skip(1).chain(text.split("#[island]\n").skip(1));
        // What only its own part of the house names has no sample of its own.
        let made = made.filter_map(|rest| rest.strip_prefix("pub fn ").map(name));
        let named =
            text.split('<').skip(1).filter(|rest| rest.starts_with(|letter: char| letter.is_uppercase()));
        Self { components: made.collect(), named: named.map(name).collect() }
    }
}

/// Every source below `folder` of the app, by its path there.
fn read(folder: &str) -> BTreeMap<String, Source> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src").join(folder);
    let mut files = Vec::new();
    sources(&folder, &mut files);
    let below = |file: &Path| file.strip_prefix(&folder).expect("a file of it").display().to_string();
    files.iter().map(|file| (below(file), Source::read(file))).collect()
}

#[test]
fn what_surrounds_every_page_has_a_sheet_with_its_parts() {
    let named: BTreeSet<String> = read("pages/design").into_values().flat_map(|page| page.named).collect();
    let missing: Vec<_> =
        ["Masthead", "Told", "Lost", "Colophon"].into_iter().filter(|part| !named.contains(*part)).collect();
    assert!(missing.is_empty(), "no sheet shows {missing:?}");
}

#[test]
fn the_page_of_the_components_shows_each_but_for_what_has_its_reason() {
    let all = read("components");
    let mut shown: BTreeSet<String> = BTreeSet::new();
    let mut ahead: Vec<String> = read("pages/design").into_values().flat_map(|page| page.named).collect();
    while let Some(one) = ahead.pop() {
        if shown.insert(one.clone()) {
            let within = all.values().filter(|source| source.components.contains(&one));
            ahead.extend(within.flat_map(|source| source.named.iter().cloned()));
        }
    }
    let missing = |source: &Source| !source.components.is_empty() && source.components.is_disjoint(&shown);
    let missing: BTreeSet<&str> =
        all.iter().filter(|(_, source)| missing(source)).map(|(file, _)| file.as_str()).collect();
    let excused: BTreeSet<&str> = ELSEWHERE.iter().flat_map(|(_, files)| files.iter().copied()).collect();
    let unshown: Vec<_> = missing.difference(&excused).collect();
    assert!(
        unshown.is_empty(),
        "no sample shows {unshown:?}: add one, or say in ELSEWHERE why there is none"
    );
    let stale: Vec<_> = excused.difference(&missing).collect();
    assert!(stale.is_empty(), "these have a sample by now, or are gone: {stale:?}");
}
