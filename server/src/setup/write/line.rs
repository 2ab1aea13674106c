//! `[[line]]`: what a line makes, what it admits, and until when.

use app::contract::field;
use domain::{
    Minute,
    calendar::plant_date,
    resource::{Capability, Line},
};

use super::{
    super::PlatformSetup,
    toml::{Toml, hazards, lasting, list, quoted, word},
};

pub(super) fn line(setup: &PlatformSetup, line: &Line) -> String {
    let matrix = setup.matrices.iter().find(|matrix| matrix.id == line.matrix);
    let calendar = setup.calendars.iter().find(|calendar| calendar.id == line.calendar);
    let mut toml = Toml::named("[[line]]", &line.code, &line.name);
    toml.put("matrix", quoted(matrix.map_or("", |matrix| &matrix.code)));
    toml.put("calendar", quoted(calendar.map_or("", |calendar| &calendar.code)));
    // What follows each other with one range is one row: the order is part of what is stored.
    let same = |one: &Capability, other: &Capability| {
        (one.batch_min, one.batch_max, one.unit) == (other.batch_min, other.batch_max, other.unit)
    };
    let makes: Vec<String> = line
        .capabilities
        .chunk_by(same)
        .map(|able| {
            let (min, max) = (field::decimal(able[0].batch_min), field::decimal(able[0].batch_max));
            let range = if min == max { min } else { format!("{min}-{max}") };
            let batch = quoted(&format!("{range} {}", word(able[0].unit)));
            let offerings = list(able.iter().map(|able| &able.offering));
            format!("  {{ offerings = {offerings}, batch = {batch} }},")
        })
        .collect();
    toml.put("makes", format!("[\n{}\n]", makes.join("\n")));
    toml.put("admits", hazards(&line.admits));
    if let Some(hazard) = line.dedicated_to {
        toml.put("dedicated_to", quoted(&word(hazard)));
    }
    if !line.approvals.is_empty() {
        let approvals: Vec<String> = line
            .approvals
            .iter()
            .map(|one| {
                let (hazard, until) = (quoted(&word(one.hazard)), last_day(one.valid_until));
                format!("  {{ hazard = {hazard}, until = {until} }},")
            })
            .collect();
        toml.put("approvals", format!("[\n{}\n]", approvals.join("\n")));
    }
    if let Some(band) = line.oeb_max {
        toml.put("oeb_max", band);
    }
    toml.put("gmp", line.gmp);
    if let Some(until) = line.media_fill_valid_until {
        toml.put("media_fill_valid_until", last_day(until));
    }
    toml.put("day_rate_yuan", quoted(&field::decimal(line.day_rate_fen * 10)));
    toml.put("start_every", lasting(line.granularity));
    toml.0
}

/// The last day of a validity that ends with it.
fn last_day(until: Minute) -> time::Date {
    plant_date(until - 1)
}
