//! The server as tests meet it: running on a free loopback port, by a clock that the test sets.

mod answer;
mod document;
mod people;
mod platform;
mod visitor;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use server::{
    AppState,
    clock::SetClock,
    password::Passwords,
    settings::Settings,
    store::{Observer, Store, StoreOptions},
};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

pub use answer::Answer;
pub use document::Document;
pub use people::{CompanyStaff, PASSWORD, People, credit_code};
pub use platform::bare_platform;
pub use visitor::Visitor;

use crate::TestDatabase;

/// When tests begin: 2026-11-23T00:00:00Z, a Monday, eight in the morning at the plants.
pub const BEGINNING: i64 = 1_795_392_000;

/// A running server. It stops with the value.
#[derive(Debug)]
pub struct App {
    pub state: AppState,
    pub clock: Arc<SetClock>,
    pub address: String,
    document: Arc<Document>,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

impl App {
    /// Serves `database` with limits that tests don't meet by chance.
    pub async fn start(database: &TestDatabase) -> Self {
        Self::start_with(database, |_| ()).await
    }

    /// Serves `database` with settings changed by `change`.
    ///
    /// # Panics
    /// If it can't start.
    pub async fn start_with(database: &TestDatabase, change: impl FnOnce(&mut Settings)) -> Self {
        Self::start_observed(database, None, change).await
    }

    /// As [`Self::start_with`]; `observer` is shown every statement of every write.
    ///
    /// # Panics
    /// If it can't be started.
    pub async fn start_observed(
        database: &TestDatabase,
        observer: Option<Observer>,
        change: impl FnOnce(&mut Settings),
    ) -> Self {
        let mut settings = Settings::defaults();
        settings.database = database.settings();
        settings.limits.sign_in_per_email = 10_000;
        settings.limits.sign_in_per_address = 10_000;
        settings.limits.search_per_minute = 10_000;
        change(&mut settings);
        let clock = Arc::new(SetClock::at(BEGINNING));
        Self::serve(settings, ([127, 0, 0, 1], 0).into(), clock, observer).await
    }

    /// Serves at `address`, of which port 0 is any.
    async fn serve(
        mut settings: Settings,
        address: SocketAddr,
        clock: Arc<SetClock>,
        observer: Option<Observer>,
    ) -> Self {
        let listener = TcpListener::bind(address).await.expect("a free port");
        settings.listen = listener.local_addr().expect("an address");
        let address = format!("http://{}", settings.listen);
        let options = StoreOptions { observer, ..(&settings.database).into() };
        let store = Store::open(&options).await.expect("the database opens");
        let mut state = AppState::new(store, clock.clone(), settings);
        state.passwords = Passwords::cheap();
        let (stop, stopped) = oneshot::channel::<()>();
        let served = state.clone();
        let task = tokio::spawn(async move {
            let stop = async { drop(stopped.await) };
            server::serve::serve(listener, served, stop, Duration::from_secs(5)).await.expect("it serves");
        });
        Self { state, clock, address, document: Arc::new(Document::default()), stop: Some(stop), task }
    }

    /// Somebody new with a browser of their own, not signed in.
    #[must_use]
    pub fn visitor(&self) -> Visitor {
        Visitor::new(self.address.clone(), Arc::clone(&self.document))
    }

    /// What the server says of itself.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// Stops it, lets `meanwhile` have its address, and serves the same database there again, by the same clock.
    ///
    /// # Panics
    /// If serving failed or another has taken the port.
    pub async fn restart<M: Future<Output = ()>>(self, meanwhile: impl FnOnce(SocketAddr) -> M) -> Self {
        let settings = (*self.state.settings).clone();
        let (address, clock) = (settings.listen, Arc::clone(&self.clock));
        self.stop().await;
        meanwhile(address).await;
        Self::serve(settings, address, clock, None).await
    }

    /// Stops it as SIGTERM does: requests under way finish.
    ///
    /// # Panics
    /// If serving failed.
    pub async fn stop(mut self) {
        drop(self.stop.take());
        (&mut self.task).await.expect("it stops in order");
        self.state.close().await;
    }
}

impl Drop for App {
    fn drop(&mut self) {
        self.task.abort();
    }
}
