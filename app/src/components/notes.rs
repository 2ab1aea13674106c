//! What went wrong, said once and loudly.

use std::future::ready;

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    complaints::is_said_at, frame::PageTitle, navigation::Ways, own_ask::own_ask, session_menu::sign_in_link,
    unverified::Unverified,
};
use crate::{
    contract::{Failure, OrganisationKind},
    language::{self, Language},
    request::{set_failure_status, use_failure, use_here, use_language, use_link, use_outcome, use_reader},
    words::{failure, failure_in, remedy, say},
};

/// A failure beside the content that it concerns.
#[component]
pub fn FailureNote(
    failure: Failure,
    /// Whether the reader is brought here: on a long page they would not see it otherwise.
    #[prop(default = true)]
    focus: bool,
    /// The way to what can be done instead.
    #[prop(optional_no_strip)]
    onwards: Option<AnyView>,
    /// What the form calls some of its fields.
    #[prop(optional)]
    named: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    let language = use_language();
    view! {
        <div class="note bad" role="alert" tabindex="-1" autofocus=focus>
            <p class="note-title">{say!(language, failure.heading)}</p>
            <p>{failure_in(language, &failure, &named)}</p>
            {limited(language, &failure).map(|words| view! { <p>{words}</p> })}
            {own_ask(&failure)}
            {onwards}
            {(failure == Failure::Unverified).then(|| view! { <Unverified /> })}
        </div>
    }
}

/// What a firm can do about a limit of its own. What would change another refusal depends on what was asked for.
fn limited(language: Language, failure: &Failure) -> Option<&'static str> {
    match failure {
        Failure::Refused { refusal }
            if matches!(&*refusal.reason, "too_many_holds" | "too_many_unconfirmed" | "use_or_lose") =>
        {
            remedy(language, &refusal.reason)
        }
        _ => None,
    }
}

/// What failed of the form that posts to `F`.
pub fn failed<F: ServerFn>() -> Option<AnyView> {
    use_failure::<F>().map(|failure| view! { <FailureNote failure /> }.into_any())
}

/// What failed of the form that posts to `F`, but for what is said at one of its `fields`.
pub fn failed_elsewhere<F: ServerFn>(fields: &[&str]) -> Option<AnyView> {
    let failure = use_failure::<F>().filter(|failure| !is_said_at(failure, fields))?;
    Some(view! { <FailureNote failure /> }.into_any())
}

/// That what the form which posts to `F` asked for is done.
pub fn done<F: ServerFn<Output = bool>>(words: &'static str) -> Option<AnyView> {
    use_outcome::<F>().map(|_| view! { <p class="note good" role="status">{words}</p> }.into_any())
}

/// What `load` finds, as `show` has it; or its failure in the content's place.
pub fn loaded<T, V: IntoView>(
    load: impl Future<Output = Result<T, Failure>> + Send + 'static,
    show: impl FnOnce(T) -> V + Send + 'static,
) -> impl IntoView {
    loaded_or(load, show, |failure| ready(view! { <Trouble failure /> }.into_any()))
}

/// What `load` finds, as `show` has it; or what is `told` of its failure.
pub fn loaded_or<T, V: IntoView, F: Future<Output = AnyView> + Send>(
    load: impl Future<Output = Result<T, Failure>> + Send + 'static,
    show: impl FnOnce(T) -> V + Send + 'static,
    told: impl FnOnce(Failure) -> F + Send + 'static,
) -> impl IntoView {
    view! {
        <Suspense>
            {Suspend::new(async move {
                let shown = load.await.map(|found| show(found).into_any());
                match shown {
                    Ok(shown) => shown,
                    Err(failure) => told(failure).await,
                }
            })}
        </Suspense>
    }
}

/// A failure in place of a page's content.
#[component]
pub fn Trouble(failure: Failure) -> impl IntoView {
    set_failure_status(&failure);
    let language = use_language();
    let heading = match failure {
        Failure::NotFound => say!(language, failure.not_found_page),
        Failure::Unauthenticated => say!(language, session.sign_in),
        Failure::Forbidden => say!(language, failure.forbidden_page),
        _ => say!(language, failure.problem_page),
    };
    // Whoever may see the page after signing in comes back to it.
    let onwards = if failure == Failure::Unauthenticated {
        let here = language::link(language, &use_here());
        view! { <a class="button" href=sign_in_link(language, &here)>{say!(language, session.sign_in)}</a> }
    } else {
        let (home, words) = match use_reader().map(|reader| reader.organisation_kind) {
            Some(OrganisationKind::District) => ("/district", say!(language, failure.home_district)),
            Some(OrganisationKind::Platform) => ("/desk", say!(language, failure.home_queue)),
            Some(OrganisationKind::Company) | None => ("/", say!(language, failure.home)),
        };
        view! { <a class="button" href=use_link(home)>{words}</a> }
    };
    let elsewhere = matches!(failure, Failure::NotFound | Failure::Unauthenticated | Failure::Forbidden);
    let lost = elsewhere.then(|| view! { <Ways /> });
    view! {
        <PageTitle page=heading />
        <section class="narrow lone">
            <h1>{heading}</h1>
            <p class="lead">{self::failure(language, &failure)}</p>
            {(failure == Failure::Unverified).then(|| view! { <Unverified /> })}
            <p>{onwards}</p>
            {lost}
        </section>
    }
}
