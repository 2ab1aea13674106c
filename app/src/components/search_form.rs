//! The search: a GET form, so that its state is the address.

use leptos::prelude::*;

use super::{
    campaign_fields::{CampaignFields, MoreFields},
    complaints::complaint,
    field::{Choice, SelectField},
};
use crate::{
    contract::{Failure, Instant, OfferingView, PlatformView},
    query::{CampaignDraft, blank},
    request::{use_language, use_link},
    words::{self, say},
};

/// The id of what a search found, or of why it can't be made: nobody has to go through the form to come to it.
pub const RESULTS: &str = "results";

#[component]
pub fn SearchForm(
    draft: Option<CampaignDraft>,
    failure: Option<Failure>,
    offerings: Vec<OfferingView>,
    platforms: Vec<PlatformView>,
    now: Instant,
) -> impl IntoView {
    let language = use_language();
    let draft = draft.unwrap_or_else(|| blank(now).into());
    let platform = draft.platform.clone();
    let platform_problem = complaint(failure.as_ref(), "platform");
    let (set, wrong) = (usize::from(!platform.is_empty()), platform_problem.is_some());
    let any = platform.is_empty();
    let platforms = platforms
        .into_iter()
        .map(|one| {
            let (value, words) = (one.id.to_string(), words::text(language, &one.name));
            let chosen = platform == value;
            view! { <Choice value words chosen /> }
        })
        .collect_view();
    // What was found is below the form: the address leads to it.
    let action = format!("{}#{RESULTS}", use_link("/"));
    view! {
        <form class="search" method="get" action=action aria-label=say!(language, search.page)>
            <div class="search-main">
                <CampaignFields draft=draft.clone() failure=failure.clone() offerings />
                <button class="button submit" type="submit">{say!(language, search.submit)}</button>
            </div>
            <MoreFields draft failure hazards_as="hazards" set wrong>
                <SelectField id="platform" label=say!(language, search.platform) none=say!(language, search.any_platform) empty=any complaint=platform_problem>
                    {platforms}
                </SelectField>
            </MoreFields>
        </form>
    }
}
