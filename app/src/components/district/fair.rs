//! How firms of each size fare in the quarter.

use leptos::prelude::*;

use super::what::What;
use crate::{
    components::{FairnessTable, size_row},
    contract::{FairnessReport, SizeFairness},
    request::use_language,
    words::{say, text},
};

#[component]
pub fn FairBySize(report: FairnessReport) -> impl IntoView {
    let language = use_language();
    let of = say!(language, district.fair_size);
    let table = |sizes: &[SizeFairness]| {
        let rows = sizes.iter().map(|row| size_row(language, row)).collect();
        view! { <FairnessTable of rows /> }
    };
    let each = report
        .platforms
        .iter()
        .map(|platform| view! { <h3>{text(language, &platform.name)}</h3> {table(&platform.sizes)} })
        .collect_view();
    view! {
        <section class="panel" aria-labelledby="fair">
            <header class="section-head">
                <h2 id="fair">{say!(language, district.fair)}</h2>
                <What text=say!(language, district.fair_what) of=say!(language, district.fair) />
            </header>
            <h3>{say!(language, district.all_platforms)}</h3>
            {table(&report.total)}
            <details class="act-more">
                <summary>{say!(language, district.fair_each)}</summary>
                {each}
            </details>
        </section>
    }
    .into_any()
}
