//! What can be done for firms that want time and don't get it: those that wait for the same, and one for which nobody
//! made room.

use std::sync::Arc;

use app::contract::{
    ConflictOrder, ConflictView, Failure, FieldProblem, OptionView, RefusalView, RepairOrder, field,
};
use domain::{
    Interval, Minutes, PlatformId,
    availability::{self, Offer, STARTS, SameFinish},
    calendar::DAY,
    request::Request,
    resolve::{
        alternatives::{Alternative, Wanted, alternatives},
        setups::Setups,
    },
};
use serde_json::json;
use uuid::Uuid;

use super::{
    choice::Choice,
    moves::changeover,
    room,
    settle::record,
    wish::{self, Wish},
};
use crate::{
    state::AppState,
    store::Tx,
    usecase::{
        Caller, Member,
        booking::Loaded,
        ground,
        holding::Holding,
        late,
        offer_key::OfferKey,
        place,
        placing::Placing,
        protocol::{self, Attempt, Beside, Decision, Note, Scene, Stop},
        refusal::{self, Audience},
        repair::{Draft, Planned, put, rescue::Rescued, within_limit, write_in},
        search, transition,
        waitlist::Turn,
    },
};

/// Who wait are shown in the order of their turns, so many of them.
const SHOWN: usize = 6;
/// For so many of them room is looked for by moving others, some tens of milliseconds each.
const LOOKED_FOR: usize = 2;
/// Other times shown.
const OTHERS: usize = 2;
/// So far behind its window a wish is offered another time. None before it: that is from when its firm is ready.
const ELSEWHERE: Minutes = 21 * DAY;
/// The rule's name in the record, with its version: a person decides, with the reasons on one screen.
const RULE: &str = "desk/1";

/// The ways out of a conflict about wishes.
pub(super) async fn options(
    state: &AppState,
    caller: &Caller,
    conflict: &ConflictView,
) -> Result<Vec<OptionView>, Failure> {
    let member = caller.member()?;
    let platform = member.platform().ok_or(Failure::Forbidden)?;
    let wishes = wish::of(state, conflict, platform, SHOWN).await?;
    let mut options = Vec::new();
    for (number, wish) in wishes.iter().enumerate() {
        let free = give(state, member, (wish, number)).await?;
        let is_free = free.is_some();
        options.extend(free);
        if !is_free && number < LOOKED_FOR {
            options.extend(room::options(state, member, (wish, number)).await?);
        }
        if wish.proposal && !is_free {
            options.extend(elsewhere(state, member, wish).await?);
        }
    }
    Ok(options)
}

/// A hold in the time that is wanted; what only the firm's own limits keep from it is shown with them.
async fn give(
    state: &AppState,
    member: &Member,
    (wish, number): (&Wish, usize),
) -> Result<Option<OptionView>, Failure> {
    let (ground, now) = (ground::ground(state).await?, state.clock.now());
    let Ok(mut found) = availability::search(&ground.snapshot, &wish.request, now) else {
        return Ok(None);
    };
    let curbs = late::for_search(state, &ground.catalogue, Some(&wish.firm), None).await?;
    found.offers.cheapen(&mut SameFinish::new(&ground.snapshot, &wish.request, &curbs, now, STARTS), 1);
    let first = found.offers.iter().next();
    found.curb(&ground.snapshot, &curbs, now);
    let Some(offer) = found.offers.iter().next().or(first) else { return Ok(None) };
    Ok(Some(OptionView {
        key: Choice::Give(wish.id, OfferKey::of(&offer)).encode(),
        kind: "give".into(),
        steps: place::steps(&ground.catalogue, &offer.placement),
        price_fen: wish.price((state, &ground.catalogue), member, &offer),
        changeover_minutes: changeover(&ground.snapshot, &wish.request, &offer.placement),
        blocked: wish.blocked((state, &ground.catalogue), member, &offer.placement).await?,
        ..offered(wish, number)
    }))
}

/// What options for this wish, the one with this number of those who want the same, have in common.
pub(super) fn offered(wish: &Wish, number: usize) -> OptionView {
    OptionView {
        company: Some(wish.company.clone()),
        rank: (!wish.proposal).then(|| u32::try_from(number + 1).unwrap_or(u32::MAX)),
        needs_reason: number > 0,
        ..OptionView::default()
    }
}

/// Other times soon after the one that is wanted, in which there is no room.
async fn elsewhere(state: &AppState, member: &Member, wish: &Wish) -> Result<Vec<OptionView>, Failure> {
    let (ground, now) = (ground::ground(state).await?, state.clock.now());
    let known = search::known_to(state, Some(member)).await?;
    let Some(place) = &wish.place else { return Ok(Vec::new()) };
    let window = wish.request.window;
    let wide = extended(window);
    let start = wide.start.max(now.div_euclid(60));
    let asked = Request { window: Interval { start, ..wide }, ..wish.request.clone() };
    let Ok(found) = availability::search(&ground.snapshot, &asked, now) else { return Ok(Vec::new()) };
    let wanted = Wanted { route: place.route, steps: place.starts() };
    let around = availability::around(&ground.snapshot, &asked, wanted.start(), now);
    let outside =
        |offer: &Offer| offer.placement.span().is_some_and(|span| span.intersection(window) != Some(span));
    let all = found.offers.iter().chain(around.iter()).filter(outside);
    let near = alternatives(&mut Setups::new(&ground.snapshot, &asked, &known, now), all, &wanted, OTHERS);
    let view = |one: &Alternative, blocked: Option<RefusalView>| OptionView {
        blocked,
        key: Choice::Give(wish.id, OfferKey::of(&one.offer)).encode(),
        kind: "elsewhere".into(),
        steps: place::steps(&ground.catalogue, &one.offer.placement),
        shift_minutes: one.shift,
        price_fen: one.offer.price_fen,
        changeover_minutes: changeover(&ground.snapshot, &asked, &one.offer.placement),
        ..offered(wish, 0)
    };
    let mut options = Vec::with_capacity(near.len());
    for one in &near {
        let blocked = wish.blocked((state, &ground.catalogue), member, &one.offer.placement).await?;
        options.push(view(one, blocked));
    }
    Ok(options)
}

/// A wish's window with the time behind it in which it is offered another one.
const fn extended(window: Interval) -> Interval {
    Interval { end: window.end + ELSEWHERE, ..window }
}

/// Gives the hold, or makes the room, decided again under the lock.
///
/// # Errors
/// [`Failure::Invalid`] for what is no option of this conflict, or without a reason where one is needed;
/// [`Failure::Refused`] if it isn't possible any more.
pub(super) async fn take(
    state: &AppState,
    member: &Member,
    (conflict, order): (&ConflictView, &ConflictOrder),
    choice: Choice,
    attempt: &Attempt,
) -> Result<Rescued, Failure> {
    let unknown = || field::unknown("option", &order.option);
    let reason = transition::reason(&order.reason)?;
    let platform = member.platform().ok_or(Failure::Forbidden)?;
    let wishes = wish::of(state, conflict, platform, usize::MAX).await?;
    let (Choice::Give(id, _) | Choice::Room(id, ..)) = choice else { return Err(unknown()) };
    let number = wishes.iter().position(|wish| wish.id == id).ok_or_else(unknown)?;
    if number > 0 && reason.is_none() {
        return Err(field::invalid("reason", FieldProblem::Missing));
    }
    let turns: Vec<Uuid> = wishes.iter().map(|wish| wish.id).collect();
    let wish = wishes.into_iter().nth(number).ok_or_else(unknown)?;
    let catalogue = ground::catalogue(state).await?;
    let giving = match choice {
        Choice::Give(_, key) => {
            let placing = here(state, &wish, platform, &key).await?.ok_or_else(unknown)?;
            let span = placing.placement.span().ok_or_else(unknown)?;
            let window = placing.request.window;
            let inside = window.holds(span);
            // Whoever waits gets what it waits for; only room that nobody made is offered later.
            let is_on_offer = inside || (wish.proposal && extended(window).holds(span));
            if !is_on_offer {
                return Err(unknown());
            }
            let window = Interval { end: window.end.max(span.end), ..window };
            let placing = Placing { request: Request { window, ..placing.request }, ..placing };
            Giving::Hold(Box::new(wish.holding((state, &catalogue), member, placing, inside)))
        }
        // Others are asked only for whoever has asked for that.
        Choice::Room(_, consents, _) if !wish.proposal && consents > 0 => return Err(unknown()),
        Choice::Room(_, consents, key) => {
            let placing = here(state, &wish, platform, &key).await?.ok_or_else(unknown)?;
            let window = placing.request.window;
            if !placing.placement.span().is_some_and(|span| window.holds(span)) {
                return Err(unknown());
            }
            let shown = (&placing.placement, consents);
            let (planned, price_fen) = room::planned(state, member, &wish, shown).await?;
            Giving::Room(Box::new(planned), price_fen)
        }
        _ => return Err(unknown()),
    };
    let touched = match &giving {
        Giving::Hold(holding) => holding.placing.touched(),
        Giving::Room(planned, _) => planned.touched(&catalogue),
    };
    let most = state.settings.limits.questions_per_company;
    let work = Arc::new(Work { by: member.clone(), wish, turns, reason, giving, most });
    let done = protocol::run(state, Some(attempt), touched, move |tx, scene| {
        let work = Arc::clone(&work);
        Box::pin(async move { work.carry_out(tx, &scene).await })
    });
    let worded = |why| refusal::view(&why, Audience::Operators, &*catalogue);
    done.await.map_err(|stop| stop.failure(|why| Failure::Refused { refusal: worded(why) }))
}

/// The place of the desk's platform that `key` names for the wish, if it is one.
async fn here(
    state: &AppState,
    wish: &Wish,
    platform: PlatformId,
    key: &OfferKey,
) -> Result<Option<Placing>, Failure> {
    let placing = Placing::read(state, wish.request.clone(), &key.encode()).await?;
    Ok(placing.ok().filter(|placing| placing.route.platform == platform))
}

enum Giving {
    Hold(Box<Holding>),
    /// With what the place will cost, in fen.
    Room(Box<Planned>, i64),
}

struct Work {
    by: Member,
    wish: Wish,
    /// Who wants the same, in the order of their turns.
    turns: Vec<Uuid>,
    reason: Option<String>,
    giving: Giving,
    /// Questions that its firm may put in a day.
    most: u32,
}

impl Work {
    async fn carry_out(&self, tx: &Tx<'_>, scene: &Scene) -> Result<Rescued, Stop> {
        match &self.giving {
            Giving::Hold(holding) => self.given(tx, scene, &holding.take(tx, scene).await?).await,
            Giving::Room(planned, price_fen) => {
                let granted = planned.decide(tx, scene).await?;
                if !planned.asks() {
                    let by = json!({ "desk": self.by.account });
                    let hold = planned.write(tx, scene, granted, by).await?.hold.ok_or(Failure::Busy)?;
                    return self.given(tx, scene, &hold).await;
                }
                self.ask(tx, scene, planned, *price_fen).await
            }
        }
    }

    /// The hold stands: the wish is fulfilled, its firm told.
    async fn given(&self, tx: &Tx<'_>, scene: &Scene, hold: &Loaded) -> Result<Rescued, Stop> {
        let (by, reason) = (Some(self.by.clone()), self.reason.clone());
        if !self.wish.proposal {
            let turn = Turn { waiter: self.wish.id, order: self.turns.clone(), by, reason };
            turn.given(tx, scene, hold).await?;
            return Ok(Rescued::Moved);
        }
        record(tx, scene, &self.by, (self.wish.id, "held"), self.reason.as_deref()).await?;
        self.decide(tx, scene, "give_hold", json!({ "booking": hold.row.id })).await?;
        let note = Note {
            kind: "place_held".into(),
            to: hold.row.organisation.into_iter().collect(),
            booking: Some(hold.row.id),
            reference: Some(hold.row.reference.clone()),
            reason: None,
        };
        protocol::tell_with(tx, &note, &Beside::place(hold), scene.now).await?;
        Ok(Rescued::Moved)
    }

    /// Others are asked once more, for the firm.
    async fn ask(
        &self,
        tx: &Tx<'_>,
        scene: &Scene,
        planned: &Planned,
        price_fen: i64,
    ) -> Result<Rescued, Stop> {
        let holding = planned.holding.as_ref().ok_or(Failure::Busy)?;
        within_limit(tx, self.wish.firm.organisation.0, self.most, scene.now).await?;
        // What can move no more isn't cheaper for it, and isn't to be when all have agreed.
        let order = RepairOrder { flexible: holding.flexible, ..self.wish.order() };
        let draft = Draft {
            cause: None,
            organisation: self.wish.firm.organisation.0,
            account: self.wish.firm.account,
            by: self.by.account,
            wish: write_in(&order)?,
            place: write_in(&holding.placing.placement)?,
            price_fen,
        };
        let row = put(tx, scene, planned, draft).await?;
        record(tx, scene, &self.by, (self.wish.id, "asked"), self.reason.as_deref()).await?;
        let outcome = json!({ "proposal": row.id, "expires_at": row.expires_at });
        self.decide(tx, scene, "propose_repair", outcome).await?;
        Ok(Rescued::Asked)
    }

    async fn decide(
        &self,
        tx: &Tx<'_>,
        scene: &Scene,
        action: &str,
        outcome: serde_json::Value,
    ) -> Result<(), Stop> {
        let considered = match &self.giving {
            Giving::Room(planned, _) => planned.considered.as_ref(),
            Giving::Hold(_) => None,
        };
        let decision = Decision {
            by: Some(&self.by),
            booking: None,
            action,
            inputs: json!({ "wish": self.wish.id, "turns": self.turns, "reason": self.reason,
                "considered": considered }),
            rule: RULE,
            versions: &scene.versions(),
            outcome,
        };
        protocol::decide(tx, decision, scene.now).await
    }
}
