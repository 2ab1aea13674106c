//! A repair as it is to be written: who is to have which place, and what goes where for it.

use std::sync::Arc;

use domain::{availability::Placement, route::Route};
use uuid::Uuid;

use crate::{
    store::Catalogue,
    usecase::{holding::Holding, protocol::Touched},
};

/// A booking's move.
#[derive(Clone, Debug)]
pub(super) struct PlannedMove {
    pub booking: Uuid,
    pub from: Placement,
    pub to: Placement,
    /// The route that it goes to, as it was when the move was planned.
    pub route: Arc<Route>,
    /// Whether its owner has agreed to just this move; else it must be inside its plan window.
    pub agreed: bool,
}

/// A place and the moves that make room for it.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    pub holding: Holding,
    pub moves: Vec<PlannedMove>,
}

impl Planned {
    /// The stretches that must be locked and read. What the bookings hold by then is looked up again under the lock.
    pub fn touched(&self, catalogue: &Catalogue) -> Touched {
        let mut touched = self.holding.placing.touched();
        for one in &self.moves {
            touch(&mut touched, Some(&one.route), &one.to);
            touch(&mut touched, catalogue.route(one.from.route), &one.from);
        }
        touched
    }
}

fn touch(touched: &mut Touched, route: Option<&Arc<Route>>, placement: &Placement) {
    for (number, placed) in placement.steps.iter().enumerate() {
        touched.line(placed.line, placed.interval);
        for share in route.and_then(|route| route.steps.get(number)).into_iter().flat_map(|step| &step.uses) {
            touched.pool(share.pool, placed.interval);
        }
    }
}
