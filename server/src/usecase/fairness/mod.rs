//! How firms fare, for those who may know: a platform's people see each firm on their platform, a firm itself, the
//! district sizes of firms.

mod count;
mod sizes;

use std::collections::BTreeMap;

use app::contract::{Failure, FairnessView, OrganisationKind};
use uuid::Uuid;

use self::count::{Firm, Whose, count};
use super::Caller;
use crate::state::AppState;

pub use sizes::sizes;

/// More firms than these are not shown at once.
const MOST: usize = 500;

/// The figures of every firm that asked for something on the caller's platform, or of the caller's own, by name.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] for the district.
pub async fn fairness(state: &AppState, caller: &Caller) -> Result<Vec<FairnessView>, Failure> {
    let member = caller.member()?;
    let whose = match member.kind {
        OrganisationKind::Company => Whose::Firm(member.organisation.0),
        OrganisationKind::Platform => Whose::Platform(member.organisation.0),
        OrganisationKind::District => return Err(Failure::Forbidden),
    };
    let mut firms: BTreeMap<Uuid, Firm> = BTreeMap::new();
    for ((_, id), firm) in count(state.store.read(), whose, None).await? {
        firms.entry(id).and_modify(|known| known.figures.add(&firm.figures)).or_insert(firm);
    }
    let mut views: Vec<FairnessView> = firms.into_values().map(view).collect();
    views.sort_by(|a, b| a.company_name.en.cmp(&b.company_name.en));
    views.truncate(MOST);
    Ok(views)
}

fn view(firm: Firm) -> FairnessView {
    let Firm { name, size, figures } = firm;
    FairnessView {
        company_name: name,
        size,
        requests: figures.requests,
        placed: figures.placed,
        unmet: figures.unmet,
        shifts_asked: figures.shifts_asked,
        shifts_granted: figures.shifts_granted,
        moved_by_rule: figures.moved_by_rule,
        given_up: figures.given_up,
        given_up_late: figures.given_up_late,
    }
}
