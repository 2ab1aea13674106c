//! The fields in which a campaign is described: of the search, and of a wish in a call.

use leptos::prelude::*;

use super::{
    complaints::complaint,
    field::{Choice, Field},
};
use crate::{
    contract::{Failure, OfferingView},
    islands::{Findable, Finder, FinderWords, Units, UnitsOf},
    language::Language,
    query::CampaignDraft,
    request::use_language,
    words::{self, FAMILIES, HAZARDS, STAGES, say},
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
    let choices = offerings
        .iter()
        .map(|offering| Findable {
            code: offering.code.clone(),
            words: both(language, offering),
            offered: offering.platforms > 0,
        })
        .collect();
    let finder = FinderWords {
        label: say!(language, find.finder).to_owned(),
        hint: say!(language, find.finder_hint).to_owned(),
        none: say!(language, find.finder_none).to_owned(),
        several: say!(language, find.finder_several).to_owned(),
        not_offered: say!(language, find.finder_not_offered).to_owned(),
    };
    let helper = view! { <Finder words=finder choices /> }.into_any();
    let CampaignDraft { offering, batch_size, unit, batches, from, to, .. } = draft;
    let none_chosen = offering.is_empty();
    let chosen = offering.clone();
    view! {
        <Field id="offering" label=say!(language, search.offering) complaint=complaint("offering") helper>
            <select id="offering" name="offering" required aria-describedby="offering-problem">
                <Choice value="" words=say!(language, search.choose) chosen=none_chosen />
                <Offerings offerings chosen />
            </select>
        </Field>
        <Field id="batch_size" label=say!(language, search.batch_size) complaint=complaint("batch_size") joined=true>
            <input id="batch_size" aria-invalid=batch_size_wrong name="batch_size" inputmode="decimal" required value=batch_size maxlength="20" aria-describedby="batch_size-problem" />
            <Units language units chosen=unit offering label=say!(language, search.unit).to_owned() />
        </Field>
        <Field id="batches" label=say!(language, search.batches) complaint=complaint("batches")>
            <input id="batches" name="batches" type="number" min="1" max="1000" required value=batches aria-describedby="batches-problem" />
        </Field>
        <Field id="from" label=say!(language, search.from) complaint=complaint("from")>
            <input id="from" name="from" type="date" required value=from aria-describedby="from-problem" />
        </Field>
        <Field id="to" label=say!(language, search.to) complaint=complaint("to")>
            <input id="to" name="to" type="date" required value=to aria-describedby="to-problem" />
        </Field>
    }
}

/// What few campaigns need said, folded away until it matters; `children` come behind the stage.
#[component]
pub fn MoreFields(
    draft: CampaignDraft,
    failure: Option<Failure>,
    /// The name of the hazards' boxes: what a form posts as a list ends in brackets.
    hazards_as: &'static str,
    open: bool,
    children: Children,
) -> impl IntoView {
    let language = use_language();
    let complaint = move |field: &str| complaint(failure.as_ref(), field);
    let CampaignDraft { hazards, oeb, gmp, stage, .. } = draft;
    let said = [&hazards, &oeb, &stage].into_iter().any(|said| !said.is_empty());
    let gmp_wrong = complaint("gmp");
    let gmp = gmp == "true";
    let open = open || said || gmp || gmp_wrong.is_some() || complaint("hazards").is_some();
    view! {
        <details class="search-more" open=open>
            <summary>{say!(language, search.more)}</summary>
            <div class="search-extra">
                <Field id="stage" label=say!(language, search.stage) complaint=complaint("stage")>
                    <select id="stage" name="stage">
                        <Choice value="" words=say!(language, search.any_stage) chosen=stage.is_empty() />
                        {STAGES
                            .into_iter()
                            .map(|name| {
                                let chosen = stage == name;
                                view! { <Choice value=name words=words::stage(language, name) chosen /> }
                            })
                            .collect_view()}
                    </select>
                </Field>
                {children()}
                <Field id="oeb" label=say!(language, search.oeb) complaint=complaint("oeb")>
                    <select id="oeb" name="oeb">
                        <Choice value="" words=say!(language, search.unknown) chosen=oeb.is_empty() />
                        <Bands chosen=oeb />
                    </select>
                </Field>
                <Gmp chosen=gmp complaint=gmp_wrong />
                <Hazards chosen=hazards name=hazards_as complaint=complaint("hazards") />
            </div>
        </details>
    }
}

/// The exposure bands to choose from.
#[component]
pub fn Bands(chosen: String) -> impl IntoView {
    (1..=5_u8)
        .map(|band| {
            let chosen = chosen == band.to_string();
            view! { <Choice value=band.to_string() words=band.to_string() chosen /> }
        })
        .collect_view()
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

/// The name in both languages, the reader's first.
fn both(language: Language, offering: &OfferingView) -> String {
    match language {
        Language::zh_CN => format!("{} {}", offering.name.zh, offering.name.en),
        Language::en => format!("{} {}", offering.name.en, offering.name.zh),
    }
}

/// The options, by family; what no platform offers is shown and can't be chosen.
#[component]
fn Offerings(offerings: Vec<OfferingView>, chosen: String) -> impl IntoView {
    let language = use_language();
    FAMILIES
        .into_iter()
        .map(|family| {
            let options = offerings
                .iter()
                .filter(|offering| offering.family == family)
                .map(|offering| {
                    let both = both(language, offering);
                    let offered = offering.platforms > 0;
                    let words = if offered {
                        both
                    } else {
                        say!(language, term.aside, words = both, aside = say!(language, search.not_offered))
                            .to_string()
                    };
                    let chosen = offering.code == chosen;
                    view! { <Choice value=offering.code.clone() words chosen disabled=!offered && !chosen /> }
                })
                .collect_view();
            view! { <optgroup label=words::family(language, family)>{options}</optgroup> }
        })
        .collect_view()
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
