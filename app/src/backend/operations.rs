//! What a platform's people may ask of the server.

use async_trait::async_trait;
use uuid::Uuid;

use crate::contract::{
    BookingView, ClosureAnswer, ClosureHit, ClosureOrder, ConflictAnswer, ConflictDesk, ConflictList,
    ConflictOrder, ConflictsBrief, DeskView, Failure, LineBoard, OfferQuery, OperatorOrder, OrganisationView,
    OutageEnd, OutageOrder, OutageReach, OutageView, Period, Reason, RequestDesk, ReviewOrder, SearchAnswer,
    SetupForm, SetupLook, SetupPart, SetupPlan, SetupView, ShorterClosure, setup_form::Values,
};

/// What is done to a booking without words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunStep {
    Start,
    Complete,
    Close,
    NoShow,
}

/// The operator's desk. `key` is always the idempotency key that the form was rendered with.
#[async_trait]
pub trait Operations: Send + Sync {
    async fn desk(&self) -> Result<DeskView, Failure>;
    async fn request_desk(&self, id: Uuid) -> Result<RequestDesk, Failure>;
    async fn boards(&self, period: Period) -> Result<Vec<LineBoard>, Failure>;
    async fn board(&self, line: Uuid, period: Period) -> Result<LineBoard, Failure>;
    async fn confirm_hazards(&self, id: Uuid, order: ReviewOrder, key: String) -> Result<(), Failure>;
    /// Takes the confirmation of the hazards back.
    async fn recall_hazards(&self, id: Uuid, order: ReviewOrder, key: String) -> Result<(), Failure>;
    async fn approve(&self, id: Uuid, order: ReviewOrder, key: String) -> Result<(), Failure>;
    async fn decline(&self, id: Uuid, order: ReviewOrder, key: String) -> Result<(), Failure>;
    async fn ask_back(&self, id: Uuid, question: Reason, key: String) -> Result<(), Failure>;
    async fn run(&self, id: Uuid, step: RunStep, key: String) -> Result<(), Failure>;
    async fn abort(&self, id: Uuid, why: Reason, key: String) -> Result<(), Failure>;
    /// Closes a line, or says what that would hit.
    async fn close_line(&self, order: ClosureOrder, key: String) -> Result<ClosureAnswer, Failure>;
    /// Lets a closure take less time.
    async fn shorten_closure(&self, id: Uuid, asked: ShorterClosure, key: String) -> Result<(), Failure>;
    async fn lift_closure(&self, id: Uuid) -> Result<(), Failure>;
    async fn remove_cleaning(&self, id: Uuid, key: String) -> Result<(), Failure>;
    /// Forgives that a booking was given up late once: the leaving `id`.
    async fn forgive_late(&self, id: Uuid, why: Reason) -> Result<(), Failure>;
    /// What marking a line as down would hit, and what would be done for each.
    async fn foresee_down(&self, order: OutageOrder) -> Result<Vec<ClosureHit>, Failure>;
    /// Marks a line as down, and says what has been done for whom that hits.
    async fn mark_down(&self, order: OutageOrder, key: String) -> Result<OutageReach, Failure>;
    /// The latest outages of a line.
    async fn outages(&self, line: Uuid) -> Result<Vec<OutageView>, Failure>;
    async fn end_outage(&self, id: Uuid, end: OutageEnd, key: String) -> Result<(), Failure>;
    /// A page of what doesn't fit together on the platform.
    async fn conflicts(&self, cursor: Option<String>) -> Result<ConflictList, Failure>;
    /// That in short.
    async fn conflicts_brief(&self) -> Result<ConflictsBrief, Failure>;
    async fn conflict(&self, id: Uuid) -> Result<ConflictDesk, Failure>;
    async fn resolve_conflict(
        &self,
        id: Uuid,
        order: ConflictOrder,
        key: String,
    ) -> Result<ConflictAnswer, Failure>;
    /// Takes a conflict off the desk as it is.
    async fn settle_conflict(&self, id: Uuid, why: Reason, key: String) -> Result<(), Failure>;
    /// Says what came of a flagged booking.
    async fn settle_flag(&self, id: Uuid, why: Reason, key: String) -> Result<(), Failure>;
    /// The verified companies, for whom an operator may book.
    async fn clients(&self) -> Result<Vec<OrganisationView>, Failure>;
    /// The one of them that is called so, or has this credit code.
    async fn client(&self, said: String) -> Result<OrganisationView, Failure>;
    /// The platform's set-up.
    async fn setup(&self) -> Result<SetupView, Failure>;
    async fn setup_part(&self, sort: String, code: String) -> Result<SetupPart, Failure>;
    /// A part as a form; without a code a new one.
    async fn setup_form(&self, sort: String, code: String) -> Result<SetupForm, Failure>;
    /// What writing a part's form would do.
    async fn look_at_form(&self, sort: String, code: String, values: Values) -> Result<SetupLook, Failure>;
    /// What writing `text` as this part would do, and whether that has changed since it was in the state `opened`.
    async fn look_at_text(
        &self,
        sort: String,
        code: String,
        text: String,
        opened: String,
    ) -> Result<SetupLook, Failure>;
    /// What is typed into a part's form, as its text. Judges nothing.
    async fn form_as_text(&self, sort: String, code: String, values: Values) -> Result<SetupLook, Failure>;
    /// What is typed as a part's text, as its form; it was made from the state `opened`. Refused where it can't be
    /// read.
    async fn text_as_form(
        &self,
        sort: String,
        code: String,
        text: String,
        opened: String,
    ) -> Result<SetupLook, Failure>;
    /// What writing `text` as this part would do; without text, what leaving it out would.
    async fn check_setup(
        &self,
        sort: String,
        code: String,
        text: Option<String>,
    ) -> Result<SetupPlan, Failure>;
    async fn save_setup(
        &self,
        sort: String,
        code: String,
        text: Option<String>,
        shown: Option<String>,
    ) -> Result<SetupPlan, Failure>;
    /// A search whose offers begin with those on `line`.
    async fn search_on(&self, query: OfferQuery, line: Option<Uuid>) -> Result<SearchAnswer, Failure>;
    async fn book_for(&self, order: OperatorOrder, key: String) -> Result<BookingView, Failure>;
}
