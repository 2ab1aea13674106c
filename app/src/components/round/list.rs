//! Calls, the newest first.

use leptos::prelude::*;

use super::facts::{CallState, period};
use crate::{
    components::OwnMoment,
    contract::CallView,
    request::{use_language, use_link},
    words::{deadline, rule_name, say, text},
};

#[component]
pub fn CallList(
    calls: Vec<CallView>,
    /// Where one of them is shown: its id is added.
    folder: &'static str,
    /// Whose calls they are goes without saying.
    #[prop(optional)]
    own: bool,
) -> impl IntoView {
    let language = use_language();
    let heads = [
        say!(language, round.call),
        say!(language, round.rule),
        say!(language, round.period),
        say!(language, round.closes),
        say!(language, round.state),
    ];
    let rows = calls
        .into_iter()
        .map(|call| {
            let href = use_link(&format!("{folder}/{}", call.id));
            let lines = call.lines.iter().map(|line| text(language, &line.name)).collect::<Vec<_>>();
            let lines = lines.join(say!(language, campaign.and));
            let platform = (!own).then(|| {
                view! { <span class="hint">{text(language, &call.platform_name)}</span> }
            });
            let wishes = call.wishes.map(|wishes| {
                let words = match wishes {
                    1 => say!(language, round.wishes_count_one).to_owned(),
                    count => say!(language, round.wishes_count, count = count).to_string(),
                };
                view! { <span class="hint whole">{words}</span> }
            });
            view! {
                <tr>
                    <th scope="row">
                        <a href=href>{call.title.clone()}</a>
                        {platform}
                        <span class="hint">{lines}</span>
                    </th>
                    <td data-label=heads[1]>{rule_name(language, call.rule)}</td>
                    <td class="when" data-label=heads[2]>{period(language, &call)}</td>
                    <td class="when" data-label=heads[3]>{deadline(language, call.closes_at)} <OwnMoment at=call.closes_at /></td>
                    <td data-label=heads[4]><CallState state=call.state /> " " {wishes}</td>
                </tr>
            }
        })
        .collect_view();
    let heads = heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    view! {
        <table class="list" id="calls" data-live>
            <thead><tr>{heads}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
