//! The invented firms and what they develop.

use uuid::Uuid;

use crate::demo::demonstration_id;

/// A product in development, as its firm describes it.
#[derive(Clone, Copy, Debug)]
pub struct Product {
    /// The firm's own code.
    pub code: &'static str,
    pub offering: &'static str,
    pub unit: &'static str,
    /// Batch sizes that it asks for.
    pub sizes: &'static [&'static str],
    /// Comma-separated hazard tags.
    pub hazards: &'static str,
    pub oeb: Option<u8>,
    pub molecule: &'static str,
}

/// An invented firm.
#[derive(Clone, Copy, Debug)]
pub struct Firm {
    pub code: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
    pub size: &'static str,
    pub in_district: bool,
    pub verified: bool,
    pub products: &'static [Product],
}

impl Firm {
    /// The organisation's id.
    #[must_use]
    pub fn id(&self) -> Uuid {
        demonstration_id("organisation", self.code)
    }
}

const fn product(
    code: &'static str,
    offering: &'static str,
    unit: &'static str,
    sizes: &'static [&'static str],
    hazards: &'static str,
    oeb: Option<u8>,
    molecule: &'static str,
) -> Product {
    Product { code, offering, unit, sizes, hazards, oeb, molecule }
}

/// A verified firm with its code, its names and its size.
const fn firm(
    [code, zh, en, size]: [&'static str; 4],
    in_district: bool,
    products: &'static [Product],
) -> Firm {
    Firm { code, zh, en, size, in_district, verified: true, products }
}

const KG: &str = "kilogram";
const SMALL: &str = "small_molecule";

/// The firms, the unverified one last: of most forms enough that the district sees figures, of some too few.
pub const FIRMS: &[Firm] = &[
    Firm {
        code: "jia",
        zh: "甲生物（虚构）",
        en: "Jia Biotech (invented)",
        size: "small",
        in_district: true,
        verified: true,
        products: &[
            product("JIA-01", "TAB", KG, &["10", "15", "20"], "", Some(2), SMALL),
            product("JIA-02", "FCT", KG, &["10", "25"], "", Some(2), SMALL),
            product("JIA-03", "LYO", "vial", &["2000", "5000"], "", Some(3), SMALL),
            product("JIA-04", "CAPH", KG, &["8", "12"], "penicillin", Some(2), SMALL),
        ],
    },
    Firm {
        code: "yi",
        zh: "乙医药（虚构）",
        en: "Yi Pharma (invented)",
        size: "medium",
        in_district: false,
        verified: true,
        products: &[
            product("YI-A", "PRT", KG, &["15", "30"], "", Some(2), SMALL),
            product("YI-B", "TAB", KG, &["10", "20"], "hormone", Some(3), SMALL),
            product("YI-C", "SVP", "vial", &["3000", "10000"], "", Some(2), SMALL),
            product("YI-D", "CAPH", "piece", &["40000", "80000"], "", Some(1), SMALL),
        ],
    },
    Firm {
        code: "bing",
        zh: "丙细胞（虚构）",
        en: "Bing Cell Therapy (invented)",
        size: "micro",
        in_district: true,
        verified: true,
        products: &[
            product("BC-101", "CELL", "lot", &["1"], "human_donor", None, "cell"),
            product("BC-102", "MCB", "lot", &["1"], "human_donor", None, "cell"),
            product("BC-103", "VEC", "litre", &["5", "20"], "viral_vector", None, "gene_vector"),
        ],
    },
    Firm {
        code: "ding",
        zh: "丁多肽（虚构）",
        en: "Ding Peptides (invented)",
        size: "small",
        in_district: false,
        verified: true,
        products: &[
            product("DP7", "PEP", "gram", &["50", "120"], "", Some(3), "peptide"),
            product("DP9", "PEP", "gram", &["150", "400"], "hormone", Some(4), "peptide"),
            product("DP9-INJ", "LYO", "vial", &["1500", "4000"], "", Some(3), "peptide"),
        ],
    },
    Firm {
        code: "wu",
        zh: "戊中药（虚构）",
        en: "Wu Herbal Medicines (invented)",
        size: "medium",
        in_district: true,
        verified: true,
        products: &[
            product("WU-EXT1", "EXT", KG, &["100", "200"], "", None, "herbal"),
            product("WU-GRA1", "GRA", KG, &["10", "25"], "", None, "herbal"),
            product("WU-CAP1", "CAPH", KG, &["10", "20"], "", None, "herbal"),
            product("WU-EXT2", "EXT", KG, &["60"], "high_activity", Some(3), "herbal"),
        ],
    },
    Firm {
        code: "ji",
        zh: "己制药（虚构）",
        en: "Ji Pharmaceuticals (invented)",
        size: "large",
        in_district: false,
        verified: true,
        products: &[
            product("J-2201", "GRT", KG, &["20", "40"], "", Some(2), SMALL),
            product("J-2202", "TAB", "piece", &["60000", "100000"], "high_activity", Some(4), SMALL),
            product("J-2203", "SVP", "vial", &["5000", "15000"], "cytotoxic", Some(4), SMALL),
            product("J-2204", "EXT", KG, &["150", "250"], "", None, "herbal"),
            product("J-2205", "ODT", KG, &["8", "16"], "", Some(1), SMALL),
        ],
    },
    Firm {
        code: "geng",
        zh: "庚基因（虚构）",
        en: "Geng Gene Technology (invented)",
        size: "small",
        in_district: true,
        verified: true,
        products: &[
            product("GG-1", "VEC", "litre", &["10", "30"], "viral_vector", None, "gene_vector"),
            product("GG-2", "CELL", "lot", &["1"], "human_donor,viral_vector", None, "cell"),
            product("GG-3", "PEP", "gram", &["30", "80"], "", Some(2), "peptide"),
            product("GG-4", "MCB", "lot", &["1"], "human_donor", None, "cell"),
        ],
    },
    firm(
        ["ren", "壬医药（虚构）", "Ren Pharma (invented)", "small"],
        true,
        &[
            product("RN-1", "TAB", KG, &["10", "20"], "", Some(2), SMALL),
            product("RN-2", "CAPH", KG, &["8", "15"], "", Some(2), SMALL),
            product("RN-3", "SVP", "vial", &["4000", "8000"], "", Some(2), SMALL),
            product("RN-4", "GRA", KG, &["10", "20"], "", None, "herbal"),
        ],
    ),
    firm(
        ["gui", "癸生物（虚构）", "Gui Biotech (invented)", "medium"],
        false,
        &[
            product("GUI-10", "FCT", KG, &["10", "30"], "", Some(2), SMALL),
            product("GUI-11", "LYO", "vial", &["2000", "6000"], "", Some(2), "protein"),
            product("GUI-12", "PEP", "gram", &["40", "100"], "", Some(2), "peptide"),
            product("GUI-13", "TAB", KG, &["15"], "", Some(1), SMALL),
        ],
    ),
    firm(
        ["zi", "子细胞（虚构）", "Zi Cells (invented)", "micro"],
        true,
        &[
            product("ZI-A", "CELL", "lot", &["1"], "human_donor", None, "cell"),
            product("ZI-B", "VEC", "litre", &["5", "10"], "viral_vector", None, "gene_vector"),
            product("ZI-C", "MCB", "lot", &["1"], "human_donor", None, "cell"),
        ],
    ),
    firm(
        ["chou", "丑中药（虚构）", "Chou Herbal Medicines (invented)", "medium"],
        true,
        &[
            product("CH-01", "EXT", KG, &["80", "150"], "", None, "herbal"),
            product("CH-02", "GRA", KG, &["15", "30"], "", None, "herbal"),
            product("CH-03", "CAPH", KG, &["10"], "", None, "herbal"),
            product("CH-04", "TAB", KG, &["12", "24"], "", None, "herbal"),
        ],
    ),
    firm(
        ["yin", "寅制药（虚构）", "Yin Pharmaceuticals (invented)", "large"],
        false,
        &[
            product("YN-301", "PRT", KG, &["20", "30"], "", Some(2), SMALL),
            product("YN-302", "GRT", KG, &["15", "25"], "", Some(2), SMALL),
            product("YN-303", "SVP", "vial", &["5000"], "", Some(3), SMALL),
            product("YN-304", "FCT", KG, &["10", "40"], "", Some(1), SMALL),
        ],
    ),
    firm(
        ["mao", "卯多肽（虚构）", "Mao Peptides (invented)", "small"],
        true,
        &[
            product("MP-1", "PEP", "gram", &["30", "60"], "", Some(2), "peptide"),
            product("MP-2", "LYO", "vial", &["1500", "3000"], "", Some(3), "peptide"),
            product("MP-3", "ODT", KG, &["8", "12"], "", Some(1), SMALL),
        ],
    ),
    firm(
        ["chen", "辰新药（虚构）", "Chen New Drugs (invented)", "small"],
        false,
        &[
            product("CX-7", "TAB", KG, &["10", "25"], "", Some(2), SMALL),
            product("CX-8", "ODT", KG, &["10"], "", Some(2), SMALL),
            product("CX-9", "PRT", KG, &["15"], "", Some(2), SMALL),
            product("CX-10", "CAPH", "piece", &["50000"], "", Some(2), SMALL),
        ],
    ),
    firm(
        ["si", "巳草本（虚构）", "Si Botanicals (invented)", "medium"],
        true,
        &[
            product("SI-EX", "EXT", KG, &["100", "250"], "", None, "herbal"),
            product("SI-GR", "GRA", KG, &["10", "25"], "", None, "herbal"),
            product("SI-CA", "CAPH", KG, &["12"], "", None, "herbal"),
        ],
    ),
    firm(
        ["wei", "未基因（虚构）", "Wei Gene Therapy (invented)", "small"],
        true,
        &[
            product("WG-1", "VEC", "litre", &["10", "20"], "viral_vector", None, "gene_vector"),
            product("WG-2", "MCB", "lot", &["1"], "human_donor", None, "cell"),
            product("WG-3", "CELL", "lot", &["1"], "human_donor", None, "cell"),
        ],
    ),
    firm(
        ["shen", "申药业（虚构）", "Shen Pharmaceutical Group (invented)", "large"],
        false,
        &[
            product("SH-1", "LYO", "vial", &["3000", "8000"], "", Some(2), SMALL),
            product("SH-2", "SVP", "vial", &["6000", "12000"], "", Some(2), SMALL),
            product("SH-3", "EXT", KG, &["120"], "", None, "herbal"),
            product("SH-4", "FCT", KG, &["15", "35"], "", Some(2), SMALL),
        ],
    ),
    firm(
        ["you", "酉生命科学（虚构）", "You Life Sciences (invented)", "small"],
        false,
        &[
            product("YO-1", "CELL", "lot", &["1"], "human_donor", None, "cell"),
            product("YO-2", "PEP", "gram", &["50", "120"], "", Some(3), "peptide"),
            product("YO-3", "GRT", KG, &["10", "20"], "", Some(2), SMALL),
        ],
    ),
    firm(
        ["xu", "戌健康（虚构）", "Xu Health (invented)", "medium"],
        true,
        &[
            product("XU-1", "GRA", KG, &["10", "20"], "", Some(1), SMALL),
            product("XU-2", "TAB", "piece", &["50000", "90000"], "", Some(2), SMALL),
            product("XU-3", "EXT", KG, &["90"], "", None, "herbal"),
            product("XU-4", "CAPH", KG, &["10", "20"], "", Some(2), SMALL),
        ],
    ),
    Firm {
        code: "xin",
        zh: "辛新药（虚构，未核验）",
        en: "Xin Drugs (invented, unverified)",
        size: "micro",
        in_district: false,
        verified: false,
        products: &[],
    },
];
