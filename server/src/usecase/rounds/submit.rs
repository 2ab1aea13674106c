//! Wishes: handed in, changed and withdrawn while the call is open.

use std::sync::Arc;

use app::contract::{
    Complaints, Failure, Faults, FieldFault, FieldProblem, OfferQuery, RefusalView, WishOrder, WishView,
    field,
};
use domain::{
    ProductId,
    resolve::{allocation::rule::MOST_RANK, waiting::emptied},
};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel};
use serde_json::json;
use uuid::Uuid;

use super::{
    MOST,
    load::{self, Call, Phase, write},
    possible, settle,
    view::{Names, wish as shown},
};
use crate::{
    limits::Searcher,
    state::AppState,
    store::{
        StoreError, Tx, statement,
        tables::{organisation, wish},
    },
    usecase::{
        Caller, IdempotencyKey, Member, ground,
        products::{self, Product},
        protocol::{self, Attempt, Decision, Scene, Stop, Touched},
    },
};

/// Windows besides the first.
const OTHERS: usize = 2;
/// The days of a wish.
const DAYS: [&str; 4] = ["from", "to", "else_from", "else_to"];
/// The fields of a wish, as its form has them.
const FIELDS: [&str; 15] = [
    "offering",
    "batch_size",
    "unit",
    "batches",
    "from",
    "to",
    "else_from",
    "else_to",
    "product_code",
    "rank",
    "flexible",
    "stage",
    "oeb",
    "gmp",
    "hazards",
];

/// Hands in a wish for the caller's company.
///
/// # Errors
/// [`Failure::Refused`] with the reason `call_not_open` or `too_many_wishes`; [`Failure::Invalid`] with all that is
/// wrong with it at once, and where no line of the call could ever take it; [`Failure::Unverified`],
/// [`Failure::NotFound`], [`Failure::KeyReused`], [`Failure::TooMany`].
pub async fn submit(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    order: &WishOrder,
    key: &IdempotencyKey,
) -> Result<WishView, Failure> {
    let member = caller.verified_company()?;
    let call = load::call(state.store.read(), id).await?.ok_or(Failure::NotFound)?;
    let attempt = Attempt::new(member, key, "wish", id, order);
    attempt.once(state, hand_in(state, member, (call, None), order, Some(&attempt))).await
}

/// Puts `order` in the place of an own wish. One that asks for something else counts as handed in now; another rank
/// alone leaves it where it was.
///
/// # Errors
/// As [`submit`]; [`Failure::NotFound`] for everybody but the company whose wish it is.
pub async fn change(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    order: &WishOrder,
) -> Result<WishView, Failure> {
    let (row, call) = own(state, caller, id).await?;
    let member = caller.verified_company()?;
    if row.withdrawn_at.is_some() {
        return Err(Failure::refused("wish_withdrawn"));
    }
    hand_in(state, member, (call, Some(row)), order, None).await
}

/// Takes an own wish back. One that has been withdrawn is left as it is.
///
/// # Errors
/// [`Failure::NotFound`] for everybody but the company whose wish it is, [`Failure::Refused`] with the reason
/// `call_not_open` after the closing.
pub async fn withdraw(state: &AppState, caller: &Caller, id: Uuid) -> Result<(), Failure> {
    let (row, _) = own(state, caller, id).await?;
    let member = caller.company()?.clone();
    if row.withdrawn_at.is_some() {
        return Ok(());
    }
    let done = protocol::run(state, None, Touched::default(), move |tx, scene| {
        let (member, row) = (member.clone(), row.clone());
        Box::pin(async move {
            settle::while_open(tx, row.call, scene.now).await?;
            let sql = "UPDATE wish SET withdrawn_at = ? WHERE id = ?";
            tx.execute_raw(statement(tx, sql, [scene.now.into(), row.id.into()])).await?;
            record(tx, &scene, &member, ("withdraw_wish", &row), json!({ "stands": false })).await
        })
    });
    done.await.map_err(|stop| stop.failure(|_| Failure::Busy))
}

async fn own(state: &AppState, caller: &Caller, id: Uuid) -> Result<(wish::Model, Call), Failure> {
    let member = caller.member()?;
    let known = load::wish(state, id).await?;
    let known = known.filter(|(row, _)| row.organisation == member.organisation.0);
    known.ok_or(Failure::NotFound)
}

/// What is to be written.
struct HandIn {
    member: Member,
    /// The wish before, if it is changed.
    before: Option<wish::Model>,
    row: wish::Model,
    product: Option<Product>,
}

async fn hand_in(
    state: &AppState,
    member: &Member,
    (call, before): (Call, Option<wish::Model>),
    order: &WishOrder,
    attempt: Option<&Attempt>,
) -> Result<WishView, Failure> {
    let now = state.clock.now();
    if call.phase(now) != Phase::Open {
        return Err(Failure::refused("call_not_open"));
    }
    let mut order = order.clone();
    if let Some(other) = order.query.platform.filter(|platform| *platform != call.row.platform) {
        return Err(field::unknown("platform", &other.to_string()));
    }
    order.query.platform = Some(call.row.platform);
    let mut complaints = Complaints::default();
    check(&call, &order, &mut complaints);
    let code = order.product_code.as_deref().unwrap_or_default();
    let product = products::of_order(state, member.organisation, code, order.query.product).await;
    let product = complaints.hear(product).ok().filter(|product| product.code.is_some());
    let id = before.as_ref().map_or_else(Uuid::now_v7, |before| before.id);
    let named = product.as_ref().map_or(ProductId(id), |product| product.id);
    let rank = i64::from(order.rank);
    // Looked at once more where it is written: this tells it together with what else is wrong.
    if has_rank(state.store.read(), (call.row.id, member.organisation.0), (rank, id)).await? {
        let _told = complaints.hear(taken_rank());
    }
    let asked =
        if DAYS.iter().any(|day| complaints.about(day)) { at_any_time(&call, &order) } else { order.clone() };
    // What can't be read is complained of already.
    if let Ok(choices) = load::choices(&call, &asked, named) {
        state.limits.search(Searcher::Organisation(member.organisation.0))?;
        let ground = ground::ground(state).await?;
        let part = emptied(&ground.snapshot.of_lines(&call.lines));
        let possible = complaints.hear(possible::could_be(&ground.catalogue, &part, &choices, now));
        if order.flexible && possible.is_ok() {
            let _told = complaints.hear(possible::may_agree(&ground.catalogue, &part, &choices, now));
        }
    }
    complaints.in_order(&FIELDS).answer()?;
    let row = wish::Model {
        id,
        call: call.row.id,
        organisation: member.organisation.0,
        account: member.account,
        product: product.as_ref().map(|product| product.id.0),
        document: write(&order)?,
        rank,
        asked_at: now,
        withdrawn_at: None,
        points: None,
        outcome: None,
        booking: None,
        size: None,
    };
    let handed = Arc::new(HandIn { member: member.clone(), before, row, product });
    let done = protocol::run(state, attempt, Touched::default(), move |tx, scene| {
        let handed = Arc::clone(&handed);
        Box::pin(async move { handed.write(tx, &scene).await })
    });
    let view: WishView = done.await.map_err(|stop| stop.failure(|_| Failure::Busy))?;
    Ok(view)
}

/// Complains of what can't be read, and of windows that don't lie in the call's period.
fn check(call: &Call, order: &WishOrder, complaints: &mut Complaints) {
    if order.query.moving.is_some() {
        let _told = complaints.hear(Err::<(), _>(field::unknown("moving", "moving")));
    }
    if !(1..=MOST_RANK).contains(&order.rank) {
        let _told = complaints.hear(Err::<(), _>(field::out_of_range("rank", 1, MOST_RANK)));
    }
    if order.otherwise.len() > OTHERS {
        let _told = complaints.hear(Err::<(), _>(field::out_of_range("otherwise", 0, OTHERS)));
    }
    let first = complaints.hear(order.query.request()).map(|request| request.window);
    let _told = complaints.hear(first.and_then(|window| inside(call, window, ["from", "to"])));
    for days in &order.otherwise {
        let query = OfferQuery { from: days.from.clone(), to: days.to.clone(), ..order.query.clone() };
        let window = query.request().map(|request| request.window).map_err(otherwise);
        let _told = complaints.hear(window.and_then(|window| inside(call, window, ["else_from", "else_to"])));
    }
}

/// The same wish at any time of the call: what else is wrong with it than its days is looked for there.
fn at_any_time(call: &Call, order: &WishOrder) -> WishOrder {
    let period = call.period();
    let (from, to) = (field::plant_date(period.start), field::plant_date(period.end - 1));
    let query = OfferQuery { from: from.to_string(), to: to.to_string(), ..order.query.clone() };
    WishOrder { query, otherwise: Vec::new(), ..order.clone() }
}

fn inside(call: &Call, window: domain::Interval, [from, to]: [&str; 2]) -> Result<(), Failure> {
    let period = call.period();
    let (first, last) = (field::plant_date(period.start), field::plant_date(period.end - 1));
    if window.start < period.start {
        return Err(field::out_of_range(from, first, last));
    }
    if window.end > period.end {
        return Err(field::out_of_range(to, first, last));
    }
    Ok(())
}

/// The faults of another window, by the names of its own fields; those of the rest have been told.
fn otherwise(failure: Failure) -> Failure {
    let Failure::Invalid { faults } = &failure else { return failure };
    let named = |name: &str, own: &str| {
        let mut fault = FieldFault { field: own.to_owned(), ..faults.about(name)?.clone() };
        if let FieldProblem::Reversed { start } = &mut fault.problem {
            "else_from".clone_into(start);
        }
        Some(Failure::Invalid { faults: Faults::one(fault) })
    };
    named("from", "else_from").or_else(|| named("to", "else_to")).unwrap_or(failure)
}

impl HandIn {
    async fn write(&self, tx: &Tx<'_>, scene: &Scene) -> Result<WishView, Stop> {
        settle::while_open(tx, self.row.call, scene.now).await?;
        rank_is_free(tx, &self.row).await?;
        let firm = organisation::Entity::find_by_id(self.row.organisation).one(tx).await?;
        let size = firm.ok_or(Failure::NotFound)?.size;
        let mut row = wish::Model { asked_at: scene.now, size, ..self.row.clone() };
        if let Some(product) = &self.product {
            let id = product.ensure(tx, self.member.organisation, "", scene.now).await?;
            row.product = Some(id.0);
        }
        let action = if let Some(before) = &self.before {
            if same_but_rank(before, &row)? {
                row.asked_at = before.asked_at;
            }
            let sql = "UPDATE wish SET account = ?, product = ?, document = ?, rank = ?, asked_at = ?, \
                       size = ? WHERE id = ? AND withdrawn_at IS NULL";
            let values = [
                row.account.into(),
                row.product.into(),
                row.document.clone().into(),
                row.rank.into(),
                row.asked_at.into(),
                row.size.clone().into(),
                row.id.into(),
            ];
            if tx.execute_raw(statement(tx, sql, values)).await?.rows_affected() != 1 {
                return Err(Failure::refused("wish_withdrawn").into());
            }
            "change_wish"
        } else {
            within_limit(tx, &row).await?;
            row.clone().into_active_model().insert(tx).await?;
            "wish"
        };
        record(
            tx,
            scene,
            &self.member,
            (action, &row),
            json!({ "rank": row.rank, "asked_at": row.asked_at }),
        )
        .await?;
        let names = Names::of(tx, std::slice::from_ref(&row)).await?;
        Ok(shown(&names, &row, None, false)?)
    }
}

/// Whether nothing else is asked for: another rank, or a plan window or none, leaves a wish where it was.
fn same_but_rank(before: &wish::Model, now: &wish::Model) -> Result<bool, Stop> {
    let mut was: WishOrder = load::document(&before.document)?;
    let is: WishOrder = load::document(&now.document)?;
    was.rank = is.rank;
    was.flexible = is.flexible;
    Ok(was == is && before.product == now.product)
}

/// A firm's ranks are an order: no two of its wishes have the same. The call's row is locked: those of one firm queue
/// there.
async fn rank_is_free(tx: &Tx<'_>, row: &wish::Model) -> Result<(), Stop> {
    if has_rank(tx, (row.call, row.organisation), (row.rank, row.id)).await? {
        taken_rank()?;
    }
    Ok(())
}

/// Whether another wish of the firm than `id` has this rank in the call.
async fn has_rank(
    connection: &impl ConnectionTrait,
    (call, firm): (Uuid, Uuid),
    (rank, id): (i64, Uuid),
) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM wish WHERE call = ? AND organisation = ? AND rank = ? AND id <> ? \
               AND withdrawn_at IS NULL";
    let values = [call.into(), firm.into(), rank.into(), id.into()];
    Ok(connection.query_one_raw(statement(connection, sql, values)).await?.is_some())
}

fn taken_rank() -> Result<(), Failure> {
    Err(field::invalid("rank", FieldProblem::Taken))
}

async fn within_limit(tx: &Tx<'_>, row: &wish::Model) -> Result<(), Stop> {
    let sql =
        "SELECT COUNT(*) AS open FROM wish WHERE call = ? AND organisation = ? AND withdrawn_at IS NULL";
    let found = tx.query_one_raw(statement(tx, sql, [row.call.into(), row.organisation.into()])).await?;
    let open: i64 = found.map_or(Ok(0), |row| row.try_get("", "open"))?;
    if u64::try_from(open).unwrap_or(u64::MAX) < MOST {
        return Ok(());
    }
    Err(Failure::Refused { refusal: RefusalView::named("too_many_wishes").with("max", MOST) }.into())
}

async fn record(
    tx: &Tx<'_>,
    scene: &Scene,
    member: &Member,
    (action, row): (&str, &wish::Model),
    outcome: serde_json::Value,
) -> Result<(), Stop> {
    let order: WishOrder = load::document(&row.document)?;
    let decision = Decision {
        by: Some(member),
        booking: None,
        action,
        inputs: json!({ "wish": row.id, "call": row.call, "order": order }),
        rule: domain::resolve::allocation::rule::RULES,
        versions: &[],
        outcome,
    };
    protocol::decide(tx, decision, scene.now).await
}
