//! Who acts, and on what.

use std::{collections::BTreeMap, sync::Arc};

use app::contract::{Failure, Role};
use domain::resource::Line;
use uuid::Uuid;

use crate::{
    demo::people::{FIRMS, Firm, Person, Product},
    state::AppState,
    usecase::{Caller, ground},
};

pub(super) struct Actors {
    people: Vec<Person>,
    /// Every line of a demonstration platform, by platform and code.
    pub lines: Vec<Arc<Line>>,
    /// Offerings of each platform's routes.
    offered: BTreeMap<Uuid, Vec<String>>,
}

impl Actors {
    pub async fn new(state: &AppState, people: Vec<Person>) -> Result<Self, Failure> {
        let catalogue = ground::catalogue(state).await?;
        let ours = |platform: Uuid| people.iter().any(|person| person.organisation == platform);
        let mut lines: Vec<Arc<Line>> =
            catalogue.lines().filter(|line| ours(line.platform.0)).cloned().collect();
        lines.sort_by(|a, b| (a.platform, &a.code).cmp(&(b.platform, &b.code)));
        let mut offered: BTreeMap<Uuid, Vec<String>> = BTreeMap::new();
        for route in catalogue.routes().filter(|route| ours(route.platform.0)) {
            offered.entry(route.platform.0).or_default().push(route.offering.clone());
        }
        Ok(Self { people, lines, offered })
    }

    /// The platforms, in a fixed order.
    pub fn platforms(&self) -> Vec<Uuid> {
        self.offered.keys().copied().collect()
    }

    /// The organisation with this code of the demonstration; of none, nobody's.
    pub fn organisation(&self, of: &str) -> Uuid {
        self.people.iter().find(|person| person.of == of).map_or(Uuid::nil(), |person| person.organisation)
    }

    /// Somebody of an organisation in a role.
    pub fn caller(&self, organisation: Uuid, role: Role) -> Caller {
        let found =
            self.people.iter().find(|person| person.organisation == organisation && person.role == role);
        found.map_or(Caller::Anonymous, Person::caller)
    }

    /// Everybody there is.
    pub fn everybody(&self) -> impl Iterator<Item = Caller> {
        self.people.iter().map(Person::caller)
    }

    /// The firms that book.
    pub fn firms() -> Vec<&'static Firm> {
        FIRMS.iter().filter(|firm| firm.verified && !firm.products.is_empty()).collect()
    }

    /// The firms with each of their products that a platform makes.
    pub fn clients(&self, platform: Uuid) -> Vec<(&'static Firm, &'static Product)> {
        let offered = self.offered.get(&platform).map_or(&[][..], Vec::as_slice);
        let all = Self::firms().into_iter().flat_map(|firm| firm.products.iter().map(move |one| (firm, one)));
        all.filter(|(_, product)| offered.iter().any(|code| code == product.offering)).collect()
    }

    /// Products like those that a platform could make for itself.
    pub fn makes(&self, platform: Uuid) -> Vec<&'static Product> {
        let offered = self.offered.get(&platform).map_or(&[][..], Vec::as_slice);
        let all = FIRMS.iter().flat_map(|firm| firm.products);
        all.filter(|product| offered.iter().any(|code| code == product.offering)).collect()
    }
}
