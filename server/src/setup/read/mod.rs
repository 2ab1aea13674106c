//! From TOML to domain types, one file here for each section of the format.

mod calendar;
mod capability;
mod grid;
mod hazard;
mod holiday;
mod line;
mod matrix;
mod platform;
mod policy;
mod pool;
mod route;
mod rule;
mod step;

pub(super) use grid::{Cells, Kinship};
pub(super) use hazard::tag;

use std::collections::BTreeMap;

use toml::de::DeTable;

use super::{
    Setup,
    problem::{Fault, Problem},
    section::{Reader, Section},
    source::{MAX_BYTES, Source},
    what::What,
};

/// Reads all files as one set-up.
///
/// # Errors
/// Every problem of every file.
pub fn read(sources: &[Source]) -> Result<Setup, Vec<Problem>> {
    let mut setup = Setup::default();
    let mut problems = Vec::new();
    let mut platforms: BTreeMap<String, ()> = BTreeMap::new();
    for source in sources {
        let reader = Reader::new(source);
        read_file(&reader, &mut setup, &mut platforms);
        problems.extend(reader.into_problems());
    }
    if problems.is_empty() { Ok(setup) } else { Err(problems) }
}

fn read_file(reader: &Reader<'_>, setup: &mut Setup, platforms: &mut BTreeMap<String, ()>) {
    let source = reader.source;
    if source.text.len() > MAX_BYTES {
        return reader.note(0, Fault::Unreadable { message: format!("{} bytes", source.text.len()) });
    }
    let (document, errors) = DeTable::parse_recoverable(&source.text);
    if !errors.is_empty() {
        // What the parser made of a broken file is not worth judging: it would blame lines that are fine.
        for error in errors {
            let line = error.span().map_or(0, |span| source.line_at(span.start));
            reader.note(line, Fault::Syntax { message: error.message().replace('\n', ", ") });
        }
        return;
    }
    let root = Section::new(reader, document.get_ref(), 1);
    if !root.has("platform") && !root.has("holidays") {
        reader.note(1, Fault::NothingToDo);
    }
    holiday::read(&root, &mut setup.holidays);
    if let Some(platform) = platform::read(&root) {
        if platforms.insert(platform.code.clone(), ()).is_some() {
            let fault = Fault::Duplicate { what: What::Platform, code: platform.code.clone(), first: 0 };
            reader.note(1, fault);
        }
        setup.platforms.push(platform);
    }
    root.finish();
}
