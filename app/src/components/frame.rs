//! What surrounds every page.

use leptos::{prelude::*, serde_json};
use leptos_i18n::Locale as _;
use leptos_meta::Title;
use uuid::Uuid;

use super::{
    escaped::escaped,
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
    language, query,
    request::{use_here, use_language, use_link, use_parameters, use_reader},
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
    let told = use_deed().map(|(deed, figures)| view! { <Told deed figures /> });
    view! {
        <a class="skip" href=skips_to(&use_here())>{say!(language, common.skip)}</a>
        {demonstration}
        <Masthead reach />
        <TourStrip />
        <main id="content" class=reach.trim_start() tabindex="-1">{told} {children()}</main>
        {mark.map(|mark| view! { <Lost /> <Live mark=mark.to_string() /> })}
        <Colophon reach />
    }
}

/// A head that stands on a page as a sample: its landmarks are named apart, and nothing in it is kept fresh.
#[derive(Clone, Copy, Debug)]
pub struct SampleHead {
    pub name: &'static str,
    /// The page on which its reader is.
    pub here: &'static str,
}

impl SampleHead {
    /// What a landmark called `label` is called in it.
    pub(super) fn label(sample: Option<Self>, label: &'static str) -> String {
        let aside =
            |Self { name, .. }| say!(use_language(), term.aside, words = label, aside = name).to_string();
        sample.map_or_else(|| label.to_owned(), aside)
    }
}

/// The page's head: the ways on, the language, and who is signed in. `reach` is a class, behind a space.
#[component]
pub fn Masthead(
    #[prop(optional)] reach: &'static str,
    #[prop(optional)] sample: Option<SampleHead>,
) -> impl IntoView {
    let language = use_language();
    view! {
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
            <Navigation sample />
            <nav class="masthead-nav" aria-label=SampleHead::label(sample, say!(language, nav.tools))>
                <OtherLanguage />
                <SessionMenu />
            </nav>
        </header>
    }
}

/// The page's foot.
#[component]
pub fn Colophon(#[prop(optional)] reach: &'static str) -> impl IntoView {
    let language = use_language();
    view! {
        <footer class=format!("colophon{reach}")>
            <p>{say!(language, common.plant_time)}</p>
            <p><a href=use_link("/glossary")>{say!(language, glossary.page)}</a></p>
            <p><a href="/api/openapi.json">{say!(language, common.open_api)}</a></p>
        </footer>
    }
}

/// What a page says that can't hear any more of what changes, or that holds back what is new while somebody types;
/// shown by [`Live`], or as a `sample`.
#[component]
pub fn Lost(#[prop(optional)] sample: bool) -> impl IntoView {
    let language = use_language();
    let whose = use_reader().map(|reader| reader.organisation);
    let sign_in = sign_in_for(language, &language::link(language, &use_here()), whose);
    let real = !sample;
    let [signed_out, cut_off, held_back, show_new] =
        ["signed-out", "cut-off", "held-back", "show-new"].map(|id| real.then_some(id));
    view! {
        <div class=real.then_some("cut")>
            <div role=real.then_some("alert")>
                <p class="note warn" id=signed_out hidden=real>
                    {say!(language, common.signed_out)} " " <a href=sign_in>{say!(language, session.sign_in)}</a>
                </p>
                <p class="note warn" id=cut_off hidden=real>{say!(language, common.cut_off)}</p>
            </div>
            <div role=real.then_some("status")>
                <p class="note info" id=held_back hidden=real>
                    {say!(language, common.held_back)} " "
                    <button type="button" class="button small quiet" id=show_new>{say!(language, common.show_new)}</button>
                </p>
            </div>
        </div>
    }
}

/// Where whoever leaves the head out goes on: at what a search found, else at the page.
fn skips_to(here: &str) -> &'static str {
    let searched = here.starts_with("/?") && query::read(&use_parameters()).is_some();
    // What became of a form is at the page's top.
    if searched && use_refused().is_none() { "#results" } else { "#content" }
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

/// The document's title. The framework writes a title into the page as it is, and pages are made on the server alone.
#[component]
pub fn PageTitle(#[prop(into)] page: String) -> impl IntoView {
    let title = say!(use_language(), common.title, page = page).to_string();
    view! { <Title text=escaped(&title) /> }
}
