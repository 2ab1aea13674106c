//! Verified companies with their innovation scores: the district's administrator records these, and withdraws a
//! verification.

use leptos::{prelude::*, server_fn::ServerFn};

use super::turn_away::TurnAway;
use crate::{
    api::{ClearInnovation, RecordInnovation, RejectCompany},
    components::{Field, Post, complaint, failed, failed_elsewhere},
    contract::{OrganisationView, Role},
    request::{use_failure, use_here, use_language, use_link, use_reader, use_typed},
    words::{date, innovation_score, say, size, text},
};

#[component]
pub fn Scores(companies: Vec<OrganisationView>) -> impl IntoView {
    let language = use_language();
    let records = use_reader().is_some_and(|reader| reader.role == Role::DistrictAdmin);
    let failure = failed_elsewhere::<RecordInnovation>(&["score", "assessed_on"])
        .or_else(|| failed_elsewhere::<RejectCompany>(&["reason"]))
        .or_else(failed::<ClearInnovation>);
    let hint = (!records).then(|| view! { <p class="hint">{say!(language, district.score_admin)}</p> });
    let rows = companies.into_iter().map(|company| view! { <Company company records /> }).collect_view();
    view! { {failure} {hint} <ul class="companies brief">{rows}</ul> }.into_any()
}

#[component]
fn Company(company: OrganisationView, records: bool) -> impl IntoView {
    let language = use_language();
    let name = text(language, &company.name);
    let place = if company.in_district {
        say!(language, district.in_district)
    } else {
        say!(language, district.outside)
    };
    let unstated = || say!(language, register.size_none).to_owned();
    let size = company.size.map_or_else(unstated, |word| size(language, &word));
    let facts = [
        ("of-code", say!(language, district.credit_code), company.credit_code.unwrap_or_default()),
        ("of-contact", say!(language, district.contact), company.contact),
        ("of-size", say!(language, district.size), size),
        ("of-since", say!(language, district.since), date(language, company.created_at)),
        (
            "of-score",
            say!(language, office.innovation),
            innovation_score(language, company.innovation.as_ref()),
        ),
    ];
    // Each has its column, be another empty.
    let facts = facts
        .into_iter()
        .filter(|(_, _, value)| !value.is_empty())
        .map(|(class, name, value)| view! { <div class=class><dt>{name}</dt><dd>{value}</dd></div> })
        .collect_view();
    let id = company.id.to_string();
    let (innovation, anchor) = (company.innovation, format!("company-{id}"));
    let withdraw = records.then(|| {
        let [words, hint, example] = [
            say!(language, district.withdraw),
            say!(language, district.withdraw_text),
            say!(language, district.withdraw_example),
        ];
        let next = use_link(&use_here());
        view! { <TurnAway company=id.clone() name=name.clone() next words example hint /> }
    });
    let form = records.then(|| {
        let (points, day) = (format!("score-{id}"), format!("day-{id}"));
        let next = format!("{}#company-{id}", use_link(&use_here()));
        let clear = innovation.is_some().then(|| {
            let (company, back, name) = (id.clone(), next.clone(), name.clone());
            view! {
                <Post to=ClearInnovation::PATH>
                    <input type="hidden" name="company" value=company />
                    <input type="hidden" name="next" value=back />
                    <button class="button small quiet" type="submit">
                        {say!(language, district.score_clear)} " " <span class="sr">{name}</span>
                    </button>
                </Post>
            }
        });
        let typed = use_typed::<RecordInnovation>().filter(|typed| typed.get("company").as_ref() == Some(&id));
        let open = typed.is_some();
        let failure = use_failure::<RecordInnovation>().filter(|_| open);
        let [points_wrong, day_wrong] =
            ["score", "assessed_on"].map(|name| complaint(failure.as_ref(), name));
        let (points_faulty, day_faulty) = (points_wrong.is_some(), day_wrong.is_some());
        let (points_told, day_told) = (format!("{points}-hint {points}-problem"), format!("{day}-problem"));
        let said = |name: &str| typed.as_ref().and_then(|typed| typed.get(name));
        let known = innovation.as_ref().map(|innovation| innovation.score.to_string());
        let known = said("score").or(known);
        let assessed = said("assessed_on").or(innovation.map(|innovation| innovation.assessed_on));
        view! {
            <details class="score" open=open>
                <summary class="button small quiet">
                    {say!(language, district.score)} " " <span class="sr">{name.clone()}</span>
                </summary>
                <Post to=RecordInnovation::PATH class="invite">
                    <input type="hidden" name="company" value=id.clone() />
                    <input type="hidden" name="next" value=next />
                    <Field id=points.clone() label=say!(language, district.score_points) hint=say!(language, district.score_range) complaint=points_wrong>
                        <input id=points name="score" type="number" min="0" max="1000" step="1" required value=known aria-describedby=points_told autofocus=points_faulty />
                    </Field>
                    <Field id=day.clone() label=say!(language, district.score_day) complaint=day_wrong>
                        <input id=day name="assessed_on" type="date" required value=assessed aria-describedby=day_told autofocus=day_faulty />
                    </Field>
                    <button class="button small quiet" type="submit">
                        {say!(language, district.score_save)} " " <span class="sr">{name.clone()}</span>
                    </button>
                </Post>
                {clear}
            </details>
        }
    });
    view! {
        <li class="company" id=anchor>
            <h2>{text(language, &company.name)} " " <span class="tag">{place}</span></h2>
            <dl class="facts">{facts}</dl>
            <div class="decide">{form} {withdraw}</div>
        </li>
    }
    .into_any()
}
