//! The plan window that was agreed to with a booking, among what it is of.

use leptos::prelude::*;

use crate::{
    contract::PlanView,
    request::use_language,
    words::{deadline, moment, say},
};

/// From when until when, and what that means now: of a campaign in the state `status`.
#[component]
pub fn PlanFact(plan: PlanView, #[prop(into)] status: String) -> impl IntoView {
    let language = use_language();
    let (from, until) = (moment(language, plan.from), deadline(language, plan.until));
    let window =
        say!(language, campaign.plan_window, from = from, until = until, percent = plan.percent).to_string();
    let waits = matches!(status.as_str(), "held" | "requested" | "confirmed");
    let state = if waits && !plan.frozen {
        say!(language, campaign.plan_open, moment = deadline(language, plan.freezes_at)).to_string()
    } else if waits || status == "running" {
        say!(language, campaign.plan_frozen).to_owned()
    } else {
        // What has been given up or has run is moved by nobody.
        say!(language, campaign.plan_over).to_owned()
    };
    view! {
        <div class="wide">
            <dt>{say!(language, campaign.plan)}</dt>
            <dd>
                {window}
                <p class="hint">{state}</p>
            </dd>
        </div>
    }
}
