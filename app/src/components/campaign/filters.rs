//! Which of a firm's campaigns are shown.

use leptos::prelude::*;

use crate::{
    components::{Choice, Field, SelectField, complaint},
    contract::{BookingFilter, Failure, OfferingView, PlatformView},
    request::{use_language, use_link, use_parameters},
    words::{STATUSES, say, status, text},
};

#[component]
pub fn CampaignFilters(
    filter: BookingFilter,
    offerings: Vec<OfferingView>,
    platforms: Vec<PlatformView>,
    /// What of it can't be read.
    #[prop(optional_no_strip)]
    failure: Option<Failure>,
) -> impl IntoView {
    let language = use_language();
    let complaint = |name: &str| complaint(failure.as_ref(), name);
    let statuses = STATUSES
        .into_iter()
        .map(|name| {
            let chosen = filter.status.as_deref() == Some(name);
            view! { <Choice value=name words=status(language, name) chosen /> }
        })
        .collect_view();
    let forms = offerings
        .into_iter()
        .filter(|offering| offering.platforms > 0)
        .map(|offering| {
            let chosen = filter.offering.as_deref() == Some(offering.code.as_str());
            view! { <Choice words=text(language, &offering.name) value=offering.code chosen /> }
        })
        .collect_view();
    let places = platforms
        .into_iter()
        .map(|platform| {
            let chosen = filter.platform == Some(platform.id);
            view! { <Choice words=text(language, &platform.name) value=platform.id.to_string() chosen /> }
        })
        .collect_view();
    let kept = ["view", "month"].map(|name| {
        let value = use_parameters().get(name);
        value.map(|value| view! { <input type="hidden" name=name value=value /> })
    });
    view! {
        <form class="filters" method="get" action=use_link("/campaigns") aria-label=say!(language, campaign.filter)>
            <Field id="find" label=say!(language, campaign.text) complaint=complaint("find")>
                <input id="find" name="find" type="search" autocomplete="off" value=filter.find aria-describedby="find-problem" />
            </Field>
            <SelectField id="status" label=say!(language, campaign.status) none=say!(language, campaign.any_status) empty=filter.status.is_none() complaint=complaint("status")>
                {statuses}
            </SelectField>
            <SelectField id="offering" label=say!(language, search.offering) none=say!(language, campaign.any_offering) empty=filter.offering.is_none()>
                {forms}
            </SelectField>
            <SelectField id="platform" label=say!(language, search.platform) none=say!(language, search.any_platform) empty=filter.platform.is_none()>
                {places}
            </SelectField>
            {kept}
            <button class="button quiet" type="submit">{say!(language, campaign.filter)}</button>
        </form>
    }
}
