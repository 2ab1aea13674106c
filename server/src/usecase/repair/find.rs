//! Asking the kernel for repairs, outside any transaction.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use app::contract::Failure;
use domain::{
    BookingId, Minute, OrganisationId, PlatformId,
    availability::Placement,
    calendar::{day_start, plant_day},
    refusal::Refusal,
    request::Request,
    resolve::repair::{Extent, Limits, Movable, Proposal, Repairs, least, repair, repair_at},
};

use uuid::Uuid;

use super::{
    considered::{Considered, Effort},
    declined::lately as asked_lately,
    movables::{Movables, movables},
    own_ask::{OwnAsk, own_asks},
    own_moves::dearer,
};
use crate::{
    state::AppState,
    store::Current,
    usecase::{
        ground, internal,
        refusal::{self, Audience},
    },
};

/// What was found on which state.
pub(crate) struct Found {
    pub ground: Current,
    pub proposals: Vec<Proposal>,
    pub effort: Effort,
    /// Whether all was tried, so that no proposal means that there is none, even if those who have declined or are
    /// asked about something else would move.
    pub is_whole: bool,
    /// Where there is no proposal: the asker's own question that is in the way of one.
    pub own_ask: Option<OwnAsk>,
    /// Where there is no proposal, but soon there would be one: why not yet, as it is refused.
    pub not_yet: Option<&'static str>,
    /// The asker's own bookings that may be among those moved.
    pub own: BTreeSet<BookingId>,
    /// What is a platform's own production of those, about which the platform is asked.
    pub of_platform: BTreeSet<BookingId>,
}

impl Found {
    /// How many others must agree to `way` where the platform chooses it, which agrees for its own production by that.
    pub fn asks(&self, way: &Proposal) -> u32 {
        let asked =
            way.moves.iter().filter(|one| one.needs_consent && !self.of_platform.contains(&one.booking));
        u32::try_from(asked.count()).unwrap_or(u32::MAX)
    }

    /// What was considered, for the record: this, which may be for one place, with what was found of all of its window
    /// beside that; what was `chosen` of it, or why nothing was. What fits as it is needed no looking for.
    pub fn considered(&self, others: Option<&Self>, chosen: Result<&Proposal, &str>) -> Considered {
        let effort = others.map_or(self.effort, |others| others.effort.and(self.effort));
        let beside = others.into_iter().flat_map(|others| &others.proposals);
        let ways: Vec<Proposal> =
            beside.chain(&self.proposals).filter(|way| !way.moves.is_empty()).cloned().collect();
        Considered::of_room(&self.ground.catalogue, (effort, false), &ways, chosen)
    }
}

/// Repairs for `request`, as `asker` wants it, which ask for none of the bookings `except`: for the `place` alone that
/// it names, if it names one. `spares`: as a firm, which leaves alone what was moved lately, and asks nobody again at
/// once.
pub(crate) async fn find(
    state: &AppState,
    (request, place): (&Request, Option<&Placement>),
    (asker, spares): (OrganisationId, bool),
    except: &[Uuid],
) -> Result<Found, Failure> {
    let ground = ground::ground(state).await?;
    let Movables { all, busy, lately, unasked, own: of_asker, own_moves, of_platform, mut are_whole } =
        movables(state, &ground, request, (asker, spares)).await?;
    let (mut declined, all): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|one| one.needs_consent && except.contains(&one.booking.0));
    // Why somebody isn't asked is nobody's to know.
    declined.extend(unasked);
    let (snapshot, now) = (Arc::clone(&ground.snapshot), state.clock.now());
    let asked = if spares { asked_lately(state.store.read(), asker, now).await? } else { BTreeSet::new() };
    let (again, all): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|one| one.needs_consent && asked.contains(&one.booking.0));
    let tomorrow = day_start(plant_day(now.div_euclid(60)) + 1);
    let own = own_asks(state.store.read(), asker).await?;
    let (asked, place) = (as_each_allows(&ground, request), place.cloned());
    let (on, wanted) = (Arc::clone(&snapshot), request.clone());
    let looked = move |all: &[Movable]| {
        let one = |(asked, limits): &(Request, Limits)| match &place {
            Some(place) => repair_at(&snapshot, asked, place, all, now, *limits),
            None => repair(&snapshot, asked, all, now, *limits),
        };
        best_of(asked.iter().map(one).collect())
    };
    // Some tens of milliseconds of thought, beside which others are answered.
    let thought = tokio::task::spawn_blocking(move || {
        let mut all = all;
        let mut found = looked(&all)?;
        // Its own campaigns stay where they are rather than that they go to where they would be dearer for their owner.
        loop {
            let mut stay = BTreeSet::new();
            found.proposals.retain(|way| {
                let dearer = dearer(&own_moves, (&on, &wanted), (way, &all), now);
                let is_way = dearer.is_empty();
                stay.extend(dearer);
                is_way
            });
            if stay.is_empty() || !found.proposals.is_empty() {
                break;
            }
            all.retain(|one| !stay.contains(&one.booking));
            found = looked(&all)?;
        }
        let mut whole = found.extent == Extent::Whole;
        let (mut own_ask, mut not_yet) = (None, None);
        let others = [&declined, &busy, &lately, &again];
        if found.proposals.is_empty() && others.iter().any(|some| !some.is_empty()) {
            let asked_about = |one: &&Movable| own.iter().any(|ask| ask.is_about(one.booking));
            let mine: Vec<Movable> = busy.iter().filter(asked_about).cloned().collect();
            if !mine.is_empty() {
                // Whether there would be a way if the asker's own questions weren't open.
                let with_mine = looked(&[all.clone(), mine].concat())?;
                let way = with_mine.proposals.iter().find(|one| may_be_asked(one, tomorrow));
                let mut moved = way.into_iter().flat_map(|way| &way.moves).map(|one| one.booking);
                own_ask = moved.find_map(|one| own.iter().find(|ask| ask.is_about(one)).copied());
            }
            // Whether there would be one a day later.
            for (some, why) in [(&again, "asked_lately"), (&lately, "moved_lately")] {
                if not_yet.is_none() && !some.is_empty() {
                    let with_some = looked(&[all.clone(), some.clone()].concat())?;
                    let is_one = with_some.proposals.iter().any(|one| may_be_asked(one, tomorrow));
                    not_yet = is_one.then_some(why);
                }
            }
            // Whether there would be a way with those who can't be asked now, or moved.
            let with_them = looked(&[all, busy, lately, declined, again].concat())?;
            whole = with_them.proposals.is_empty() && with_them.extent == Extent::Whole;
        }
        Ok((found, whole, (own_ask, not_yet)))
    });
    let found = thought.await.map_err(|error| internal("looking for a repair", &error))?;
    let worded =
        |why| Failure::Refused { refusal: refusal::view(&why, Audience::Outside, &*ground.catalogue) };
    let (found, whole, (own_ask, not_yet)) = found.map_err(worded)?;
    let effort = Effort::of(&found, platforms(&ground, request).len());
    let mut proposals = found.proposals;
    let before = proposals.len();
    proposals.retain(|one| may_be_asked(one, tomorrow));
    are_whole &= proposals.len() == before;
    let is_whole = are_whole && whole;
    Ok(Found { ground, proposals, effort, is_whole, own_ask, not_yet, own: of_asker, of_platform })
}

/// The platforms that could serve it.
fn platforms(ground: &Current, request: &Request) -> BTreeSet<PlatformId> {
    let routes = ground.snapshot.routes.iter().filter(|route| {
        route.offering == request.offering && request.platform.is_none_or(|only| only == route.platform)
    });
    routes.map(|route| route.platform).collect()
}

/// Nobody is asked for a place that begins today, nor for moves of what does, be it by rule: answers count up to the
/// midnight before all of it, or their end would tell when it begins.
fn may_be_asked(one: &Proposal, tomorrow: Minute) -> bool {
    let later = |place: &Placement| place.span().is_some_and(|span| span.start >= tomorrow);
    let moved = one.moves.iter().flat_map(|one| [&one.from, &one.to]);
    one.cost.consents == 0 || moved.chain([&one.offer.placement]).all(later)
}

/// The request with what the platforms' policies let be moved for it: once if they all say the same, else once for
/// each.
fn as_each_allows(ground: &Current, request: &Request) -> Vec<(Request, Limits)> {
    let limits = |platform| {
        let policy = ground::policy(&ground.catalogue, platform);
        Limits {
            moves: usize::from(policy.move_most),
            consents: usize::from(policy.ask_most),
            ..Limits::default()
        }
    };
    let each: BTreeMap<PlatformId, Limits> =
        platforms(ground, request).into_iter().map(|platform| (platform, limits(platform))).collect();
    let first = each.values().next().copied().unwrap_or_default();
    if each.values().all(|limits| *limits == first) {
        return vec![(request.clone(), first)];
    }
    let on = |platform| Request { platform: Some(platform), ..request.clone() };
    each.into_iter().map(|(platform, limits)| (on(platform), limits)).collect()
}

/// What was found on several platforms as if it had been looked for at once.
fn best_of(each: Vec<Result<Repairs, Refusal>>) -> Result<Repairs, Refusal> {
    let (found, refused): (Vec<_>, Vec<_>) = each.into_iter().partition(Result::is_ok);
    let found: Vec<Repairs> = found.into_iter().flatten().collect();
    if let (true, Some(refused)) = (found.is_empty(), refused.into_iter().next()) {
        return refused;
    }
    let partly = found.iter().map(|one| one.extent).find(|extent| *extent != Extent::Whole);
    let tried = found.iter().map(|one| one.tried).sum();
    let searches = found.iter().map(|one| one.searches).sum();
    let proposals: Vec<Proposal> = found.into_iter().flat_map(|one| one.proposals).collect();
    let proposals = least(proposals, Limits::default().proposals);
    Ok(Repairs { proposals, extent: partly.unwrap_or(Extent::Whole), tried, searches })
}
