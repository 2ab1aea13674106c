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

const KG: &str = "kilogram";
const SMALL: &str = "small_molecule";

/// The firms, the unverified one last.
pub const FIRMS: &[Firm] = &[
    Firm {
        code: "jia",
        zh: "示例甲生物（虚构）",
        en: "Example Jia Biotech (invented)",
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
        zh: "示例乙医药（虚构）",
        en: "Example Yi Pharma (invented)",
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
        zh: "示例丙细胞（虚构）",
        en: "Example Bing Cell Therapy (invented)",
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
        zh: "示例丁多肽（虚构）",
        en: "Example Ding Peptides (invented)",
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
        zh: "示例戊中药（虚构）",
        en: "Example Wu Herbal Medicines (invented)",
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
        zh: "示例己制药（虚构）",
        en: "Example Ji Pharmaceuticals (invented)",
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
        zh: "示例庚基因（虚构）",
        en: "Example Geng Gene Technology (invented)",
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
    Firm {
        code: "xin",
        zh: "示例辛新药（虚构，未核验）",
        en: "Example Xin Drugs (invented, unverified)",
        size: "micro",
        in_district: false,
        verified: false,
        products: &[],
    },
];
