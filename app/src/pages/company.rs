//! One's organisation: its profile, its people and who is invited.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::{ChangeProfile, ChangeRole, Invite, OrderReset, RemoveMember, WithdrawInvitation},
    backend::use_backend,
    components::{Choice, FailureNote, Field, OwnStandings, PageTitle, Post, Shown, loaded},
    contract::{
        Failure, Instant, InvitationView, LateStandingView, LinkView, MemberView, OrganisationKind,
        OrganisationView, PageQuery, Role, Viewer,
    },
    request::{use_failure, use_language, use_outcome, use_reader, use_typed},
    words::{self, date, moment, role, say, text},
};

#[component]
pub fn CompanyPage() -> impl IntoView {
    loaded(load(), |found| view! { <Organisation found /> })
}

struct Found {
    reader: Viewer,
    organisation: OrganisationView,
    members: Vec<MemberView>,
    /// For administrators.
    invitations: Option<Vec<InvitationView>>,
    /// Of a company.
    standings: Vec<LateStandingView>,
    now: Instant,
}

async fn load() -> Result<Found, Failure> {
    let reader = use_reader().ok_or(Failure::Unauthenticated)?;
    let backend = use_backend();
    let invitations = if reader.role.administers() {
        let page = backend.invitations(PageQuery { cursor: None, limit: Some(200) }).await?;
        Some(page.items.into_iter().filter(|one| one.used_at.is_none()).collect())
    } else {
        None
    };
    let standings = match reader.organisation_kind {
        OrganisationKind::Company => backend.late_standings().await?,
        _ => Vec::new(),
    };
    Ok(Found {
        organisation: backend.organisation().await?,
        members: backend.members().await?,
        invitations,
        standings,
        now: backend.now(),
        reader,
    })
}

#[component]
fn Organisation(found: Found) -> impl IntoView {
    let language = use_language();
    let Found { reader, organisation, members, invitations, standings, now } = found;
    let kind = if organisation.kind == OrganisationKind::Company {
        say!(language, office.company)
    } else {
        say!(language, office.organisation)
    };
    let administers = reader.role.administers();
    let state = verification(&organisation);
    let people = match invitations {
        Some(invitations) => view! { <Invitations invitations kind=organisation.kind now /> }.into_any(),
        None => view! { <p class="hint">{say!(language, office.admins_only)}</p> }.into_any(),
    };
    view! {
        <PageTitle page=kind />
        <header class="headline">
            <h1>{text(language, &organisation.name)}</h1>
        </header>
        {state}
        <div class="halves">
            <div class="stack">
                <Profile organisation administers />
                <OwnStandings standings />
            </div>
            <div class="stack">
                <Colleagues members reader />
                {people}
            </div>
        </div>
    }
}

/// Of a company: whether it may hold and book.
fn verification(organisation: &OrganisationView) -> Option<AnyView> {
    let language = use_language();
    (organisation.kind == OrganisationKind::Company).then(|| match organisation.verified_at {
        Some(at) => view! {
            <p class="note good">{say!(language, office.verified, date = date(language, at)).to_string()}</p>
        }
        .into_any(),
        None => view! {
            <div class="note warn">
                <p class="note-title">{say!(language, office.unverified)}</p>
                <p>{say!(language, office.unverified_text)}</p>
            </div>
        }
        .into_any(),
    })
}

/// What failed of the form that posts to `F`.
fn failed<F: ServerFn>() -> Option<AnyView> {
    use_failure::<F>().map(|failure| view! { <FailureNote failure /> }.into_any())
}

#[component]
fn Profile(organisation: OrganisationView, administers: bool) -> impl IntoView {
    let language = use_language();
    let yes = if organisation.in_district { say!(language, office.yes) } else { say!(language, office.no) };
    let company = organisation.kind == OrganisationKind::Company;
    let mut facts = vec![(say!(language, office.name), organisation.name.zh.clone())];
    if let Some(code) = &organisation.credit_code {
        facts.push((say!(language, office.credit_code), code.clone()));
    }
    if company {
        facts.push((say!(language, office.in_district), yes.to_owned()));
    }
    if company {
        let score = words::innovation_score(language, organisation.innovation.as_ref());
        facts.push((say!(language, office.innovation), score));
    }
    if !administers {
        facts.push((say!(language, office.name_en), organisation.name.en.clone()));
        facts.push((say!(language, office.contact), organisation.contact.clone()));
        if company {
            facts.push((
                say!(language, office.size),
                organisation.size.as_deref().map_or_else(
                    || say!(language, office.unknown).to_owned(),
                    |name| words::size(language, name),
                ),
            ));
        }
    }
    let facts = facts
        .into_iter()
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
        .collect_view();
    let form = administers.then(|| view! { <ProfileForm organisation company /> });
    view! {
        <section class="panel" aria-labelledby="profile">
            <h2 id="profile">{say!(language, office.profile)}</h2>
            <p class="hint">{say!(language, office.profile_text)}</p>
            <dl class="facts">{facts}</dl>
            {failed::<ChangeProfile>()}
            {form}
        </section>
    }
}

#[component]
fn ProfileForm(organisation: OrganisationView, company: bool) -> impl IntoView {
    let language = use_language();
    let typed = use_typed::<ChangeProfile>();
    let value = |name: &str, known: String| typed.as_ref().and_then(|typed| typed.get(name)).unwrap_or(known);
    let chosen = value("size", organisation.size.unwrap_or_default());
    let (name_en, contact) = (value("name_en", organisation.name.en), value("contact", organisation.contact));
    let sizes = words::SIZES
        .into_iter()
        .map(|name| view! { <Choice value=name words=words::size(language, name) chosen=name == chosen /> })
        .collect_view();
    let size = company.then(|| {
        view! {
            <Field id="size" label=say!(language, office.size)>
                <select id="size" name="size">
                    <Choice value="" words=say!(language, office.unknown) chosen=chosen.is_empty() />
                    {sizes}
                </select>
            </Field>
        }
    });
    view! {
        <Post class="stack" to=ChangeProfile::PATH>
            <Field id="name_en" label=say!(language, office.name_en)>
                <input id="name_en" name="name_en" value=name_en maxlength="200" />
            </Field>
            <Field id="contact" label=say!(language, office.contact) hint=say!(language, office.contact_hint)>
                <input id="contact" name="contact" value=contact maxlength="200" aria-describedby="contact-hint" />
            </Field>
            {size}
            <button class="button quiet" type="submit">{say!(language, office.save)}</button>
        </Post>
    }
}

/// The roles that an organisation of this kind has.
fn roles(kind: OrganisationKind) -> &'static [Role] {
    match kind {
        OrganisationKind::Company => &[Role::CompanyMember, Role::CompanyAdmin],
        OrganisationKind::Platform => &[Role::Operator, Role::Qa, Role::PlatformAdmin],
        OrganisationKind::District => &[Role::DistrictViewer, Role::DistrictAdmin],
    }
}

fn role_choices(kind: OrganisationKind, chosen: Role) -> impl IntoView {
    let language = use_language();
    roles(kind)
        .iter()
        .map(|known| view! { <Choice value=known.word() words=role(language, *known) chosen=*known == chosen /> })
        .collect_view()
}

#[component]
fn Colleagues(members: Vec<MemberView>, reader: Viewer) -> impl IntoView {
    let language = use_language();
    let link = use_outcome::<OrderReset>().map(|link| view! { <OneTime link /> });
    let rows = members
        .into_iter()
        .map(|member| {
            let own = member.account == reader.account;
            let you = own.then(|| view! { <span class="tag">{say!(language, office.you)}</span> });
            let manage = (reader.role.administers() && !own)
                .then(|| view! { <Manage member=member.clone() kind=reader.organisation_kind /> });
            view! {
                <li>
                    <div class="row">
                        <div>
                            <strong>{member.name}</strong>
                            " "
                            {you}
                            <p class="hint">{member.email}</p>
                        </div>
                        <span class="tag">{role(language, member.role)}</span>
                    </div>
                    {manage}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="panel" aria-labelledby="colleagues">
            <h2 id="colleagues">{say!(language, office.colleagues)}</h2>
            {failed::<ChangeRole>()}
            {failed::<RemoveMember>()}
            {failed::<OrderReset>()}
            {link}
            <ul class="rows">{rows}</ul>
        </section>
    }
}

/// What an administrator may do with a colleague.
#[component]
fn Manage(member: MemberView, kind: OrganisationKind) -> impl IntoView {
    let language = use_language();
    let (account, same) = (member.account.to_string(), member.account.to_string());
    let label = format!("{}: {}", member.name, say!(language, office.role));
    view! {
        <details>
            <summary class="hint">{say!(language, office.manage)}</summary>
            <div class="stack">
                <Post class="inline" to=ChangeRole::PATH>
                    <input type="hidden" name="account" value=same />
                    <select name="role" aria-label=label>{role_choices(kind, member.role)}</select>
                    <button class="button small quiet" type="submit">{say!(language, office.change_role)}</button>
                </Post>
                <Post class="inline" to=OrderReset::PATH>
                    <input type="hidden" name="email" value=member.email />
                    <button class="button small quiet" type="submit">{say!(language, office.new_password)}</button>
                </Post>
                <Post class="inline" to=RemoveMember::PATH>
                    <input type="hidden" name="account" value=account />
                    <p class="hint">{say!(language, office.remove_text)}</p>
                    <button class="button small danger" type="submit">{say!(language, office.remove)}</button>
                </Post>
            </div>
        </details>
    }
}

#[component]
fn Invitations(invitations: Vec<InvitationView>, kind: OrganisationKind, now: Instant) -> impl IntoView {
    let language = use_language();
    let made = use_outcome::<Invite>().map(|link| view! { <OneTime link /> });
    let typed = use_typed::<Invite>().and_then(|typed| typed.get("email")).unwrap_or_default();
    let first = roles(kind).first().copied().unwrap_or(Role::CompanyMember);
    let none = invitations.is_empty().then(|| {
        view! { <p class="hint">{say!(language, office.invite_none)}</p> }
    });
    let rows = invitations
        .into_iter()
        .map(|one| {
            let good = if one.expires_at > now {
                say!(language, office.expires, moment = moment(language, one.expires_at)).to_string()
            } else {
                say!(language, office.expired).to_owned()
            };
            view! {
                <li class="row">
                    <div>
                        <strong>{one.email}</strong>
                        <p class="hint">{role(language, one.role)} " · " {good}</p>
                    </div>
                    <Post class="inline" to=WithdrawInvitation::PATH>
                        <input type="hidden" name="id" value=one.id.to_string() />
                        <button class="button small quiet" type="submit">{say!(language, office.withdraw)}</button>
                    </Post>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="panel" aria-labelledby="invitations">
            <h2 id="invitations">{say!(language, office.invitations)}</h2>
            <p class="hint">{say!(language, office.invite_text)}</p>
            {failed::<Invite>()}
            {failed::<WithdrawInvitation>()}
            {made}
            <Post class="invite" to=Invite::PATH>
                <Field id="invite-email" label=say!(language, office.email)>
                    <input id="invite-email" name="email" type="email" required maxlength="254" value=typed />
                </Field>
                <Field id="invite-role" label=say!(language, office.role)>
                    <select id="invite-role" name="role">{role_choices(kind, first)}</select>
                </Field>
                <button class="button quiet" type="submit">{say!(language, office.invite)}</button>
            </Post>
            <ul class="rows">{rows}</ul>
            {none}
        </section>
    }
}

/// A link that works once, shown this once.
#[component]
fn OneTime(link: LinkView) -> impl IntoView {
    let language = use_language();
    let until = moment(language, link.expires_at);
    view! {
        <Shown
            title=say!(language, office.link_for, email = link.email.as_str()).to_string()
            text=say!(language, office.link_text, moment = until).to_string()
            secret=link.link
        />
    }
}
