//! The organisation's people and who is invited.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    answered::Typed,
    api::{ChangeRole, Invite, OrderReset, RemoveMember, WithdrawInvitation},
    components::{Choice, Field, Once, Post, Shown, complaint_at, done, failed, failed_elsewhere},
    contract::{
        Instant, InvitationView, LinkView, MemberView, OrganisationKind, PlatformView, Role, Viewer, field,
    },
    request::{use_failure, use_language, use_outcome, use_typed},
    words::{deadline, role, say, text},
};

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
pub fn Colleagues(members: Vec<MemberView>, reader: Viewer) -> impl IntoView {
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
            {done::<ChangeRole>(say!(language, office.role_changed))}
            {done::<RemoveMember>(say!(language, office.removed))}
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
    let name = member.name.clone();
    let [one, two, three, four] = std::array::from_fn(|_| name.clone());
    let label = format!("{name}{}{}", say!(language, term.colon), say!(language, office.role));
    view! {
        <details>
            <summary class="hint">{say!(language, office.manage)} <span class="sr">{one}</span></summary>
            <div class="stack">
                <Post class="inline" to=ChangeRole::PATH>
                    <input type="hidden" name="account" value=same />
                    <select name="role" aria-label=label>{role_choices(kind, member.role)}</select>
                    <button class="button small quiet" type="submit">{say!(language, office.change_role)} <span class="sr">{two}</span></button>
                </Post>
                <Post class="inline" to=OrderReset::PATH>
                    <Once />
                    <input type="hidden" name="email" value=member.email />
                    <button class="button small quiet" type="submit">{say!(language, office.new_password)} <span class="sr">{three}</span></button>
                </Post>
                <Post class="inline" to=RemoveMember::PATH>
                    <input type="hidden" name="account" value=account />
                    <p class="hint">{say!(language, office.remove_text)}</p>
                    <button class="button small danger" type="submit">{say!(language, office.remove)} <span class="sr">{four}</span></button>
                </Post>
            </div>
        </details>
    }
}

#[component]
pub fn Invitations(invitations: Vec<InvitationView>, kind: OrganisationKind, now: Instant) -> impl IntoView {
    let language = use_language();
    let made = use_outcome::<Invite>().map(|link| view! { <OneTime link /> });
    let typed = use_typed::<Invite>().filter(|typed| !is_for_platform(typed));
    let failure = typed.is_some().then(failed_invitation);
    let address_wrong = typed.as_ref().and_then(|_| wrong_address());
    let unfit = address_wrong.is_some();
    let first = roles(kind).first().copied().unwrap_or(Role::CompanyMember);
    let (email, chosen) = invited(typed, first);
    let none = invitations.is_empty().then(|| {
        view! { <p class="hint">{say!(language, office.invite_none)}</p> }
    });
    let rows = invitations
        .into_iter()
        .map(|one| {
            let good = if one.expires_at > now {
                say!(language, office.expires, moment = deadline(language, one.expires_at)).to_string()
            } else {
                say!(language, office.expired).to_owned()
            };
            view! {
                <li class="row">
                    <div>
                        <strong>{one.email.clone()}</strong>
                        <p class="hint">{role(language, one.role)} " · " {good}</p>
                    </div>
                    <Post class="inline" to=WithdrawInvitation::PATH>
                        <input type="hidden" name="id" value=one.id.to_string() />
                        <button class="button small quiet" type="submit">{say!(language, office.withdraw)} <span class="sr">{one.email}</span></button>
                    </Post>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="panel" aria-labelledby="invitations">
            <h2 id="invitations">{say!(language, office.invitations)}</h2>
            <p class="hint">{say!(language, office.invite_text)}</p>
            {failure}
            {failed::<WithdrawInvitation>()}
            {made}
            <Post class="invite" to=Invite::PATH>
                <Once />
                <Field id="invite-email" label=say!(language, office.email) complaint=address_wrong>
                    <input id="invite-email" name="email" type="email" required value=email aria-describedby="invite-email-problem" autofocus=unfit />
                </Field>
                <Field id="invite-role" label=say!(language, office.role)>
                    <select id="invite-role" name="role">{role_choices(kind, chosen)}</select>
                </Field>
                <button class="button quiet" type="submit">{say!(language, office.invite)}</button>
            </Post>
            <ul class="rows">{rows}</ul>
            {none}
        </section>
    }
}

/// Whether an invitation was typed into the form for platforms, which alone names the organisation.
fn is_for_platform(typed: &Typed) -> bool {
    typed.get("organisation").is_some()
}

/// Why nobody was invited, but for what is said at the address.
fn failed_invitation() -> Option<AnyView> {
    failed_elsewhere::<Invite>(&["email"])
}

/// What is wrong with the address to which an invitation was to go.
fn wrong_address() -> Option<String> {
    complaint_at(use_failure::<Invite>().as_ref(), "email", say!(use_language(), office.email))
}

/// The address and the role that were typed, if any were.
fn invited(typed: Option<Typed>, first: Role) -> (String, Role) {
    let said = |name| typed.as_ref().and_then(|typed| typed.get(name));
    let role = said("role").and_then(|word| field::word("role", &word).ok()).unwrap_or(first);
    (said("email").unwrap_or_default(), role)
}

/// The district invites a platform's first people, who invite the others. The link is shown with its own invitations.
#[component]
pub fn InvitePlatform(platforms: Vec<PlatformView>) -> impl IntoView {
    let language = use_language();
    let form = if platforms.is_empty() {
        view! { <p class="hint">{say!(language, office.no_platforms)}</p> }.into_any()
    } else {
        let typed = use_typed::<Invite>().filter(is_for_platform);
        let failure = typed.is_some().then(failed_invitation);
        let address_wrong = typed.as_ref().and_then(|_| wrong_address());
        let unfit = address_wrong.is_some();
        let named = typed.as_ref().and_then(|typed| typed.get("organisation"));
        let (email, chosen) = invited(typed, Role::PlatformAdmin);
        let platforms = platforms
            .into_iter()
            .map(|one| {
                let (id, words) = (one.id.to_string(), text(language, &one.name));
                let chosen = named.as_ref() == Some(&id);
                view! { <Choice value=id words chosen /> }
            })
            .collect_view();
        view! {
            {failure}
            <Post class="invite" to=Invite::PATH>
                <Once />
                <Field id="platform" label=say!(language, search.platform)>
                    <select id="platform" name="organisation">{platforms}</select>
                </Field>
                <Field id="platform-email" label=say!(language, office.email) complaint=address_wrong>
                    <input id="platform-email" name="email" type="email" required value=email aria-describedby="platform-email-problem" autofocus=unfit />
                </Field>
                <Field id="platform-role" label=say!(language, office.role)>
                    <select id="platform-role" name="role">
                        {role_choices(OrganisationKind::Platform, chosen)}
                    </select>
                </Field>
                <button class="button quiet" type="submit">{say!(language, office.invite)}</button>
            </Post>
        }
        .into_any()
    };
    view! {
        <section class="panel" aria-labelledby="invite-platform">
            <h2 id="invite-platform">{say!(language, office.invite_platform)}</h2>
            <p class="hint">{say!(language, office.invite_platform_text)}</p>
            {form}
        </section>
    }
}

/// A link that works once, shown this once.
#[component]
fn OneTime(link: LinkView) -> impl IntoView {
    let language = use_language();
    let until = deadline(language, link.expires_at);
    view! {
        <Shown
            title=say!(language, office.link_for, email = link.email.as_str()).to_string()
            text=say!(language, office.link_text, moment = until).to_string()
            secret=link.link
        />
    }
}
