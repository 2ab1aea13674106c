//! Signing in, and back to where one was.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::SignIn,
    components::{FailureNote, Field, PageTitle, Post},
    request::{use_failure, use_language, use_link, use_parameters, use_typed},
    words::say,
};

#[component]
pub fn SignInPage() -> impl IntoView {
    let language = use_language();
    let next = use_parameters().get("next").unwrap_or_else(|| use_link("/"));
    // Of a session that has ended.
    let organisation = use_parameters().get("organisation").map(|id| {
        view! { <input type="hidden" name="organisation" value=id /> }
    });
    let email = use_typed::<SignIn>().and_then(|typed| typed.get("email")).unwrap_or_default();
    let known = !email.is_empty();
    let chosen = use_parameters().get("chosen").map(|_| {
        view! { <p class="note good" role="status">{say!(language, session.chosen)}</p> }
    });
    let failure = use_failure::<SignIn>().map(|failure| view! { <FailureNote failure /> });
    view! {
        <PageTitle page=say!(language, session.sign_in) />
        <section class="narrow">
            <h1>{say!(language, session.sign_in)}</h1>
            <p class="lead">{say!(language, session.lead)}</p>
            {chosen}
            {failure}
            <Post class="panel" to=SignIn::PATH>
                <input type="hidden" name="next" value=next />
                {organisation}
                <Field id="email" label=say!(language, session.email)>
                    <input id="email" name="email" type="email" required autocomplete="username" value=email autofocus=!known />
                </Field>
                <Field id="password" label=say!(language, session.password)>
                    <input id="password" name="password" type="password" required autocomplete="current-password" autofocus=known />
                </Field>
                <button class="button" type="submit">{say!(language, session.sign_in)}</button>
            </Post>
            <p class="hint">{say!(language, session.forgotten)}</p>
            <p class="hint">
                {say!(language, register.offer)} " "
                <a href=use_link("/register")>{say!(language, register.link)}</a>
            </p>
        </section>
    }
}
