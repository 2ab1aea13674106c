//! That giving time up now counts as late, by the platform's rule "use it or lose it".

use leptos::prelude::*;

use crate::{
    contract::BookingView,
    language::Language,
    words::{length, say},
};

/// How it is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    Move,
    Cancel,
}

/// What leaving `booking` for `fee_fen` counts for; `None` where it counts for nothing.
pub fn late_note(
    language: Language,
    booking: &BookingView,
    fee_fen: i64,
    leaving: Leaving,
) -> Option<AnyView> {
    let rule = booking.terms.use_or_lose.filter(|_| fee_fen > 0)?;
    let [within, horizon] =
        [rule.within_minutes, rule.horizon_minutes].map(|minutes| length(language, minutes));
    let (times, within, horizon) = (rule.times, within.as_str(), horizon.as_str());
    let words = match leaving {
        Leaving::Move => {
            say!(language, campaign.move_late, times = times, within = within, horizon = horizon).to_string()
        }
        Leaving::Cancel => {
            say!(language, campaign.cancel_late, times = times, within = within, horizon = horizon)
                .to_string()
        }
    };
    Some(view! { <p class="note warn">{words}</p> }.into_any())
}
