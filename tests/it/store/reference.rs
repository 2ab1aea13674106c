//! Reference data comes back as it was saved, and every change to it is noticed.

use domain::{
    Text,
    calendar::{DayKind, Holiday, Holidays},
    policy::Policy,
};
use server::store::{StoreError, queries};
use tests::on_both_databases;

use super::plant::Plant;

on_both_databases! {
    async fn it_comes_back_as_saved(db: TestDatabase) {
        let plant = Plant::on(&db, 2, true).await;
        let platform = plant.platform;
        let date = "2026-10-01";
        plant
            .store
            .write(move |tx| {
                Box::pin(async move {
                    let name = Text { zh: "国庆节".into(), en: "National Day".into() };
                    let mut holidays = Holidays::default();
                    let day = domain::calendar::plant_date(29_846_400);
                    holidays.days.insert(day, Holiday { kind: DayKind::Off, name, official: true });
                    queries::save_holidays(tx, &holidays).await?;
                    let mut policy = Policy::default();
                    queries::save_policy(tx, platform, &policy).await?;
                    policy.version = 2;
                    policy.max_holds = 9;
                    queries::save_policy(tx, platform, &policy).await
                })
            })
            .await
            .map_err(|error: StoreError| error.to_string())
            .expect("it is saved");
        let catalogue = plant.catalogue().await;
        assert_eq!(catalogue.version, 1);
        assert_eq!(catalogue.lines().count(), 2);
        assert_eq!(**catalogue.line(plant.lines[1]).expect("the line"), plant.line(plant.lines[1], 1));
        assert_eq!(**catalogue.matrix(plant.matrix.id).expect("the matrix"), plant.matrix);
        assert_eq!(**catalogue.pool(plant.pool).expect("the pool"), plant.pool_of(4));
        assert_eq!(catalogue.policy(platform).expect("a policy").max_holds, 9, "the newest counts");
        assert_eq!(catalogue.platform(platform).expect("the platform").name.zh, "平台");
        let official: Vec<_> = catalogue.holidays.days.iter().filter(|(_, holiday)| holiday.official).collect();
        let [(day, holiday)] = official[..] else { panic!("{official:?}") };
        assert_eq!((day.to_string().as_str(), holiday.name.zh.as_str()), (date, "国庆节"));
        // A year without a notice has its statutory days, Spring Festival among them.
        let festival = time::macros::date!(2028 - 01 - 26);
        assert_eq!(catalogue.holidays.kind(festival), Some(DayKind::Off));
        assert!(catalogue.holidays.is_provisional(2028));
    }

    async fn whoever_locks_a_line_sees_that_reference_data_changed(db: TestDatabase) {
        let plant = Plant::on(&db, 2, false).await;
        let lines = plant.lines.clone();
        let locked = |lines: Vec<_>| {
            let store = plant.store.clone();
            async move {
                let answer: Result<_, StoreError> = store
                    .write(move |tx| {
                        let lines = lines.clone();
                        Box::pin(async move { queries::lock_lines(tx, &lines).await })
                    })
                    .await;
                answer.expect("they are locked")
            }
        };
        let before = locked(lines.clone()).await;
        assert_eq!(before.catalogue, 1);
        assert_eq!(before.lines[&lines[0]], 2, "saved, then locked");
        let touched = lines[1];
        plant
            .store
            .write(move |tx| Box::pin(async move { queries::bump_catalogue(tx, &[touched], &[]).await }))
            .await
            .map_err(|error: StoreError| error.to_string())
            .expect("it is bumped");
        assert_eq!(locked(vec![lines[1]]).await.catalogue, 2);
        assert_eq!(locked(vec![lines[0]]).await.catalogue, 1, "not touched by the change");
        assert_eq!(locked(lines.clone()).await.catalogue, 2);
        assert_eq!(locked(vec![]).await.catalogue, 2);
    }

    async fn an_issued_version_of_a_matrix_stays(db: TestDatabase) {
        let plant = Plant::on(&db, 1, false).await;
        let (platform, matrix) = (plant.platform, plant.matrix.clone());
        let answer: Result<(), StoreError> = plant
            .store
            .write(move |tx| {
                let matrix = matrix.clone();
                Box::pin(async move { queries::save_matrix(tx, platform, &matrix).await })
            })
            .await;
        assert!(answer.expect_err("it was issued").is_conflict_on("matrix_version_key"));
    }
}
