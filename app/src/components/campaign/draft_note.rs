//! What is said of a draft that the page saves by itself while somebody fills it in.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::SaveDraft,
    contract::{Failure, Instant},
    language::Language,
    request::{use_failure, use_language, use_parameters, use_typed},
    words::{clock, detail, failure, say},
};

/// When it was last saved so, or why it wasn't. The page that answers such a saving says it, and the script that asked
/// for it (`draft.js`) puts it on the page that is open: without one nothing is ever said here.
#[component]
pub(super) fn DraftNote(now: Instant) -> impl IntoView {
    let language = use_language();
    let asked = use_typed::<SaveDraft>().is_some_and(|typed| typed.get("quietly").is_some());
    let failed = use_failure::<SaveDraft>().filter(|_| asked);
    let done = use_parameters().get("saved").is_some_and(|how| how == "quietly");
    let saved = match &failed {
        Some(why) => matches!(why, Failure::Invalid { .. }),
        None => done,
    };
    let words = match failed {
        Some(why) => not_whole(language, &why, now),
        None if done => say!(language, request.saved_at, time = clock(now)).to_string(),
        None => String::new(),
    };
    view! {
        <p
            class="draft-note"
            aria-live="polite"
            data-draft=SaveDraft::PATH
            data-saved=saved.then_some("")
            data-failed=say!(language, request.not_saved_unheard)
        >
            {words}
        </p>
    }
}

/// What of it wasn't saved, or why nothing was.
fn not_whole(language: Language, why: &Failure, now: Instant) -> String {
    match why {
        Failure::Invalid { faults } => {
            let names = faults.iter().map(|fault| detail(language, fault.name()).unwrap_or(fault.name()));
            let names = names.collect::<Vec<_>>().join(say!(language, campaign.and));
            say!(language, request.saved_but, time = clock(now), fields = names).to_string()
        }
        Failure::Refused { refusal } if refusal.reason == "draft_changed" => {
            say!(language, request.not_saved_changed).to_owned()
        }
        other => say!(language, request.not_saved, why = failure(language, other)).to_string(),
    }
}
