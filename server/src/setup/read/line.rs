//! `[[line]]`: exclusive lines.

use domain::{
    Minute,
    calendar::{DAY, plant_midnight},
    resource::{Approval, Line},
};
use time::Date;

use super::{
    super::{
        codes::{part_id, platform_id},
        notation,
        problem::{Example, Fault},
        section::Section,
        validate,
        what::What,
    },
    capability, hazard,
    platform::Known,
};

const MOST_LINES: usize = 1000;

pub(super) fn read(root: &Section<'_>, known: &mut Known<'_>) -> Vec<Line> {
    let lines: Vec<Line> = root.sections("line").into_iter().map(|section| one(section, known)).collect();
    if lines.len() > MOST_LINES {
        root.note(root.line, Fault::TooMany { what: What::Line, max: MOST_LINES });
    }
    lines
}

/// The end of a plant day: a validity date counts to its last minute.
fn end_of(day: Date) -> Minute {
    plant_midnight(day) + DAY
}

fn one(section: Section<'_>, known: &mut Known<'_>) -> Line {
    let code = known.lines.declare(&section, "code");
    let (matrix, calendar) = (section.text("matrix"), section.text("calendar"));
    known.matrices.check(&section, &matrix);
    known.calendars.check(&section, &calendar);
    let dedicated = section.maybe_text("dedicated_to").and_then(|text| hazard::hazard(&section, &text));
    let line = Line {
        id: part_id(known.platform, "line", &code).into(),
        platform: platform_id(known.platform).into(),
        name: section.name(),
        matrix: part_id(known.platform, "matrix", &matrix.value).into(),
        calendar: part_id(known.platform, "calendar", &calendar.value).into(),
        capabilities: capability::read(&section),
        admits: hazard::hazards(&section, "admits"),
        dedicated_to: dedicated,
        approvals: section.sections("approvals").into_iter().filter_map(approval).collect(),
        oeb_max: section.maybe_integer("oeb_max", 1, 5).and_then(|band| u8::try_from(band.value).ok()),
        gmp: section.flag("gmp", false),
        media_fill_valid_until: section.maybe_date("media_fill_valid_until").map(|date| end_of(date.value)),
        day_rate_fen: day_rate(&section),
        granularity: granularity(&section),
        code,
    };
    validate::line_hazards(&section, &line);
    section.finish();
    line
}

/// `{ hazard = "hormone", until = 2027-06-30 }`
fn approval(section: Section<'_>) -> Option<Approval> {
    let hazard = hazard::hazard(&section, &section.text("hazard"));
    let until = section.date("until");
    section.finish();
    Some(Approval { hazard: hazard?, valid_until: end_of(until?.value) })
}

/// Yuan a day, as a text so that fen are exact.
fn day_rate(section: &Section<'_>) -> i64 {
    let most = 1_000_000_000;
    let rate = section.written("day_rate_yuan", notation::yuan, Example::Notation("\"12000\", \"12000.50\""));
    match rate {
        Some(rate) if rate.value > most => {
            section.out_of_range(rate.line, "day_rate_yuan", rate.value / 100, 0, most / 100);
            0
        }
        Some(rate) => rate.value,
        None => 0,
    }
}

fn granularity(section: &Section<'_>) -> i64 {
    let fits = |text: &str| notation::duration(text).filter(|minutes| *minutes >= 5 && DAY % minutes == 0);
    section.maybe_written("start_every", fits, Example::Grid).map_or(60, |every| every.value)
}
