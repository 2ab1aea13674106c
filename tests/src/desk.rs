//! The use cases over a test's database: one server of possibly several, with people at it, and no HTTP between.

use std::sync::Arc;

use app::contract::{
    AskView, BookingView, CancelOrder, ClosureAnswer, ClosureOrder, ClosureView, Failure, HoldOrder, Instant,
    MoveOrder, OfferQuery, OfferView, OrganisationKind, OutageAnswer, OutageEnd, OutageOrder, Reason,
    RepairAnswer, RepairOrder, RequestDetails, ReviewOrder, Role, ShorterClosure, SplitHeld, SplitOrder,
    SplitPartOrder, SplitView, SwapOrder, SwapView, WaitOrder, WaitView, field,
};
use domain::{OrganisationId, booking::Action};
use server::{
    AppState,
    clock::SetClock,
    settings::Settings,
    store::{Store, StoreOptions},
    usecase::{
        Caller, Credential, IdempotencyKey, Member, Visit, approve, cancel, closures, decline, hazards,
        hold::hold, outage, relocate, repair, request, run, search::search, shorter_closure, split,
        sweep::sweep, waitlist, withdraw::withdraw,
    },
};
use uuid::Uuid;

use crate::{Plant, TestDatabase, plant::BEGIN};

/// A server's state, a member of the client, an operator and quality assurance of the platform.
#[derive(Clone, Debug)]
pub struct Desk {
    pub state: AppState,
    pub client: Caller,
    pub operator: Caller,
    pub qa: Caller,
}

/// The clock that tests begin with: when the plant does.
#[must_use]
pub fn clock() -> Arc<SetClock> {
    Arc::new(SetClock::at(BEGIN * 60))
}

impl Desk {
    /// A server of its own over the test's database.
    pub async fn open(db: &TestDatabase, plant: &Plant, clock: Arc<SetClock>) -> Self {
        Self::over(db.store().await, plant, clock)
    }

    /// A server over the database with these options.
    ///
    /// # Panics
    /// If it doesn't open.
    pub async fn open_with(options: &StoreOptions, plant: &Plant, clock: Arc<SetClock>) -> Self {
        Self::over(Store::open(options).await.expect("the store opens"), plant, clock)
    }

    fn over(store: Store, plant: &Plant, clock: Arc<SetClock>) -> Self {
        let mut settings = Settings::defaults();
        settings.limits.search_per_minute = 1_000_000;
        settings.limits.holds_per_company = 1_000_000;
        settings.limits.unconfirmed_per_company = 1_000_000;
        settings.limits.questions_per_company = 1_000_000;
        let member = |organisation, kind, role| {
            Caller::Member(Member {
                account: plant.account,
                organisation,
                kind,
                role,
                verified: true,
                credential: Credential::Within,
            })
        };
        Self {
            state: AppState::new(store, clock, settings),
            client: member(plant.client, OrganisationKind::Company, Role::CompanyMember),
            operator: member(OrganisationId(plant.platform.0), OrganisationKind::Platform, Role::Operator),
            qa: member(OrganisationId(plant.platform.0), OrganisationKind::Platform, Role::Qa),
        }
    }

    /// The same server and platform, with a member of another company.
    #[must_use]
    pub fn of(&self, company: OrganisationId) -> Self {
        let mut desk = self.clone();
        if let Caller::Member(member) = &mut desk.client {
            member.organisation = company;
        }
        desk
    }

    /// A search for one or more batches in the window of plant days.
    #[must_use]
    pub fn query(batches: u32, hazards: &str, (from, to): (&str, &str)) -> OfferQuery {
        OfferQuery {
            offering: "TAB".into(),
            batch_size: "10".into(),
            unit: "kilogram".into(),
            batches,
            from: from.into(),
            to: to.into(),
            hazards: hazards.into(),
            oeb: None,
            gmp: false,
            stage: None,
            platform: None,
            product: None,
            moving: None,
        }
    }

    /// What is on offer.
    ///
    /// # Errors
    /// Why nothing can be.
    pub async fn offers(&self, query: &OfferQuery) -> Result<Vec<OfferView>, Failure> {
        Ok(search(&self.state, &self.client, &Visit::default(), query).await?.offers)
    }

    /// Holds an offer for the client's product number `product`, under a key of its own.
    ///
    /// # Errors
    /// Why not.
    pub async fn hold(
        &self,
        query: &OfferQuery,
        offer: &OfferView,
        product: usize,
    ) -> Result<BookingView, Failure> {
        self.take(query, offer, product, false).await
    }

    /// The same with the window that was searched as a plan window.
    ///
    /// # Errors
    /// Why not.
    pub async fn hold_flexibly(
        &self,
        query: &OfferQuery,
        offer: &OfferView,
        product: usize,
    ) -> Result<BookingView, Failure> {
        self.take(query, offer, product, true).await
    }

    async fn take(
        &self,
        query: &OfferQuery,
        offer: &OfferView,
        product: usize,
        flexible: bool,
    ) -> Result<BookingView, Failure> {
        let order = HoldOrder {
            query: query.clone(),
            offer: offer.key.clone(),
            product_code: Some(format!("P{product}")),
            flexible,
        };
        hold(&self.state, &self.client, order, &key()).await
    }

    /// Two runs instead of one, if that is offered.
    ///
    /// # Errors
    /// Why nothing can be.
    pub async fn split(&self, query: &OfferQuery) -> Result<Option<SplitView>, Failure> {
        Ok(search(&self.state, &self.client, &Visit::default(), query).await?.split)
    }

    /// Holds both runs of a split.
    ///
    /// # Errors
    /// Why not.
    pub async fn hold_split(
        &self,
        query: &OfferQuery,
        found: &SplitView,
        product: usize,
    ) -> Result<SplitHeld, Failure> {
        let parts = found.parts.iter();
        let parts = parts.map(|part| SplitPartOrder { batches: part.batches, offer: part.offer.key.clone() });
        let order = SplitOrder {
            query: query.clone(),
            parts: parts.collect(),
            product_code: Some(format!("P{product}")),
            flexible: false,
        };
        split::hold(&self.state, &self.client, order, &key()).await
    }

    /// Moves a hold, which costs nothing.
    ///
    /// # Errors
    /// Why not.
    pub async fn relocate(
        &self,
        query: &OfferQuery,
        offer: &OfferView,
        booking: Uuid,
    ) -> Result<BookingView, Failure> {
        let quoted_fee_fen = relocate::quote(&self.state, &self.client, booking).await?.fee_fen;
        let order = MoveOrder {
            query: query.clone(),
            offer: offer.key.clone(),
            quoted_fee_fen,
            version: None,
            ahead: None,
        };
        relocate::relocate(&self.state, &self.client, booking, order, &key()).await
    }

    /// Gives a booking up.
    ///
    /// # Errors
    /// Why not.
    pub async fn withdraw(&self, booking: Uuid) -> Result<BookingView, Failure> {
        withdraw(&self.state, &self.client, booking, &Reason::default(), Some(&key())).await
    }

    /// Sends a hold as a request, with all that it needs.
    ///
    /// # Errors
    /// Why not.
    pub async fn request(&self, booking: Uuid) -> Result<BookingView, Failure> {
        let details = RequestDetails {
            project: "P-7".into(),
            molecule: "small_molecule".into(),
            strength: "5 mg".into(),
            container: "HDPE".into(),
            market: "cn".into(),
            pde: "0.5".into(),
            materials_on: field::plant_date(self.state.clock.now().div_euclid(60)).to_string(),
            storage: "ambient".into(),
            confidentiality: true,
            quality: true,
            contact_name: "A".into(),
            contact_phone: "+86 451 0000 0000".into(),
            order_number: "PO-1".into(),
            ..RequestDetails::default()
        };
        request::send(&self.state, &self.client, booking, (&details, None), Some(&key())).await
    }

    /// Confirms the hazards and approves.
    ///
    /// # Errors
    /// Why not.
    pub async fn approve(&self, booking: Uuid) -> Result<BookingView, Failure> {
        let evidence = ReviewOrder { reason: "SDS".into(), version: None };
        match hazards::confirm(&self.state, &self.qa, booking, &evidence, Some(&key())).await {
            // It couldn't be approved when they were.
            Err(Failure::Refused { refusal }) if refusal.reason == "hazards_confirmed" => {}
            confirmed => drop(confirmed?),
        }
        approve::approve(&self.state, &self.operator, booking, &ReviewOrder::default(), Some(&key())).await
    }

    /// Cancels, for the fee that is quoted.
    ///
    /// # Errors
    /// Why not.
    pub async fn cancel(&self, booking: Uuid) -> Result<BookingView, Failure> {
        let quoted_fee_fen = cancel::quote(&self.state, &self.client, booking).await?.fee_fen;
        let order = CancelOrder { quoted_fee_fen, version: None, reason: String::new() };
        cancel::cancel(&self.state, &self.client, booking, &order, Some(&key())).await
    }

    /// Starts a run.
    ///
    /// # Errors
    /// Why not.
    pub async fn start(&self, booking: Uuid) -> Result<BookingView, Failure> {
        run::run(&self.state, &self.operator, booking, Action::Start, Some(&key())).await
    }

    /// Finishes a run.
    ///
    /// # Errors
    /// Why not.
    pub async fn complete(&self, booking: Uuid) -> Result<BookingView, Failure> {
        run::run(&self.state, &self.operator, booking, Action::Complete, Some(&key())).await
    }

    /// Settles a finished campaign.
    ///
    /// # Errors
    /// Why not.
    pub async fn settle(&self, booking: Uuid) -> Result<BookingView, Failure> {
        run::run(&self.state, &self.operator, booking, Action::Close, Some(&key())).await
    }

    /// Says that nobody came.
    ///
    /// # Errors
    /// Why not.
    pub async fn no_show(&self, booking: Uuid) -> Result<BookingView, Failure> {
        run::no_show(&self.state, &self.operator, booking, Some(&key())).await
    }

    /// Declines a request.
    ///
    /// # Errors
    /// Why not.
    pub async fn decline(&self, booking: Uuid) -> Result<BookingView, Failure> {
        let why = ReviewOrder { reason: "no crew".into(), version: None };
        decline::decline(&self.state, &self.operator, booking, &why, Some(&key())).await
    }

    /// Breaks a run off.
    ///
    /// # Errors
    /// Why not.
    pub async fn abort(&self, booking: Uuid) -> Result<BookingView, Failure> {
        let why = Reason { reason: "a broken punch".into() };
        run::abort(&self.state, &self.operator, booking, &why, Some(&key())).await
    }

    /// Waits for room.
    ///
    /// # Errors
    /// Why not.
    pub async fn wait(&self, query: &OfferQuery, product: usize) -> Result<WaitView, Failure> {
        let product_code = Some(format!("P{product}"));
        let order = WaitOrder { query: query.clone(), product_code, flexible: false };
        waitlist::join(&self.state, &self.client, &order, &key()).await
    }

    /// Gives what has become free to those who wait.
    ///
    /// # Errors
    /// Why not.
    pub async fn promote(&self) -> Result<usize, Failure> {
        waitlist::promote(&self.state).await
    }

    /// The same for everybody who waits, and takes those off the list whose window is over.
    ///
    /// # Errors
    /// Why not.
    pub async fn promote_all(&self) -> Result<usize, Failure> {
        waitlist::promote_all(&self.state).await
    }

    /// Waits no more.
    ///
    /// # Errors
    /// Why not.
    pub async fn leave(&self, entry: Uuid) -> Result<(), Failure> {
        waitlist::leave(&self.state, &self.client, entry).await
    }

    /// Has others make room, of whom no more than `consents` are asked.
    ///
    /// # Errors
    /// Why not.
    pub async fn make_room(
        &self,
        query: &OfferQuery,
        product: usize,
        consents: Option<u32>,
    ) -> Result<RepairAnswer, Failure> {
        let order = RepairOrder {
            query: query.clone(),
            offer: None,
            product_code: Some(format!("P{product}")),
            flexible: false,
            consents,
        };
        repair::make(&self.state, &self.client, &order, &key()).await
    }

    /// Offers a booking for another time, in minutes.
    ///
    /// # Errors
    /// Why not.
    pub async fn swap(&self, booking: Uuid, (from, to): (i64, i64)) -> Result<SwapView, Failure> {
        let order = SwapOrder { booking, from: Instant::from_minute(from), to: Instant::from_minute(to) };
        repair::offer_swap(&self.state, &self.client, &order, &key()).await
    }

    /// Says yes or no to a move.
    ///
    /// # Errors
    /// Why it doesn't count.
    pub async fn answer(&self, ask: Uuid, yes: bool) -> Result<AskView, Failure> {
        let answer = if yes { repair::Answer::Accept } else { repair::Answer::Decline };
        repair::answer(&self.state, &self.client, ask, answer, &key()).await
    }

    /// Takes back what the client asks others.
    ///
    /// # Errors
    /// Why not.
    pub async fn take_back(&self, proposal: Uuid) -> Result<(), Failure> {
        repair::withdraw(&self.state, &self.client, proposal).await
    }

    /// Takes back what the platform asks the owner of what can't stay.
    ///
    /// # Errors
    /// Why not.
    pub async fn call_off(&self, proposal: Uuid) -> Result<(), Failure> {
        repair::withdraw(&self.state, &self.operator, proposal).await
    }

    /// Marks a line as down for `[start, end)`, in minutes.
    ///
    /// # Errors
    /// Why not.
    pub async fn down(&self, line: Uuid, (start, end): (i64, i64)) -> Result<OutageAnswer, Failure> {
        let order = OutageOrder {
            line,
            from: Some(Instant::from_minute(start)),
            until: Instant::from_minute(end),
            kind: "breakdown".into(),
            reason: "a burnt motor".into(),
        };
        outage::mark(&self.state, &self.operator, &order, &key()).await
    }

    /// Says until when a line is down, in minutes.
    ///
    /// # Errors
    /// Why not.
    pub async fn down_until(&self, id: Uuid, until: i64) -> Result<OutageAnswer, Failure> {
        let end = OutageEnd { until: Instant::from_minute(until) };
        outage::change(&self.state, &self.operator, id, &end, &key()).await
    }

    /// Closes a line for `[start, end)`, in minutes.
    ///
    /// # Errors
    /// Why not.
    pub async fn close(&self, line: Uuid, (start, end): (i64, i64)) -> Result<ClosureAnswer, Failure> {
        let order = ClosureOrder {
            line,
            start: Instant::from_minute(start),
            end: Instant::from_minute(end),
            kind: "maintenance".into(),
            note: String::new(),
            dry_run: false,
        };
        closures::close(&self.state, &self.operator, &order, &key()).await
    }

    /// Lets a closure take `[start, end)` only, in minutes.
    ///
    /// # Errors
    /// Why not.
    pub async fn shorten(&self, closure: Uuid, (start, end): (i64, i64)) -> Result<ClosureView, Failure> {
        let asked =
            ShorterClosure { start: Some(Instant::from_minute(start)), end: Some(Instant::from_minute(end)) };
        shorter_closure::shorten(&self.state, &self.operator, closure, &asked, &key()).await
    }

    /// Lifts a closure.
    ///
    /// # Errors
    /// Why not.
    pub async fn lift(&self, closure: Uuid) -> Result<(), Failure> {
        closures::lift(&self.state, &self.operator, closure).await.map(drop)
    }

    /// Releases what has expired.
    ///
    /// # Errors
    /// Why not.
    pub async fn sweep(&self) -> Result<usize, Failure> {
        sweep(&self.state).await
    }
}

fn key() -> IdempotencyKey {
    IdempotencyKey::parse(&Uuid::now_v7().to_string()).expect("a UUID is a key")
}
