//! Whether a line can make a batch.

use crate::{refusal::Refusal, request::Request, resource::Line};

/// Whether `line` can make batches of this size and unit of the offering, under GMP if asked for.
///
/// # Errors
/// The first thing that it can't.
pub fn admit_batch(line: &Line, request: &Request) -> Result<(), Refusal> {
    let id = line.id;
    let mut able = line.capabilities.iter().filter(|able| able.offering == request.offering).peekable();
    let Some(any) = able.peek().copied() else { return Err(Refusal::NotCapable { line: id }) };
    let mut able = able.filter(|able| able.unit == request.unit).peekable();
    let Some(first) = able.peek().copied() else {
        return Err(Refusal::UnitMismatch { line: id, unit: any.unit });
    };
    if !able.any(|able| (able.batch_min..=able.batch_max).contains(&request.batch_size)) {
        let (min, max) = (first.batch_min, first.batch_max);
        return Err(Refusal::BatchOutOfRange { line: id, min, max, unit: first.unit });
    }
    if request.gmp && !line.gmp {
        return Err(Refusal::NotGmp { line: id });
    }
    Ok(())
}
