//! What must hold between the parts of a set-up, beyond each being readable.

mod cells;
mod hazards;
mod ladder;
mod routes;
mod shifts;

pub(super) use cells::cells_complete;
pub(super) use hazards::line_hazards;
pub(super) use ladder::ladder;
pub(super) use routes::common_batch;
pub(super) use shifts::shifts_disjoint;
