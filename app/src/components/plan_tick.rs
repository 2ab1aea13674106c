//! Agreeing to a plan window: the box to tick, and what that changes.

use leptos::prelude::*;

use crate::{
    contract::{PlanOfferView, PlanTermsView},
    language::Language,
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

/// What it changes at a place.
pub fn plan_words(language: Language, plan: PlanTermsView) -> String {
    let sum = yuan(plan.price_fen);
    match plan.freeze_days {
        1 => say!(language, offer.flexible_one, percent = plan.percent, sum = sum).to_string(),
        days => say!(language, offer.flexible, days = days, percent = plan.percent, sum = sum).to_string(),
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
