//! The platforms and what each offers, each form a way to a search for it.

use leptos::prelude::*;

use crate::{
    contract::{OfferingView, PlatformView},
    query,
    request::{use_language, use_link},
    words::{say, text},
};

#[component]
pub fn Platforms(platforms: Vec<PlatformView>, offerings: Vec<OfferingView>) -> impl IntoView {
    let language = use_language();
    let count = platforms.len();
    let cards = platforms
        .into_iter()
        .map(|platform| {
            let names = platform
                .offerings
                .iter()
                .map(|code| {
                    let known = offerings.iter().find(|offering| offering.code == *code);
                    let name = known.map_or_else(|| code.clone(), |offering| text(language, &offering.name));
                    let unit = known.and_then(|offering| offering.units.first()).map_or("", String::as_str);
                    let href = use_link(&format!("/{}", query::choose(code, unit, platform.id)));
                    view! { <li><a class="tag" href=href rel="nofollow">{name}</a></li> }
                })
                .collect_view();
            let illustrative = platform.illustrative.then(|| {
                view! { <span class="tag warn">{say!(language, common.illustrative)}</span> }
            });
            view! {
                <li class="platform">
                    <h3>{text(language, &platform.name)} " " {illustrative}</h3>
                    <ul class="tags">{names}</ul>
                </li>
            }
        })
        .collect_view();
    let none = (count == 0).then(|| view! { <p>{say!(language, search.platforms_none_text)}</p> });
    let heading = match count {
        0 => say!(language, search.platforms_none).to_owned(),
        1 => say!(language, search.platforms_one).to_owned(),
        count => say!(language, search.platforms, count = count).to_string(),
    };
    view! {
        <section class="platforms" aria-labelledby="platforms">
            <h2 id="platforms">{heading}</h2>
            {none}
            <ul class="platform-list">{cards}</ul>
        </section>
    }
}
