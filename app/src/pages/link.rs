//! Where one-time links lead: taking up an invitation, choosing a new password.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::{ChoosePassword, Join},
    components::{FailureNote, Field, PageTitle, Post},
    request::{use_failure, use_language, use_link, use_parameters},
    words::say,
};

/// `/join?token=…`
#[component]
pub fn JoinPage() -> impl IntoView {
    let language = use_language();
    let failure = use_failure::<Join>().map(|failure| view! { <FailureNote failure /> });
    view! {
        <PageTitle page=say!(language, session.join) />
        <section class="narrow">
            <h1>{say!(language, session.join)}</h1>
            <p class="lead">{say!(language, session.join_lead)}</p>
            {failure}
            <Post class="panel" to=Join::PATH>
                <Token next=use_link("/") />
                <Field id="name" label=say!(language, session.name)>
                    <input id="name" name="name" autocomplete="name" maxlength="200" autofocus />
                </Field>
                <NewPasswordField />
                <button class="button" type="submit">{say!(language, session.join)}</button>
            </Post>
        </section>
    }
}

/// `/reset?token=…`
#[component]
pub fn ResetPage() -> impl IntoView {
    let language = use_language();
    let failure = use_failure::<ChoosePassword>().map(|failure| view! { <FailureNote failure /> });
    view! {
        <PageTitle page=say!(language, session.choose) />
        <section class="narrow">
            <h1>{say!(language, session.choose)}</h1>
            <p class="lead">{say!(language, session.choose_lead)}</p>
            {failure}
            <Post class="panel" to=ChoosePassword::PATH>
                <Token next=use_link("/sign-in") />
                <NewPasswordField />
                <button class="button" type="submit">{say!(language, session.choose)}</button>
            </Post>
        </section>
    }
}

/// The link's secret and where to go afterwards.
#[component]
fn Token(next: String) -> impl IntoView {
    let token = use_parameters().get("token").unwrap_or_default();
    view! {
        <input type="hidden" name="token" value=token />
        <input type="hidden" name="next" value=next />
    }
}

#[component]
fn NewPasswordField() -> impl IntoView {
    let language = use_language();
    view! {
        <Field id="password" label=say!(language, session.password) hint=say!(language, session.password_hint)>
            <input
                id="password"
                name="password"
                type="password"
                required
                autocomplete="new-password"
                minlength="10"
                maxlength="1024"
                aria-describedby="password-hint"
            />
        </Field>
    }
}
