//! What the colours of a timeline mean, for whoever sees them.

use leptos::prelude::*;

use crate::{
    request::use_language,
    words::{piece, say, status},
};

/// `outside`: whether days of another month are drawn too; `own`: whether one booking stands out.
#[component]
pub fn Legend(#[prop(optional)] outside: bool, #[prop(optional)] own: bool) -> impl IntoView {
    let language = use_language();
    let this = own.then(|| ("piece campaign own", say!(language, desk.this_booking).to_owned()));
    let keys = [
        ("piece campaign confirmed", status(language, "confirmed")),
        ("piece campaign running", status(language, "running")),
        ("piece campaign requested", status(language, "requested")),
        ("piece campaign held", status(language, "held")),
        ("piece campaign completed", status(language, "completed")),
        ("setup", say!(language, desk.setup).to_owned()),
        ("kept", say!(language, desk.kept).to_owned()),
        ("piece cleaning", piece(language, "cleaning")),
        ("piece closure", piece(language, "closure")),
        ("piece outage", piece(language, "outage")),
        ("open", say!(language, desk.key_free).to_owned()),
        ("shut", say!(language, desk.key_shut).to_owned()),
    ];
    let other_month = outside.then(|| ("outside", say!(language, desk.other_month).to_owned()));
    let keys = this
        .into_iter()
        .chain(keys)
        .chain(other_month)
        .map(|(class, words)| {
            view! {
                <li>
                    <svg class="lane-time" width="20" height="14">
                        <rect class=class x="0" y="0" width="20" height="14" rx="3" />
                    </svg>
                    {words}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="legend" aria-hidden="true">{keys}</ul> }
}
