//! The rows that a placement will be.

use crate::{
    OccupancyId, ProductId, Second,
    occupancy::{Kind, Occupancy},
    refusal::Refusal,
    request::Request,
    snapshot::Snapshot,
};

use super::Placement;

/// The rows of `request` placed there, one a step, without links. `expires_at` is until when they are held; `None`:
/// they are firm. Whether they fit is not asked.
///
/// # Errors
/// [`Refusal::NotCapable`] of a line that the snapshot lacks, [`Refusal::NoClass`] of one whose matrix doesn't know the
/// campaign.
pub fn rows(
    snapshot: &Snapshot,
    request: &Request,
    placement: &Placement,
    expires_at: Option<Second>,
    fresh_id: &mut dyn FnMut() -> OccupancyId,
) -> Result<Vec<Occupancy>, Refusal> {
    let product = if request.product == ProductId::NONE { ProductId::UNNAMED } else { request.product };
    let mut rows = Vec::with_capacity(placement.steps.len());
    for placed in &placement.steps {
        let line = placed.line;
        let state = snapshot.lines.get(&line).ok_or(Refusal::NotCapable { line })?;
        let class = state.matrix.classify(&request.offering, &request.hazards);
        let (needs, leaves) = class.ok_or(Refusal::NoClass { line })?;
        rows.push(Occupancy {
            id: fresh_id(),
            line,
            kind: Kind::Campaign,
            interval: placed.interval,
            needs: Some(needs),
            leaves,
            product,
            batches: request.batches,
            expires_at,
            link: None,
        });
    }
    Ok(rows)
}
