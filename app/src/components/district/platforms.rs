//! How full the platforms are in the quarter.

use leptos::prelude::*;

use super::figures::Figures;
use crate::{contract::OccupancyReport, request::use_language, words::say};

#[component]
pub fn ByPlatform(report: OccupancyReport) -> impl IntoView {
    let language = use_language();
    let definition = [
        say!(language, district.committed_what),
        say!(language, district.held_what),
        say!(language, district.bookable_what),
        say!(language, district.firms_what),
    ];
    let definition = definition.join("\n\n");
    let cells = report.platforms.into_iter().map(|platform| platform.quarter).collect();
    let [title, of] = [say!(language, district.by_platform), say!(language, district.platform)];
    view! { <Figures id="platforms" title definition of cells /> }
}
