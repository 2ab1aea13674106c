//! `[[pool]]`: shared capacity.

use domain::resource::{CellUnit, Pool};

use super::{
    super::{
        codes::{part_id, platform_id},
        problem::Example,
        section::Section,
    },
    platform::Known,
};

pub(super) fn read(root: &Section<'_>, known: &mut Known<'_>) -> Vec<Pool> {
    root.sections("pool").into_iter().map(|section| one(section, known)).collect()
}

fn one(section: Section<'_>, known: &mut Known<'_>) -> Pool {
    let code = known.pools.declare(&section, "code");
    let calendar = section.text("calendar");
    known.calendars.check(&section, &calendar);
    let per = |text: &str| match text {
        "shift" => Some(CellUnit::Shift),
        "day" => Some(CellUnit::Day),
        _ => None,
    };
    let pool = Pool {
        id: part_id(known.platform, "pool", &code).into(),
        platform: platform_id(known.platform).into(),
        name: section.name(),
        calendar: part_id(known.platform, "calendar", &calendar.value).into(),
        cell: section
            .written("per", per, Example::Notation("\"shift\", \"day\""))
            .map_or(CellUnit::Day, |per| per.value),
        // What isn't right itself is no reason to find fault with what is asked of it.
        capacity: section
            .known_integer("capacity", 1, 100_000)
            .and_then(|capacity| u32::try_from(capacity).ok())
            .unwrap_or(u32::MAX),
        code,
    };
    section.finish();
    pool
}
