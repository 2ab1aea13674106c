//! `/api/v1`: one file a resource. Handlers only translate; the use cases decide.

pub mod accounts;
pub mod bookings;
pub mod calls;
pub mod cleanings;
pub mod closures;
pub mod conflicts;
pub mod fairness;
pub mod health;
pub mod holds;
pub mod invitations;
pub mod lines;
pub mod members;
pub mod notices;
pub mod occupancy;
pub mod offers;
pub mod operator_bookings;
pub mod organisations;
pub mod outages;
pub mod platforms;
pub mod problems;
pub mod repairs;
pub mod resets;
pub mod sessions;
pub mod swaps;
pub mod tokens;
pub mod transitions;
pub mod verification;
pub mod waitlist;

use utoipa_axum::router::OpenApiRouter;

use crate::state::AppState;

/// Every route below `/api/v1`. A new file adds a line here, and its rows to the table in `tests/it/endpoints`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(sessions::routes())
        .merge(accounts::routes())
        .merge(tokens::routes())
        .merge(organisations::routes())
        .merge(members::routes())
        .merge(verification::routes())
        .merge(invitations::routes())
        .merge(resets::routes())
        .merge(platforms::routes())
        .merge(lines::routes())
        .merge(offers::routes())
        .merge(holds::routes())
        .merge(bookings::routes())
        .merge(transitions::routes())
        .merge(operator_bookings::routes())
        .merge(closures::routes())
        .merge(cleanings::routes())
        .merge(notices::routes())
        .merge(occupancy::routes())
        .merge(waitlist::routes())
        .merge(repairs::routes())
        .merge(calls::routes())
        .merge(swaps::routes())
        .merge(outages::routes())
        .merge(conflicts::routes())
        .merge(fairness::routes())
}
