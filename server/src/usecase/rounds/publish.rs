//! Publishing: every place of the draft is held in one commit, in the order in which they can be booked, or none is.

use std::{collections::BTreeMap, sync::Arc};

use app::contract::{CallView, DraftView, Failure, PublishOrder, RefusalView, WishOrder};
use domain::{
    OrganisationId, Second,
    refusal::Refusal,
    resolve::allocation::{Place, Unfit, plant::named, rule::RULES},
};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::{
    draft::{Standing, worded},
    list::one,
    load::{self, Call, Phase, write},
    result::{self, Told},
    settle::{over, settle},
    view::Names,
};
use crate::{
    state::AppState,
    store::{Catalogue, Tx, statement, tables::wish},
    usecase::{
        Caller, IdempotencyKey, Member,
        booking::Loaded,
        ground,
        holding::Holding,
        placing::Placing,
        products::Product,
        protocol::{self, Attempt, Beside, Decision, Effects, Note, Scene, Stop, Touched},
    },
};

/// So many changes are named to whoever would publish what was changed meanwhile; the page shows all.
const MOST_TOLD: usize = 5;

/// Publishes the draft: each wish that has a place becomes a hold of its firm, and every firm is told what became of
/// its wishes and why.
///
/// # Errors
/// [`Failure::NotFound`] but for its platform, [`Failure::Forbidden`] but for operators; [`Failure::Refused`] with the
/// reason `draft_outdated`, naming the first wish that doesn't fit any more, `call_draft_changed` if the draft isn't
/// the one that was seen, `call_published` if somebody was first, or if there is no draft; [`Failure::KeyReused`].
/// Nothing is written then.
pub async fn publish(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    order: PublishOrder,
    key: &IdempotencyKey,
) -> Result<CallView, Failure> {
    caller.member()?;
    let call = load::call(state.store.read(), id).await?.ok_or(Failure::NotFound)?;
    let member = call.operated_by(caller)?;
    let attempt = Attempt::new(member, key, "publish_call", id, &order);
    attempt.once(state, carry_out(state, member, call, order, &attempt)).await?;
    one(state, caller, id).await
}

async fn carry_out(
    state: &AppState,
    member: &Member,
    call: Call,
    order: PublishOrder,
    attempt: &Attempt,
) -> Result<(), Failure> {
    match call.phase(state.clock.now()) {
        Phase::Drafted => {}
        Phase::Closed => return Err(Failure::refused("no_draft")),
        _ => return Err(over(Some(&call.row.state))),
    }
    let read = state.store.read();
    let standing = Standing::of(state, &call).await?;
    let rows = load::wishes(read, call.row.id, None).await?;
    let names = Names::of(read, &rows).await?;
    if call.row.version != order.version {
        return Err(changed(&standing, (&names, &rows), order.version)?);
    }
    let ground = ground::ground(state).await?;
    let part = ground.snapshot.of_lines(&call.lines);
    let plan = standing.bookable(part, standing.plan(), state.clock.now()).await?;
    let outdated =
        |unfit: &Unfit| Failure::Refused { refusal: worded(&ground.catalogue, &names, &rows, unfit) };
    let plan = match plan {
        Ok(plan) => plan,
        Err(unfit) => {
            // What stands in its way may be what somebody has just published of it.
            let now = load::call(read, call.row.id).await?;
            let over = now.filter(|now| !matches!(now.phase(state.clock.now()), Phase::Drafted));
            return Err(over.map_or_else(|| outdated(&unfit), |now| self::over(Some(&now.row.state))));
        }
    };
    let (mut gifts, mut touched) = (Vec::with_capacity(plan.len()), Touched::default());
    for (wish, place) in plan {
        let gift = gift(&ground.catalogue, &standing, (&call, member), (&names, &rows), (wish, place));
        let gift = gift.ok_or_else(|| outdated(&Unfit::Unknown { wish }))?;
        touched.widen(&gift.holding.placing.touched());
        gifts.push(gift);
    }
    let publishing = Arc::new(Publishing {
        member: member.clone(),
        call,
        draft: standing.draft.id,
        told: standing.told,
        rows,
        names,
        gifts,
    });
    let done = protocol::run(state, Some(attempt), touched, move |tx, scene| {
        let publishing = Arc::clone(&publishing);
        Box::pin(async move { publishing.carry_out(tx, scene).await })
    });
    done.await.map_err(|stop| stop.failure(|_| Failure::Busy))
}

/// The refusal of a draft that isn't the one of version `seen`: whose wishes were changed since, and how; where none
/// was, it was decided anew.
fn changed(
    standing: &Standing,
    (names, rows): (&Names, &[wish::Model]),
    seen: i64,
) -> Result<Failure, Failure> {
    let deeds = result::deeds(&standing.round, &standing.changes)?;
    let since = standing.changes.iter().zip(deeds);
    let since = since.filter(|(change, _)| change.version.is_none_or(|version| version > seen));
    let mut refusal = RefusalView::named("call_draft_changed");
    for (change, deed) in since.take(MOST_TOLD) {
        let row = rows.iter().find(|row| row.id == change.wish);
        // Who gave another reason has put it there, or taken it out, once more.
        let deed = deed.unwrap_or(if change.place.is_some() { "put" } else { "take_out" });
        if let Some(name) = row.map(|row| names.firm(row)) {
            refusal = refusal.with("company", name.zh).with("company_en", name.en).with("change", deed);
        }
    }
    if refusal.facts.is_empty() {
        refusal = refusal.with("change", DraftView::DECIDED);
    }
    Ok(Failure::Refused { refusal })
}

/// A place with the wish that gets it.
struct Gift {
    wish: Uuid,
    holding: Holding,
}

impl Gift {
    /// Holds the place, if its firm may still hold one.
    async fn take(&self, tx: &Tx<'_>, near: &Scene) -> Result<Loaded, Stop> {
        let holding = self.holding.where_offered(&near.catalogue, near.now);
        holding.may_hold(tx, near).await?;
        holding.take(tx, near).await
    }
}

/// `None` if the wish or its route isn't there any more, or the wish can't be read.
fn gift(
    catalogue: &Catalogue,
    standing: &Standing,
    (call, by): (&Call, &Member),
    (names, rows): (&Names, &[wish::Model]),
    (wish, place): (Uuid, Place),
) -> Option<Gift> {
    let row = rows.iter().find(|row| row.id == wish)?;
    // As the round was decided on it.
    let asked = standing.round.wishes.iter().find(|asked| asked.id == wish)?;
    let request = named(asked).into_iter().nth(place.choice)?;
    let route = Arc::clone(catalogue.offered(place.placement.route)?);
    let product = Product::of_wish(request.product, names.product(row));
    let order: WishOrder = load::document(&row.document).ok()?;
    let holding = Holding {
        company: OrganisationId(row.organisation),
        account: row.account,
        by: Some(by.clone()),
        most: None,
        others_first: false,
        lasts: Some(call.row.hold_minutes),
        placing: Placing { request, route, placement: place.placement },
        product,
        flexible: order.flexible,
    };
    Some(Gift { wish, holding })
}

struct Publishing {
    member: Member,
    call: Call,
    draft: Uuid,
    told: BTreeMap<Uuid, Told>,
    rows: Vec<wish::Model>,
    names: Names,
    gifts: Vec<Gift>,
}

impl Publishing {
    async fn carry_out(&self, tx: &Tx<'_>, scene: Scene) -> Result<(), Stop> {
        // Those that look at what was locked first are refused by it: nobody publishes twice.
        settle(tx, &self.call, "state = 'published', ended_at = ?", vec![scene.now.into()]).await?;
        let (now, catalogue, versions) = (scene.now, Arc::clone(&scene.catalogue), scene.versions());
        if !scene.lapsed.is_empty() {
            // What has expired goes first; then each place is decided on its neighbours as they are by then.
            Effects::default().apply(tx, &scene).await?;
        }
        let mut held = BTreeMap::new();
        for gift in &self.gifts {
            let near = gift.holding.placing.touched();
            let near = Scene::enter(tx, Arc::clone(&catalogue), &near, now).await?;
            let booking = match gift.take(tx, &near).await {
                Ok(booking) => booking,
                Err(Stop::Refused(why)) => return Err(self.outdated(&catalogue, gift.wish, why)),
                // Its route claims what it didn't when the draft was read.
                Err(Stop::Widen(_)) => return Err(self.outdated(&catalogue, gift.wish, Refusal::Stale)),
                Err(other) => return Err(other),
            };
            held.insert(gift.wish, booking);
        }
        for row in &self.rows {
            self.tell(tx, row, held.get(&row.id), now).await?;
        }
        let decision = Decision {
            by: Some(&self.member),
            booking: None,
            action: "publish_call",
            inputs: json!({ "call": self.call.row.id, "draft": self.draft, "seed": self.call.row.seed }),
            rule: RULES,
            versions: &versions,
            outcome: json!({ "held": held.iter().map(|(wish, booking)| (wish, booking.row.id)).collect::<Vec<_>>() }),
        };
        protocol::decide(tx, decision, now).await
    }

    fn outdated(&self, catalogue: &Catalogue, wish: Uuid, why: Refusal) -> Stop {
        let unfit = Unfit::Refused { wish, why };
        Failure::Refused { refusal: worded(catalogue, &self.names, &self.rows, &unfit) }.into()
    }

    /// Keeps with a wish what became of it, and tells its firm.
    async fn tell(
        &self,
        tx: &Tx<'_>,
        row: &wish::Model,
        held: Option<&Loaded>,
        now: Second,
    ) -> Result<(), Stop> {
        let Some(told) = self.told.get(&row.id) else {
            return Err(Failure::Internal { request: String::new() }.into());
        };
        let booking = held.map(|held| held.row.id);
        let sql = "UPDATE wish SET outcome = ?, booking = ? WHERE id = ?";
        tx.execute_raw(statement(tx, sql, [write(told)?.into(), booking.into(), row.id.into()])).await?;
        let note = Note {
            kind: format!("wish_{}", told.notice(self.call.rule()?)),
            to: vec![row.organisation],
            booking,
            reference: Some(
                held.map_or_else(|| self.call.row.title.clone(), |held| held.row.reference.clone()),
            ),
            reason: told.said().map(str::to_owned),
        };
        let beside = held.map(Beside::place).unwrap_or_default();
        protocol::tell_with(tx, &note, &beside, now).await
    }
}
