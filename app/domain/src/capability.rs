//! Whether a line can make a batch.

use crate::{refusal::Refusal, request::Request, resource::Line};

/// Whether `line` can make batches of this size of the offering, in whatever unit of the same kind it is asked for,
/// under GMP if asked for.
///
/// # Errors
/// The first thing that it can't.
pub fn admit_batch(line: &Line, request: &Request) -> Result<(), Refusal> {
    let id = line.id;
    let mut able = line.capabilities.iter().filter(|able| able.offering == request.offering).peekable();
    let Some(any) = able.peek().copied() else { return Err(Refusal::NotCapable { line: id }) };
    let mut bounds = able.filter_map(|able| able.bounds_in(request.unit)).peekable();
    let Some((min, max)) = bounds.peek().copied() else {
        return Err(Refusal::UnitMismatch { line: id, unit: any.unit });
    };
    if !bounds.any(|(min, max)| (min..=max).contains(&request.batch_size)) {
        return Err(Refusal::BatchOutOfRange { line: id, min, max, unit: request.unit });
    }
    if request.gmp && !line.gmp {
        return Err(Refusal::NotGmp { line: id });
    }
    Ok(())
}
