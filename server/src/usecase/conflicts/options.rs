//! One conflict with what can be done about it.

use app::contract::{ConflictDesk, ConflictView, Failure, Instant, OptionView, SearchedView};
use domain::{Minute, Minutes, PlatformId};
use uuid::Uuid;

use super::{
    among, cases,
    choice::Choice,
    moves::{beyond, moves},
    neighbours,
    over::or_over,
    wishes,
};
use crate::{
    state::AppState,
    usecase::{
        Caller,
        booking::{self, Loaded},
        ground,
        repair::Cause,
    },
};

/// The conflict `id` of the caller's platform, with its options as they are now.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] for whoever isn't of a platform, [`Failure::NotFound`] for
/// another platform's; [`Failure::Refused`] for one that is off the desk, with the reason `conflict_settled`,
/// `conflict_over` or `conflict_regrouped`.
pub async fn open(state: &AppState, caller: &Caller, id: Uuid) -> Result<ConflictDesk, Failure> {
    let conflict = or_over(state, caller, id, find(state, caller, id).await).await?;
    let now = Instant(state.clock.now());
    let mut searched = None;
    let options = match (&conflict.booking, &conflict.cleaning) {
        // Whoever is asked to go needn't any more.
        (None, Some(cleaning)) if cleaning.removable => {
            let key = Choice::Remove.encode();
            vec![OptionView { kind: key.clone(), key, ..OptionView::default() }]
        }
        // Nobody is asked for a second thing while asked for a first.
        _ if conflict.state == "asked" => Vec::new(),
        (Some(view), _) => {
            let booking = booking::load(state.store.read(), view.id).await?.ok_or(Failure::NotFound)?;
            let until = conflict.until.map_or(0, Instant::minute);
            let ways = moves(state, &booking, (until, Cause::Rescue)).await?;
            searched = Some(far(state, &booking).await?);
            // Others are moved only where there is no place without that, and nobody is asked to go farther than its
            // platform's policy says where there is one nearer.
            let ways = if ways.is_empty() { among::options(state, &booking, until).await? } else { ways };
            let reach = searched.and_then(|searched| searched.reach_minutes);
            if ways.is_empty() {
                beyond(state, &booking, until).await?
            } else {
                farthest_last(ways, (&booking, until), reach)
            }
        }
        (None, Some(cleaning)) => neighbours::options(state, cleaning).await?,
        (None, None) => wishes::options(state, caller, &conflict).await?,
    };
    Ok(ConflictDesk { conflict, options, searched, now })
}

/// Labels what begins farther away than anybody is asked to go by the policy, `reach`, and puts it last: what ends in
/// reach may begin beyond it, where the campaign takes less time there than where it stands. Where the line is down for
/// longer than the campaign's time, it counts from the outage's end.
fn farthest_last(
    mut options: Vec<OptionView>,
    (booking, until): (&Loaded, Minute),
    reach: Option<Minutes>,
) -> Vec<OptionView> {
    let Some(reach) = reach else { return options };
    let end = booking.live().map(|piece| piece.interval.end).max().unwrap_or(until);
    let later = reach + (until - end).max(0);
    for option in &mut options {
        let is_place = option.parted.is_none() && !option.asks.is_empty();
        option.beyond = is_place && !(-reach..=later).contains(&option.shift_minutes);
    }
    options.sort_by_key(|option| (option.declined, option.beyond));
    options
}

/// How far a place is looked for.
async fn far(state: &AppState, booking: &Loaded) -> Result<SearchedView, Failure> {
    let catalogue = ground::known_catalogue(state).await?;
    let policy = ground::policy(&catalogue, PlatformId(booking.row.platform));
    let asked = booking.row.organisation.is_some();
    Ok(SearchedView {
        reach_minutes: asked.then_some(policy.ask_reach),
        horizon_minutes: policy.horizon.max(policy.ask_reach),
    })
}

pub(super) async fn find(state: &AppState, caller: &Caller, id: Uuid) -> Result<ConflictView, Failure> {
    let all = cases::all(state, caller).await?;
    let found = all.into_iter().filter(|case| case.id() == id).collect();
    cases::views(state, caller, found).await?.pop().ok_or(Failure::NotFound)
}
