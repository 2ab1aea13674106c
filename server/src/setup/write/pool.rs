//! `[[pool]]`: shared capacity by the shift or the day.

use domain::resource::{CellUnit, Pool};

use super::{
    super::PlatformSetup,
    toml::{Toml, quoted},
};

pub(super) fn pool(setup: &PlatformSetup, pool: &Pool) -> String {
    let calendar = setup.calendars.iter().find(|calendar| calendar.id == pool.calendar);
    let mut toml = Toml::named("[[pool]]", &pool.code, &pool.name);
    toml.put("calendar", quoted(calendar.map_or("", |calendar| &calendar.code)));
    toml.put("per", quoted(if pool.cell == CellUnit::Shift { "shift" } else { "day" }));
    toml.put("capacity", pool.capacity);
    toml.0
}
