//! Where one-time links lead: taking up an invitation, choosing a new password.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_i18n::Locale as _;

use crate::{
    api::{ChoosePassword, Join},
    backend::use_backend,
    components::{FailureNote, Field, PageTitle, Post, loaded},
    contract::{Failure, InvitedView},
    request::{set_failure_status, use_failure, use_language, use_link, use_parameters, use_typed},
    words::{role, say, text},
};

/// `/join?token=…`
#[component]
pub fn JoinPage() -> impl IntoView {
    let token = use_parameters().get("token").unwrap_or_default();
    let load = async move {
        match use_backend().invited(&token).await {
            Ok(invited) => Ok(Some(invited)),
            Err(Failure::NotFound) => Ok(None),
            Err(other) => Err(other),
        }
    };
    loaded(load, |invited| match invited {
        Some(invited) => view! { <Joining invited /> }.into_any(),
        None => view! { <Spent /> }.into_any(),
    })
}

/// An invitation that nobody can take up any more.
#[component]
fn Spent() -> impl IntoView {
    let language = use_language();
    set_failure_status(&Failure::NotFound);
    view! {
        <PageTitle page=say!(language, session.join) />
        <section class="narrow">
            <h1>{say!(language, session.join)}</h1>
            <div class="note warn" role="alert">
                <p class="note-title">{say!(language, session.invitation_over)}</p>
                <p>{say!(language, session.invitation_over_text)}</p>
            </div>
            <p><a class="button" href=use_link("/sign-in")>{say!(language, session.sign_in)}</a></p>
        </section>
    }
}

#[component]
fn Joining(invited: InvitedView) -> impl IntoView {
    let language = use_language();
    let InvitedView { email, organisation_name, role: of, known } = invited;
    let whose = text(language, &organisation_name);
    let what =
        say!(language, session.invited, who = email, whose = whose, role = role(language, of)).to_string();
    let lead = if known { say!(language, session.join_known) } else { say!(language, session.join_new) };
    let name = use_typed::<Join>().and_then(|typed| typed.get("name")).unwrap_or_default();
    let named = (!known).then(|| {
        view! {
            <Field id="name" label=say!(language, session.name)>
                <input id="name" name="name" autocomplete="name" maxlength="200" required autofocus value=name />
            </Field>
        }
    });
    let password = if known {
        view! {
            <Field id="password" label=say!(language, session.password)>
                <input id="password" name="password" type="password" required autocomplete="current-password" maxlength="1024" />
            </Field>
        }
        .into_any()
    } else {
        view! { <NewPasswordField /> }.into_any()
    };
    let failure = use_failure::<Join>().map(|failure| view! { <FailureNote failure /> });
    view! {
        <PageTitle page=say!(language, session.join) />
        <section class="narrow">
            <h1>{say!(language, session.join)}</h1>
            <p class="lead">{what}</p>
            <p>{lead}</p>
            {failure}
            <Post class="panel" to=Join::PATH>
                <Token next=use_link("/company") />
                <input type="hidden" name="locale" value=language.as_str() />
                {named}
                {password}
                <button class="button" type="submit">{say!(language, session.join)}</button>
            </Post>
        </section>
    }
}

/// `/reset?token=…`
#[component]
pub fn ResetPage() -> impl IntoView {
    let language = use_language();
    let failure = match use_failure::<ChoosePassword>() {
        // Of a link, what isn't there has been used or is too old.
        Some(Failure::NotFound) => Some(
            view! {
                <div class="note bad" role="alert" tabindex="-1" autofocus>
                    <p class="note-title">{say!(language, session.reset_over)}</p>
                    <p>{say!(language, session.forgotten)}</p>
                </div>
            }
            .into_any(),
        ),
        failure => failure.map(|failure| view! { <FailureNote failure /> }.into_any()),
    };
    view! {
        <PageTitle page=say!(language, session.choose) />
        <section class="narrow">
            <h1>{say!(language, session.choose)}</h1>
            <p class="lead">{say!(language, session.choose_lead)}</p>
            {failure}
            <Post class="panel" to=ChoosePassword::PATH>
                <Token next=use_link("/sign-in?chosen=yes") />
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
