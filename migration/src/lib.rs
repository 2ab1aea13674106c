//! The schema, one idea a migration. SQLite and PostgreSQL get the same definitions; [`dialect`] knows how they differ.
//!
//! Units: `starts_at`, `ends_at`, `prev_end` and the cells of pools are whole UTC minutes and half-open; every other
//! `_at` and `_by` time is whole UTC seconds. Money is integer fen. Documents are JSON of the domain's types.

mod constraint;
pub mod dialect;
mod m01_people;
mod m02_catalogue;
mod m03_guard;
mod m04_pools;
mod m05_bookings;
mod m06_records;
mod m07_meta;
mod m08_resale;
mod m09_rejections;
mod m10_sides;
mod m11_append_only;
mod m12_unread;
mod m13_flags;
mod m14_waiting;
mod m15_plans;
mod m16_proposals;
mod m17_rounds;
mod m18_outages;
mod m19_demand;
mod m20_late_leavings;
mod m21_innovation;
mod m22_parted;
mod m23_settled;
// Nothing is missing: no migration ever had the number 24.
mod m25_answers;
mod m26_planned;
mod m27_settled_by;
mod m28_fairness;
mod m29_left_fee;
mod m30_lapses;
mod m31_dealt_with;
mod m32_during;
mod m33_reasons;
mod m34_agents;
mod m35_undecided;
mod m36_acted_for;
mod m37_by_rule;
mod m38_begins;
mod m39_late_moves;
mod m40_cleaning_asks;
mod m41_freed_shares;
mod m42_change_versions;
mod m43_begins_at;
mod m44_considered;
mod m45_submitted_again;
mod m46_visitors;
mod m47_room_moves;
mod m48_decided_for;
mod m49_notice;
mod m50_result_by;
mod m51_wish_size;
mod m52_swap_prices;

use sea_orm_migration::{MigrationTrait, MigratorTrait, async_trait};

pub use constraint::{Unique, unique_constraints};
pub use m03_guard::GUARD;
pub use m04_pools::POOLS;

/// Every definition, in order.
pub fn definitions() -> impl Iterator<Item = &'static str> {
    [m01_people::PEOPLE, m02_catalogue::CATALOGUE, GUARD, POOLS, m05_bookings::BOOKINGS, m06_records::RECORDS]
        .into_iter()
        .chain([
            m07_meta::META,
            m08_resale::RESALE,
            m09_rejections::REJECTIONS,
            m10_sides::SIDES,
            m12_unread::UNREAD,
            m13_flags::FLAGS,
            m14_waiting::WAITING,
            m15_plans::PLANS,
            m16_proposals::PROPOSALS,
            m17_rounds::ROUNDS,
            m18_outages::OUTAGES,
            m19_demand::DEMAND,
            m20_late_leavings::LATE_LEAVINGS,
            m21_innovation::INNOVATION,
            m22_parted::PARTED,
            m23_settled::SETTLED,
            m25_answers::ANSWERS,
            m26_planned::PLANNED,
            m27_settled_by::SETTLED_BY,
            m28_fairness::FAIRNESS,
            m29_left_fee::LEFT_FEE,
            m30_lapses::LAPSES,
            m31_dealt_with::DEALT_WITH,
            m32_during::DURING,
            m33_reasons::REASONS,
            m34_agents::AGENTS,
            m35_undecided::UNDECIDED,
            m36_acted_for::ACTED_FOR,
            m37_by_rule::BY_RULE,
            m38_begins::BEGINS,
            m39_late_moves::LATE_MOVES,
            m40_cleaning_asks::CLEANING_ASKS,
            m41_freed_shares::FREED_SHARES,
            m42_change_versions::CHANGE_VERSIONS,
            m43_begins_at::BEGINS_AT,
            m44_considered::CONSIDERED,
            m45_submitted_again::SUBMITTED_AGAIN,
            m46_visitors::VISITORS,
            m47_room_moves::ROOM_MOVES,
            m48_decided_for::DECIDED_FOR,
            m49_notice::NOTICE,
            m50_result_by::RESULT_BY,
            m51_wish_size::WISH_SIZE,
            m52_swap_prices::SWAP_PRICES,
        ])
        .flatten()
        .copied()
}

/// Brings a database to the newest schema.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m01_people::People),
            Box::new(m02_catalogue::Catalogue),
            Box::new(m03_guard::Guard),
            Box::new(m04_pools::Pools),
            Box::new(m05_bookings::Bookings),
            Box::new(m06_records::Records),
            Box::new(m07_meta::Meta),
            Box::new(m08_resale::Resale),
            Box::new(m09_rejections::Rejections),
            Box::new(m10_sides::Sides),
            Box::new(m11_append_only::AppendOnly),
            Box::new(m12_unread::Unread),
            Box::new(m13_flags::Flags),
            Box::new(m14_waiting::Waiting),
            Box::new(m15_plans::Plans),
            Box::new(m16_proposals::Proposals),
            Box::new(m17_rounds::Rounds),
            Box::new(m18_outages::Outages),
            Box::new(m19_demand::Demand),
            Box::new(m20_late_leavings::LateLeavings),
            Box::new(m21_innovation::Innovation),
            Box::new(m22_parted::Parted),
            Box::new(m23_settled::Settled),
            Box::new(m25_answers::Answers),
            Box::new(m26_planned::Planned),
            Box::new(m27_settled_by::SettledBy),
            Box::new(m28_fairness::Fairness),
            Box::new(m29_left_fee::LeftFee),
            Box::new(m30_lapses::Lapses),
            Box::new(m31_dealt_with::DealtWith),
            Box::new(m32_during::During),
            Box::new(m33_reasons::Reasons),
            Box::new(m34_agents::Agents),
            Box::new(m35_undecided::Undecided),
            Box::new(m36_acted_for::ActedFor),
            Box::new(m37_by_rule::ByRule),
            Box::new(m38_begins::Begins),
            Box::new(m39_late_moves::LateMoves),
            Box::new(m40_cleaning_asks::CleaningAsks),
            Box::new(m41_freed_shares::FreedShares),
            Box::new(m42_change_versions::ChangeVersions),
            Box::new(m43_begins_at::BeginsAt),
            Box::new(m44_considered::Considered),
            Box::new(m45_submitted_again::SubmittedAgain),
            Box::new(m46_visitors::Visitors),
            Box::new(m47_room_moves::RoomMoves),
            Box::new(m48_decided_for::DecidedFor),
            Box::new(m49_notice::Notice),
            Box::new(m50_result_by::ResultBy),
            Box::new(m51_wish_size::WishSize),
            Box::new(m52_swap_prices::SwapPrices),
        ]
    }
}
