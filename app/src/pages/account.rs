//! One's own account: name, password, where it is signed in, and tokens for programs.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::{ChangeAccount, ChangePassword, EndSession, MakeToken, RevokeToken, SwitchOrganisation},
    backend::use_backend,
    components::{
        Choice, Field, Once, PageTitle, Post, Shown, SwitchForm, Username, complaint_at, done, failed,
        failed_elsewhere, loaded,
    },
    contract::{AccountView, Failure, SessionView, TokenMade, TokenView},
    request::{use_failure, use_language, use_outcome, use_reader, use_typed},
    words::{deadline, device, moment, role, say, text},
};

#[component]
pub fn AccountPage() -> impl IntoView {
    let load = async {
        let backend = use_backend();
        Ok((backend.account().await?, backend.sessions().await?, backend.tokens().await?))
    };
    loaded(load, |(account, sessions, tokens)| view! { <Account account sessions tokens /> })
}

#[component]
fn Account(account: AccountView, sessions: Vec<SessionView>, tokens: Vec<TokenView>) -> impl IntoView {
    let language = use_language();
    let title = say!(language, office.account);
    let email = account.email.clone();
    view! {
        <PageTitle page=title />
        <header class="headline"><h1>{title}</h1></header>
        <div class="halves">
            <div class="stack">
                <Person account />
                <Password email />
            </div>
            <div class="stack">
                <Sessions sessions />
                <Tokens tokens />
            </div>
        </div>
    }
}

#[component]
fn Person(account: AccountView) -> impl IntoView {
    let language = use_language();
    let typed = use_typed::<ChangeAccount>().and_then(|typed| typed.get("name")).unwrap_or(account.name);
    let failure = use_failure::<ChangeAccount>();
    let name_wrong = complaint_at(failure.as_ref(), "name", say!(language, session.name));
    let wrong = name_wrong.is_some();
    let acts_for = use_reader().map(|reader| reader.organisation);
    let several = account.memberships.len() > 1;
    let belongs = account
        .memberships
        .into_iter()
        .map(|one| {
            let (name, of) = (text(language, &one.name), role(language, one.role));
            let way = if !several {
                ().into_any()
            } else if Some(one.organisation) == acts_for {
                view! { <span class="tag good">{say!(language, session.acting)}</span> }.into_any()
            } else {
                view! { <SwitchForm one /> }.into_any()
            };
            view! {
                <li class="row">
                    <div>{name} " " <span class="tag">{of}</span></div>
                    {way}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="panel" aria-labelledby="person">
            <h2 id="person">{account.email}</h2>
            {failed_elsewhere::<ChangeAccount>(&["name"])}
            {done::<ChangeAccount>(say!(language, office.saved))}
            <Post class="stack" to=ChangeAccount::PATH>
                <Field id="name" label=say!(language, session.name) complaint=name_wrong>
                    <input id="name" name="name" required autocomplete="name" value=typed aria-describedby="name-problem" autofocus=wrong />
                </Field>
                <Field id="locale" label=say!(language, office.language) hint=say!(language, office.language_hint)>
                    <select id="locale" name="locale" aria-describedby="locale-hint">
                        <Choice value="zh-CN" words=say!(language, office.chinese) chosen=account.locale == "zh-CN" />
                        <Choice value="en" words=say!(language, office.english) chosen=account.locale == "en" />
                    </select>
                </Field>
                <button class="button quiet" type="submit">{say!(language, office.save)}</button>
            </Post>
            <h3>{say!(language, office.memberships)}</h3>
            {failed::<SwitchOrganisation>()}
            <ul class="rows">{belongs}</ul>
        </section>
    }
}

#[component]
fn Password(email: String) -> impl IntoView {
    let language = use_language();
    // Of an account that one is signed in to, only the password can be wrong.
    let failure = use_failure::<ChangePassword>();
    let wrong = failure == Some(Failure::WrongCredentials);
    let complaint = wrong.then(|| say!(language, office.password_wrong).to_owned());
    let new_wrong = complaint_at(failure.as_ref(), "new", say!(language, office.password_new));
    let unfit = new_wrong.is_some();
    view! {
        <section class="panel" aria-labelledby="password-title">
            <h2 id="password-title">{say!(language, office.password)}</h2>
            <p class="hint">{say!(language, office.password_text)}</p>
            {done::<ChangePassword>(say!(language, office.password_done))}
            {(!wrong).then(|| failed_elsewhere::<ChangePassword>(&["new"]))}
            <Post class="stack" to=ChangePassword::PATH>
                <Username email />
                <Field id="current" label=say!(language, office.password_current) complaint=complaint>
                    <input
                        id="current"
                        name="current"
                        type="password"
                        required
                        autocomplete="current-password"
                        aria-describedby=wrong.then_some("current-problem")
                        autofocus=wrong
                    />
                </Field>
                <Field id="new" label=say!(language, office.password_new) hint=say!(language, session.password_hint) complaint=new_wrong>
                    <input
                        id="new"
                        name="new"
                        type="password"
                        required
                        minlength="10"
                        autocomplete="new-password"
                        aria-describedby="new-hint new-problem"
                        autofocus=unfit
                    />
                </Field>
                <button class="button quiet" type="submit">{say!(language, office.password_change)}</button>
            </Post>
        </section>
    }
}

#[component]
fn Sessions(sessions: Vec<SessionView>) -> impl IntoView {
    let language = use_language();
    let rows = sessions
        .into_iter()
        .map(|one| {
            let with = device(language, one.user_agent.as_deref());
            let since = say!(language, office.session_since, moment = moment(language, one.created_at)).to_string();
            let until = say!(language, office.expires, moment = deadline(language, one.expires_at)).to_string();
            let which = format!("{with}, {since}");
            let end = if one.current {
                view! { <span class="tag good">{say!(language, office.session_current)}</span> }.into_any()
            } else {
                view! {
                    <Post class="inline" to=EndSession::PATH>
                        <input type="hidden" name="id" value=one.id.to_string() />
                        <button class="button small quiet" type="submit">{say!(language, office.session_end)} <span class="sr">{which}</span></button>
                    </Post>
                }
                .into_any()
            };
            view! {
                <li class="row">
                    <div>
                        <strong>{with}</strong>
                        <p class="hint">{since} " · " {until}</p>
                    </div>
                    {end}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="panel" aria-labelledby="sessions">
            <h2 id="sessions">{say!(language, office.sessions)}</h2>
            {failed::<EndSession>()}
            <ul class="rows">{rows}</ul>
        </section>
    }
}

#[component]
fn Tokens(tokens: Vec<TokenView>) -> impl IntoView {
    let language = use_language();
    let made = use_outcome::<MakeToken>().map(|TokenMade { token, secret }| {
        let title = say!(language, office.token_made, name = token.name.as_str()).to_string();
        view! { <Shown title text=say!(language, office.token_made_text).to_owned() secret /> }
    });
    let typed = use_typed::<MakeToken>();
    let value = |name: &str| typed.as_ref().and_then(|typed| typed.get(name)).unwrap_or_default();
    let (name, days) = (value("name"), value("days"));
    let none = tokens.is_empty().then(|| view! { <p class="hint">{say!(language, office.tokens_none)}</p> });
    let rows = tokens
        .into_iter()
        .map(|one| {
            let used = match one.last_used_at {
                Some(at) => say!(language, office.token_used, moment = moment(language, at)).to_string(),
                None => say!(language, office.token_unused).to_owned(),
            };
            let until = one.expires_at.map(|at| {
                format!(" · {}", say!(language, office.expires, moment = deadline(language, at)))
            });
            view! {
                <li class="row">
                    <div>
                        <strong>{one.name.clone()}</strong>
                        <p class="hint">{used} {until}</p>
                    </div>
                    <Post class="inline" to=RevokeToken::PATH>
                        <input type="hidden" name="id" value=one.id.to_string() />
                        <button class="button small quiet" type="submit">{say!(language, office.token_revoke)} <span class="sr">{one.name}</span></button>
                    </Post>
                </li>
            }
        })
        .collect_view();
    let failure = use_failure::<MakeToken>();
    let complaint = |field: &str, label: &str| complaint_at(failure.as_ref(), field, label);
    let name_wrong = complaint("name", say!(language, office.token_name));
    let days_wrong = complaint("days", say!(language, office.token_days));
    view! {
        <section class="panel" aria-labelledby="tokens">
            <h2 id="tokens">{say!(language, office.tokens)}</h2>
            <p class="hint">{say!(language, office.tokens_text)}</p>
            {failed_elsewhere::<MakeToken>(&["name", "days"])}
            {failed::<RevokeToken>()}
            {made}
            <Post class="invite" to=MakeToken::PATH>
                <Once />
                <Field id="token-name" label=say!(language, office.token_name) complaint=name_wrong>
                    <input id="token-name" name="name" required value=name aria-describedby="token-name-problem" />
                </Field>
                <Field id="token-days" label=say!(language, office.token_days) complaint=days_wrong>
                    <input id="token-days" name="days" inputmode="numeric" placeholder="90" value=days aria-describedby="token-days-problem" />
                </Field>
                <button class="button quiet" type="submit">{say!(language, office.token_make)}</button>
            </Post>
            <ul class="rows">{rows}</ul>
            {none}
        </section>
    }
}
