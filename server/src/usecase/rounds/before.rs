//! What the lines of a call were taken by before it: what a round gave stands beside that, not in it.

use std::collections::BTreeMap;

use app::contract::{BusyView, Failure};
use domain::{Second, resolve::allocation::Inputs};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    load::{self, Call, Phase, document},
    replay::adjusting,
};
use crate::{
    state::AppState,
    store::StoreError,
    usecase::{Caller, free_busy, ground, products},
};

/// When each line of a call is taken in its period besides what the call gives: of a draft, by which nothing is held,
/// as it is now; of a published round as it was when the rule last decided, for by now what it gave is booked like all
/// else. Of any other call it is empty.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::NotFound`] but for its platform.
pub async fn before(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
) -> Result<BTreeMap<Uuid, Vec<BusyView>>, Failure> {
    caller.member()?;
    let read = state.store.read();
    let call = load::call(read, id).await?.ok_or(Failure::NotFound)?;
    let member = call.seen_by(caller)?;
    let own = products::all_of(state, member.organisation).await?;
    let (asked, now) = (call.period(), state.clock.now());
    let mut found = BTreeMap::new();
    match call.phase(now) {
        Phase::Drafted => {
            let ground = ground::ground(state).await?;
            for line in call.lines.iter().filter(|line| ground.snapshot.lines.contains_key(line)) {
                let standing = free_busy::state_of(state, &ground, *line, (asked, now)).await?;
                found.insert(line.0, free_busy::plainly(&standing, &own, asked, now));
            }
        }
        Phase::Published => {
            if let Some((inputs, decided_at)) = decided_on(read, &call).await? {
                for (line, standing) in inputs.snapshot().lines {
                    found.insert(line.0, free_busy::plainly(&standing, &own, asked, decided_at));
                }
            }
        }
        Phase::Announced | Phase::Open | Phase::Closed | Phase::Cancelled => {}
    }
    Ok(found)
}

/// The calendar on which the rule decided last, and when: the draft's, or that of the last change of it.
async fn decided_on(
    read: &impl ConnectionTrait,
    call: &Call,
) -> Result<Option<(Inputs, Second)>, StoreError> {
    let Some((draft, changes)) = load::draft(read, call).await? else { return Ok(None) };
    let last = if changes.is_empty() { None } else { adjusting(read, draft.id).await?.pop() };
    let (decided_at, calendar) = last.map_or((None, None), |(_, last)| (last.now, last.calendar));
    let inputs = document(calendar.as_deref().unwrap_or(&draft.inputs))?;
    Ok(Some((inputs, decided_at.unwrap_or(draft.drafted_at))))
}
