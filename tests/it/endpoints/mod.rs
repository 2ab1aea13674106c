//! Every endpoint by every role: a row an endpoint, a cell a role, each asked for real. An endpoint of the OpenAPI
//! document without a row fails the test, and so does a row without an endpoint. What is asked about exists, in a state in
//! which whoever may can do it: a cell is decided by who asks, and by nothing else.
//!
//! To add an endpoint, add its row to the file of its subject, or a file here and to [`rows`].

mod bookings;
mod people;
mod rounds;
mod row;
mod world;

use std::collections::BTreeSet;

use serde_json::Value;
use tests::on_both_databases;

use row::Row;
use world::{ROLES, World};

/// The whole table, in the order in which it is asked: within it, cells may use what those before made.
fn rows() -> Vec<Row> {
    [bookings::rows(), people::rows()].into_iter().flatten().collect()
}

#[test]
fn every_endpoint_has_exactly_one_row() {
    let document = tests::app::Document::current();
    let described: BTreeSet<_> = document.operations().into_iter().collect();
    let rows = rows();
    let listed: BTreeSet<_> = rows.iter().map(|row| (row.method.to_owned(), row.path.to_owned())).collect();
    assert_eq!(listed.len(), rows.len(), "an endpoint is listed twice");
    let missing: Vec<_> = described.difference(&listed).collect();
    assert!(missing.is_empty(), "no row in tests/it/endpoints for: {missing:#?}");
    let gone: Vec<_> = listed.difference(&described).collect();
    assert!(gone.is_empty(), "rows without an endpoint: {gone:#?}");
}

on_both_databases! {
    async fn every_role_gets_what_the_table_says(database: TestDatabase) {
        let world = World::new(&database).await;
        let mut wrong = Vec::new();
        for row in rows() {
            for (role, expected) in ROLES.into_iter().zip(row.expected) {
                let subject = match row.subject {
                    Some(subject) => world.subject(subject).await,
                    None => Value::Null,
                };
                let (path, body) = (row.request)(&world, role, &subject);
                assert!(row.is_for(&path), "{path} is no {}", row.path);
                let answer = world.visitor(role).ask_once(row.method, &path, body).await;
                if let Some(subject) = row.subject.filter(|_| answer.status < 300 && row.method != "GET") {
                    world.spend(subject);
                }
                if answer.status != expected {
                    wrong.push(format!("{} by {role:?}: {} not {expected}: {}", answer.asked, answer.status, answer.text));
                }
            }
        }
        assert!(wrong.is_empty(), "{} cells are wrong:\n{}", wrong.len(), wrong.join("\n"));
        world.close(&database).await;
    }
}
