//! What a change does to the fields of a part: their values by what is in force against those by what is to be.

use std::collections::BTreeSet;

use app::contract::{FieldChange, setup_form::Values};

use crate::setup::{self, Part, PlatformSetup, form::fill};

/// Path of a matrix's cells.
const CELLS: &str = "cells.";

/// The fields that differ between two texts of the same part. Both are as the set-up itself writes them, so that two
/// ways to write a value are one.
pub(super) fn changed(before: &PlatformSetup, after: &PlatformSetup, is: &Part) -> Vec<FieldChange> {
    let parts = setup::write(before);
    let Some(was) = parts.iter().find(|part| part.what == is.what && part.code == is.code) else {
        return Vec::new();
    };
    let (was, is) = (values(before, was), values(after, is));
    let paths: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    paths
        .into_iter()
        .map(|path| {
            let of = |values: &Values| values.get(path).cloned().unwrap_or_default();
            FieldChange { path: path.clone(), was: of(&was), is: of(&is) }
        })
        .filter(|field| field.was != field.is)
        .collect()
}

/// The values of a part, a cell of a matrix as one.
fn values(setup: &PlatformSetup, part: &Part) -> Values {
    let sort = part.what.code();
    let matrix = setup.matrices.iter().find(|matrix| sort == "matrix" && matrix.code == part.code);
    let mut values = Values::new();
    for (path, value) in fill(sort, &part.text, matrix) {
        if let Some(cell) = path.strip_suffix(".wait").filter(|cell| cell.starts_with(CELLS)) {
            // Crew comes before wait in the order of paths.
            values.entry(cell.to_owned()).and_modify(|crew: &mut String| *crew = format!("{crew} + {value}"));
        } else if let Some(cell) = path.strip_suffix(".crew").filter(|cell| cell.starts_with(CELLS)) {
            values.insert(cell.to_owned(), value);
        } else {
            values.insert(path, value);
        }
    }
    values
}
