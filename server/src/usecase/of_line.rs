//! What closures and outages have in common: they are of one line, for the people of its platform and nobody else.

use app::contract::Failure;
use domain::{LineId, Minutes, calendar::DAY};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    Caller, Member,
    protocol::Stop,
    refusal::{self, Audience},
};
use crate::store::Catalogue;

/// The longest that a line is closed or down: two years. What is out of order for longer is taken off the set-up.
pub(super) const LONGEST: Minutes = 731 * DAY;

/// Which line's.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OfLine {
    pub line: Uuid,
    /// The `next` of the page before; the first page when left out. Opaque.
    pub cursor: Option<String>,
    /// Entries at most, 1 to 200; 50 when left out.
    pub limit: Option<u32>,
}

/// The caller as one of the people of the line's platform. For everybody else there is no such line.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::NotFound`].
pub(super) fn its_people<'a>(
    caller: &'a Caller,
    catalogue: &Catalogue,
    line: LineId,
) -> Result<&'a Member, Failure> {
    let member = caller.member()?;
    let line = catalogue.line(line).ok_or(Failure::NotFound)?;
    if member.platform() == Some(line.platform) { Ok(member) } else { Err(Failure::NotFound) }
}

/// The caller as an operator of the line's platform.
///
/// # Errors
/// As [`its_people`]; [`Failure::Forbidden`] for the platform's others.
pub(super) fn its_operator<'a>(
    caller: &'a Caller,
    catalogue: &Catalogue,
    line: LineId,
) -> Result<&'a Member, Failure> {
    its_people(caller, catalogue, line)?;
    caller.own_platform().map(|(member, _)| member)
}

/// What stopped it, worded for operators.
pub(super) fn refused(stop: Stop, catalogue: &Catalogue) -> Failure {
    stop.failure(|why| Failure::Refused { refusal: refusal::view(&why, Audience::Operators, catalogue) })
}
