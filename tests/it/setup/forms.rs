//! The forms of a platform's set-up: put together they are the text that they were taken apart from, and what is wrong
//! with the text is told at its field.

use app::contract::{
    Failure, Role, SetupLook, SetupPlan,
    setup_form::{MORE, STATE, Values, row_numbers},
};
use domain::OrganisationId;
use serde_json::json;
use server::{
    demo,
    setup::{self, Places, PlatformSetup, Source, form},
    usecase::{Caller, Credential, Member, platform_setup},
};
use tests::{
    App, TestDatabase,
    app::{BEGINNING, People},
    on_both_databases,
};
use uuid::Uuid;

fn demonstration() -> Vec<PlatformSetup> {
    setup::read(&demo::files()).expect("the demonstration's files are right").platforms
}

#[test]
fn a_form_that_nobody_changed_is_the_part_that_it_shows() {
    for mut platform in demonstration() {
        let parts = setup::write(&platform);
        let composed = parts.iter().map(|part| {
            let sort = part.what.name().en;
            let matrix = platform.matrices.iter().find(|matrix| sort == "matrix" && matrix.code == part.code);
            let values = form::fill(&sort, &part.text, matrix);
            assert!(!values.is_empty(), "{sort} {}", part.code);
            form::compose(&sort, &values).text
        });
        let text: Vec<String> = composed.collect();
        let mut again = setup::read(&[Source::new("composed", text.join("\n"))])
            .unwrap_or_else(|problems| panic!("{problems:#?}"));
        let mut again = again.platforms.pop().expect("a platform");
        for one in [&mut platform, &mut again] {
            one.places = Places::default();
        }
        // A form writes every pair of a matrix for itself, in an order of its own.
        for one in [&mut platform, &mut again] {
            for matrix in &mut one.matrices {
                matrix.cells.sort_by_key(|cell| (cell.leaves, cell.needs, cell.relation as u8));
            }
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

/// A platform at whose set-up its people look.
struct Desk {
    app: App,
    platform: Uuid,
    operator: Caller,
    qa: Caller,
}

impl Desk {
    async fn new(database: &TestDatabase) -> Self {
        let app = App::start(database).await;
        let read = setup::read(&demo::files()).expect("clean");
        let id = read.platforms.iter().find(|platform| platform.code == "hayao").expect("the platform").id.0;
        setup::apply(&app.state.store, read, "demonstration".into(), BEGINNING).await.expect("imported");
        Self { app, platform: id, operator: caller(id, Role::Operator), qa: caller(id, Role::Qa) }
    }

    async fn values(&self, sort: &str, code: &str) -> Values {
        platform_setup::form(&self.app.state, &self.operator, sort, code).await.expect("a form").values
    }

    async fn look(&self, sort: &str, code: &str, values: Values) -> SetupLook {
        platform_setup::look(&self.app.state, &self.operator, sort, code, values).await.expect("a look")
    }

    /// The fields at which something is wrong once `changes` are typed.
    async fn wrong(&self, sort: &str, code: &str, changes: &[(&str, &str)]) -> Vec<Option<String>> {
        let look = self.look(sort, code, with(self.values(sort, code).await, changes)).await;
        let plan = look.plan.expect("a plan");
        assert!(
            plan.problems.iter().all(|problem| !problem.words.zh.contains(".toml")),
            "{:?}",
            plan.problems
        );
        plan.problems.into_iter().map(|problem| problem.field).collect()
    }

    async fn save(&self, sort: &str, code: &str, text: Option<&str>) {
        platform_setup::save(&self.app.state, &self.operator, (sort, code), text, None)
            .await
            .expect("written");
    }
}

fn with(mut values: Values, changes: &[(&str, &str)]) -> Values {
    for (path, value) in changes {
        values.insert((*path).to_owned(), (*value).to_owned());
    }
    values
}

/// Path, old and new value of what changes.
fn fields(plan: &SetupPlan) -> Vec<(&str, &str, &str)> {
    plan.fields.iter().map(|one| (one.path.as_str(), one.was.as_str(), one.is.as_str())).collect()
}

fn at(path: &str) -> Vec<Option<String>> {
    vec![Some(path.to_owned())]
}

on_both_databases! {
    async fn what_somebody_else_changed_meanwhile_is_not_overwritten(database: TestDatabase) {
        let desk = Desk::new(&database).await;
        let opened = desk.values("line", "caps-1").await;
        let dearer = desk.look("line", "caps-1", with(opened.clone(), &[("day_rate_yuan", "8000")])).await;
        assert!(!dearer.overtaken);
        desk.save("line", "caps-1", Some(&dearer.text)).await;
        // Whoever had it open before sees what saving would take back, and by then it is compared with what is so.
        let renamed = desk.look("line", "caps-1", with(opened, &[("en", "Another filler")])).await;
        assert!(renamed.overtaken);
        let plan = renamed.plan.expect("a plan");
        assert_eq!(fields(&plan).len(), 2, "{plan:?}");
        let save = async |look: &SetupLook| {
            let shown = look.form.values.get(STATE).map(String::as_str);
            platform_setup::save(&desk.app.state, &desk.operator, ("line", "caps-1"), Some(&look.text), shown).await
        };
        // A colleague is faster between looking and saving.
        let mine = desk.look("line", "caps-1", with(desk.values("line", "caps-1").await, &[("en", "Mine")])).await;
        let theirs = desk.look("line", "caps-1", with(desk.values("line", "caps-1").await, &[("day_rate_yuan", "9000")])).await;
        save(&theirs).await.expect("written");
        let refused = save(&mine).await;
        assert!(matches!(&refused, Err(Failure::Refused { refusal }) if refusal.reason == "setup_changed"), "{refused:?}");
        let now = desk.values("line", "caps-1").await;
        assert_eq!(now.get("day_rate_yuan").map(String::as_str), Some("9000"));
        assert_ne!(now.get("en").map(String::as_str), Some("Mine"));
        desk.app.stop().await;
    }

    async fn a_length_of_time_may_be_typed_in_chinese(database: TestDatabase) {
        let desk = Desk::new(&database).await;
        let typed = with(desk.values("line", "caps-1").await, &[("start_every", "1小时30分钟")]);
        let look = desk.look("line", "caps-1", typed).await;
        assert!(look.plan.is_some(), "{}", look.text);
        desk.save("line", "caps-1", Some(&look.text)).await;
        let now = desk.values("line", "caps-1").await;
        assert_eq!(now.get("start_every").map(String::as_str), Some("1h 30min"));
        desk.app.stop().await;
    }

    async fn two_parts_saved_at_once_are_both_in_force(database: TestDatabase) {
        let desk = Desk::new(&database).await;
        let rate = async |code: &str, yuan: &str| {
            let look = desk.look("line", code, with(desk.values("line", code).await, &[("day_rate_yuan", yuan)])).await;
            desk.save("line", code, Some(&look.text)).await;
        };
        for yuan in ["7001", "7002", "7003"] {
            tokio::join!(rate("caps-1", yuan), rate("gran-2", yuan), rate("gran-1", yuan));
            for code in ["caps-1", "gran-2", "gran-1"] {
                let now = desk.values("line", code).await;
                assert_eq!(now.get("day_rate_yuan").map(String::as_str), Some(yuan), "{code}");
            }
        }
        desk.app.stop().await;
    }

    async fn a_new_rule_comes_before_the_one_without_conditions(database: TestDatabase) {
        let desk = Desk::new(&database).await;
        let opened = desk.values("matrix", "oral").await;
        let last = *row_numbers(&opened, "rule").last().expect("rules");
        let needs = |values: &Values, row: u32| values.get(&format!("rule.{row}.needs")).cloned();
        let more = desk.look("matrix", "oral", with(opened.clone(), &[(MORE, "rule")])).await.form.values;
        assert_eq!(needs(&more, last), None, "the new one");
        assert_eq!(needs(&more, last + 1), needs(&opened, last), "what everything else falls under stays last");
        let filled = with(more, &[
            (&format!("rule.{last}.needs"), "plain"),
            (&format!("rule.{last}.leaves"), "plain"),
            (&format!("rule.{last}.oeb_at_least"), "5"),
        ]);
        let plan = desk.look("matrix", "oral", filled).await.plan.expect("a plan");
        assert_eq!(plan.problems, []);
        desk.app.stop().await;
    }

    async fn nor_does_a_text_take_back_what_somebody_else_changed_meanwhile(database: TestDatabase) {
        let desk = Desk::new(&database).await;
        let opened = desk.values("line", "caps-1").await;
        let part = platform_setup::one(&desk.app.state, &desk.operator, "line", "caps-1").await.expect("a part");
        // As a browser sends it.
        let sent = part.text.replace('\n', "\r\n");
        let look = async || {
            let (line, state) = (("line", "caps-1"), opened[STATE].as_str());
            let looked = platform_setup::look_at_text(&desk.app.state, &desk.operator, line, &sent, state).await;
            looked.expect("a look")
        };
        let same = look().await;
        assert!(!same.overtaken);
        assert_eq!((&same.text, same.plan), (&part.text, Some(SetupPlan::default())));
        let dearer = desk.look("line", "caps-1", with(opened.clone(), &[("day_rate_yuan", "8000")])).await;
        desk.save("line", "caps-1", Some(&dearer.text)).await;
        // The text is the old one: it is told that saving it would undo the change, and it is compared with how it is.
        let late = look().await;
        assert!(late.overtaken);
        let plan = late.plan.expect("a plan");
        let undone: Vec<_> = fields(&plan).into_iter().map(|(path, was, _)| (path, was)).collect();
        assert_eq!(undone, [("day_rate_yuan", "8000")]);
        // Saved as of what was looked at before, it is refused.
        let (line, text, state) = (("line", "caps-1"), Some(part.text.as_str()), Some(opened[STATE].as_str()));
        let saved = platform_setup::save(&desk.app.state, &desk.operator, line, text, state).await;
        assert_eq!(saved.err(), Some(Failure::refused("setup_changed")));
        desk.app.stop().await;
    }

    async fn what_is_typed_goes_along_from_the_form_to_the_text_and_back(database: TestDatabase) {
        let desk = Desk::new(&database).await;
        let (state, operator) = (&desk.app.state, &desk.operator);
        for (sort, code) in [("platform", "hayao"), ("calendar", "one-shift"), ("matrix", "oral"), ("pool", "qc"),
            ("line", "pen-1"), ("route", "coated-tablet"), ("policy", "policy")] {
            let opened = desk.values(sort, code).await;
            let shown = platform_setup::as_text(state, operator, sort, code, opened.clone()).await.expect("a text");
            let (text, as_of) = (shown.text, opened[STATE].clone());
            let back = platform_setup::as_form(state, operator, (sort, code), &text, as_of).await.expect("a form");
            assert_eq!(back.form.values, opened, "{sort} {code}: {text}");
            assert!(!shown.changed && !back.changed, "{sort} {code}: nobody has typed anything");
        }
        // What is wrong becomes text, but no text becomes a form whose fields couldn't hold it.
        let many = with(desk.values("pool", "qc").await, &[("capacity", "many")]);
        let text = platform_setup::as_text(state, operator, "pool", "qc", many).await.expect("a text").text;
        assert!(text.contains("many"), "{text}");
        let refused = platform_setup::as_form(state, operator, ("pool", "qc"), &text, String::new()).await;
        assert_eq!(refused.err(), Some(Failure::refused("setup_unreadable")));

        // By the pages alone, as a browser without scripts sends them.
        let people = People::found(&desk.app).await;
        let visitor = people.staff(desk.platform, "operator", "operator@hayao.example").await;
        let form = "/en/setup/part?sort=pool&code=qc";
        let editor = format!("{form}&as=text");
        let renamed = with(desk.values("pool", "qc").await, &[("en", "Another laboratory")]);
        let text = platform_setup::as_text(state, operator, "pool", "qc", renamed.clone()).await.expect("a text").text;
        let as_of = renamed[STATE].clone();
        let back = platform_setup::as_form(state, operator, ("pool", "qc"), &text, as_of).await.expect("a form");
        assert!(back.changed, "{text}");
        let mut typed = json!({"sort": "pool", "code": "qc", "here": form, "there": editor});
        for (path, value) in &renamed {
            typed[format!("fields[{path}]")] = json!(value);
        }
        let shown = visitor.post_form("/do/show-as-text", &typed).await;
        shown.expect(200);
        for part in ["class=\"part-text\"", "Another laboratory", "This is what you had typed"] {
            assert!(shown.text.contains(part), "{part}: {}", shown.text);
        }
        // Of what nobody has changed nothing has to be saved.
        let mut same = typed.clone();
        same["fields[en]"] = json!(desk.values("pool", "qc").await["en"]);
        let shown = visitor.post_form("/do/show-as-text", &same).await;
        shown.expect(200);
        assert!(shown.text.contains("class=\"part-text\"") && !shown.text.contains("Nothing is saved yet"), "{}", shown.text);
        let send = async |text: &str| {
            let typed = json!({"sort": "pool", "code": "qc", "text": text, "state": renamed[STATE], "here": editor, "there": form});
            visitor.post_form("/do/show-as-form", &typed).await
        };
        let back = send(&text).await;
        back.expect(200);
        assert!(back.text.contains("value=\"Another laboratory\"") && !back.text.contains("part-text"), "{}", back.text);
        let broken = send("[[pool]]\nen = Another laboratory").await;
        broken.expect(422);
        for part in ["can’t be shown as a form", "class=\"part-text\"", "en = Another laboratory"] {
            assert!(broken.text.contains(part), "{part}: {}", broken.text);
        }
        drop(people);
        desk.app.stop().await;
    }

    async fn looking_at_a_form_as_it_is_changes_nothing(database: TestDatabase) {
        let desk = Desk::new(&database).await;
        for (sort, code) in [("platform", "hayao"), ("calendar", "one-shift"), ("matrix", "oral"), ("pool", "qc"),
            ("line", "pen-1"), ("route", "coated-tablet"), ("policy", "policy")] {
            let look = desk.look(sort, code, desk.values(sort, code).await).await;
            assert_eq!(look.plan, Some(SetupPlan::default()), "{sort} {code}: {}", look.text);
        }
        desk.app.stop().await;
    }

    async fn what_is_wrong_is_told_at_its_field(database: TestDatabase) {
        let desk = Desk::new(&database).await;
        for (sort, code, path, value) in [
            ("matrix", "oral", "cells.plain.hormone.other.crew", "soon"),
            ("matrix", "oral", "cells.potent.plain.same.wait", "91d"),
            ("matrix", "oral", "clean_hold", "7 days"),
            ("route", "coated-tablet", "step.0.on.1.line", "gran-1"),
            ("policy", "policy", "max_holds", "0"),
            ("policy", "policy", "reply_working_days", "0"),
            ("policy", "policy", "reply_working_days", ""),
            ("policy", "policy", "hold", " "),
            ("policy", "policy", "plan_discount_percent", ""),
            ("policy", "policy", "horizon", "1d"),
            ("matrix", "oral", "campaign_cap.batches", "many"),
            ("matrix", "oral", "rule.1.oeb_at_least", "9"),
            ("matrix", "oral", "class.2.zh", ""),
            ("line", "pen-1", "day_rate_yuan", "much"),
            ("line", "pen-1", "dedicated_to", ""),
            ("line", "pen-1", "start_every", "7h"),
            ("line", "gran-2", "approvals.1.until", "some day"),
            ("line", "gran-1", "makes.0.batch.min", "no"),
            ("calendar", "two-shift", "tuesday.1.from", "15:00"),
            ("calendar", "two-shift", "friday.0.to", ""),
            ("pool", "qc", "capacity", "0"),
            ("route", "tablet", "step.1.on.0.batch", ""),
            ("route", "tablet", "step.1.lag.max", "soon"),
            ("route", "tablet", "step.0.on.0.line", "pen-1"),
            ("route", "tablet", "step.0.uses.0.amount", "9"),
            ("policy", "policy", "reservation_percent", "101"),
            ("policy", "policy", "ladder.2.percent", "1"),
            ("policy", "policy", "ask_answer", "59min"),
            ("policy", "policy", "ask_answer", "31d"),
            ("policy", "policy", "ask_reach", "far"),
            ("policy", "policy", "move_most", "5"),
            ("policy", "policy", "ask_most", "4"),
            ("policy", "policy", "use_or_lose.times", "0"),
            ("policy", "policy", "use_or_lose.within", "a year"),
            ("policy", "policy", "use_or_lose.horizon", "1h"),
            ("platform", "hayao", "en", " "),
        ] {
            let wrong = desk.wrong(sort, code, &[(path, value)]).await;
            let expected = match path {
                path if path.starts_with("cells.") || path.contains(".batch.m") || path.contains(".lag.") => {
                    path.rsplit_once('.').expect("a bound").0
                }
                "tuesday.1.from" => "tuesday.1",
                "friday.0.to" => "friday.0",
                "ladder.2.percent" => "ladder",
                path => path,
            };
            assert!(wrong.contains(&Some(expected.to_owned())), "{sort} {code} {path}: {wrong:?}");
        }
        let emptied = with(desk.values("policy", "policy").await, &[("reply_working_days", ""), ("horizon", "")]);
        let told = desk.look("policy", "policy", emptied).await.plan.expect("a plan").problems;
        let told: Vec<_> = told.iter().map(|one| (one.field.as_deref(), one.words.en.as_str())).collect();
        let please = "please fill this in";
        assert_eq!(told, [(Some("reply_working_days"), please), (Some("horizon"), please)]);
        // What breaks another part is told too, though no field of this one is to blame.
        let wrong = desk.wrong("pool", "dispensing", &[("capacity", "0")]).await;
        assert_eq!(wrong, at("capacity"));
        let mut values = desk.values("calendar", "one-shift").await;
        values.retain(|path, _| !path.contains(".0."));
        let look = desk.look("calendar", "one-shift", values).await;
        assert_eq!(look.plan.expect("a plan").problems[0].field.as_deref(), Some("monday"));
        let long = with(desk.values("line", "gran-1").await, &[("matrix", "coating")]);
        assert_eq!(desk.look("line", "gran-1", long).await.plan.expect("a plan").problems[0].field.as_deref(), Some("matrix"));
        desk.app.stop().await;
    }

    async fn what_is_wrong_is_read_out_at_its_field_too(database: TestDatabase) {
        let desk = Desk::new(&database).await;
        let people = People::found(&desk.app).await;
        let visitor = people.staff(desk.platform, "operator", "operator@hayao.example").await;
        let mut emptied = desk.values("calendar", "one-shift").await;
        emptied.retain(|path, _| !path.contains(".0."));
        let bound = with(desk.values("line", "gran-1").await, &[("makes.0.batch.min", "no")]);
        let lag = with(desk.values("route", "tablet").await, &[("step.1.lag.max", "soon")]);
        let row = with(desk.values("policy", "policy").await, &[("ladder.2.percent", "1")]);
        for (sort, code, values, told, fields) in [
            ("calendar", "one-shift", emptied, "f-monday", vec!["f-monday-0", "f-monday-0-to"]),
            ("line", "gran-1", bound, "f-makes-0-batch", vec!["f-makes-0-batch-min", "f-makes-0-batch-max"]),
            ("route", "tablet", lag, "f-step-1-lag", vec!["f-step-1-lag-min", "f-step-1-lag-max"]),
            ("policy", "policy", row, "f-ladder", vec!["f-ladder"]),
        ] {
            let here = format!("/en/setup/part?sort={sort}&code={code}");
            let mut typed = json!({"sort": sort, "code": code, "here": here});
            for (path, value) in values {
                typed[format!("fields[{path}]")] = json!(value);
            }
            let page = visitor.post_form("/do/look-at-setup", &typed).await;
            page.expect(200);
            let tag = |id: &str| {
                let marked = format!(" id=\"{id}\"");
                let mut tags = page.text.split('<').map(|rest| rest.split('>').next().unwrap_or_default());
                tags.find(|tag| tag.contains(&marked)).unwrap_or_else(|| panic!("no {id}: {}", page.text))
            };
            let told = format!("{told}-problem");
            assert!(tag(&told).contains("complaint"), "{}", tag(&told));
            for field in fields {
                assert!(tag(field).contains(&told), "{}", tag(field));
                // Of a group its fields say whether they are wrong.
                assert!(tag(field).contains("aria-invalid=\"true\"") || tag(field).starts_with("fieldset"), "{}", tag(field));
            }
        }
        drop(people);
        desk.app.stop().await;
    }

    async fn use_it_or_lose_it_is_a_rule_if_all_of_it_is_filled_in(database: TestDatabase) {
        let desk = Desk::new(&database).await;
        let half = desk.wrong("policy", "policy", &[("use_or_lose.times", "2"), ("use_or_lose.within", "180d")]).await;
        assert_eq!(half, at("use_or_lose.horizon"));
        let whole = [("use_or_lose.times", "2"), ("use_or_lose.within", "180d"), ("use_or_lose.horizon", "60d")];
        let look = desk.look("policy", "policy", with(desk.values("policy", "policy").await, &whole)).await;
        // Nothing that was given up before counts: nobody booked on terms with such a rule.
        assert_eq!(look.plan.as_ref().and_then(|plan| plan.limited), Some(0));
        desk.save("policy", "policy", Some(&look.text)).await;
        let read = desk.values("policy", "policy").await;
        assert_eq!(whole.map(|(path, _)| read[path].as_str()), whole.map(|(_, value)| value));
        // Emptied again there is none.
        let none = whole.map(|(path, _)| (path, ""));
        let look = desk.look("policy", "policy", with(read, &none)).await;
        desk.save("policy", "policy", Some(&look.text)).await;
        assert!(desk.values("policy", "policy").await.get("use_or_lose.times").is_none_or(String::is_empty));
        desk.app.stop().await;
    }

    async fn a_cell_left_empty_is_forbidden_and_another_is_written(database: TestDatabase) {
        let desk = Desk::new(&database).await;
        let mut values = desk.values("matrix", "coating").await;
        values.retain(|path, _| !path.starts_with("cells.aqueous.enteric.other"));
        let values = with(values, &[("cells.enteric.aqueous.other.crew", "30h"), ("cells.enteric.aqueous.other.wait", "")]);
        let look = desk.look("matrix", "coating", values).await;
        let plan = look.plan.expect("a plan");
        assert_eq!((plan.problems.len(), plan.changes.len()), (0, 1), "{:?}", plan.problems);
        assert_eq!(plan.changes[0].name.en, "Coater cleaning");
        // A cell is one field; what stays as it is isn't told.
        assert_eq!(fields(&plan), [
            ("cells.aqueous.enteric.other", "12h + 1d", ""),
            ("cells.enteric.aqueous.other", "20h + 1d", "30h"),
        ]);
        // As text it is told in the same words.
        let check = platform_setup::check(&desk.app.state, &desk.operator, "matrix", "coating", Some(&look.text)).await;
        assert_eq!(check.expect("a plan").fields, plan.fields);
        desk.save("matrix", "coating", Some(&look.text)).await;
        let shown = platform_setup::view(&desk.app.state, &desk.operator).await.expect("a set-up");
        let coating = shown.matrices.iter().find(|matrix| matrix.code == "coating").expect("the matrix");
        assert_eq!(coating.other_product, [["12h + 1d", "-"], ["30h", "16h + 1d"]]);
        assert_eq!(coating.version, 2);
        desk.app.stop().await;
    }

    async fn a_wait_without_crew_time_is_refused_at_its_cell(database: TestDatabase) {
        let desk = Desk::new(&database).await;
        let half = desk.wrong("matrix", "coating", &[("cells.enteric.aqueous.other.crew", "")]).await;
        assert_eq!(half, at("cells.enteric.aqueous.other"));
        desk.app.stop().await;
    }

    async fn a_wrong_capacity_is_the_only_thing_that_is_wrong(database: TestDatabase) {
        let desk = Desk::new(&database).await;
        assert_eq!(desk.wrong("pool", "qc", &[("capacity", "0")]).await, at("capacity"));
        desk.app.stop().await;
    }

    async fn rows_come_and_go(database: TestDatabase) {
        let desk = Desk::new(&database).await;
        let values = with(desk.values("policy", "policy").await, &[("more", "ladder")]);
        let more = desk.look("policy", "policy", values).await;
        assert_eq!(more.plan, None, "only another row was asked for");
        assert!(more.form.values.contains_key("ladder.4.new"));
        // A row in which nothing is filled in isn't there.
        let same = desk.look("policy", "policy", more.form.values.clone()).await;
        assert_eq!(same.plan, Some(SetupPlan::default()));
        let fewer = desk.look("policy", "policy", with(more.form.values, &[("less", "ladder.0")])).await;
        assert!(!fewer.form.values.keys().any(|path| path.starts_with("ladder.0.")));
        let look = desk.look("policy", "policy", fewer.form.values).await;
        desk.save("policy", "policy", Some(&look.text)).await;
        let shown = platform_setup::view(&desk.app.state, &desk.operator).await.expect("a set-up");
        assert_eq!(shown.policy.ladder, [(61, 25), (31, 50), (15, 75)]);
        desk.app.stop().await;
    }

    async fn a_new_part_joins_the_others(database: TestDatabase) {
        let desk = Desk::new(&database).await;
        let blank = desk.values("line", "").await;
        let wrong = desk.wrong("line", "", &[]).await;
        for path in ["code", "zh", "en", "matrix", "calendar", "day_rate_yuan"] {
            assert!(wrong.contains(&Some(path.to_owned())), "{path}: {wrong:?}");
        }
        let filled = with(blank, &[("code", "press-9"), ("zh", "压片机 9"), ("en", "Press 9"), ("matrix", "oral"),
            ("calendar", "two-shift"), ("day_rate_yuan", "5000"), ("makes.0.batch.min", "5"), ("makes.0.batch.max", "50"),
            ("makes.0.batch.unit", "kilogram"), ("makes.0.offerings.TAB", "50")]);
        let taken = desk.look("line", "", with(filled.clone(), &[("code", "press-1")])).await;
        assert_eq!(taken.plan.expect("a plan").problems[0].field.as_deref(), Some("code"));
        let look = desk.look("line", "", filled).await;
        let plan = look.plan.expect("a plan");
        assert_eq!((plan.problems.len(), &plan.changes[0].change[..], &plan.changes[0].code[..]), (0, "added", "press-9"), "{:?}", plan.problems);
        assert!(plan.fields.is_empty(), "all of it is new: {:?}", plan.fields);
        desk.save("line", "", Some(&look.text)).await;
        assert_eq!(desk.values("line", "press-9").await["makes.0.batch.max"], "50");
        // There is one policy, and one platform.
        for sort in ["policy", "platform"] {
            let look = platform_setup::look(&desk.app.state, &desk.operator, sort, "", Values::new()).await;
            assert_eq!(look.err(), Some(Failure::NotFound), "{sort}");
        }
        desk.app.stop().await;
    }

    async fn a_route_is_switched_off_and_on_again(database: TestDatabase) {
        let desk = Desk::new(&database).await;
        let plan = platform_setup::check(&desk.app.state, &desk.operator, "route", "granules", None).await.expect("a plan");
        assert_eq!((&plan.changes[0].change[..], plan.changes.len()), ("switched_off", 1));
        assert!(plan.changes[0].code == "granules" && plan.fields.is_empty(), "{plan:?}");
        desk.save("route", "granules", None).await;
        let off = "SELECT count(*) FROM route WHERE NOT CAST(active AS BOOLEAN)";
        assert_eq!(database.number(off).await, 1);
        let shown = platform_setup::view(&desk.app.state, &desk.operator).await.expect("a set-up");
        assert_eq!(shown.retired.iter().map(|route| route.code.as_str()).collect::<Vec<_>>(), ["granules"]);
        assert!(!shown.routes.iter().any(|route| route.code == "granules"));
        let look = desk.look("route", "granules", desk.values("route", "granules").await).await;
        desk.save("route", "granules", Some(&look.text)).await;
        assert_eq!(database.number(off).await, 0);
        // A line or pool is there for good.
        let kept = platform_setup::check(&desk.app.state, &desk.operator, "line", "gran-1", None).await;
        assert_eq!(kept, Err(Failure::NotFound));
        desk.app.stop().await;
    }

    async fn quality_assurance_looks_and_changes_nothing(database: TestDatabase) {
        let desk = Desk::new(&database).await;
        let form = platform_setup::form(&desk.app.state, &desk.qa, "matrix", "oral").await.expect("it may look");
        let looked = platform_setup::look(&desk.app.state, &desk.qa, "matrix", "oral", form.values).await;
        assert_eq!(looked.err(), Some(Failure::Forbidden));
        for (sort, code) in [("line", "no-such-line"), ("cellar", "")] {
            let absent = platform_setup::form(&desk.app.state, &desk.qa, sort, code).await;
            assert_eq!(absent.err(), Some(Failure::NotFound));
        }
        desk.app.stop().await;
    }
}
