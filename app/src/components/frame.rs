//! What surrounds every page.

use leptos::{prelude::*, serde_json};
use leptos_i18n::Locale as _;
use leptos_meta::Title;
use uuid::Uuid;

use super::{
    navigation::Navigation,
    session_menu::{SessionMenu, sign_in_for},
    told::Told,
    tour_strip::TourStrip,
};
use crate::{
    answered::{HERE, TOLD, use_refused},
    backend::use_backend,
    deed::use_deed,
    islands::Live,
    language,
    request::{use_here, use_language, use_link, use_reader},
    words::say,
};

/// Banner, header, the page and footer.
#[component]
pub fn Frame(
    /// From where the page listens for changes.
    #[prop(optional_no_strip)]
    mark: Option<Uuid>,
    children: Children,
) -> impl IntoView {
    let language = use_language();
    let reach = if is_operators(&use_here()) { " dense-page" } else { "" };
    let demonstration = use_backend().demonstration().then(|| {
        view! { <aside class="banner"><p>{say!(language, common.demonstration)}</p></aside> }
    });
    let told = use_deed().map(|deed| view! { <Told deed /> });
    view! {
        <a class="skip" href="#content">{say!(language, common.skip)}</a>
        {demonstration}
        <header class=format!("masthead{reach}")>
            <a class="brand" href=use_link("/")>
                <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true">
                    <rect x="3" y="6" width="14" height="5" rx="2.5" />
                    <rect x="9" y="13.5" width="20" height="5" rx="2.5" />
                    <rect x="3" y="21" width="10" height="5" rx="2.5" />
                </svg>
                <span class="brand-name">{say!(language, common.product)}</span>
                <span class="brand-line">{say!(language, common.tagline)}</span>
            </a>
            <Navigation />
            <nav class="masthead-nav" aria-label=say!(language, nav.tools)>
                <OtherLanguage />
                <SessionMenu />
            </nav>
        </header>
        <TourStrip />
        <main id="content" class=reach.trim_start() tabindex="-1">{told} {children()}</main>
        {mark.map(|mark| view! { <Lost /> <Live mark=mark.to_string() /> })}
        <footer class=format!("colophon{reach}")>
            <p>{say!(language, common.plant_time)}</p>
            <p><a href=use_link("/glossary")>{say!(language, glossary.page)}</a></p>
            <p><a href="/api/openapi.json">{say!(language, common.open_api)}</a></p>
        </footer>
    }
}

/// What a page says that can't hear any more of what changes; shown by [`Live`].
#[component]
fn Lost() -> impl IntoView {
    let language = use_language();
    let whose = use_reader().map(|reader| reader.organisation);
    let sign_in = sign_in_for(language, &language::link(language, &use_here()), whose);
    view! {
        <div class="cut" role="alert">
            <p class="note warn" id="signed-out" hidden>
                {say!(language, common.signed_out)} " " <a href=sign_in>{say!(language, session.sign_in)}</a>
            </p>
            <p class="note warn" id="cut-off" hidden>{say!(language, common.cut_off)}</p>
        </div>
    }
}

/// Whether a page is one of those on which an operator works: they use the whole width of a screen.
fn is_operators(here: &str) -> bool {
    ["/desk", "/lines", "/setup"].iter().any(|start| here.starts_with(start))
}

/// The same page in the other language; where a form was refused, with what was typed and why.
#[component]
fn OtherLanguage() -> impl IntoView {
    let language = use_language();
    let other = language::other(language);
    let (there, words) = (language::link(other, &use_here()), say!(language, common.other_language));
    let Some((refused, failure)) = use_refused() else {
        return view! {
            <a class="quiet" href=there hreflang=other.as_str() lang=other.as_str()>{words}</a>
        }
        .into_any();
    };
    let fields = refused
        .typed
        .again()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    view! {
        <form method="post" action=refused.form>
            <input type="hidden" name=HERE value=there />
            <input type="hidden" name=TOLD value=serde_json::to_string(&failure).unwrap_or_default() />
            {fields}
            <button class="link" type="submit" lang=other.as_str() data-other>{words}</button>
        </form>
    }
    .into_any()
}

/// The document's title.
#[component]
pub fn PageTitle(#[prop(into)] page: String) -> impl IntoView {
    view! { <Title text=say!(use_language(), common.title, page = page).to_string() /> }
}
