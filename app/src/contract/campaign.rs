//! What a real request says about its campaign, beyond the slot, and from which draft of it a form was made.

use serde::{Deserialize, Serialize};

/// The fields of a request. Each may be empty while the hold lasts and the form is being filled in; what a request must
/// have before it goes to the operator is checked when it is sent (see `details`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct RequestDetails {
    /// The client's project, under the client's own code.
    pub project: String,
    /// The client's own code for the product; needed unless the hold named it.
    pub product_code: String,
    /// The stage that it serves, as in [`super::OfferQuery`]; empty: that of the search.
    pub stage: String,
    /// `small_molecule`, `peptide`, `protein`, `antibody`, `oligonucleotide`, `herbal`, `cell`, `gene_vector`, `other`.
    pub molecule: String,
    /// Such as `5 mg` or `1e6 cells/mL`.
    pub strength: String,
    /// Such as `10 mL vial` or `HDPE bottle of 100`.
    pub container: String,
    /// Amount in one container, such as `2 mL`.
    pub fill: String,
    /// Comma-separated markets: `cn`, `ru`, `us`, `eu`, `jp`, `other`.
    pub market: String,
    /// Occupational exposure limit in µg/m³, a decimal: evidence of the hazards declared.
    pub oel: String,
    /// Permitted daily exposure in µg/day, a decimal: evidence of the hazards declared.
    pub pde: String,
    /// Plant day on which the materials arrive, `YYYY-MM-DD`.
    #[serde(deserialize_with = "super::plant_day::text")]
    pub materials_on: String,
    /// `ambient`, `cool`, `refrigerated`, `frozen`, `cryogenic`, `none`.
    pub storage: String,
    /// Number of the licence for a controlled substance.
    pub controlled_licence: String,
    /// Number of the approval for human genetic resources.
    pub genetic_licence: String,
    /// Number of the biosafety filing.
    pub biosafety_licence: String,
    /// A confidentiality agreement is in place.
    pub confidentiality: bool,
    /// A quality agreement is in place.
    pub quality: bool,
    pub contact_name: String,
    pub contact_phone: String,
    pub contact_email: String,
    /// The client's own order number, if any.
    pub order_number: String,
    /// Anything else that the operator should know.
    pub remark: String,
}

/// From which draft a form was made, and which form it is: what it has saved itself is known to be its own, even if it
/// never heard that it was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The [mark](RequestDetails::mark) of the draft.
    pub known: String,
    /// The key that the page made for the form; empty: it says none.
    pub form: String,
    /// How often the form has been on its way by now. What was longer on its way than what came after it is late.
    pub turn: u32,
}
