//! What the first page and all that it loads weigh on their way to somebody who has never been there.

use std::collections::BTreeMap;

use tests::Visitor;

use super::Stage;

/// In bytes.
const BUDGET: usize = 208_000;
/// What the heads of an answer come to.
const HEADS: usize = 300;

#[tokio::test(flavor = "multi_thread")]
async fn the_first_page_keeps_to_its_budget_with_all_that_it_loads() {
    let stage = Stage::with_history().await;
    let visitor = stage.app.visitor();
    for path in ["/zh", "/en"] {
        let page = sent(&visitor, path).await;
        let text = visitor.get(path).await.text;
        let names = text.split("/assets/").skip(1).filter_map(|rest| rest.split(['"', '\'']).next());
        let mut weights = BTreeMap::from([(path.to_owned(), page)]);
        for name in names.filter(|name| name.contains('.')) {
            let asset = format!("/assets/{name}");
            let weight = sent(&visitor, &asset).await;
            weights.insert(asset, weight);
        }
        for ending in [".js", "_bg.wasm", ".css", ".svg"] {
            assert!(weights.keys().any(|name| name.ends_with(ending)), "no {ending} in {weights:?}");
        }
        let all: usize = weights.values().sum();
        assert!(all <= BUDGET, "{all} bytes: {weights:?}");
    }
    stage.app.stop().await;
}

/// Bytes of an answer as a browser asks for it.
async fn sent(visitor: &Visitor, path: &str) -> usize {
    let request = visitor.request("GET", path).header("accept-encoding", "gzip, deflate, br");
    let answer = request.send().await.expect("an answer");
    assert!(answer.status().is_success(), "{path}: {}", answer.status());
    answer.bytes().await.expect("a body").len() + HEADS
}
