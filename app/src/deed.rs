//! What was just done, said once by the page that follows. It is in a cookie that goes to that page alone, which takes
//! it back: in the address it could be forged, and would be said again to whoever comes back to it.

use http::{
    HeaderValue,
    header::{COOKIE, SET_COOKIE},
    request::Parts,
};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

/// The cookie's name.
const NAME: &str = "zhongshi-done";
/// So long the page that follows may take, in seconds.
const WAITS: u32 = 60;

/// Something that a page says is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Both runs of a split, with the minute until which they are held.
    BothHeld,
    RequestSent,
    /// The platform confirms by itself what meets its rules.
    RequestConfirmed,
    /// With the fee in fen, and the minute in which it begins now.
    Moved,
    /// With the fee in fen.
    Cancelled,
    Withdrawn,
    HazardsConfirmed,
    /// The same with hazards, which were the last that was missing.
    HazardsConfirmedAll,
    HazardsRecalled,
    /// With how much is still missing, and whether anybody else is told: 1, or 0.
    FilledIn,
    Approved,
    Declined,
    AskedBack,
    Started,
    /// With the minutes from which and until which each step that ended sooner than planned has freed its line.
    Finished,
    Closed,
    NoShow,
    /// With the same, and of steps that won't run any more.
    BrokenOff,
    /// With how much the request still lacks.
    Booked,
    LineClosed,
    ClosureShortened,
    ClosureOver,
    CleaningRemoved,
    LineDown,
    /// Work over bookings is announced; with the figures of [`Self::LineDown`].
    WorkAnnounced,
    OutageChanged,
    ConflictResolved,
    /// Who has to agree to a way out of a conflict is asked; with the minute until which.
    OwnersAsked,
    /// The set-up is saved; with how many bookings no longer fit it.
    SetupBroke,
    /// What others were asked is taken back.
    ProposalWithdrawn,
    Settled,
    Forgiven,
    CompanyVerified,
    CompanyTurnedAway,
    /// With the score.
    InnovationRecorded,
    InnovationCleared,
    SubmittedAgain,
    CallOpened,
    Scored,
    Decided,
    Adjusted,
    Published,
    CallCancelled,
    WishHandedIn,
    WishChanged,
    WishWithdrawn,
    /// The firm is on the waiting list.
    Waits,
    WaitsNoMore,
}

impl Deed {
    /// Each with its name in the cookie.
    const ALL: [(Self, &'static str); 48] = [
        (Self::BothHeld, "both-held"),
        (Self::RequestSent, "request-sent"),
        (Self::RequestConfirmed, "request-confirmed"),
        (Self::Moved, "moved"),
        (Self::Cancelled, "cancelled"),
        (Self::Withdrawn, "withdrawn"),
        (Self::HazardsConfirmed, "hazards-confirmed"),
        (Self::HazardsConfirmedAll, "hazards-confirmed-all"),
        (Self::HazardsRecalled, "hazards-recalled"),
        (Self::FilledIn, "filled-in"),
        (Self::Approved, "approved"),
        (Self::Declined, "declined"),
        (Self::AskedBack, "asked-back"),
        (Self::Started, "started"),
        (Self::Finished, "finished"),
        (Self::Closed, "closed"),
        (Self::NoShow, "no-show"),
        (Self::BrokenOff, "broken-off"),
        (Self::Booked, "booked"),
        (Self::LineClosed, "line-closed"),
        (Self::ClosureShortened, "closure-shortened"),
        (Self::ClosureOver, "closure-over"),
        (Self::CleaningRemoved, "cleaning-removed"),
        (Self::LineDown, "line-down"),
        (Self::WorkAnnounced, "work-announced"),
        (Self::OutageChanged, "outage-changed"),
        (Self::ConflictResolved, "conflict-resolved"),
        (Self::OwnersAsked, "owners-asked"),
        (Self::SetupBroke, "setup-broke"),
        (Self::ProposalWithdrawn, "proposal-withdrawn"),
        (Self::Settled, "settled"),
        (Self::Forgiven, "forgiven"),
        (Self::CompanyVerified, "company-verified"),
        (Self::CompanyTurnedAway, "company-turned-away"),
        (Self::InnovationRecorded, "innovation-recorded"),
        (Self::InnovationCleared, "innovation-cleared"),
        (Self::SubmittedAgain, "submitted-again"),
        (Self::CallOpened, "call-opened"),
        (Self::Scored, "scored"),
        (Self::Decided, "decided"),
        (Self::Adjusted, "adjusted"),
        (Self::Published, "published"),
        (Self::CallCancelled, "call-cancelled"),
        (Self::WishHandedIn, "wish-handed-in"),
        (Self::WishChanged, "wish-changed"),
        (Self::WishWithdrawn, "wish-withdrawn"),
        (Self::Waits, "waits"),
        (Self::WaitsNoMore, "waits-no-more"),
    ];

    /// Whether it decided a request, or led to that.
    pub fn decides(self) -> bool {
        matches!(
            self,
            Self::HazardsConfirmed
                | Self::HazardsConfirmedAll
                | Self::Approved
                | Self::Declined
                | Self::AskedBack
        )
    }

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(deed, _)| *deed == self).map_or("", |(_, name)| name)
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(deed, _)| *deed)
    }
}

/// Goes on to `next`, a page of this site, which says that this is done.
pub fn done(next: &str, deed: Deed) {
    done_with(next, deed, &[]);
}

/// The same of a deed that figures tell of.
pub fn done_with(next: &str, deed: Deed, figures: &[u32]) {
    let said: Vec<String> =
        std::iter::once(deed.name().to_owned()).chain(figures.iter().map(u32::to_string)).collect();
    // It is said at the top of the page, whichever part of it that would have been.
    let page = next.split('#').next().unwrap_or_default();
    keep(page.split('?').next().unwrap_or_default(), &said.join("."), WAITS);
    leptos_axum::redirect(page);
}

/// What was done just before this page was asked for. It isn't said again.
pub fn use_deed() -> Option<(Deed, Vec<u32>)> {
    let asked = use_context::<Parts>()?;
    let said = kept(&asked)?;
    keep(asked.uri.path(), "", 0);
    read(said)
}

/// The deed that [`use_deed`] will answer.
pub fn known_deed() -> Option<Deed> {
    let asked = use_context::<Parts>()?;
    read(kept(&asked)?).map(|(deed, _)| deed)
}

/// What the browser kept for the page that it asks for.
fn kept(asked: &Parts) -> Option<&str> {
    let cookies = asked.headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|cookies| cookies.split(';')).find_map(said)
}

/// The deed and its figures.
fn read(said: &str) -> Option<(Deed, Vec<u32>)> {
    let mut parts = said.split('.');
    let deed = Deed::named(parts.next()?)?;
    Some((deed, parts.filter_map(|part| part.parse().ok()).collect()))
}

/// The name that this cookie says, if it is the one of a deed.
fn said(cookie: &str) -> Option<&str> {
    cookie.trim().strip_prefix(NAME)?.strip_prefix('=')
}

/// Lets the browser keep `name` for the page at `path`, so many seconds.
fn keep(path: &str, name: &str, seconds: u32) {
    let cookie = format!("{NAME}={name}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Lax");
    if let (Some(response), Ok(cookie)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&cookie)) {
        response.append_header(SET_COOKIE, cookie);
    }
}

#[cfg(test)]
mod tests {
    use super::{Deed, read, said};

    #[test]
    fn every_deed_is_known_by_its_name() {
        for (deed, name) in Deed::ALL {
            assert_eq!((deed.name(), Deed::named(name)), (name, Some(deed)));
            assert_eq!(said(&format!(" zhongshi-done={name}")), Some(name));
        }
        assert_eq!(read("line-down.3.1.2.0"), Some((Deed::LineDown, vec![3, 1, 2, 0])));
        assert_eq!((read("approved"), read("x.1")), (Some((Deed::Approved, Vec::new())), None));
        assert_eq!((Deed::named(""), Deed::named("anything"), said("zhongshi=x")), (None, None, None));
    }
}
