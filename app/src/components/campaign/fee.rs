//! What leaving or moving costs today.

use leptos::prelude::*;

use crate::{
    contract::{FeeQuote, Instant},
    language::Language,
    request::use_language,
    words::{moment, say, yuan},
};

/// `name` says what the fee is for.
#[component]
pub fn Fee(quote: FeeQuote, name: &'static str) -> impl IntoView {
    let language = use_language();
    let notice = match quote.notice_days {
        1 => say!(language, campaign.days_one).to_owned(),
        count => say!(language, campaign.days, count = count).to_string(),
    };
    let sum = match quote.fee_fen {
        0 => say!(language, campaign.move_free).to_owned(),
        fee => yuan(fee),
    };
    let from = quote.notice_from.map(|start| view! { <p class="hint">{notice_from(language, start)}</p> });
    view! {
        <div class="fee">
            <dl class="facts">
                <div class="fee-sum"><dt>{name}</dt><dd>{sum}</dd></div>
                <div><dt>{say!(language, offer.price)}</dt><dd>{yuan(quote.price_fen)}</dd></div>
                <div><dt>{say!(language, campaign.notice)}</dt><dd>{notice}</dd></div>
                <div><dt>{say!(language, campaign.rung)}</dt><dd>{format!("{}%", quote.percent)}</dd></div>
            </dl>
            {quote.waived.then(|| view! { <p>{say!(language, campaign.waived)}</p> })}
            {from}
            <p class="hint">{say!(language, campaign.policy, version = quote.policy_version).to_string()}</p>
        </div>
    }
}

/// To which start notice is counted that isn't the campaign's own, and what that means.
pub fn notice_from(language: Language, start: Instant) -> String {
    say!(language, campaign.notice_from, start = moment(language, start)).to_string()
}
