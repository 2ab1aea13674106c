//! The demonstration's open doors are open nowhere else.

use std::sync::Arc;

use app::contract::{Failure, OrganisationKind};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use server::{
    AppState,
    clock::SetClock,
    demo::{self, Demonstration, ResetError, load},
    settings::Settings,
    store::{Store, StoreOptions, tables::platform},
    usecase::{Caller, people::Device},
};
use tests::{App, Engine, TestDatabase, app::People, on_both_databases};

/// 2026-11-23T00:00Z.
const NOW: i64 = 1_795_392_000;

/// A small demonstration in `db`.
async fn demonstration(db: &TestDatabase) {
    let store = Store::open(&StoreOptions::new(db.url())).await.expect("the database opens");
    let wanted = Demonstration { campaigns: 4, ..Demonstration::new("demonstration-only".into(), NOW) };
    load(&store, &Settings::defaults(), &wanted).await.expect("it loads").expect("it was empty");
    store.close().await;
}

async fn state(db: &TestDatabase, demonstration: bool) -> AppState {
    let mut settings = Settings::defaults();
    settings.database = db.settings();
    settings.demonstration = demonstration;
    AppState::new(db.store().await, Arc::new(SetClock::at(NOW)), settings)
}

on_both_databases! {
    async fn each_audience_has_a_seat_in_a_demonstration(db: TestDatabase) {
        demonstration(&db).await;
        let state = state(&db, true).await;
        for (audience, kind) in [
            ("firm", OrganisationKind::Company),
            ("operator", OrganisationKind::Platform),
            ("district", OrganisationKind::District),
        ] {
            let begun = demo::sign_in_as(&state, &Caller::Anonymous, audience, None, Device::default()).await.expect("a seat");
            assert_eq!(begun.viewer.organisation_kind, kind);
            assert!(begun.viewer.email.ends_with(".example"), "{}", begun.viewer.email);
        }
        // What was asked of another platform than the first is answered at that one.
        let platforms = state.store.read();
        let jiren = platform::Entity::find().filter(platform::Column::Code.eq("jiren")).one(platforms).await;
        let jiren = jiren.expect("it reads").expect("the platform").id;
        for (audience, email) in [("qa", "qa@jiren.example"), ("operator", "operator@jiren.example"), ("firm", "member@jia.example")] {
            let begun = demo::sign_in_as(&state, &Caller::Anonymous, audience, Some(jiren), Device::default()).await.expect("a seat");
            assert_eq!(begun.viewer.email, email);
        }
        let nowhere = demo::sign_in_as(&state, &Caller::Anonymous, "qa", Some(uuid::Uuid::nil()), Device::default()).await;
        assert_eq!(nowhere.err(), Some(Failure::NotFound));
        let other = demo::sign_in_as(&state, &Caller::Anonymous, "administrator", None, Device::default()).await;
        assert_eq!(other.err(), Some(Failure::NotFound));
        state.store.close().await;
    }

    async fn a_server_not_in_demonstration_mode_has_no_seats(db: TestDatabase) {
        demonstration(&db).await;
        let state = state(&db, false).await;
        let refused = demo::sign_in_as(&state, &Caller::Anonymous, "district", None, Device::default()).await;
        assert_eq!(refused.err(), Some(Failure::NotFound));
        state.store.close().await;
    }

    async fn a_real_database_has_no_seats_even_in_demonstration_mode(db: TestDatabase) {
        // Somebody real has the very address of an invented administrator.
        let app = App::start_with(&db, |settings| settings.demonstration = true).await;
        let people = People::found(&app).await;
        assert_eq!(people.district_admin.get("/api/v1/sessions/current").await.body["email"], "admin@district.example");
        for audience in ["firm", "operator", "district"] {
            let refused = demo::sign_in_as(&app.state, &Caller::Anonymous, audience, None, Device::default()).await;
            assert_eq!(refused.err(), Some(Failure::NotFound), "{audience}");
        }
        // Marked by hand, its people are still not the invented ones.
        db.execute("INSERT INTO meta (key, value) VALUES ('demonstration', '1')", vec![]).await.expect("a mark");
        let refused = demo::sign_in_as(&app.state, &Caller::Anonymous, "district", None, Device::default()).await;
        assert_eq!(refused.err(), Some(Failure::NotFound));
        drop(people);
        app.stop().await;
    }
}

fn settings(db: &TestDatabase) -> Settings {
    let mut settings = Settings::defaults();
    settings.database = db.settings();
    settings
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demonstration_that_somebody_has_open_is_not_reset() {
    let db = TestDatabase::migrated(Engine::Sqlite).await;
    demonstration(&db).await;
    let open = db.store().await;
    let refused = demo::reset(&settings(&db)).await;
    assert!(matches!(refused, Err(ResetError::InUse)), "{refused:?}");
    assert!(demo::is_demonstration(&open).await.expect("an answer"), "nothing was touched");
    open.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_database_is_never_reset() {
    let db = TestDatabase::migrated(Engine::Sqlite).await;
    let app = App::start(&db).await;
    drop(People::found(&app).await);
    app.stop().await;
    let refused = demo::reset(&settings(&db)).await;
    assert!(matches!(refused, Err(ResetError::NoDemonstration)), "{refused:?}");
    assert!(db.number("SELECT count(*) FROM organisation").await > 0);
    assert!(matches!(demo::reset(&elsewhere()).await, Err(ResetError::NotEmbedded)));
}

fn elsewhere() -> Settings {
    let mut settings = Settings::defaults();
    settings.database.url = "postgres://nobody@nowhere.invalid/nothing".to_owned();
    settings
}
