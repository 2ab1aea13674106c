//! Clients with their products, and a booking as it will be written.

use std::collections::BTreeSet;

use app::contract::{RequestDetails, Role};
use domain::{
    Interval, ProductId, Second,
    booking::Status,
    calendar::DAY,
    hazard::{Hazard, HazardProfile},
    occupancy::Occupancy,
    offering::Unit,
    request::{Request, Stage},
};
use uuid::Uuid;

use crate::{
    demo::{
        demonstration_id,
        people::{FIRMS, Person},
    },
    store::StoreError,
    usecase::booking::Campaign,
};

/// A product of a client.
#[derive(Clone, Debug)]
pub(super) struct Product {
    pub id: ProductId,
    pub code: String,
    pub organisation: Uuid,
    pub account: Uuid,
    pub size: &'static str,
    pub in_district: bool,
    /// Decides its class.
    pub hazards: HazardProfile,
    /// What bookings of it ask for, as a document, by batches: one or two.
    pub requests: [String; 2],
}

/// Everybody who books, as products.
#[derive(Clone, Debug)]
pub(super) struct Clients {
    pub products: Vec<Product>,
    /// Who confirmed the hazards.
    pub qa: Uuid,
    pub created_at: Second,
}

const OF_EACH: usize = 6;

impl Clients {
    pub fn new(people: &[Person], now: Second) -> Result<Self, StoreError> {
        let mut products = Vec::new();
        for firm in FIRMS.iter().filter(|firm| firm.verified) {
            let member = people.iter().find(|p| p.organisation == firm.id() && p.role == Role::CompanyMember);
            for number in 0..OF_EACH {
                let code = format!("{}-{number}", firm.code);
                let id = ProductId(demonstration_id("product", &code));
                // Most are of low hazard.
                let tags: BTreeSet<Hazard> = match number {
                    4 => [Hazard::Hormone].into(),
                    5 => [Hazard::HighActivity].into(),
                    _ => BTreeSet::new(),
                };
                let hazards = HazardProfile::Classified { tags, oeb: None };
                products.push(Product {
                    id,
                    code,
                    organisation: firm.id(),
                    account: member.map_or(Uuid::nil(), Person::account),
                    size: firm.size,
                    in_district: firm.in_district,
                    requests: [request(id, &hazards, 1, now)?, request(id, &hazards, 2, now)?],
                    hazards,
                });
            }
        }
        let qa = people.iter().find(|person| person.role == Role::Qa).map_or(Uuid::nil(), Person::account);
        Ok(Self { products, qa, created_at: now })
    }
}

fn request(
    product: ProductId,
    hazards: &HazardProfile,
    batches: u32,
    now: Second,
) -> Result<String, StoreError> {
    let now = now.div_euclid(60);
    let request = Request {
        offering: "TAB".to_owned(),
        product,
        batch_size: 10_000,
        unit: Unit::Kilogram,
        batches,
        hazards: hazards.clone(),
        gmp: false,
        stage: Stage::SampleTrial,
        window: Interval { start: now, end: now + 60 * DAY },
        platform: None,
    };
    let details = RequestDetails::default();
    let (granted, materials_for, notice_until, saved_by, hazard_note) = (None, None, None, None, None);
    let questions = Vec::new();
    let campaign =
        Campaign { request, granted, details, materials_for, notice_until, saved_by, hazard_note, questions };
    campaign.to_document()
}

/// A booking with its one row.
#[derive(Clone, Debug)]
pub(super) struct Booked {
    pub booking: Uuid,
    pub step: Uuid,
    pub decision: Uuid,
    pub reference: String,
    pub platform: Uuid,
    pub route: Uuid,
    /// Index of the product among the clients'.
    pub product: usize,
    pub status: Status,
    pub created_at: Second,
    pub price_fen: i64,
    pub row: Occupancy,
}
