//! The one order of forms in all of the district's tables: the one in which whoever searches chooses among them.

use domain::offering::OFFERINGS;

/// The place of the form with this code; one that is unknown comes last.
pub(super) fn place(code: &str) -> usize {
    OFFERINGS.iter().position(|known| known.code == code).unwrap_or(OFFERINGS.len())
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn forms_stand_as_they_are_searched_for() {
        let mut codes = ["nothing", "FCT", "TAB"];
        codes.sort_by_key(|code| place(code));
        assert_eq!(codes, ["TAB", "FCT", "nothing"]);
    }
}
