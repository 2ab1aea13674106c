//! Offerings: dosage forms and processes. Codes are ours; the EDQM Standard Term number is a mapping only. Families
//! follow the general chapters of the Chinese Pharmacopoeia (制剂通则 0100).

use serde::{Deserialize, Serialize};

/// A family of offerings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    SolidOral,
    Sterile,
    LiquidOral,
    TopicalRectal,
    InhaledNasal,
    Tcm,
    Process,
}

/// Unit of a batch size. Sizes are integers in thousandths of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    Kilogram,
    Gram,
    Litre,
    /// Tablets, capsules.
    Piece,
    Vial,
    /// Donor lots.
    Lot,
}

/// A dosage form or a process that platforms offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offering {
    pub code: &'static str,
    pub family: Family,
    pub zh: &'static str,
    pub en: &'static str,
    /// EDQM Standard Term number, where one exists.
    pub edqm: Option<u32>,
}

const fn form(family: Family, code: &'static str, zh: &'static str, en: &'static str, edqm: u32) -> Offering {
    Offering { code, family, zh, en, edqm: if edqm == 0 { None } else { Some(edqm) } }
}

/// Every offering known, by family.
pub const OFFERINGS: &[Offering] = {
    use Family::{InhaledNasal, LiquidOral, Process, SolidOral, Sterile, Tcm, TopicalRectal};
    &[
        form(SolidOral, "TAB", "片剂", "tablet", 10_219_000),
        form(SolidOral, "FCT", "薄膜衣片", "film-coated tablet", 10_221_000),
        form(SolidOral, "GRT", "肠溶片", "gastro-resistant tablet", 10_225_000),
        form(SolidOral, "PRT", "缓释片", "prolonged-release tablet", 10_226_000),
        form(SolidOral, "ODT", "口崩片", "orodispersible tablet", 10_223_000),
        form(SolidOral, "CAPH", "硬胶囊", "hard capsule", 10_210_000),
        form(SolidOral, "CAPS", "软胶囊", "soft capsule", 10_211_000),
        form(SolidOral, "GRA", "颗粒剂", "granules", 10_204_000),
        form(SolidOral, "PWD", "散剂", "oral powder", 10_201_000),
        form(Sterile, "SVP", "小容量注射液", "solution for injection", 11_201_000),
        form(Sterile, "LVP", "大容量注射液", "solution for infusion", 11_210_000),
        form(Sterile, "LYO", "冻干粉针", "lyophilised powder for injection", 11_205_000),
        form(Sterile, "PFS", "预灌封", "prefilled syringe", 50_060_300),
        form(Sterile, "EMI", "乳状注射液", "emulsion for injection", 11_203_000),
        form(Sterile, "LAI", "缓释混悬注射液", "prolonged-release suspension for injection", 11_208_500),
        form(Sterile, "EYE", "滴眼液", "eye drops", 10_604_000),
        form(LiquidOral, "OSOL", "口服溶液", "oral solution", 10_105_000),
        form(LiquidOral, "OSUS", "口服混悬液", "oral suspension", 10_106_000),
        form(LiquidOral, "SYR", "糖浆", "syrup", 10_117_000),
        form(TopicalRectal, "CRM", "乳膏", "cream", 10_502_000),
        form(TopicalRectal, "OIN", "软膏", "ointment", 10_504_000),
        form(TopicalRectal, "GEL", "凝胶", "gel", 10_503_000),
        form(TopicalRectal, "TDP", "透皮贴", "transdermal patch", 10_519_000),
        form(TopicalRectal, "SUP", "栓剂", "suppository", 11_013_000),
        form(InhaledNasal, "DPI", "吸入粉雾剂", "inhalation powder", 11_109_000),
        form(InhaledNasal, "NEB", "吸入溶液", "nebuliser solution", 11_101_000),
        form(InhaledNasal, "NAS", "鼻喷", "nasal spray", 10_808_000),
        form(Tcm, "PIL", "丸剂", "pills", 0),
        form(Tcm, "MIX", "合剂", "mixture", 0),
        form(Tcm, "EXT", "浸膏", "extract", 0),
        form(Tcm, "PLA", "贴膏", "medicated plaster", 0),
        form(Process, "PEP", "多肽原料药", "peptide API", 0),
        form(Process, "CELL", "细胞制剂", "cell product", 0),
        form(Process, "VEC", "质粒/病毒载体", "plasmid or viral vector", 0),
        form(Process, "MCB", "细胞库", "cell bank", 0),
    ]
};

/// The offering with this code.
#[must_use]
pub fn find(code: &str) -> Option<&'static Offering> {
    OFFERINGS.iter().find(|offering| offering.code == code)
}
