//! A history made through the protocol: invented firms search, hold, request, move and cancel; platforms confirm, run
//! and close. Every step is the use case that a request would call, with a clock that is set to the moment; nothing is
//! written past it. The same seed makes the same decisions.

mod actors;
mod campaign;
mod closure;
mod demand;
mod event;
mod lifecycle;
mod scenes;

use std::{collections::BTreeMap, sync::Arc};

use app::contract::{Failure, NoticeFilter};
use domain::{Second, calendar::DAY_SECONDS};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use uuid::Uuid;

use super::people::Person;
use crate::{
    clock::{Clock, SetClock},
    settings::Settings,
    state::AppState,
    store::Store,
    usecase::{IdempotencyKey, notices, relay, sweep},
};

use actors::Actors;
use campaign::Campaign;
use event::{Event, Queue};

/// Hours before the end of the history at which every platform is asked for something that it has not answered by then.
const LATE: [Second; 3] = [54, 31, 8];

/// Hours before the end of the history at which everybody has read what they were told: of what is unread, a visitor is
/// to see what is new.
const READ: Second = 48;

/// What to make up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct History {
    pub seed: u64,
    /// How many campaigns are asked for; some find no place, are declined, or lapse.
    pub campaigns: u32,
    /// When the first one asks, in seconds; the last one just before `until`.
    pub from: Second,
    pub until: Second,
}

/// What came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HistoryReport {
    /// Bookings made.
    pub bookings: u32,
    /// Of them, those that a round gave: nobody searched for them.
    pub given: u32,
    /// Closures made.
    pub closures: u32,
    /// Searches that found nothing.
    pub unplaced: u32,
    /// Steps of the protocol that were refused, as they may be.
    pub refused: u32,
}

/// Everything that the making of a history goes by.
struct Director {
    state: AppState,
    clock: Arc<SetClock>,
    rng: StdRng,
    actors: Actors,
    queue: Queue,
    campaigns: BTreeMap<Uuid, Campaign>,
    until: Second,
    keys: u64,
    scenes: scenes::Remembered,
    report: HistoryReport,
}

impl History {
    /// Makes it up, in a database that holds the demonstration's platforms and people.
    ///
    /// # Errors
    /// [`Failure::Internal`], [`Failure::Busy`]: a refusal is part of the story, a failing database is not.
    pub async fn write(
        self,
        store: &Store,
        settings: &Settings,
        people: Vec<Person>,
    ) -> Result<HistoryReport, Failure> {
        let clock = Arc::new(SetClock::at(self.from));
        let state = AppState::new(store.clone(), Arc::<SetClock>::clone(&clock), settings.clone());
        let actors = Actors::new(&state, people).await?;
        let mut director = Director {
            state,
            clock,
            rng: StdRng::seed_from_u64(self.seed),
            actors,
            queue: Queue::default(),
            campaigns: BTreeMap::new(),
            until: self.until,
            keys: 0,
            scenes: scenes::Remembered::default(),
            report: HistoryReport::default(),
        };
        director.announce(self);
        director.stage();
        let played = director.play().await;
        // The store is the caller's, who closes it.
        director.state.searches.finish().await;
        played.map(|()| director.report)
    }
}

impl Director {
    /// Puts what will be asked, and the platforms' closures, into the queue.
    fn announce(&mut self, history: History) {
        for _ in 0..history.campaigns {
            let at = self.rng.random_range(history.from..history.until.max(history.from + 1));
            self.queue.put(at, Event::Ask);
        }
        for line in 0..self.actors.lines.len() {
            let mut at = history.from + self.rng.random_range(0..60) * DAY_SECONDS;
            while at < history.until {
                self.queue.put(at, Event::Shut { line });
                at += self.rng.random_range(60..100) * DAY_SECONDS;
            }
        }
        // The last hours before the end, so that every platform has answers to give, by different deadlines.
        for platform in 0..self.actors.platforms().len() {
            for hours in LATE {
                self.queue.put(history.until - hours * 3600, Event::AskLate { platform });
            }
        }
        self.queue.put(history.until - READ * 3600, Event::Read);
        let mut tick = history.from;
        while tick < history.until {
            tick += DAY_SECONDS / 4;
            self.queue.put(tick, Event::Tick);
        }
    }

    async fn play(&mut self) -> Result<(), Failure> {
        while let Some((at, event)) = self.queue.next() {
            if at > self.until {
                break;
            }
            // Time never runs back: what was due in the same second comes after.
            self.clock.set(at.max(self.clock.now()));
            match event {
                Event::Ask => self.ask().await?,
                Event::AskLate { platform } => self.ask_late(platform).await?,
                Event::Shut { line } => self.shut(line).await?,
                Event::Tick => self.tick().await?,
                Event::Read => self.read().await?,
                Event::Scene(scene) => self.scene(scene).await?,
                Event::Turn { booking, turn } => self.turn(booking, turn).await?,
            }
        }
        self.clock.set(self.until.max(self.clock.now()));
        self.tick().await
    }

    pub(super) async fn tick(&self) -> Result<(), Failure> {
        sweep::sweep(&self.state).await?;
        relay::relay(&self.state).await?;
        Ok(())
    }

    /// Everybody reads what they have been told.
    async fn read(&self) -> Result<(), Failure> {
        // What waits to be delivered first.
        self.tick().await?;
        for caller in self.actors.everybody() {
            let newest = NoticeFilter { limit: Some(1), ..NoticeFilter::default() };
            if let Some(notice) = notices::list(&self.state, &caller, &newest).await?.items.first() {
                notices::read_all(&self.state, &caller, notice.id).await?;
            }
        }
        Ok(())
    }

    /// A fresh idempotency key.
    fn key(&mut self) -> Result<IdempotencyKey, Failure> {
        self.keys += 1;
        IdempotencyKey::parse(&format!("demonstration-{}", self.keys))
    }

    /// What a use case answered; a refusal is part of the story.
    fn allowed<T>(&mut self, answer: Result<T, Failure>) -> Result<Option<T>, Failure> {
        match answer {
            Ok(answer) => Ok(Some(answer)),
            Err(failure @ (Failure::Internal { .. } | Failure::Busy)) => Err(failure),
            Err(failure) => {
                tracing::debug!(%failure, "part of the history was refused");
                self.report.refused += 1;
                Ok(None)
            }
        }
    }

    fn chance(&mut self, percent: u32) -> bool {
        self.rng.random_range(0..100) < percent
    }

    /// A moment between `least` and `most` after now, both in hours.
    fn later(&mut self, least: Second, most: Second) -> Second {
        self.clock.now() + self.rng.random_range(least * 3600..most * 3600)
    }
}
