//! Calls and wishes as those concerned see them.

use std::collections::{BTreeMap, BTreeSet};

use app::contract::{
    CallLine, CallRule, CallView, Failure, Instant, OrganisationKind, PlanOfferView, Role, TextView,
    WishFirm, WishOrder, WishResult, WishView, field,
};
use domain::{Second, calendar::DAY, resolve::allocation::Rule, route::RouteStep};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::load::{Call, Phase, document, known};
use crate::{
    store::{
        Catalogue, StoreError,
        tables::{organisation, product, wish},
    },
    usecase::{Member, ground, place},
};

/// A call for `viewer`; `wishes` is how many there are, for its platform.
pub(super) fn view(
    catalogue: &Catalogue,
    call: &Call,
    viewer: Option<&Member>,
    wishes: Option<u32>,
    now: Second,
) -> Result<CallView, StoreError> {
    let row = &call.row;
    let phase = call.phase(now);
    let inside = viewer.is_some_and(|member| member.platform() == Some(call.platform()));
    let state = match phase {
        Phase::Announced => "announced",
        Phase::Open => "open",
        Phase::Drafted if inside => "drafted",
        Phase::Closed | Phase::Drafted => "closed",
        Phase::Published => "published",
        Phase::Cancelled => "cancelled",
    };
    let (rule, offered_minutes) = match call.rule()? {
        Rule::FirstCome => (CallRule::FirstCome, None),
        Rule::Lottery => (CallRule::Lottery, None),
        Rule::ScoreWithAgeing { per_call } => (CallRule::ScoreWithAgeing { per_call }, None),
        Rule::Shares(shares) => {
            let rule = CallRule::Shares { per_firm: shares.per_firm, reserved: shares.reserved };
            (rule, Some(shares.offered))
        }
    };
    let line = |id: &domain::LineId| CallLine {
        id: id.0,
        name: catalogue.line(*id).map_or_else(place::unnamed, |line| line.name.clone()).into(),
    };
    let mut lines: Vec<CallLine> = call.lines.iter().map(line).collect();
    lines.sort_by(|one, other| one.name.zh.cmp(&other.name.zh));
    let on = |step: &RouteStep| step.lines.iter().any(|able| call.lines.contains(&able.line));
    let routes = catalogue.routes().filter(|route| route.steps.iter().all(on));
    let offerings: BTreeSet<&str> = routes.map(|route| route.offering.as_str()).collect();
    let platform = catalogue.platform(call.platform());
    let told = matches!(phase, Phase::Published | Phase::Cancelled);
    let platform_name: TextView =
        platform.map_or_else(place::unnamed, |platform| platform.name.clone()).into();
    let plan = ground::policy(catalogue, call.platform()).plan(call.period());
    Ok(CallView {
        id: row.id,
        title: row.title.clone(),
        platform: row.platform,
        plan: plan.map(|plan| PlanOfferView {
            platform_name: platform_name.clone(),
            freeze_days: plan.freeze_days,
            percent: plan.percent,
        }),
        platform_name,
        from: field::plant_date(row.starts_at).to_string(),
        to: field::plant_date(row.ends_at - 1).to_string(),
        lines,
        offerings: offerings.into_iter().map(str::to_owned).collect(),
        opens_at: Instant(row.opens_at),
        closes_at: Instant(row.closes_at),
        result_by: row.result_by.map(Instant),
        rule,
        offered_minutes,
        criteria: row.criteria.clone(),
        hold_days: row.hold_minutes / DAY,
        commitment: row.commitment.clone(),
        seed: told.then(|| row.seed.clone()),
        salt: told.then(|| row.salt.clone()),
        state: state.into(),
        ended_at: row.ended_at.map(Instant),
        reason: row.reason.clone(),
        wishes: wishes.filter(|_| inside),
        may: viewer.map_or_else(Vec::new, |member| may(member, phase, inside, rule)),
        now: Instant(now),
    })
}

fn may(member: &Member, phase: Phase, inside: bool, rule: CallRule) -> Vec<String> {
    let operates = inside && matches!(member.role, Role::Operator | Role::PlatformAdmin);
    let decided = matches!(phase, Phase::Published | Phase::Cancelled);
    let reviewed = matches!(phase, Phase::Closed | Phase::Drafted);
    let counts = matches!(rule, CallRule::ScoreWithAgeing { .. } | CallRule::Shares { .. });
    let wishes = member.kind == OrganisationKind::Company && member.verified && phase == Phase::Open;
    let all = [
        ("wish", wishes),
        ("score", operates && reviewed && counts),
        ("draft", operates && reviewed),
        ("adjust", operates && phase == Phase::Drafted),
        ("publish", operates && phase == Phase::Drafted),
        ("cancel", operates && !decided),
    ];
    all.into_iter().filter(|(_, may)| *may).map(|(name, _)| name.to_owned()).collect()
}

/// What names wishes: their firms, and their products' codes.
#[derive(Debug, Default)]
pub(super) struct Names {
    firms: BTreeMap<Uuid, TextView>,
    products: BTreeMap<Uuid, String>,
    /// While points are given: the firms that have used the call's lines.
    used: Option<BTreeSet<Uuid>>,
}

impl Names {
    pub async fn of(connection: &impl ConnectionTrait, rows: &[wish::Model]) -> Result<Self, StoreError> {
        let firms = organisation::Column::Id.is_in(rows.iter().map(|row| row.organisation));
        let firms = organisation::Entity::find().filter(firms).all(connection).await?;
        let products = product::Column::Id.is_in(rows.iter().filter_map(|row| row.product));
        let products = product::Entity::find().filter(products).all(connection).await?;
        let name = |row: organisation::Model| (row.id, TextView { zh: row.name_zh, en: row.name_en });
        Ok(Self {
            firms: firms.into_iter().map(name).collect(),
            products: products.into_iter().map(|row| (row.id, row.code)).collect(),
            used: None,
        })
    }

    /// The same with what points may be given by.
    pub async fn to_score(
        connection: &impl ConnectionTrait,
        call: &Call,
        rows: &[wish::Model],
    ) -> Result<Self, StoreError> {
        let used = Some(known(connection, call).await?);
        Ok(Self { used, ..Self::of(connection, rows).await? })
    }

    pub fn firm(&self, row: &wish::Model) -> TextView {
        let known = self.firms.get(&row.organisation).cloned();
        known.unwrap_or_else(|| place::unnamed().into())
    }

    fn of_firm(&self, row: &wish::Model) -> Option<WishFirm> {
        let used = self.used.as_ref()?;
        Some(WishFirm { size: row.size.clone(), first_use: !used.contains(&row.organisation) })
    }

    pub fn product(&self, row: &wish::Model) -> Option<String> {
        row.product.and_then(|id| self.products.get(&id).cloned())
    }
}

/// A wish with what became of it; whose it is told to its platform only. So are its points until the result is
/// published: they change while the call is being decided, and would tell what is thought of it meanwhile.
pub(super) fn wish(
    names: &Names,
    row: &wish::Model,
    result: Option<WishResult>,
    inside: bool,
) -> Result<WishView, Failure> {
    let order: WishOrder = document(&row.document)?;
    Ok(WishView {
        id: row.id,
        call: row.call,
        rank: u16::try_from(row.rank).unwrap_or(u16::MAX),
        offering_name: place::offering_name(&order.query.offering),
        query: order.query,
        otherwise: order.otherwise,
        product_code: names.product(row),
        flexible: order.flexible,
        company: inside.then(|| names.firm(row)),
        firm: names.of_firm(row).filter(|_| inside),
        asked_at: Instant(row.asked_at),
        points: row
            .points
            .filter(|_| inside || result.is_some())
            .and_then(|points| u32::try_from(points).ok()),
        result,
    })
}
