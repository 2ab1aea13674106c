//! Who may see a booking: its owner and the platform that runs it. To everybody else it doesn't exist.

use app::contract::Failure;
use domain::PlatformId;
use uuid::Uuid;

use super::{Loaded, load};
use crate::{
    state::AppState,
    store::tables::booking,
    usecase::{Caller, Member},
};

/// On which side of a booking somebody stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// The company that it is for.
    Owner,
    /// The platform that runs it.
    Platform,
}

/// The member's side of a booking.
///
/// # Errors
/// [`Failure::NotFound`] for everybody else.
pub(crate) fn side(member: &Member, row: &booking::Model) -> Result<Side, Failure> {
    if member.platform() == Some(PlatformId(row.platform)) {
        Ok(Side::Platform)
    } else if row.organisation == Some(member.organisation.0) {
        Ok(Side::Owner)
    } else {
        Err(Failure::NotFound)
    }
}

/// The booking, if the caller may see it, and from which side.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::NotFound`].
pub(crate) async fn visible<'a>(
    state: &AppState,
    caller: &'a Caller,
    id: Uuid,
) -> Result<(Loaded, &'a Member, Side), Failure> {
    let member = caller.member()?;
    let found = load(state.store.read(), id).await?;
    let booking = found.ok_or(Failure::NotFound)?;
    let side = side(member, &booking.row)?;
    Ok((booking, member, side))
}
