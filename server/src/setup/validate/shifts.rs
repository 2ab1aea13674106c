//! Shifts of a week are ascending and disjoint, across midnight and across the week's end too.

use domain::calendar::Shift;

use super::super::{
    problem::Fault,
    section::{At, Section},
};

/// Sorts each day's shifts and notes every overlap once.
pub(in super::super) fn shifts_disjoint(section: &Section<'_>, week: &mut [Vec<At<Shift>>; 7]) {
    for day in week.iter_mut() {
        day.sort_by_key(|shift| shift.value.start);
    }
    let mut noted = Vec::new();
    for (day, shifts) in week.iter().enumerate() {
        for pair in shifts.windows(2) {
            if pair[1].value.start < pair[0].value.end {
                note(section, day, pair[0].value, &pair[1], 0, &mut noted);
            }
        }
        let tomorrow = &week[(day + 1) % 7];
        if let (Some(last), Some(first)) = (shifts.last(), tomorrow.first())
            && last.value.end > 1440 + first.value.start
        {
            note(section, day, last.value, first, 1440, &mut noted);
        }
    }
}

/// The same two written shifts overlap on many days; one message is enough.
fn note(
    section: &Section<'_>,
    day: usize,
    first: Shift,
    second: &At<Shift>,
    shift_by: u16,
    noted: &mut Vec<(Shift, Shift, u16)>,
) {
    let key = (first, second.value, shift_by);
    if noted.contains(&key) {
        return;
    }
    noted.push(key);
    section.note(second.line, Fault::ShiftsOverlap { day, first: write(first), second: write(second.value) });
}

fn write(shift: Shift) -> String {
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60 % 24, minute % 60);
    format!(
        "{}-{}",
        clock(shift.start),
        if shift.end == 1440 { "24:00".to_owned() } else { clock(shift.end) }
    )
}
