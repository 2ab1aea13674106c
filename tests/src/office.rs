//! A busy office: people who search, hold what they saw a while ago, request, approve, move, withdraw, cancel, wait for
//! room, run campaigns and break them off, close lines and lift closures.

use std::{collections::BTreeMap, sync::Arc};

use app::contract::{Failure, OfferQuery, OfferView};
use rand::{RngExt, rngs::StdRng, seq::IndexedRandom};
use server::clock::SetClock;
use uuid::Uuid;

use crate::{
    Plant,
    desk::Desk,
    plant::{BEGIN, DAY},
};

/// One clerk at a desk.
#[derive(Debug)]
pub struct Clerk {
    desk: Desk,
    clock: Arc<SetClock>,
    random: StdRng,
    lines: Vec<Uuid>,
    /// The last search with what it found.
    seen: Option<(OfferQuery, Vec<OfferView>)>,
    /// What this clerk brought about, by how far it came. Time and others may have changed it since.
    held: Vec<Uuid>,
    requested: Vec<Uuid>,
    confirmed: Vec<Uuid>,
    running: Vec<Uuid>,
    closed: Vec<Uuid>,
    /// How often each thing came to what, for the test's story.
    pub tally: BTreeMap<String, u32>,
}

/// What a product's hazards are: each a class of its own.
const HAZARDS: [&str; 3] = ["", "hormone", "high_activity"];
/// The plant's first days.
const WINDOWS: [(&str, &str); 3] =
    [("2026-03-03", "2026-03-12"), ("2026-03-08", "2026-03-20"), ("2026-03-03", "2026-04-10")];

impl Clerk {
    #[must_use]
    pub fn new(desk: Desk, plant: &Plant, clock: Arc<SetClock>, random: StdRng) -> Self {
        let lines = plant.lines.iter().map(|line| line.id.0).collect();
        Self {
            desk,
            clock,
            random,
            lines,
            seen: None,
            held: Vec::new(),
            requested: Vec::new(),
            confirmed: Vec::new(),
            running: Vec::new(),
            closed: Vec::new(),
            tally: BTreeMap::new(),
        }
    }

    /// Does `deeds` things one after the other.
    ///
    /// # Panics
    /// If an answer is an internal error: those are bugs, a conflict is business.
    pub async fn work(&mut self, deeds: u32) {
        for _ in 0..deeds {
            let deed = self.random.random_range(0..32);
            let (name, done) = match deed {
                0..=9 => ("hold", self.hold().await),
                10..=12 => ("move", self.relocate().await),
                13 | 14 => ("withdraw", self.withdraw().await),
                15..=18 => ("request", self.request().await),
                19..=22 => ("approve", self.approve().await),
                23 => ("cancel", self.cancel().await),
                24 => ("start", self.start().await),
                25 => ("abort", self.abort().await),
                26 => ("join", self.join().await),
                27 | 28 => ("close", self.close().await),
                29 => ("lift", self.lift().await),
                _ => ("wait", self.wait().await),
            };
            let word = match done {
                Ok(()) => "done".to_owned(),
                Err(Failure::Internal { request }) => panic!("{name}: internal error {request}"),
                Err(Failure::Refused { refusal } | Failure::Conflict { refusal, .. }) => refusal.reason,
                Err(failure) => failure.to_string(),
            };
            *self.tally.entry(format!("{name}: {word}")).or_default() += 1;
        }
    }

    /// Looks anew, or believes what it saw before.
    async fn look(&mut self, moving: Option<Uuid>) -> Result<Option<(OfferQuery, OfferView)>, Failure> {
        if self.seen.is_none() || moving.is_some() || self.random.random_bool(0.4) {
            let hazards = HAZARDS[self.random.random_range(0..HAZARDS.len())];
            let window = WINDOWS[self.random.random_range(0..WINDOWS.len())];
            let batches = self.random.random_range(1..5);
            let query = OfferQuery { moving, ..Desk::query(batches, hazards, window) };
            let offers = self.desk.offers(&query).await?;
            self.seen = Some((query, offers));
        }
        let Some((query, offers)) = &self.seen else { return Ok(None) };
        Ok(offers.choose(&mut self.random).map(|offer| (query.clone(), offer.clone())))
    }

    async fn hold(&mut self) -> Result<(), Failure> {
        let Some((query, offer)) = self.look(None).await? else { return Ok(()) };
        // One product of each class, so that a product never changes its hazards.
        let product = HAZARDS.iter().position(|hazards| *hazards == query.hazards).unwrap_or_default();
        let booking = self.desk.hold(&query, &offer, product).await?;
        self.held.push(booking.id);
        Ok(())
    }

    async fn relocate(&mut self) -> Result<(), Failure> {
        let Some(booking) = self.held.choose(&mut self.random).copied() else { return Ok(()) };
        let looked = self.look(Some(booking)).await;
        self.seen.take();
        let Some((query, offer)) = looked? else { return Ok(()) };
        self.desk.relocate(&query, &offer, booking).await.map(drop)
    }

    /// One of those, taken off the list.
    fn take(random: &mut StdRng, list: &mut Vec<Uuid>) -> Option<Uuid> {
        (!list.is_empty()).then(|| list.swap_remove(random.random_range(0..list.len())))
    }

    async fn withdraw(&mut self) -> Result<(), Failure> {
        let list = if self.random.random_bool(0.5) { &mut self.held } else { &mut self.requested };
        let Some(booking) = Self::take(&mut self.random, list) else { return Ok(()) };
        self.desk.withdraw(booking).await.map(drop)
    }

    async fn request(&mut self) -> Result<(), Failure> {
        let Some(booking) = Self::take(&mut self.random, &mut self.held) else { return Ok(()) };
        self.desk.request(booking).await?;
        self.requested.push(booking);
        Ok(())
    }

    async fn approve(&mut self) -> Result<(), Failure> {
        let Some(booking) = Self::take(&mut self.random, &mut self.requested) else { return Ok(()) };
        self.desk.approve(booking).await?;
        self.confirmed.push(booking);
        Ok(())
    }

    async fn cancel(&mut self) -> Result<(), Failure> {
        let Some(booking) = Self::take(&mut self.random, &mut self.confirmed) else { return Ok(()) };
        self.desk.cancel(booking).await.map(drop)
    }

    async fn start(&mut self) -> Result<(), Failure> {
        let Some(booking) = self.confirmed.choose(&mut self.random).copied() else { return Ok(()) };
        self.desk.start(booking).await?;
        self.confirmed.retain(|other| *other != booking);
        self.running.push(booking);
        Ok(())
    }

    async fn abort(&mut self) -> Result<(), Failure> {
        let Some(booking) = Self::take(&mut self.random, &mut self.running) else { return Ok(()) };
        self.desk.abort(booking).await.map(drop)
    }

    /// Waits for room where there is none, which is known only by asking.
    async fn join(&mut self) -> Result<(), Failure> {
        let which = self.random.random_range(0..HAZARDS.len());
        let query = Desk::query(4, HAZARDS[which], WINDOWS[0]);
        self.desk.wait(&query, which).await.map(drop)
    }

    async fn close(&mut self) -> Result<(), Failure> {
        let line = self.lines[self.random.random_range(0..self.lines.len())];
        let start = BEGIN + self.random.random_range(2 * DAY..40 * DAY);
        let length = self.random.random_range(60..DAY);
        let answer = self.desk.close(line, (start, start + length)).await?;
        self.closed.extend(answer.closure.map(|closure| closure.id));
        Ok(())
    }

    async fn lift(&mut self) -> Result<(), Failure> {
        if self.closed.is_empty() {
            return Ok(());
        }
        let closure = self.closed.swap_remove(self.random.random_range(0..self.closed.len()));
        self.desk.lift(closure).await
    }

    /// Time passes, holds expire, and what has become free goes to those who wait.
    async fn wait(&mut self) -> Result<(), Failure> {
        self.clock.advance(self.random.random_range(0..6 * 3600));
        if !self.random.random_bool(0.3) {
            return Ok(());
        }
        self.desk.sweep().await?;
        self.desk.promote().await.map(drop)
    }
}
