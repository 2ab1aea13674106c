//! Every endpoint by every role: a row an endpoint, a cell a role, each asked for real. An endpoint of the OpenAPI
//! document without a row fails the test, and so does a row without an endpoint. What is asked about exists, in a state
//! in which whoever may can do it: a cell is decided by who asks, and by nothing else. What the pages' forms post to
//! has a table of its own, [`forms`], and `/live` a test.
//!
//! To add an endpoint, add its row to the file of its subject, or a file here and to [`rows`].

mod bookings;
mod forms;
mod people;
mod rounds;
mod row;
mod world;

use std::collections::BTreeSet;

use serde_json::Value;
use tests::{Visitor, app::Answer, on_both_databases};

use row::Row;
use world::{ROLES, Role, World};

/// The whole table, in the order in which it is asked: within it, cells may use what those before made.
fn rows() -> Vec<Row> {
    [bookings::rows(), people::rows()].into_iter().flatten().collect()
}

#[test]
fn every_endpoint_has_exactly_one_row() {
    let document = tests::app::Document::default();
    let described: BTreeSet<_> = document.operations().into_iter().collect();
    let rows = rows();
    let listed: BTreeSet<_> = rows.iter().map(|row| (row.method.to_owned(), row.path.to_owned())).collect();
    assert_eq!(listed.len(), rows.len(), "an endpoint is listed twice");
    let missing: Vec<_> = described.difference(&listed).collect();
    assert!(missing.is_empty(), "no row in tests/it/endpoints for: {missing:#?}");
    let gone: Vec<_> = listed.difference(&described).collect();
    assert!(gone.is_empty(), "rows without an endpoint: {gone:#?}");
}

/// The forms, asked in a world of their own, since what the API's table leaves isn't what they expect.
#[test]
fn every_form_has_exactly_one_row() {
    app::api::register();
    let served: BTreeSet<_> = app::api::paths().map(str::to_owned).collect();
    let rows = forms::rows();
    let listed: BTreeSet<_> = rows.iter().map(|row| row.path.to_owned()).collect();
    assert_eq!(listed.len(), rows.len(), "a form is listed twice");
    assert_eq!(listed, served, "forms without a row in tests/it/endpoints/forms.rs, or rows without a form");
}

/// Asks every row as every role; what was answered otherwise than the table says.
async fn ask_all(
    world: &World,
    rows: Vec<Row>,
    ask: impl AsyncFn(&Visitor, &Row, &str, Option<Value>) -> Answer,
) {
    let mut wrong = Vec::new();
    for row in rows {
        for (role, expected) in ROLES.into_iter().zip(row.expected) {
            let subject = match row.subject {
                Some(subject) => world.subject(subject).await,
                None => Value::Null,
            };
            let (path, body) = (row.request)(world, role, &subject);
            assert!(row.is_for(&path), "{path} is no {}", row.path);
            let answer = ask(world.visitor(role), &row, &path, body).await;
            if let Some(subject) = row.subject.filter(|_| answer.status < 400 && row.method != "GET") {
                world.spend(subject);
            }
            if answer.status != expected {
                let told = answer.text.chars().take(2000).collect::<String>();
                wrong.push(format!("{} by {role:?}: {} not {expected}: {told}", answer.asked, answer.status));
            }
        }
    }
    assert!(wrong.is_empty(), "{} cells are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

on_both_databases! {
    async fn every_role_gets_what_the_table_says(database: TestDatabase) {
        let world = World::new(&database).await;
        ask_all(&world, rows(), async |visitor: &Visitor, row: &Row, path: &str, body| {
            visitor.ask_once(row.method, path, body).await
        })
        .await;
        world.close(&database).await;
    }

    async fn every_role_gets_from_forms_what_the_table_says(database: TestDatabase) {
        let world = World::new(&database).await;
        ask_all(&world, forms::rows(), async |visitor: &Visitor, _: &Row, path: &str, body| {
            visitor.post_form(path, &body.unwrap_or_default()).await
        })
        .await;
        world.close(&database).await;
    }

    async fn live_news_are_for_those_signed_in(database: TestDatabase) {
        let world = World::new(&database).await;
        for role in ROLES {
            // The stream never ends: its head is enough.
            let answer = world.visitor(role).request("GET", "/live").send().await.expect("an answer");
            let expected = if role == Role::Anonymous { 401 } else { 200 };
            assert_eq!(answer.status().as_u16(), expected, "{role:?}");
        }
        world.close(&database).await;
    }
}
