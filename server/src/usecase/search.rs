//! Search: every feasible placement of a campaign, ranked, and why each other line can't take it.

use std::sync::Arc;

use app::contract::{
    Complaints, Failure, Instant, LeftOut, LineRefusalView, OfferQuery, OfferView, OrganisationKind,
    RefusalView, SearchAnswer, SplitView, field,
};
use domain::{
    LineId, PlatformId,
    availability::{self, Offer, Outcome, STARTS, SameFinish},
    refusal::Refusal,
    request::Request,
    resolve::{
        alternatives::{self, Wanted},
        setups::{Known, Setups},
        split, waiting,
    },
};

use super::{
    Caller, Member, Visit,
    booking::{Loaded, Side},
    ground::{self, ground},
    late, moving, nearest, next_days,
    offers::{self, Showing},
    plan_window, products,
    refusal::{self, Audience},
    relocate, remedies,
    search_record::SearchRecord,
};
use crate::{limits::Searcher, state::AppState, store::Current};

/// Offers shown; the number found is told.
const SHOWN: usize = 20;
/// Lines whose refusal is shown.
const REFUSALS: usize = 200;
/// Alternatives in a 409.
const ALTERNATIVES: usize = 5;

/// Searches. Anybody may; how often is limited by organisation, or by the address that those not signed in come `from`,
/// because probing with one hazard after the other would reveal neighbours.
///
/// # Errors
/// [`Failure::Invalid`], [`Failure::TooMany`], and [`Failure::Refused`] for what no line could ever take.
pub async fn search(
    state: &AppState,
    caller: &Caller,
    from: &Visit,
    query: &OfferQuery,
) -> Result<SearchAnswer, Failure> {
    look(state, caller, from, query, None).await
}

/// The same at a platform's desk, with what begins on the days after the earliest. For whoever looks at one line, what
/// begins or goes on there comes first.
///
/// # Errors
/// As [`search`].
pub async fn search_on(
    state: &AppState,
    caller: &Caller,
    from: &Visit,
    query: &OfferQuery,
    line: Option<LineId>,
) -> Result<SearchAnswer, Failure> {
    look(state, caller, from, query, Some(AtDesk { line })).await
}

/// Who searches at a platform's desk.
#[derive(Clone, Copy)]
struct AtDesk {
    /// From whose calendar they come.
    line: Option<LineId>,
}

async fn look(
    state: &AppState,
    caller: &Caller,
    from: &Visit,
    query: &OfferQuery,
    desk: Option<AtDesk>,
) -> Result<SearchAnswer, Failure> {
    let member = caller.as_member();
    let searcher = member
        .map_or(Searcher::Address(from.address), |member| Searcher::Organisation(member.organisation.0));
    state.limits.search(searcher)?;
    let moved = moving::asked_for(state, member, query).await?;
    let request = asked(state, member, query, moved.as_ref()).await?;
    let now = state.clock.now();
    let ground = ground_for(state, moved.as_ref()).await?;
    let mut found = availability::search(&ground.snapshot, &request, now);
    // What is booked already and looks for another place is no new demand; and what a firm may not hold, there was.
    if query.moving.is_none() {
        let who = (member, state.searches.visitor(from, now));
        state.searches.record(SearchRecord::new(&ground.catalogue, who, &request, &found, now));
    }
    let curbs = late::for_search(state, &ground.catalogue, member, query.moving).await?;
    let mut behind = None;
    if let Ok(outcome) = &mut found {
        outcome.curb(&ground.snapshot, &curbs, now);
        let mut same_finish = SameFinish::new(&ground.snapshot, &request, &curbs, now, STARTS);
        outcome.offers.cheapen(&mut same_finish, SHOWN);
        if let Some(AtDesk { line: Some(line) }) = desk {
            outcome.offers.put_first(|offer| offer.placement.steps.iter().any(|step| step.line == line));
        }
        if let Some((booking, _)) = &moved {
            let all = outcome.offers.len();
            outcome.offers.retain(|offer| !moving::stands_at(booking, &offer.placement));
            if outcome.offers.len() < all {
                behind = moving::behind(booking, &ground.snapshot.curbed(&curbs), &request, now);
                // It may be what another stretch of the line begins with.
                behind =
                    behind.filter(|one| outcome.offers.iter().all(|other| other.placement != one.placement));
            }
        }
    }
    let audience = audience(member, &request);
    match found {
        Ok(outcome) => {
            let none = outcome.offers.is_empty() && behind.is_none();
            // What is made nowhere like this is made on no other days either.
            let in_vain = none && !availability::is_able(&ground.snapshot, &request);
            // What lies beyond the window isn't everybody's to move to.
            let bound = moved.as_ref().is_some_and(|(booking, side)| moving::is_bound(booking, *side));
            let near =
                (none && !bound && !in_vain).then(|| nearest::nearest(&ground, &curbs, query, &request, now));
            let split = if outcome.offers.is_empty() && may_split(member, query) {
                let (known, curbed) = (known_to(state, member).await?, ground.snapshot.curbed(&curbs));
                split::split(&curbed, &request, &known, None, &[], now)
            } else {
                None
            };
            let showing = Showing { catalogue: &ground.catalogue, window: request.window, now };
            let split = split.and_then(|split| showing.split(&split));
            let mut nearest = near.unwrap_or_default();
            if let Some((booking, _)) = &moved {
                nearest.retain(|near| !moving::is_shown_at(booking, &near.offer));
            }
            // As the waiting list takes it: also what only the firm's own limit keeps from it.
            let possible = if outcome.offers.is_empty() {
                waiting::possible(&ground.snapshot, &request, now)
            } else {
                Vec::new()
            };
            let may_free = !possible.is_empty();
            let plans = plan_window::offered(&ground.catalogue, &possible, request.window, now);
            let later = desk.map_or_else(Vec::new, |AtDesk { line }| {
                next_days::next_days(&ground.snapshot, &request, &outcome.offers, line, now)
            });
            let later = later.iter().filter_map(|offer| showing.view(offer, 0)).collect();
            let answer = answer(showing, &outcome, audience);
            let mut answer = SearchAnswer { later, nearest, split, may_free, in_vain, plans, ..answer };
            remedies::judge(query, &ground.snapshot, &mut answer.refusals, now);
            if let Some(view) = behind.and_then(|offer| showing.view(&offer, 0)) {
                insert(&mut answer, view);
            }
            let near = answer.nearest.iter_mut().map(|near| &mut near.offer);
            price_moves(state, moved.as_ref(), answer.offers.iter_mut().chain(near)).await?;
            Ok(answer)
        }
        Err(refusal) => {
            Err(Failure::Refused { refusal: refusal::view(&refusal, audience, &*ground.catalogue) })
        }
    }
}

/// The query in the domain's terms; its product must be the asker's own. Of a booking that is to move, only the window
/// can be another, and only as far as the asker may move it.
pub(crate) async fn request(
    state: &AppState,
    member: Option<&Member>,
    query: &OfferQuery,
) -> Result<Request, Failure> {
    let moved = moving::asked_for(state, member, query).await?;
    asked(state, member, query, moved.as_ref()).await
}

async fn asked(
    state: &AppState,
    member: Option<&Member>,
    query: &OfferQuery,
    moved: Option<&(Loaded, Side)>,
) -> Result<Request, Failure> {
    if let Some((booking, side)) = moved {
        return moving::open_to(booking, *side, moving::campaign_in(booking, query.request()?));
    }
    let mut complaints = Complaints::default();
    let request = complaints.hear(query.request());
    if let Some(platform) = query.platform
        && !is_platform(state, PlatformId(platform)).await?
    {
        let _told = complaints.hear(Err::<(), _>(field::unknown("platform", &platform.to_string())));
    }
    if let Some(product) = query.product
        && !products::is_of(state, product, member).await?
    {
        let _told = complaints.hear(Err::<(), _>(field::unknown("product", &product.to_string())));
    }
    complaints.answer()?;
    request
}

/// Whether there is such a platform. One that isn't in the catalogue as last read may have come since.
async fn is_platform(state: &AppState, id: PlatformId) -> Result<bool, Failure> {
    let known = ground::known_catalogue(state).await?;
    Ok(known.platform(id).is_some() || ground::catalogue(state).await?.platform(id).is_some())
}

/// What the search looks at: the newest state, without what a booking that is to move holds.
async fn ground_for(state: &AppState, moved: Option<&(Loaded, Side)>) -> Result<Current, Failure> {
    let ground = ground(state).await?;
    match moved {
        None => Ok(ground),
        Some((booking, _)) => {
            let snapshot = moving::free(state.store.read(), &ground.snapshot, booking).await?;
            Ok(Current { snapshot: Arc::new(snapshot), ..ground })
        }
    }
}

/// The conflict of something that others hold, with what is free instead. That is a search like any other: who has used
/// them up learns only when there will be more.
pub(crate) async fn conflict(
    state: &AppState,
    member: &Member,
    query: &OfferQuery,
    request: &Request,
    wanted: &Wanted,
    refusal: RefusalView,
) -> Failure {
    match state.limits.search(Searcher::Organisation(member.organisation.0)) {
        Ok(()) => {
            let Instead { alternatives, split, left_out } =
                alternatives(state, member, query, request, wanted).await;
            let (split, left_out) = (split.map(Box::new), Box::new(left_out));
            Failure::Conflict { refusal, alternatives, split, left_out }
        }
        Err(Failure::TooMany { retry_after_seconds }) => Failure::Unsearched { refusal, retry_after_seconds },
        Err(other) => other,
    }
}

/// What there is instead of what was wanted and refused.
#[derive(Debug, Default)]
struct Instead {
    /// Best first.
    alternatives: Vec<OfferView>,
    /// Where two runs cost less.
    split: Option<SplitView>,
    left_out: LeftOut,
}

/// What is free instead of what was wanted and refused, and why no more is. Nothing if the search can't be made.
async fn alternatives(
    state: &AppState,
    member: &Member,
    query: &OfferQuery,
    request: &Request,
    wanted: &Wanted,
) -> Instead {
    let Ok(moved) = moving::asked_for(state, Some(member), query).await else { return Default::default() };
    let open = match &moved {
        Some((booking, side)) => moving::open_to(booking, *side, request.clone()),
        None => Ok(request.clone()),
    };
    let Ok(request) = &open else { return Default::default() };
    let Ok(ground) = ground_for(state, moved.as_ref()).await else { return Default::default() };
    let now = state.clock.now();
    let Ok(curbs) = late::for_search(state, &ground.catalogue, Some(member), query.moving).await else {
        return Default::default();
    };
    let Ok(known) = known_to(state, Some(member)).await else { return Default::default() };
    match availability::search(&ground.snapshot, request, now) {
        Ok(mut outcome) => {
            outcome.curb(&ground.snapshot, &curbs, now);
            let curbed = ground.snapshot.curbed(&curbs);
            let near = availability::around(&curbed, request, wanted.start(), now);
            // Where it stands already is nothing else.
            let elsewhere = |offer: &Offer| {
                moved.as_ref().is_none_or(|(booking, _)| !moving::stands_at(booking, &offer.placement))
            };
            let all = outcome.offers.iter().chain(near.iter()).filter(elsewhere);
            let mut setups = Setups::new(&ground.snapshot, request, &known, now);
            let few = alternatives::alternatives(&mut setups, all, wanted, ALTERNATIVES);
            // Each for as little as its finish allows; they are ranked anew, since their starts are others then.
            let few = {
                let mut same_finish = SameFinish::new(&ground.snapshot, request, &curbs, now, STARTS);
                let few = few.into_iter().map(|one| {
                    let cheaper = same_finish.cheaper(&one.offer).filter(elsewhere);
                    cheaper.unwrap_or(one.offer)
                });
                alternatives::alternatives(&mut setups, few, wanted, ALTERNATIVES)
            };
            let split = may_split(Some(member), query)
                .then(|| split::split(&curbed, request, &known, Some(wanted), &few, now))
                .flatten();
            let showing = Showing { catalogue: &ground.catalogue, window: request.window, now };
            let mut few = showing.instead(few);
            if price_moves(state, moved.as_ref(), few.iter_mut()).await.is_err() {
                return Default::default();
            }
            let may_free = outcome.offers.is_empty()
                && may_split(Some(member), query)
                && waiting::is_worth_it(&ground.snapshot, request, now);
            let refusals = refusals(showing, &outcome, audience(Some(member), request));
            Instead {
                alternatives: few,
                split: split.and_then(|split| showing.split(&split)),
                left_out: LeftOut { refusals, may_free },
            }
        }
        Err(_) => Default::default(),
    }
}

/// Gives the places to which a booking would move the price that it would have there.
async fn price_moves<'a>(
    state: &AppState,
    moved: Option<&(Loaded, Side)>,
    offers: impl Iterator<Item = &'a mut OfferView>,
) -> Result<(), Failure> {
    match moved {
        None => Ok(()),
        Some((booking, side)) => relocate::price(state, booking, *side, offers).await,
    }
}

/// Whether two runs may be held instead of one, or one may wait: firms may, for what isn't booked yet. Visitors see
/// what they could have.
fn may_split(member: Option<&Member>, query: &OfferQuery) -> bool {
    query.moving.is_none() && member.is_none_or(|member| member.kind == OrganisationKind::Company)
}

/// What the asker may know of what runs before a place: what is its own company's, or on its own platform's lines.
pub(crate) async fn known_to(state: &AppState, member: Option<&Member>) -> Result<Known, Failure> {
    let Some(member) = member else { return Ok(Known::default()) };
    let products = products::all_of(state, member.organisation).await?;
    Ok(Known { platform: member.platform(), products })
}

/// Operators see all of a refusal when they search their own platform only.
pub(crate) fn audience(member: Option<&Member>, request: &Request) -> Audience {
    let own = member.and_then(Member::platform);
    if own.is_some() && own == request.platform { Audience::Operators } else { Audience::Outside }
}

/// Why lines were left out.
fn refusals(showing: Showing<'_>, outcome: &Outcome, audience: Audience) -> Vec<LineRefusalView> {
    let refusals = outcome.refusals.iter().take(REFUSALS);
    refusals.filter_map(|refused| offers::refused(showing.catalogue, refused, audience)).collect()
}

fn answer(showing: Showing<'_>, outcome: &Outcome, audience: Audience) -> SearchAnswer {
    SearchAnswer {
        now: Instant(showing.now),
        offers: showing.views(&outcome.offers, SHOWN),
        found: u32::try_from(outcome.offers.len()).unwrap_or(u32::MAX),
        refusals: refusals(showing, outcome, audience),
        later: Vec::new(),
        nearest: Vec::new(),
        split: None,
        may_free: false,
        in_vain: false,
        plans: Vec::new(),
    }
}

/// One more offer, in its place of the ranking.
fn insert(answer: &mut SearchAnswer, offer: OfferView) {
    answer.offers.push(offer);
    answer.offers.sort_by_key(|offer| (offer.finish_minutes, offer.price_fen, offer.waiting_minutes));
    answer.offers.truncate(SHOWN);
    for (offer, rank) in answer.offers.iter_mut().zip(1..) {
        offer.rank = rank;
    }
    answer.found = answer.found.saturating_add(1);
}

/// Whether a refusal is of what others hold just now, so that an alternative may help; the rest is of what was asked.
pub(crate) const fn is_taken(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::Occupied { .. }
            | Refusal::ChangeoverForbidden { .. }
            | Refusal::ChangeoverBefore { .. }
            | Refusal::ChangeoverAfter { .. }
            | Refusal::RecleanBefore { .. }
            | Refusal::RecleanAfter { .. }
            | Refusal::CampaignCap { .. }
            | Refusal::PoolFull { .. }
            | Refusal::LagTooShort { .. }
            | Refusal::LagTooLong { .. }
            | Refusal::TooSoon { .. }
            | Refusal::RestTooShort { .. }
            | Refusal::LineDown { .. }
            | Refusal::NoSlot
            | Refusal::NeighboursUnfit { .. }
            | Refusal::NoRoom { .. }
            | Refusal::LaterStepUnplaced { .. }
            | Refusal::SearchCutShort { .. }
            | Refusal::Stale
    )
}
