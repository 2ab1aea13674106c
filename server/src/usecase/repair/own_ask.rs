//! What a firm asks others already. Nobody is asked about one campaign for two things at once, so that an open question
//! of its own can be all that keeps the firm from another.

use app::contract::{Failure, RefusalView};
use domain::{BookingId, OrganisationId};
use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;

use crate::store::{StoreError, statement};

/// A campaign about which an open question of the asker's own asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OwnAsk {
    booking: Uuid,
    proposal: Uuid,
    /// The asker's campaign that it would swap, if the question is about that.
    offered: Option<Uuid>,
}

impl OwnAsk {
    /// Whether it asks about this campaign.
    pub fn is_about(&self, booking: BookingId) -> bool {
        self.booking == booking.0
    }

    /// The refusal of what it keeps its own firm from.
    pub fn failure(&self) -> Failure {
        let refusal = RefusalView::named(RefusalView::OWN_ASK).with("repair", self.proposal);
        let refusal = match self.offered {
            Some(offered) => refusal.with("booking", offered),
            None => refusal,
        };
        Failure::Refused { refusal }
    }
}

/// All that `asker` asks now, the oldest first.
pub(super) async fn own_asks(
    connection: &impl ConnectionTrait,
    asker: OrganisationId,
) -> Result<Vec<OwnAsk>, StoreError> {
    let sql = "SELECT m.booking, m.proposal, p.cause FROM proposal p \
               JOIN proposal_move m ON m.proposal = p.id \
               WHERE p.organisation = ? AND p.closed_at IS NULL AND m.organisation IS NOT NULL \
               ORDER BY p.id, m.id";
    let rows = connection.query_all_raw(statement(connection, sql, [asker.0.into()])).await?;
    let one = |row: &QueryResult| {
        Ok(OwnAsk {
            booking: row.try_get("", "booking")?,
            proposal: row.try_get("", "proposal")?,
            offered: row.try_get("", "cause")?,
        })
    };
    rows.iter().map(one).collect()
}
