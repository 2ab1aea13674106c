//! A company registers.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_i18n::Locale as _;

use crate::{
    answered::Typed,
    api::Register,
    components::{Complaints, Field, PageTitle, Post, SelectField, complaint},
    contract::Failure,
    request::{use_failure, use_language, use_link, use_typed},
    words::{SIZES, say, size},
};

/// What the form holds: as typed before, and what is wrong with which field.
#[derive(Clone, Debug)]
struct Form {
    typed: Typed,
    failure: Option<Failure>,
}

impl Form {
    fn value(&self, name: &str) -> String {
        self.typed.get(name).unwrap_or_default()
    }

    fn complaint(&self, name: &str) -> Option<String> {
        complaint(self.failure.as_ref(), name)
    }
}

/// `/register`
#[component]
pub fn RegisterPage() -> impl IntoView {
    let language = use_language();
    let form =
        Form { typed: use_typed::<Register>().unwrap_or_default(), failure: use_failure::<Register>() };
    let summary = form.failure.clone().map(|failure| view! { <Complaints failure /> });
    view! {
        <PageTitle page=say!(language, register.page) />
        <section class="narrow wide">
            <h1>{say!(language, register.page)}</h1>
            <p class="lead">{say!(language, register.lead)}</p>
            {summary}
            <Post class="panel" to=Register::PATH>
                <input type="hidden" name="locale" value=language.as_str() />
                <input type="hidden" name="next" value=use_link("/verification") />
                <CompanyPart form=form.clone() />
                <PersonPart form />
                <button class="button" type="submit">{say!(language, register.submit)}</button>
            </Post>
            <p class="hint">
                {say!(language, register.instead)} " "
                <a href=use_link("/sign-in")>{say!(language, register.sign_in)}</a>
            </p>
        </section>
    }
}

/// A field of one line.
#[component]
fn Line(
    form: Form,
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(optional)] least: Option<u32>,
    #[prop(default = true)] required: bool,
) -> impl IntoView {
    let complaint = form.complaint(name);
    let wrong = complaint.is_some();
    let described = match (hint.is_some(), wrong) {
        (_, true) => Some(format!("{name}-problem")),
        (true, false) => Some(format!("{name}-hint")),
        (false, false) => None,
    };
    // What is secret is not written back.
    let value = if kind == "password" { String::new() } else { form.value(name) };
    view! {
        <Field id=name label hint=hint.unwrap_or_default() complaint>
            <input
                id=name
                name=name
                type=kind
                value=value
                autocomplete=autocomplete
                minlength=least
                required=required
                aria-describedby=described
            />
        </Field>
    }
}

#[component]
fn CompanyPart(form: Form) -> impl IntoView {
    let language = use_language();
    let chosen = form.value("size");
    let sizes = SIZES
        .into_iter()
        .map(|name| view! { <option value=name selected=name == chosen>{size(language, name)}</option> })
        .collect_view();
    let optional = |label: &'static str| {
        say!(language, term.aside, words = label, aside = say!(language, register.optional)).to_string()
    };
    let inside = !form.value("in_district").is_empty();
    view! {
        <fieldset class="part">
            <legend>{say!(language, register.company_part)}</legend>
            <Line form=form.clone() name="company" label=say!(language, register.company) hint=say!(language, register.company_hint) autocomplete="organization" />
            <Line form=form.clone() name="company_en" label=optional(say!(language, register.company_en)) required=false />
            <Line form=form.clone() name="credit_code" label=say!(language, register.credit_code) hint=say!(language, register.credit_code_hint) />
            <Line form=form.clone() name="contact" label=say!(language, register.contact) hint=say!(language, register.contact_hint) autocomplete="tel" />
            <SelectField id="size" label=optional(say!(language, register.size)) none=say!(language, register.size_none) empty=chosen.is_empty() complaint=form.complaint("size")>
                {sizes}
            </SelectField>
            <label class="tick">
                <input type="checkbox" name="in_district" value="true" checked=inside />
                {say!(language, register.in_district)}
            </label>
        </fieldset>
    }
}

#[component]
fn PersonPart(form: Form) -> impl IntoView {
    let language = use_language();
    view! {
        <fieldset class="part">
            <legend>{say!(language, register.person_part)}</legend>
            <Line form=form.clone() name="name" label=say!(language, register.name) autocomplete="name" />
            <Line form=form.clone() name="email" label=say!(language, register.email) kind="email" autocomplete="username" />
            <Line form name="password" label=say!(language, register.password) hint=say!(language, register.password_hint) kind="password" autocomplete="new-password" least=10 />
        </fieldset>
    }
}
