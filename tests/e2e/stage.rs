//! A demonstration installation with firms that may book.

use std::net::SocketAddr;

use server::{
    demo::{self, Demonstration},
    settings::Settings,
    setup,
    store::{Store, StoreOptions},
};
use tests::{
    App, Engine, TestDatabase,
    app::{BEGINNING, PASSWORD, People},
};

use super::{Browser, Scripts, Tongue};

/// The seven platforms, served; nothing is booked yet.
#[derive(Debug)]
pub struct Stage {
    pub app: App,
    database: TestDatabase,
}

impl Stage {
    pub async fn set() -> Self {
        Self::set_with(|_| ()).await
    }

    /// With sessions that outlast the months that a test lets pass.
    pub async fn lasting() -> Self {
        Self::set_with(|settings| {
            settings.session.idle_hours = 10_000;
            settings.session.longest_hours = 10_000;
        })
        .await
    }

    async fn set_with(change: impl FnOnce(&mut Settings)) -> Self {
        let database = TestDatabase::migrated(Engine::Sqlite).await;
        let store = Store::open(&StoreOptions::new(database.url())).await.expect("the database opens");
        let platforms = setup::read(&demo::files()).expect("the demonstration's files are right");
        setup::apply(&store, platforms, "demonstration".into(), BEGINNING).await.expect("imported");
        store.close().await;
        let app = App::start_with(&database, |settings| {
            settings.demonstration = true;
            change(settings);
        })
        .await;
        Self { app, database }
    }

    /// A demonstration with some history and its people.
    pub async fn with_history() -> Self {
        let database = TestDatabase::migrated(Engine::Sqlite).await;
        let store = Store::open(&StoreOptions::new(database.url())).await.expect("the database opens");
        let wanted = Demonstration { campaigns: 40, ..Demonstration::new(HISTORYS_SECRET.into(), BEGINNING) };
        let loaded = demo::load(&store, &Settings::defaults(), &wanted).await.expect("it loads");
        loaded.expect("it was empty");
        store.close().await;
        let app = App::start_with(&database, |settings| settings.demonstration = true).await;
        Self { app, database }
    }

    /// Registers this many verified firms; their members are [`member`]s.
    pub async fn with_firms(count: u32) -> Self {
        let stage = Self::set().await;
        let people = People::found(&stage.app).await;
        for number in 1..=count {
            people.company(number).await;
        }
        stage
    }

    /// Stops the server, lets `meanwhile` have its address, and starts it again.
    pub async fn restart<M: Future<Output = ()>>(self, meanwhile: impl FnOnce(SocketAddr) -> M) -> Self {
        Self { app: self.app.restart(meanwhile).await, ..self }
    }

    /// Whoever comes by the bare address reads it in the language of their account: from now on everybody's is that of
    /// this browser.
    pub async fn browser(&self, scripts: Scripts, tongue: Tongue) -> Browser {
        let spoken = match tongue {
            Tongue::Chinese => "zh-CN",
            Tongue::English => "en",
        };
        let all = "UPDATE account SET locale = $1";
        self.database.execute(all, vec![spoken.into()]).await.expect("they speak it");
        Browser::open(&self.app.address, scripts, tongue).await
    }
}

/// The address of firm `number`'s member.
pub fn member(number: u32) -> String {
    format!("member@company{number}.example")
}

pub const SECRET: &str = PASSWORD;
/// The password of everybody in the demonstration's history.
pub const HISTORYS_SECRET: &str = "demonstration-only";

/// A search of one day only, in which nothing fits.
pub const TOO_SHORT: &str =
    "?offering=TAB&batch_size=20&unit=kilogram&batches=3&from=2026-12-05&to=2026-12-05";
/// Ticks two offers of a search and compares them.
pub const COMPARING: [&str; 3] =
    [".offer.first .tick-tag input", ".offer:not(.first) .tick-tag input", "#compare button"];
/// The last of a company's campaigns.
pub const LAST: &str = "#campaigns tbody tr:last-child a";
/// Asks, of a search that found nothing, what it would take to make room.
pub const ROOM: &str = "/room?search=%3Foffering%3DTAB%26batch_size%3D20%26unit%3Dkilogram%26batches%3D3\
    %26from%3D2026-12-05%26to%3D2026-12-05";
/// Holds the best offer of a search, which leads to the request's form.
pub const HOLDING: &str = ".offer.first .offer-foot button";

/// A search that the demonstration has offers for, as an address without its language.
pub const TABLETS: &str = "?offering=TAB&batch_size=20&unit=kilogram&batches=1&from=2026-12-01&to=2027-02-28";
