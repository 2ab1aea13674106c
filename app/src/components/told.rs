//! What was just done, and what comes next: at the top of the page that follows.

use leptos::prelude::*;

use crate::{deed::Deed, language::Language, request::use_language, words::say};

#[component]
pub fn Told(
    deed: Deed,
    /// Whether the reader is brought here: what is there from the beginning, browsers don't read out by themselves.
    #[prop(default = true)]
    focus: bool,
) -> impl IntoView {
    view! {
        <p class="note good told" role="status" tabindex="-1" autofocus=focus>{words(use_language(), deed)}</p>
    }
}

fn words(language: Language, deed: Deed) -> &'static str {
    match deed {
        Deed::RequestSent => say!(language, done.request_sent),
        Deed::RequestConfirmed => say!(language, done.request_confirmed),
        Deed::HazardsConfirmed => say!(language, done.hazards_confirmed),
        Deed::HazardsConfirmedAll => say!(language, done.hazards_confirmed_all),
        Deed::Approved => say!(language, done.approved),
        Deed::Declined => say!(language, done.declined),
        Deed::AskedBack => say!(language, done.asked_back),
        Deed::Started => say!(language, done.started),
        Deed::Finished => say!(language, done.finished),
        Deed::Closed => say!(language, done.closed),
        Deed::NoShow => say!(language, done.no_show),
        Deed::BrokenOff => say!(language, done.broken_off),
        Deed::Booked => say!(language, done.booked),
        Deed::LineClosed => say!(language, done.line_closed),
        Deed::ClosureShortened => say!(language, done.closure_shortened),
        Deed::ClosureOver => say!(language, done.closure_over),
        Deed::CleaningRemoved => say!(language, done.cleaning_removed),
        Deed::LineDown => say!(language, done.line_down),
        Deed::OutageChanged => say!(language, done.outage_changed),
        Deed::ConflictResolved => say!(language, done.conflict_resolved),
        Deed::Settled => say!(language, done.settled),
        Deed::Forgiven => say!(language, done.forgiven),
    }
}
