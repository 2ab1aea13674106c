//! What saving a part would do, and the button that does it; or what is wrong.

use leptos::{prelude::*, server_fn::ServerFn};

use super::setup_form::{Filled, place, value};
use crate::{
    api::SaveSetup,
    components::{Post, known_as},
    contract::{FieldChange, SetupForm, SetupHit, SetupPlan, SetupProblem, setup_form::STATE},
    language::Language,
    request::{use_language, use_link},
    words::{moment, say, text, trouble},
};

/// Bookings named one by one; the others are counted.
const NAMED: usize = 50;

/// What is to be written.
#[derive(Clone, Debug)]
pub struct Planned {
    pub sort: String,
    /// Empty: a new part.
    pub code: String,
    /// Absent: the part is left out.
    pub text: Option<String>,
}

#[component]
pub fn PlanNote(
    plan: SetupPlan,
    planned: Planned,
    /// The part, for the names of what its fields choose from.
    form: SetupForm,
) -> impl IntoView {
    let language = use_language();
    let filled = Filled::new(form, Vec::new(), false);
    let shown = filled.value(STATE);
    if !plan.problems.is_empty() {
        let problems =
            plan.problems.iter().map(|one| view! { <li>{wrong(language, &filled, one)}</li> }).collect_view();
        return view! {
            <div class="note bad hits" role="alert">
                <p class="note-title">{say!(language, desk.setup_wrong)}</p>
                <ul>{problems}</ul>
            </div>
        }
        .into_any();
    }
    if plan.changes.is_empty() {
        return view! { <p class="note good">{say!(language, desk.setup_same)}</p> }.into_any();
    }
    let changes = plan
        .changes
        .iter()
        .map(|one| {
            let fate = match one.change.as_str() {
                "added" => say!(language, desk.added),
                "switched_off" => say!(language, desk.switched_off),
                _ => say!(language, desk.changed),
            };
            view! { <li>{text(language, &one.what)} " " <strong>{text(language, &one.name)}</strong> " · " {fate}</li> }
        })
        .collect_view();
    let fields = fields(language, &filled, &plan.fields);
    let affected = affected(language, &plan);
    let text = match planned.text {
        Some(text) => view! { <input type="hidden" name="text" value=text /> }.into_any(),
        None => view! { <input type="hidden" name="leave_out" value="true" /> }.into_any(),
    };
    view! {
        <div class="note warn hits">
            <p class="note-title">{say!(language, desk.setup_would)}</p>
            <ul>{changes}</ul>
            {fields}
            {affected}
            <Post to=SaveSetup::PATH>
                <input type="hidden" name="sort" value=planned.sort />
                <input type="hidden" name="code" value=planned.code />
                {text}
                <input type="hidden" name="shown" value=shown />
                <input type="hidden" name="next" value=use_link("/setup?saved=yes") />
                <button class="button" type="submit">{say!(language, desk.save)}</button>
            </Post>
        </div>
    }
    .into_any()
}

/// What the part's fields hold now, and what they would.
fn fields(language: Language, filled: &Filled, changed: &[FieldChange]) -> AnyView {
    if changed.is_empty() {
        return ().into_any();
    }
    let [field, was, is] = [say!(language, setup.what), say!(language, setup.was), say!(language, setup.is)];
    let rows = changed
        .iter()
        .take(NAMED)
        .map(|one| {
            let holds = |text: &str| value(language, filled, &one.path, text);
            view! {
                <tr>
                    <th scope="row">{place(language, filled, &one.path)}</th>
                    <td data-label=was><del>{holds(&one.was)}</del></td>
                    <td data-label=is><ins>{holds(&one.is)}</ins></td>
                </tr>
            }
        })
        .collect_view();
    let more = changed.len().saturating_sub(NAMED);
    let more =
        (more > 0).then(|| view! { <p>{say!(language, setup.more_fields, count = more).to_string()}</p> });
    view! {
        <table class="dense changed">
            <caption class="sr">{say!(language, desk.setup_would)}</caption>
            <thead>
                <tr>
                    <th scope="col">{field}</th>
                    <th scope="col">{was}</th>
                    <th scope="col">{is}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        {more}
    }
    .into_any()
}

/// Each booking with the first place where it doesn't fit, and the others.
fn by_booking(hits: &[SetupHit]) -> Vec<(&SetupHit, Vec<&SetupHit>)> {
    let mut bookings: Vec<(&SetupHit, Vec<&SetupHit>)> = Vec::new();
    for hit in hits {
        match bookings.iter_mut().find(|(first, _)| first.booking == hit.booking) {
            Some((_, more)) => more.push(hit),
            None => bookings.push((hit, Vec::new())),
        }
    }
    bookings
}

/// The bookings that would no longer fit.
fn affected(language: Language, plan: &SetupPlan) -> AnyView {
    let on_terms = (plan.on_new_terms > 0).then(|| {
        let words = match plan.on_new_terms {
            1 => say!(language, desk.on_new_terms_one).to_owned(),
            count => say!(language, desk.on_new_terms, count = count).to_string(),
        };
        view! { <p>{words}</p> }
    });
    let limited = plan.limited.map(|count| {
        let today = match count {
            0 => say!(language, desk.rule_limits_none).to_owned(),
            1 => say!(language, desk.rule_limits_one).to_owned(),
            count => say!(language, desk.rule_limits, count = count).to_string(),
        };
        view! { <p>{today} " " {say!(language, desk.rule_counts)}</p> }
    });
    let on_terms = view! { {on_terms} {limited} };
    if plan.affected.is_empty() {
        return view! { {on_terms} <p>{say!(language, desk.touches_nothing)}</p> }.into_any();
    }
    let place = |hit: &SetupHit| {
        view! {
            {text(language, &hit.line)} " · " <span class="when">{moment(language, hit.start)}</span> " · "
            {trouble(language, &hit.trouble)}
        }
    };
    let [name, what] = [say!(language, desk.campaign), say!(language, desk.what)];
    let bookings = by_booking(&plan.affected);
    let count = bookings.len();
    let hits = bookings
        .into_iter()
        .take(NAMED)
        .map(|(first, more)| {
            let href = use_link(&format!("/desk/requests/{}", first.booking));
            let campaign = first.campaign.as_ref().map(|name| known_as(language, name, true));
            let places = if more.is_empty() {
                place(first).into_any()
            } else {
                let places = std::iter::once(first).chain(more).map(|hit| view! { <li>{place(hit)}</li> });
                view! { <ul>{places.collect_view()}</ul> }.into_any()
            };
            view! {
                <tr>
                    <th scope="row"><a href=href>{first.reference.clone()}</a></th>
                    <td data-label=name>{campaign}</td>
                    <td data-label=what>{places}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        {on_terms}
        <p>{say!(language, desk.touches, count = count).to_string()}</p>
        <table class="dense">
            <thead>
                <tr>
                    <th scope="col">{say!(language, desk.reference)}</th>
                    <th scope="col">{name}</th>
                    <th scope="col">{what}</th>
                </tr>
            </thead>
            <tbody>{hits}</tbody>
        </table>
    }
    .into_any()
}

/// A problem, leading to its field if it has one.
fn wrong(language: Language, filled: &Filled, problem: &SetupProblem) -> AnyView {
    let words = text(language, &problem.words);
    let Some(field) = &problem.field else { return words.into_any() };
    let href = format!("#f-{}", field.replace('.', "-"));
    let label = place(language, filled, field);
    view! { <a href=href>{label}</a> {say!(language, term.colon)} {words} }.into_any()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::contract::{Instant, TextView};

    #[test]
    fn a_booking_that_fits_at_several_places_no_longer_is_one() {
        let hit = |booking: u128, start: i64| SetupHit {
            booking: Uuid::from_u128(booking),
            reference: format!("B-{booking}"),
            campaign: None,
            line: TextView { zh: "press".into(), en: "press".into() },
            start: Instant(start),
            trouble: "length".into(),
        };
        // They come by when they begin.
        let hits = [hit(1, 10), hit(2, 20), hit(1, 30), hit(1, 40)];
        let found = by_booking(&hits);
        let told = found.iter().map(|(first, more)| (first.reference.as_str(), first.start.0, more.len()));
        assert_eq!(told.collect::<Vec<_>>(), [("B-1", 10, 2), ("B-2", 20, 0)]);
    }
}
