//! The fields in which a campaign is described: of the search, and of a wish in a call.

use leptos::prelude::*;

use super::{
    complaints::complaint,
    field::{Choice, Field, SelectField},
    offering_field::OfferingField,
};
use crate::{
    contract::{Failure, OfferingView},
    islands::{Units, UnitsOf},
    query::CampaignDraft,
    request::use_language,
    words::{self, HAZARDS, STAGES, say},
};

/// What is to be made, how much of it, and when.
#[component]
pub fn CampaignFields(
    draft: CampaignDraft,
    failure: Option<Failure>,
    offerings: Vec<OfferingView>,
) -> impl IntoView {
    let language = use_language();
    let complaint = move |field: &str| complaint(failure.as_ref(), field);
    let batch_size_wrong = complaint("batch_size").map(|_| "true");
    let units = offerings
        .iter()
        .filter(|offering| !offering.units.is_empty())
        .map(|offering| UnitsOf { offering: offering.code.clone(), units: offering.units.clone() })
        .collect();
    let CampaignDraft { offering, batch_size, unit, batches, from, to, .. } = draft;
    view! {
        <OfferingField offerings chosen=offering.clone() complaint=complaint("offering") />
        <Field id="batch_size" label=say!(language, search.batch_size) hint=say!(language, search.batch_size_hint) complaint=complaint("batch_size") joined=true>
            <input id="batch_size" aria-invalid=batch_size_wrong name="batch_size" inputmode="decimal" required value=batch_size aria-describedby="batch_size-hint batch_size-problem" />
            <Units language units chosen=unit offering label=say!(language, search.unit).to_owned() />
        </Field>
        <Field id="batches" label=say!(language, search.batches) hint=say!(language, search.batches_hint) complaint=complaint("batches")>
            <input id="batches" name="batches" type="number" min="1" max="1000" required value=batches aria-describedby="batches-hint batches-problem" />
        </Field>
        <Field id="from" label=say!(language, search.from) hint=say!(language, search.from_hint) complaint=complaint("from")>
            <input id="from" name="from" type="date" required value=from aria-describedby="from-hint from-problem" />
        </Field>
        <Field id="to" label=say!(language, search.to) hint=say!(language, search.to_hint) complaint=complaint("to")>
            <input id="to" name="to" type="date" required value=to aria-describedby="to-hint to-problem" />
        </Field>
    }
}

/// What few campaigns need said, folded away under a line that says how much of it is set, unless something is wrong
/// with it; `children` come behind the stage.
#[component]
pub fn MoreFields(
    draft: CampaignDraft,
    failure: Option<Failure>,
    /// The name of the hazards' boxes: what a form posts as a list ends in brackets.
    hazards_as: &'static str,
    /// How many of `children` are set.
    set: usize,
    /// Whether something is wrong with one of them.
    wrong: bool,
    children: Children,
) -> impl IntoView {
    let language = use_language();
    let complaint = move |field: &str| complaint(failure.as_ref(), field);
    let CampaignDraft { hazards, oeb, gmp, stage, .. } = draft;
    let set = set + [&hazards, &oeb, &stage].into_iter().filter(|said| !said.is_empty()).count();
    let gmp_wrong = complaint("gmp");
    let gmp = gmp == "true";
    let faulty = |field: &str| complaint(field).is_some();
    let open = wrong || ["stage", "oeb", "gmp", "hazards"].into_iter().any(faulty);
    let more = match set + usize::from(gmp) {
        0 => say!(language, search.more).to_owned(),
        count => say!(language, search.more_set, count = count).to_string(),
    };
    view! {
        <details class="search-more" open=open>
            <summary>{more}</summary>
            <div class="search-extra">
                <StageField chosen=stage complaint=complaint("stage") />
                {children()}
                <BandField chosen=oeb complaint=complaint("oeb") />
                <Gmp chosen=gmp complaint=gmp_wrong />
                <Hazards chosen=hazards name=hazards_as complaint=complaint("hazards") />
            </div>
        </details>
    }
}

/// What the campaign is made for.
#[component]
pub fn StageField(chosen: String, complaint: Option<String>) -> impl IntoView {
    let language = use_language();
    let stages = STAGES
        .into_iter()
        .map(|name| view! { <Choice value=name words=words::stage(language, name) chosen=chosen == name /> })
        .collect_view();
    view! {
        <SelectField id="stage" label=say!(language, search.stage) none=say!(language, search.any_stage) empty=chosen.is_empty() complaint>
            {stages}
        </SelectField>
    }
}

/// The product's exposure band.
#[component]
pub fn BandField(chosen: String, complaint: Option<String>) -> impl IntoView {
    let language = use_language();
    let bands = (1..=5_u8)
        .map(|band| {
            let chosen = chosen == band.to_string();
            view! { <Choice value=band.to_string() words=band.to_string() chosen /> }
        })
        .collect_view();
    view! {
        <SelectField id="oeb" label=say!(language, search.oeb) none=say!(language, search.unknown) empty=chosen.is_empty() complaint>
            {bands}
        </SelectField>
    }
}

/// Whether it has to be GMP.
#[component]
pub fn Gmp(chosen: bool, complaint: Option<String>) -> impl IntoView {
    let language = use_language();
    let wrong = complaint.is_some().then_some("true");
    view! {
        <label class="tick alone">
            <input
                id="gmp"
                type="checkbox"
                name="gmp"
                value="true"
                checked=chosen
                aria-invalid=wrong
                aria-describedby="gmp-problem"
            />
            {say!(language, search.gmp)}
        </label>
        {complaint.map(|words| view! { <p class="complaint" id="gmp-problem">{words}</p> })}
    }
}

#[component]
fn Hazards(chosen: String, name: &'static str, complaint: Option<String>) -> impl IntoView {
    let language = use_language();
    let boxes = HAZARDS
        .into_iter()
        .map(|tag| (tag, words::hazard(language, tag)))
        .chain([("unclassified", say!(language, search.unclassified).to_owned())])
        .map(|(tag, words)| {
            let ticked = chosen.split(',').any(|held| held == tag);
            view! {
                <label class="tick">
                    <input type="checkbox" name=name value=tag checked=ticked />
                    {words}
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="hazards" id="hazards" tabindex="-1" aria-describedby="hazards-problem">
            <legend>{say!(language, search.hazards)}</legend>
            <p class="hint">{say!(language, search.hazards_hint)}</p>
            <div class="ticks">{boxes}</div>
            {complaint.map(|words| view! { <p class="complaint" id="hazards-problem">{words}</p> })}
        </fieldset>
    }
}
