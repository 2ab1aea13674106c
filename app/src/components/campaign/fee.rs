//! What leaving or moving costs today.

use leptos::prelude::*;

use crate::{
    contract::FeeQuote,
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
    let from = notice_from(language, &quote).map(|said| view! { <p class="hint">{said}</p> });
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

/// To which start notice is counted that isn't the campaign's own, until when, and what that means.
pub fn notice_from(language: Language, quote: &FeeQuote) -> Option<String> {
    let (start, until) = quote.notice_from.zip(quote.notice_until)?;
    let (start, until) = (moment(language, start), moment(language, until));
    Some(say!(language, campaign.notice_from, start = start, until = until).to_string())
}
