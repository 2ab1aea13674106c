//! A campaign as its firm thinks of it.

use app::contract::{BookingView, RequestDetails, Role};
use domain::{
    Second,
    calendar::{DAY, plant_date},
};
use uuid::Uuid;

use crate::demo::people::{FIRMS, Product, address, name};

/// What is to become of it, as far as people have it in their hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Nobody sends the request: the hold expires.
    Lapse,
    Withdraw,
    Decline,
    Cancel,
    Move,
    NoShow,
    /// The story ends before the platform answers.
    Wait,
    Run,
}

/// A booking and its story.
#[derive(Clone, Debug)]
pub(super) struct Campaign {
    /// The firm's organisation; `None`: the platform's own production.
    pub firm: Option<Uuid>,
    pub platform: Uuid,
    pub product: &'static Product,
    pub gmp: bool,
    pub fate: Fate,
    /// First start and last end.
    pub starts: Second,
    pub ends: Second,
}

impl Campaign {
    /// Takes the times from what was booked.
    pub fn at(&mut self, view: &BookingView) {
        self.starts = view.steps.iter().map(|step| step.start.0).min().unwrap_or(self.starts);
        self.ends = view.steps.iter().map(|step| step.end.0).max().unwrap_or(self.ends);
    }

    /// A whole request, with evidence and licences where its hazards call for them.
    pub fn details(&self, number: u64) -> RequestDetails {
        let product = self.product;
        let has = |tag: &str| product.hazards.split(',').any(|own| own == tag);
        let potent = product.oeb.is_some_and(|band| band >= 3) || has("hormone") || has("high_activity");
        let cold = matches!(product.molecule, "cell" | "gene_vector");
        let firm = FIRMS.iter().find(|firm| Some(firm.id()) == self.firm);
        let (of, role) = firm.map_or(("platform", Role::Operator), |firm| (firm.code, Role::CompanyMember));
        let container = match product.unit {
            "vial" => "西林瓶 10 mL",
            "lot" => "冻存袋 50 mL",
            _ => "HDPE 瓶 100 mL",
        };
        let text = |wanted: bool, text: &str| if wanted { text.to_owned() } else { String::new() };
        RequestDetails {
            project: format!("{}-{number:04}", of.to_uppercase()),
            product_code: product.code.to_owned(),
            molecule: product.molecule.to_owned(),
            strength: "5 mg".to_owned(),
            container: container.to_owned(),
            market: "cn".to_owned(),
            pde: text(potent || has("cytotoxic"), "0.5"),
            materials_on: plant_date(self.starts.div_euclid(60) - DAY).to_string(),
            storage: if cold { "cryogenic" } else { "ambient" }.to_owned(),
            genetic_licence: text(has("human_donor"), "DEMO-HGR-0001"),
            biosafety_licence: text(has("viral_vector"), "DEMO-BSL-0001"),
            confidentiality: true,
            quality: true,
            contact_name: name(of, role),
            contact_email: address(of, role),
            ..RequestDetails::default()
        }
    }
}
