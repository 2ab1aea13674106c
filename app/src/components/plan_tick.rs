//! Agreeing to a plan window: the box to tick, and what that changes.

use leptos::prelude::*;

use super::waiting::window_of;
use crate::{
    contract::{PlanOfferView, PlanTermsView},
    language::Language,
    query,
    words::{say, text, yuan},
};

/// The box, of which a page may have several: `id` tells them apart.
#[component]
pub fn PlanTick(
    #[prop(into)] id: String,
    /// What it says beside it.
    #[prop(into)]
    words: String,
    checked: bool,
    /// What is wrong with it.
    complaint: Option<String>,
) -> impl IntoView {
    let told = format!("{id}-problem");
    let wrong = complaint.is_some();
    let (invalid, described) = (wrong.then_some("true"), wrong.then(|| told.clone()));
    view! {
        <label class="tick alone">
            <input type="checkbox" id=id name="flexible" value="true" checked=checked aria-invalid=invalid aria-describedby=described />
            {words}
        </label>
        {complaint.map(|words| view! { <p class="complaint" id=told>{words}</p> })}
    }
}

/// The window that is agreed to with a place of the search written as `search`: that may be a wider one than was typed.
pub fn plan_days(language: Language, search: &str) -> String {
    query::parse(search)
        .map_or_else(|| say!(language, find.window).to_owned(), |query| window_of(language, &query))
}

/// What it changes at a place of that search.
pub fn plan_words(language: Language, plan: PlanTermsView, search: &str) -> String {
    let (sum, days, percent) = (yuan(plan.price_fen), plan_days(language, search), plan.percent);
    let window = days.as_str();
    match plan.freeze_days {
        1 => say!(language, offer.flexible_one, window = window, percent = percent, sum = sum).to_string(),
        days => say!(language, offer.flexible, window = window, days = days, percent = percent, sum = sum)
            .to_string(),
    }
}

/// What it changes wherever there will be a place, at each of the platforms that offer it; nothing if none does.
pub fn plans_words(language: Language, plans: &[PlanOfferView]) -> Option<String> {
    let one = |plan: &PlanOfferView| {
        let (platform, percent) = (text(language, &plan.platform_name), plan.percent);
        match plan.freeze_days {
            1 => say!(language, offer.flexible_terms_one, platform = platform, percent = percent).to_string(),
            days => say!(language, offer.flexible_terms, platform = platform, percent = percent, days = days)
                .to_string(),
        }
    };
    let terms = plans.iter().map(one).collect::<Vec<_>>().join(say!(language, term.semicolon));
    (!plans.is_empty()).then(|| say!(language, offer.flexible_anywhere, terms = terms).to_string())
}
