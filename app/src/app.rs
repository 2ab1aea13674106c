//! The pages by their addresses, which start with the language: `/zh/…`, `/en/…`.

use leptos::prelude::*;
use leptos_router::{
    components::{FlatRoutes, Route, Router},
    path,
};

use crate::{
    backend::use_backend,
    components::{Frame, find_next},
    contract::OrganisationKind,
    deed::{Deed, known_deed},
    language,
    pages::{
        AccountPage, BookingPage, CallPage, CallsPage, CampaignsPage, CancelPage, CloseLinePage,
        CompaniesPage, CompanyPage, ComparePage, ConflictsPage, DesignPage, DeskBookPage, DeskBookingsPage,
        DeskCallNewPage, DeskCallPage, DeskCallsPage, DeskFairnessPage, DeskPage, DeskRequestPage,
        DistrictPage, GlossaryPage, JoinPage, LineDownPage, LinePage, LinesPage, MovePage, MoveQuestionPage,
        NotFoundPage, NoticesPage, RegisterPage, ResetPage, ResumePage, RoomPage, SearchPage, SetupPage,
        SetupPartPage, SignInPage, Stopped, StoppedPage, VerificationPage, WaitingPage, use_interrupted,
    },
    request::{Elsewhere, MANY_UNREAD, Reader, ToVerify, Unread, use_language},
};

/// Every page in its frame.
#[component]
pub fn App() -> impl IntoView {
    let base = format!("/{}", language::segment(use_language()));
    view! {
        <Suspense>
            {Suspend::new(async move {
                // A reader who cannot be made out is a visitor: pages that need more say so themselves.
                let viewer = use_backend().viewer().await.unwrap_or_default();
                // Before anything is read: what changes afterwards is heard of. Visitors hear nothing.
                let mark = match &viewer {
                    Some(_) => use_backend().mark().await.ok(),
                    None => None,
                };
                // Without the number a page is still a page.
                let unread = match &viewer {
                    Some(_) => use_backend().unread(MANY_UNREAD + 1).await.unwrap_or(0),
                    None => 0,
                };
                // The district's people are led to those who wait for them from every page.
                let to_verify = match &viewer {
                    Some(viewer) if viewer.organisation_kind == OrganisationKind::District => {
                        use_backend().waiting_count().await.unwrap_or(0)
                    }
                    _ => 0,
                };
                // Whom it doesn't name the reader can't act for now, and is told so there.
                let elsewhere = match &viewer {
                    Some(_) => use_backend().elsewhere().await.unwrap_or_default(),
                    None => Vec::new(),
                };
                // Whoever has just decided something is led on.
                if let (Some(viewer), true) = (&viewer, known_deed().is_some_and(Deed::decides))
                    && let Some(next) = find_next(viewer.role).await
                {
                    provide_context(next);
                }
                provide_context(Elsewhere(elsewhere));
                provide_context(Unread(unread));
                provide_context(ToVerify(to_verify));
                let stopped = use_context::<Stopped>();
                if stopped.as_ref().is_none_or(|stopped| stopped.knows_reader) {
                    provide_context(Reader(viewer));
                }
                if let Some(stopped) = stopped {
                    return view! {
                        <Router base>
                            <Frame>
                                <StoppedPage stopped />
                            </Frame>
                        </Router>
                    }
                    .into_any();
                }
                if let Some(interrupted) = use_interrupted() {
                    return view! {
                        <Router base>
                            <Frame mark>
                                <ResumePage interrupted />
                            </Frame>
                        </Router>
                    }
                    .into_any();
                }
                view! {
                    <Router base>
                        <Frame mark>
                            <FlatRoutes fallback=NotFoundPage>
                                <Route path=path!("") view=SearchPage />
                                <Route path=path!("/sign-in") view=SignInPage />
                                <Route path=path!("/register") view=RegisterPage />
                                <Route path=path!("/join") view=JoinPage />
                                <Route path=path!("/reset") view=ResetPage />
                                <Route path=path!("/verification") view=VerificationPage />
                                <Route path=path!("/district") view=DistrictPage />
                                <Route path=path!("/district/companies") view=CompaniesPage />
                                <Route path=path!("/district/waiting") view=WaitingPage />
                                <Route path=path!("/design") view=DesignPage />
                                <Route path=path!("/compare") view=ComparePage />
                                <Route path=path!("/room") view=RoomPage />
                                <Route path=path!("/glossary") view=GlossaryPage />
                                <Route path=path!("/company") view=CompanyPage />
                                <Route path=path!("/account") view=AccountPage />
                                <Route path=path!("/notices") view=NoticesPage />
                                <Route path=path!("/campaigns") view=CampaignsPage />
                                <Route path=path!("/bookings/:id") view=BookingPage />
                                <Route path=path!("/desk") view=DeskPage />
                                <Route path=path!("/desk/book") view=DeskBookPage />
                                <Route path=path!("/desk/bookings") view=DeskBookingsPage />
                                <Route path=path!("/desk/companies") view=WaitingPage />
                                <Route path=path!("/desk/conflicts") view=ConflictsPage />
                                <Route path=path!("/desk/fairness") view=DeskFairnessPage />
                                <Route path=path!("/desk/requests/:id") view=DeskRequestPage />
                                <Route path=path!("/desk/calls") view=DeskCallsPage />
                                <Route path=path!("/desk/calls/new") view=DeskCallNewPage />
                                <Route path=path!("/desk/calls/:id") view=DeskCallPage />
                                <Route path=path!("/calls") view=CallsPage />
                                <Route path=path!("/calls/:id") view=CallPage />
                                <Route path=path!("/lines") view=LinesPage />
                                <Route path=path!("/setup") view=SetupPage />
                                <Route path=path!("/setup/part") view=SetupPartPage />
                                <Route path=path!("/lines/:id") view=LinePage />
                                <Route path=path!("/lines/:id/close") view=CloseLinePage />
                                <Route path=path!("/lines/:id/down") view=LineDownPage />
                                <Route path=path!("/bookings/:id/cancel") view=CancelPage />
                                <Route path=path!("/bookings/:id/move") view=MovePage />
                                <Route path=path!("/bookings/:id/move/ask") view=MoveQuestionPage />
                            </FlatRoutes>
                        </Frame>
                    </Router>
                }
                .into_any()
            })}
        </Suspense>
    }
}
