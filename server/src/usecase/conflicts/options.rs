//! One conflict with what can be done about it.

use app::contract::{ConflictDesk, ConflictView, Failure, Instant, OptionView};
use domain::{Minutes, PlatformId, availability, resolve::rescue::Way, snapshot::Snapshot};
use uuid::Uuid;

use super::cases;
use crate::{
    state::AppState,
    usecase::{
        Caller,
        booking::{self, Loaded},
        ground,
        offer_key::OfferKey,
        place,
        repair::rescue,
        words::word,
    },
};

/// What to send to have a cleaning removed.
pub(super) const REMOVE: &str = "remove";

/// The conflict `id` of the caller's platform, with its options as they are now.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] for whoever isn't of a platform, [`Failure::NotFound`] for
/// another platform's and for one that is resolved.
pub async fn open(state: &AppState, caller: &Caller, id: Uuid) -> Result<ConflictDesk, Failure> {
    let conflict = find(state, caller, id).await?;
    let now = Instant(state.clock.now());
    let options = match (&conflict.booking, &conflict.cleaning) {
        // Nobody is asked for a second thing while asked for a first.
        _ if conflict.state == "asked" => Vec::new(),
        (Some(view), _) => {
            let booking = booking::load(state.store.read(), view.id).await?.ok_or(Failure::NotFound)?;
            moves(state, &booking, conflict.until.map_or(0, Instant::minute)).await?
        }
        (None, Some(cleaning)) if cleaning.removable => vec![OptionView {
            key: REMOVE.into(),
            kind: REMOVE.into(),
            steps: Vec::new(),
            shift_minutes: 0,
            price_fen: 0,
            fee_fen: 0,
            changeover_minutes: 0,
            asks: Vec::new(),
        }],
        _ => Vec::new(),
    };
    Ok(ConflictDesk { conflict, options, now })
}

pub(super) async fn find(state: &AppState, caller: &Caller, id: Uuid) -> Result<ConflictView, Failure> {
    let all = cases::all(state, caller).await?;
    all.into_iter().find(|view| view.id == id).ok_or(Failure::NotFound)
}

/// Where a booking could go: by rule first, where that is agreed.
async fn moves(state: &AppState, booking: &Loaded, until: i64) -> Result<Vec<OptionView>, Failure> {
    let ground = ground::ground(state).await?;
    let now = state.clock.now();
    let mut options: Vec<OptionView> = Vec::new();
    for by_rule in [true, false] {
        if by_rule && booking.plan.is_none() {
            continue;
        }
        let Some(one) = rescue::stranded(state, booking, (by_rule, until)).await? else { continue };
        let mut freed = (*ground.snapshot).clone();
        freed.release(&one.held);
        for way in rescue::ways(&ground, &one, now) {
            let key = OfferKey::of(&way.offer).encode();
            let place = way.offer.placement.clone();
            let Some(plan) = rescue::planned(&ground.catalogue, booking, place, now) else { continue };
            if options.iter().any(|known| known.key == key) {
                continue;
            }
            let asks = plan.moves.iter().any(|one| one.agreed);
            options.push(OptionView {
                key,
                kind: word(way.kind),
                steps: place::steps(&ground.catalogue, &way.offer.placement),
                shift_minutes: way.shift,
                price_fen: way.offer.price_fen,
                fee_fen: 0,
                changeover_minutes: changeover(&freed, &one.request, &way),
                asks: booking.company.iter().filter(|_| asks).cloned().collect(),
            });
        }
    }
    Ok(options)
}

/// The least set-up before each step on its line, summed.
fn changeover(freed: &Snapshot, request: &domain::request::Request, way: &Way) -> Minutes {
    let rows = availability::rows(freed, request, &way.offer.placement, None, &mut || {
        domain::OccupancyId(Uuid::nil())
    });
    let before = |row: &domain::occupancy::Occupancy| {
        let line = freed.lines.get(&row.line)?;
        let ahead = line.rows().iter().rev().find(|other| other.interval.end <= row.interval.start)?;
        let needs = row.needs?;
        let relation = domain::changeover::Relation::between(row.product, ahead.product);
        let cell =
            line.matrix.cells.iter().find(|cell| {
                cell.leaves == ahead.leaves && cell.needs == needs && cell.relation == relation
            })?;
        Some(cell.changeover.minimum())
    };
    rows.unwrap_or_default().iter().filter_map(before).sum()
}

/// Whether the caller operates the platform that the conflict is on.
pub(super) fn operator(caller: &Caller) -> Result<&crate::usecase::Member, Failure> {
    let platform: PlatformId = caller.member()?.platform().ok_or(Failure::Forbidden)?;
    caller.operates(platform)
}
