//! Another day for the materials, since the campaign has moved or they come otherwise than was said.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::ChangeMaterials,
    components::{Field, Once, Post, complaint, failed_elsewhere},
    contract::BookingView,
    request::{use_failure, use_kept, use_language, use_typed},
    words::{day, detail, say},
};

/// Folded away unless it is wrong, or the day that was said comes too late or was said of another start.
#[component]
pub fn MaterialsForm(booking: BookingView) -> impl IntoView {
    let language = use_language();
    let form = booking.may("change_materials").then(|| {
        let failure = use_failure::<ChangeMaterials>();
        let start = booking.steps.iter().map(|step| step.start).min().unwrap_or(booking.now);
        let said = booking.details.materials_on.clone();
        let open = failure.is_some() || *said > *day(start, 0) || booking.materials_before_move;
        let late = complaint(failure.as_ref(), "materials_on");
        let wrong = late.is_some();
        let typed = use_typed::<ChangeMaterials>().and_then(|typed| typed.get("materials_on"));
        let value = typed.unwrap_or(said);
        let label = detail(language, "materials_on").unwrap_or_default();
        view! {
            <details class="action" open=open>
                <summary>{say!(language, campaign.materials_change)}</summary>
                {failed_elsewhere::<ChangeMaterials>(&["materials_on"])}
                <Post class="stack" to=ChangeMaterials::PATH>
                    <input type="hidden" name="id" value=booking.id.to_string() />
                    <Once />
                    <Field id="materials-on" label hint=say!(language, campaign.materials_told) complaint=late>
                        <input id="materials-on" name="materials_on" type="date" required value=value aria-describedby="materials-on-hint materials-on-problem" autofocus=wrong />
                    </Field>
                    <button class="button quiet" type="submit">{say!(language, campaign.materials_save)}</button>
                </Post>
            </details>
        }
    });
    view! { <div id="materials" data-live data-typed=use_kept()>{form}</div> }
}
