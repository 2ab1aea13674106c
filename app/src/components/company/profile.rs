//! What others know of the organisation, and changing it.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::ChangeProfile,
    components::{Choice, FailureNote, Field, Post, SelectField, complaint_at, done},
    contract::{Failure, OrganisationKind, OrganisationView, TextView},
    request::{use_failure, use_language, use_typed},
    words::{self, say},
};

#[component]
pub fn Profile(
    organisation: OrganisationView,
    administers: bool,
    /// Whether it is a company that somebody is to verify: none that is turned away.
    waits: bool,
    /// Whether it is one that is turned away.
    #[prop(optional)]
    away: bool,
) -> impl IntoView {
    let language = use_language();
    let yes = if organisation.in_district { say!(language, office.yes) } else { say!(language, office.no) };
    let company = organisation.kind == OrganisationKind::Company;
    // Whoever may still correct them has them in the form below.
    let corrects = administers && company && organisation.verified_at.is_none();
    let mut facts = Vec::new();
    if !corrects {
        facts.push((say!(language, office.name), organisation.name.zh.clone()));
        facts.extend(organisation.credit_code.clone().map(|code| (say!(language, office.credit_code), code)));
    }
    if company {
        facts.push((say!(language, office.in_district), yes.to_owned()));
    }
    if company {
        let score = words::innovation_score(language, organisation.innovation.as_ref());
        facts.push((say!(language, office.innovation), score));
    }
    if !administers {
        let name_en = own_name(&organisation.name).to_owned();
        if !name_en.is_empty() {
            facts.push((say!(language, office.name_en), name_en));
        }
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
    let hint = company.then(|| {
        let words = if organisation.verified_at.is_some() {
            say!(language, office.profile_text)
        } else {
            say!(language, office.profile_open)
        };
        view! { <p class="hint">{words}</p> }
    });
    let saved = if waits {
        say!(language, office.saved_waits)
    } else if away {
        say!(language, office.saved_away)
    } else {
        say!(language, office.saved)
    };
    // What is wrong with a field is said there, if the form has it.
    let open = company && organisation.verified_at.is_none();
    let has = move |name: &str| match name {
        "name" | "credit_code" => open,
        "size" => company,
        name => matches!(name, "name_en" | "contact"),
    };
    let beside = |failure: &Failure| match failure {
        Failure::Invalid { faults } => administers && faults.iter().all(|fault| has(fault.name())),
        _ => false,
    };
    let unsaved = use_failure::<ChangeProfile>().filter(|failure| !beside(failure));
    let unsaved = unsaved.map(|failure| view! { <FailureNote failure /> });
    let form = administers.then(|| view! { <ProfileForm organisation company /> });
    view! {
        <section class="panel" aria-labelledby="profile">
            <h2 id="profile">{say!(language, office.profile)}</h2>
            {hint}
            <dl class="facts">{facts}</dl>
            {unsaved}
            {done::<ChangeProfile>(saved)}
            {form}
        </section>
    }
}

/// The name in English; where a company has none, its registered one stands there, which is nobody's to read as that.
fn own_name(name: &TextView) -> &str {
    if name.en == name.zh { "" } else { &name.en }
}

#[component]
fn ProfileForm(organisation: OrganisationView, company: bool) -> impl IntoView {
    let language = use_language();
    let typed = use_typed::<ChangeProfile>();
    let value = |name: &str, known: String| typed.as_ref().and_then(|typed| typed.get(name)).unwrap_or(known);
    let chosen = value("size", organisation.size.unwrap_or_default());
    let failure = use_failure::<ChangeProfile>();
    let complaint = move |field: &str, label: &str| complaint_at(failure.as_ref(), field, label);
    let registered = (company && organisation.verified_at.is_none()).then(|| {
        let name = value("name", organisation.name.zh.clone());
        let code = value("credit_code", organisation.credit_code.clone().unwrap_or_default());
        view! {
            <Field id="name" label=say!(language, office.name) complaint=complaint("name", say!(language, office.name))>
                <input id="name" name="name" required value=name aria-describedby="name-problem" />
            </Field>
            <Field id="credit_code" label=say!(language, office.credit_code) complaint=complaint("credit_code", say!(language, office.credit_code))>
                <input id="credit_code" name="credit_code" required value=code aria-describedby="credit_code-problem" />
            </Field>
        }
    });
    // Whom it is for to know.
    let contact_hint = match organisation.kind {
        OrganisationKind::Company => say!(language, office.contact_hint),
        OrganisationKind::Platform => say!(language, office.contact_hint_platform),
        OrganisationKind::District => say!(language, office.contact_hint_district),
    };
    let name_en = value("name_en", own_name(&organisation.name).to_owned());
    let contact = value("contact", organisation.contact);
    let optional = say!(
        language,
        term.aside,
        words = say!(language, office.name_en),
        aside = say!(language, register.optional)
    )
    .to_string();
    let sizes = words::SIZES
        .into_iter()
        .map(|name| view! { <Choice value=name words=words::size(language, name) chosen=name == chosen /> })
        .collect_view();
    let size = company.then(|| {
        view! {
            <SelectField id="size" label=say!(language, office.size) none=say!(language, office.unknown) empty=chosen.is_empty() complaint=complaint("size", say!(language, office.size))>
                {sizes}
            </SelectField>
        }
    });
    view! {
        <Post class="stack" to=ChangeProfile::PATH>
            {registered}
            <Field id="name_en" label=optional complaint=complaint("name_en", say!(language, office.name_en))>
                <input id="name_en" name="name_en" value=name_en aria-describedby="name_en-problem" />
            </Field>
            <Field id="contact" label=say!(language, office.contact) hint=contact_hint complaint=complaint("contact", say!(language, office.contact))>
                <input id="contact" name="contact" required value=contact aria-describedby="contact-hint contact-problem" />
            </Field>
            {size}
            <button class="button quiet" type="submit">{say!(language, office.save)}</button>
        </Post>
    }
}
