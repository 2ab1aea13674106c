//! What else a dosage form or process is called by those who look for it.

use super::say;
use crate::language::Language;

/// Its other names, to be found by and never shown; none of one that goes by its name alone.
#[must_use]
pub fn also(language: Language, code: &str) -> &'static str {
    match code {
        "TAB" => say!(language, find.also.tab),
        "GRT" => say!(language, find.also.grt),
        "PRT" => say!(language, find.also.prt),
        "ODT" => say!(language, find.also.odt),
        "CAPH" => say!(language, find.also.caph),
        "CAPS" => say!(language, find.also.caps),
        "GRA" => say!(language, find.also.gra),
        "PWD" => say!(language, find.also.pwd),
        "SVP" => say!(language, find.also.svp),
        "LVP" => say!(language, find.also.lvp),
        "LYO" => say!(language, find.also.lyo),
        "PFS" => say!(language, find.also.pfs),
        "EMI" => say!(language, find.also.emi),
        "LAI" => say!(language, find.also.lai),
        "EYE" => say!(language, find.also.eye),
        "OSOL" => say!(language, find.also.osol),
        "OSUS" => say!(language, find.also.osus),
        "TDP" => say!(language, find.also.tdp),
        "DPI" => say!(language, find.also.dpi),
        "NEB" => say!(language, find.also.neb),
        "NAS" => say!(language, find.also.nas),
        "PLA" => say!(language, find.also.pla),
        "PEP" => say!(language, find.also.pep),
        "CELL" => say!(language, find.also.cell),
        "VEC" => say!(language, find.also.vec),
        "MCB" => say!(language, find.also.mcb),
        _ => "",
    }
}
