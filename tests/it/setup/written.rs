//! A set-up written as text is the set-up that was read, and a part changed as text goes the import's way.

use app::contract::{Failure, OrganisationKind, Role};
use domain::OrganisationId;
use server::{
    demo, setup,
    setup::{PlatformSetup, Setup, Source},
    usecase::{Caller, Credential, Member, platform_setup},
};
use tests::{App, TestDatabase, app::BEGINNING, on_both_databases};
use uuid::Uuid;

fn demonstration() -> Setup {
    setup::read(&demo::files()).expect("the demonstration's files are right")
}

/// The parts as one file.
fn file(platform: &PlatformSetup) -> Source {
    let parts: Vec<String> = setup::write(platform).into_iter().map(|part| part.text).collect();
    Source::new("written", parts.join("\n"))
}

#[test]
fn what_is_written_and_read_again_is_the_same() {
    for mut platform in demonstration().platforms {
        let mut again = setup::read(&[file(&platform)]).unwrap_or_else(|problems| panic!("{problems:?}"));
        let mut again = again.platforms.pop().expect("a platform");
        for one in [&mut platform, &mut again] {
            one.places = setup::Places::default();
        }
        assert_eq!(again, platform);
    }
}

fn caller(platform: Uuid, role: Role) -> Caller {
    Caller::Member(Member {
        account: Uuid::from_u128(5),
        organisation: OrganisationId(platform),
        kind: role.kind(),
        role,
        verified: true,
        credential: Credential::Within,
    })
}

async fn imported(database: &TestDatabase) -> (App, Uuid) {
    let app = App::start(database).await;
    let setup = demonstration();
    let id = setup.platforms.iter().find(|platform| platform.code == "hayao").expect("the platform").id.0;
    setup::apply(&app.state.store, setup, "demonstration".into(), BEGINNING).await.expect("imported");
    (app, id)
}

on_both_databases! {
    async fn every_part_of_every_platform_reads_as_what_is_in_force(database: TestDatabase) {
        let (app, _) = imported(&database).await;
        for platform in demonstration().platforms {
            let operator = caller(platform.id.0, Role::Operator);
            for part in setup::write(&platform) {
                let (sort, code) = (part.what.name().en, part.code);
                let shown = platform_setup::one(&app.state, &operator, &sort, &code).await.expect("a part");
                let plan = platform_setup::check(&app.state, &operator, &sort, &code, Some(&shown.text)).await.expect("a plan");
                assert_eq!(plan, app::contract::SetupPlan::default(), "{} {sort} {code}", platform.code);
            }
        }
        app.stop().await;
    }

    async fn a_changed_part_is_judged_shown_and_written_as_an_import_is(database: TestDatabase) {
        let (app, id) = imported(&database).await;
        let operator = caller(id, Role::Operator);
        let view = platform_setup::view(&app.state, &operator).await.expect("a set-up");
        let line = view.lines[0].code.clone();
        let part = platform_setup::one(&app.state, &operator, "line", &line).await.expect("a part");
        let rate = part.text.lines().find(|row| row.starts_with("day_rate_yuan")).expect("a rate").to_owned();
        let dearer = part.text.replace(&rate, "day_rate_yuan = \"77777.50\"");
        let plan = platform_setup::check(&app.state, &operator, "line", &line, Some(&dearer)).await.expect("a plan");
        assert_eq!((plan.changes.len(), &plan.changes[0].code, &plan.changes[0].change[..]), (1, &line, "changed"));
        assert_eq!(plan.changes[0].name, view.lines[0].name);
        let [rate_field] = &plan.fields[..] else { panic!("{:?}", plan.fields) };
        assert_eq!((&rate_field.path[..], &rate_field.is[..]), ("day_rate_yuan", "77777.5"));
        let before = platform_setup::view(&app.state, &operator).await.expect("a set-up");
        assert_eq!(before, view, "looking writes nothing");

        // What is wrong is told by its line in the part's own text.
        let wrong = part.text.replace(&rate, "day_rate_yuan = \"much\"");
        let at = part.text.lines().position(|row| *row == rate).expect("its line") + 1;
        let plan = platform_setup::check(&app.state, &operator, "line", &line, Some(&wrong)).await.expect("a plan");
        assert!(plan.problems[0].words.en.starts_with(&format!("{line}:{at}: ")), "{:?}", plan.problems);
        let refused = platform_setup::save(&app.state, &operator, ("line", &line), Some(&wrong), None).await;
        assert!(matches!(refused, Err(Failure::Invalid { ref faults }) if faults.first().field == "text"), "{refused:?}");

        // The code stays, and so does everybody else's business.
        for text in [
            part.text.replace(&format!("code = \"{line}\""), "code = \"another\""),
            format!("{}\n[holidays]\n", part.text),
        ] {
            let refused = platform_setup::save(&app.state, &operator, ("line", &line), Some(&text), None).await;
            assert!(matches!(refused, Err(Failure::Invalid { .. })), "{refused:?}");
        }

        platform_setup::save(&app.state, &operator, ("line", &line), Some(&dearer), None).await.expect("written");
        let after = platform_setup::view(&app.state, &operator).await.expect("a set-up");
        assert_eq!(after.lines[0].day_rate_fen, 7_777_750);
        assert_eq!(database.number("SELECT count(*) FROM decision WHERE action = 'import'").await, 2);
        app.stop().await;
    }

    async fn a_set_up_is_its_platforms_alone_and_only_operators_change_it(database: TestDatabase) {
        let (app, id) = imported(&database).await;
        let text = "day_rate_yuan = \"1\"";
        for role in [Role::CompanyAdmin, Role::DistrictAdmin] {
            let stranger = caller(Uuid::from_u128(9), role);
            assert_ne!(role.kind(), OrganisationKind::Platform);
            assert_eq!(platform_setup::view(&app.state, &stranger).await, Err(Failure::Forbidden));
            assert_eq!(platform_setup::one(&app.state, &stranger, "policy", "policy").await, Err(Failure::Forbidden));
            let saved = platform_setup::save(&app.state, &stranger, ("policy", "policy"), Some(text), None).await;
            assert_eq!(saved, Err(Failure::Forbidden));
        }
        assert_eq!(platform_setup::view(&app.state, &Caller::Anonymous).await, Err(Failure::Unauthenticated));
        let qa = caller(id, Role::Qa);
        platform_setup::view(&app.state, &qa).await.expect("it may look");
        let policy = platform_setup::one(&app.state, &qa, "policy", "policy").await.expect("it may look");
        let checked = platform_setup::check(&app.state, &qa, "policy", "policy", Some(&policy.text)).await;
        assert_eq!(checked, Err(Failure::Forbidden));
        let saved = platform_setup::save(&app.state, &qa, ("policy", "policy"), Some(&policy.text), None).await;
        assert_eq!(saved, Err(Failure::Forbidden));
        let absent = platform_setup::one(&app.state, &qa, "line", "no-such-line").await;
        assert_eq!(absent, Err(Failure::NotFound));
        app.stop().await;
    }
}
