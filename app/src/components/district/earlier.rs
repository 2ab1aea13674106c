//! What a company was turned away for, and what is otherwise since: whoever looks at it again reads it.

use leptos::prelude::*;

use crate::{
    contract::TurnedAwayView,
    request::use_language,
    words::{date, say, text},
};

#[component]
pub fn Earlier(turned_away: TurnedAwayView) -> impl IntoView {
    let language = use_language();
    let day = date(language, turned_away.at);
    let by = match (turned_away.by, turned_away.person) {
        (Some(by), Some(person)) => {
            let by = text(language, &by);
            say!(language, district.away_person, by = by, person = person).to_string()
        }
        (Some(by), None) => text(language, &by),
        (None, _) => say!(language, district.away_somebody).to_owned(),
    };
    let words = if turned_away.withdrawn {
        say!(language, district.away_withdrawn, day = day, by = by).to_string()
    } else {
        say!(language, district.away_turned, day = day, by = by).to_string()
    };
    let former = [
        (say!(language, office.name), turned_away.former_name),
        (say!(language, district.credit_code), turned_away.former_credit_code),
        (say!(language, district.contact), turned_away.former_contact),
    ];
    let changed: Vec<String> = former
        .into_iter()
        .filter_map(|(name, value)| {
            let value = value?;
            Some(say!(language, district.earlier_was, name = name, value = value).to_string())
        })
        .collect();
    let since = if changed.is_empty() {
        let same = turned_away.compared.then(|| view! { <p>{say!(language, district.earlier_same)}</p> });
        same.into_any()
    } else {
        let rows = changed.into_iter().map(|words| view! { <li>{words}</li> }).collect_view();
        view! {
            <p>{say!(language, district.earlier_changed)}</p>
            <ul>{rows}</ul>
        }
        .into_any()
    };
    let again = turned_away.submitted_at.map(|at| {
        let day = date(language, at);
        view! { <p>{say!(language, district.earlier_submitted, day = day).to_string()}</p> {since} }
    });
    view! {
        <div class="note earlier">
            <p class="note-title">{words}</p>
            <blockquote>{turned_away.reason}</blockquote>
            {again}
        </div>
    }
    .into_any()
}
