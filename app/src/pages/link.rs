//! Where one-time links lead: taking up an invitation, choosing a new password.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_i18n::Locale as _;

use crate::{
    api::{ChoosePassword, Join},
    backend::use_backend,
    components::{
        FailureNote, Field, PageTitle, Post, Username, complaint, complaint_at, failed_elsewhere, is_said_at,
        loaded,
    },
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
    let who = email.as_str();
    let what =
        say!(language, session.invited, who = who, whose = whose, role = role(language, of)).to_string();
    let lead = if known { say!(language, session.join_known) } else { say!(language, session.join_new) };
    let name = use_typed::<Join>().and_then(|typed| typed.get("name")).unwrap_or_default();
    let failure = use_failure::<Join>();
    let name_wrong = complaint_at(failure.as_ref(), "name", say!(language, session.name));
    // Whose account it is stands in the link: only the password can be wrong.
    let not_its = known && failure == Some(Failure::WrongCredentials);
    let password_wrong = if not_its {
        Some(say!(language, office.password_wrong).to_owned())
    } else {
        complaint(failure.as_ref(), "password")
    };
    // What is wrong is where one goes on.
    let at_name = name_wrong.is_some() || password_wrong.is_none();
    let named = (!known).then(|| {
        view! {
            <Field id="name" label=say!(language, session.name) complaint=name_wrong>
                <input id="name" name="name" autocomplete="name" required autofocus=at_name value=name aria-describedby="name-problem" />
            </Field>
        }
    });
    let password = if known {
        view! {
            <Field id="password" label=say!(language, session.password) complaint=password_wrong>
                <input id="password" name="password" type="password" required autocomplete="current-password" autofocus=not_its aria-describedby="password-problem" />
            </Field>
        }
        .into_any()
    } else {
        view! { <NewPasswordField complaint=password_wrong /> }.into_any()
    };
    let note = (!not_its).then(|| failed_elsewhere::<Join>(&["name", "password"]));
    view! {
        <PageTitle page=say!(language, session.join) />
        <section class="narrow">
            <h1>{say!(language, session.join)}</h1>
            <p class="lead">{what}</p>
            <p>{lead}</p>
            {note}
            <Post class="panel" to=Join::PATH>
                <Token next=use_link("/company") />
                <input type="hidden" name="locale" value=language.as_str() />
                {named}
                <Username email />
                {password}
                <button class="button" type="submit">{say!(language, session.join)}</button>
            </Post>
        </section>
    }
}

/// `/reset?token=…`
#[component]
pub fn ResetPage() -> impl IntoView {
    let token = use_parameters().get("token").unwrap_or_default();
    if token.is_empty() {
        return view! { <NoLink /> }.into_any();
    }
    // That a link isn't good any more is said once somebody has chosen by it.
    let load = async move { Ok(use_backend().resets(&token).await.ok()) };
    loaded(load, |email| view! { <Resetting email /> }).into_any()
}

/// Whoever comes without a link learns who makes one, before choosing a password in vain.
#[component]
fn NoLink() -> impl IntoView {
    let language = use_language();
    view! {
        <PageTitle page=say!(language, session.choose) />
        <section class="narrow">
            <h1>{say!(language, session.choose)}</h1>
            <div class="note warn">
                <p class="note-title">{say!(language, session.reset_no_link)}</p>
                <p>{say!(language, session.forgotten)}</p>
            </div>
            <p><a class="button" href=use_link("/sign-in")>{say!(language, session.sign_in)}</a></p>
        </section>
    }
}

#[component]
fn Resetting(
    /// Of the account, where the link is still good.
    email: Option<String>,
) -> impl IntoView {
    let language = use_language();
    let failure = use_failure::<ChoosePassword>();
    let wrong = complaint(failure.as_ref(), "password");
    let failure = match failure.filter(|failure| !is_said_at(failure, &["password"])) {
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
                {email.map(|email| view! { <Username email /> })}
                <NewPasswordField complaint=wrong />
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
fn NewPasswordField(
    /// What is wrong with the one that was chosen.
    complaint: Option<String>,
) -> impl IntoView {
    let language = use_language();
    let wrong = complaint.is_some();
    view! {
        <Field id="password" label=say!(language, session.password) hint=say!(language, session.password_hint) complaint>
            <input
                id="password"
                name="password"
                type="password"
                required
                autocomplete="new-password"
                minlength="10"
                aria-describedby="password-hint password-problem"
                autofocus=wrong
            />
        </Field>
    }
}
