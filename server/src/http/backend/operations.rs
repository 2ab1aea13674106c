//! What operators do and look at.

use app::{
    backend::{Operations, RunStep},
    contract::{
        BookingView, ClosureAnswer, ClosureHit, ClosureOrder, ConflictAnswer, ConflictDesk, ConflictList,
        ConflictOrder, ConflictsBrief, DeskView, Failure, LineBoard, OfferQuery, OperatorOrder,
        OrganisationView, OutageEnd, OutageOrder, OutageReach, OutageView, Period, Reason, RequestDesk,
        ReviewOrder, SearchAnswer, SetupForm, SetupLook, SetupPart, SetupPlan, SetupView, ShorterClosure,
        setup_form::Values,
    },
};
use async_trait::async_trait;
use domain::{LineId, booking::Action};
use uuid::Uuid;

use super::PageBackend;
use crate::usecase::{self, IdempotencyKey, Paging, people};

/// Companies that a form offers; beyond them the credit code is typed.
const CLIENTS: u32 = 200;
/// Conflicts on a page; they are ordered by urgency.
const CONFLICTS: u32 = 100;

#[async_trait]
impl Operations for PageBackend {
    async fn desk(&self) -> Result<DeskView, Failure> {
        usecase::desk::home(&self.state, &self.caller).await
    }

    async fn request_desk(&self, id: Uuid) -> Result<RequestDesk, Failure> {
        usecase::desk::request(&self.state, &self.caller, id).await
    }

    async fn boards(&self, period: Period) -> Result<Vec<LineBoard>, Failure> {
        usecase::desk::of_platform(&self.state, &self.caller, &period).await
    }

    async fn board(&self, line: Uuid, period: Period) -> Result<LineBoard, Failure> {
        usecase::desk::of_line(&self.state, &self.caller, line, &period).await
    }

    async fn confirm_hazards(&self, id: Uuid, order: ReviewOrder, key: String) -> Result<(), Failure> {
        let key = IdempotencyKey::parse(&key)?;
        usecase::hazards::confirm(&self.state, &self.caller, id, &order, Some(&key)).await.map(drop)
    }

    async fn recall_hazards(&self, id: Uuid, order: ReviewOrder, key: String) -> Result<(), Failure> {
        let key = IdempotencyKey::parse(&key)?;
        usecase::hazards::recall(&self.state, &self.caller, id, &order, Some(&key)).await.map(drop)
    }

    async fn approve(&self, id: Uuid, order: ReviewOrder, key: String) -> Result<(), Failure> {
        let key = IdempotencyKey::parse(&key)?;
        usecase::approve::approve(&self.state, &self.caller, id, &order, Some(&key)).await.map(drop)
    }

    async fn decline(&self, id: Uuid, order: ReviewOrder, key: String) -> Result<(), Failure> {
        let key = IdempotencyKey::parse(&key)?;
        usecase::decline::decline(&self.state, &self.caller, id, &order, Some(&key)).await.map(drop)
    }

    async fn ask_back(&self, id: Uuid, question: Reason, key: String) -> Result<(), Failure> {
        let key = IdempotencyKey::parse(&key)?;
        usecase::ask::ask(&self.state, &self.caller, id, &question, Some(&key)).await.map(drop)
    }

    async fn run(&self, id: Uuid, step: RunStep, key: String) -> Result<(), Failure> {
        let key = IdempotencyKey::parse(&key)?;
        let run = |action| usecase::run::run(&self.state, &self.caller, id, action, Some(&key));
        match step {
            RunStep::Start => run(Action::Start).await,
            RunStep::Complete => run(Action::Complete).await,
            RunStep::Close => run(Action::Close).await,
            RunStep::NoShow => usecase::run::no_show(&self.state, &self.caller, id, Some(&key)).await,
        }
        .map(drop)
    }

    async fn abort(&self, id: Uuid, why: Reason, key: String) -> Result<(), Failure> {
        let key = IdempotencyKey::parse(&key)?;
        usecase::run::abort(&self.state, &self.caller, id, &why, Some(&key)).await.map(drop)
    }

    async fn close_line(&self, order: ClosureOrder, key: String) -> Result<ClosureAnswer, Failure> {
        let key = IdempotencyKey::parse(&key)?;
        usecase::closures::close(&self.state, &self.caller, &order, &key).await
    }

    async fn shorten_closure(&self, id: Uuid, asked: ShorterClosure, key: String) -> Result<(), Failure> {
        let key = IdempotencyKey::parse(&key)?;
        usecase::shorter_closure::shorten(&self.state, &self.caller, id, &asked, &key).await.map(drop)
    }

    async fn lift_closure(&self, id: Uuid) -> Result<(), Failure> {
        usecase::closures::lift(&self.state, &self.caller, id).await.map(drop)
    }

    async fn remove_cleaning(&self, id: Uuid, key: String) -> Result<(), Failure> {
        let key = IdempotencyKey::parse(&key)?;
        usecase::cleanings::remove(&self.state, &self.caller, id, Some(&key)).await
    }

    async fn settle_flag(&self, id: Uuid, why: Reason, key: String) -> Result<(), Failure> {
        let key = IdempotencyKey::parse(&key)?;
        usecase::flags::settle(&self.state, &self.caller, id, &why, &key).await
    }

    async fn foresee_down(&self, order: OutageOrder) -> Result<Vec<ClosureHit>, Failure> {
        usecase::outage::foresee(&self.state, &self.caller, &order).await
    }

    async fn mark_down(&self, order: OutageOrder, key: String) -> Result<OutageReach, Failure> {
        let key = IdempotencyKey::parse(&key)?;
        let answer = usecase::outage::mark(&self.state, &self.caller, &order, &key).await?;
        usecase::outage::reached(&self.state, &self.caller, answer.outage.id).await
    }

    async fn outages(&self, line: Uuid) -> Result<Vec<OutageView>, Failure> {
        let of = usecase::OfLine { line, cursor: None, limit: None };
        usecase::outage::list(&self.state, &self.caller, &of).await.map(|page| page.items)
    }

    async fn end_outage(&self, id: Uuid, end: OutageEnd, key: String) -> Result<(), Failure> {
        let key = IdempotencyKey::parse(&key)?;
        usecase::outage::change(&self.state, &self.caller, id, &end, &key).await.map(drop)
    }

    async fn conflicts(&self, cursor: Option<String>) -> Result<ConflictList, Failure> {
        let paging = Paging::read(cursor.as_deref(), Some(CONFLICTS))?;
        usecase::conflicts::list(&self.state, &self.caller, paging).await
    }

    async fn conflicts_brief(&self) -> Result<ConflictsBrief, Failure> {
        usecase::conflicts::brief(&self.state, &self.caller).await
    }

    async fn conflict(&self, id: Uuid) -> Result<ConflictDesk, Failure> {
        usecase::conflicts::open(&self.state, &self.caller, id).await
    }

    async fn resolve_conflict(
        &self,
        id: Uuid,
        order: ConflictOrder,
        key: String,
    ) -> Result<ConflictAnswer, Failure> {
        let key = IdempotencyKey::parse(&key)?;
        usecase::conflicts::resolve(&self.state, &self.caller, id, &order, &key).await
    }

    async fn settle_conflict(&self, id: Uuid, why: Reason, key: String) -> Result<(), Failure> {
        let key = IdempotencyKey::parse(&key)?;
        usecase::conflicts::settle(&self.state, &self.caller, id, &why, &key).await
    }

    async fn forgive_late(&self, id: Uuid, why: Reason) -> Result<(), Failure> {
        usecase::late::forgive(&self.state, &self.caller, id, &why).await
    }

    async fn clients(&self) -> Result<Vec<OrganisationView>, Failure> {
        let paging = Paging::read(None, Some(CLIENTS))?;
        let which = people::Which { verified: Some(true), ..people::Which::default() };
        people::companies(&self.state, &self.caller, &which, paging).await.map(|page| page.items)
    }

    async fn client(&self, said: String) -> Result<OrganisationView, Failure> {
        usecase::operator_booking::client(&self.state, &self.caller, &said).await
    }

    async fn setup(&self) -> Result<SetupView, Failure> {
        usecase::platform_setup::view(&self.state, &self.caller).await
    }

    async fn setup_part(&self, sort: String, code: String) -> Result<SetupPart, Failure> {
        usecase::platform_setup::one(&self.state, &self.caller, &sort, &code).await
    }

    async fn setup_form(&self, sort: String, code: String) -> Result<SetupForm, Failure> {
        usecase::platform_setup::form(&self.state, &self.caller, &sort, &code).await
    }

    async fn look_at_form(&self, sort: String, code: String, values: Values) -> Result<SetupLook, Failure> {
        usecase::platform_setup::look(&self.state, &self.caller, &sort, &code, values).await
    }

    async fn look_at_text(
        &self,
        sort: String,
        code: String,
        text: String,
        opened: String,
    ) -> Result<SetupLook, Failure> {
        let part = (&sort[..], &code[..]);
        usecase::platform_setup::look_at_text(&self.state, &self.caller, part, &text, &opened).await
    }

    async fn form_as_text(&self, sort: String, code: String, values: Values) -> Result<SetupLook, Failure> {
        usecase::platform_setup::as_text(&self.state, &self.caller, &sort, &code, values).await
    }

    async fn text_as_form(
        &self,
        sort: String,
        code: String,
        text: String,
        opened: String,
    ) -> Result<SetupLook, Failure> {
        let part = (&sort[..], &code[..]);
        usecase::platform_setup::as_form(&self.state, &self.caller, part, &text, opened).await
    }

    async fn check_setup(
        &self,
        sort: String,
        code: String,
        text: Option<String>,
    ) -> Result<SetupPlan, Failure> {
        usecase::platform_setup::check(&self.state, &self.caller, &sort, &code, text.as_deref()).await
    }

    async fn save_setup(
        &self,
        sort: String,
        code: String,
        text: Option<String>,
        shown: Option<String>,
    ) -> Result<SetupPlan, Failure> {
        let part = (&sort[..], &code[..]);
        usecase::platform_setup::save(&self.state, &self.caller, part, text.as_deref(), shown.as_deref())
            .await
    }

    async fn search_on(&self, query: OfferQuery, line: Option<Uuid>) -> Result<SearchAnswer, Failure> {
        usecase::search::search_on(&self.state, &self.caller, &self.visit(), &query, line.map(LineId)).await
    }

    async fn book_for(&self, order: OperatorOrder, key: String) -> Result<BookingView, Failure> {
        let key = IdempotencyKey::parse(&key)?;
        usecase::operator_booking::book(&self.state, &self.caller, order, &key).await
    }
}
