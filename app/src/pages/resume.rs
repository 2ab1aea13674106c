//! A form that was sent when nobody was signed in any more, or for another organisation than the one that its reader
//! acts for by then: nothing that was typed is lost, and nothing is done for the wrong one.

use leptos::{prelude::*, server_fn::ServerFn};
use uuid::Uuid;

use crate::{
    answered::{Answered, FOR, HERE},
    api::SwitchOrganisation,
    components::{PageTitle, sign_in_for},
    contract::{Failure, RefusalView},
    language,
    request::{set_failure_status, use_elsewhere, use_language, use_link, use_reader},
    words::{say, text},
};

/// The form that was sent without a session, or in one for another organisation, if the page answers one.
pub fn use_interrupted() -> Option<Answered> {
    use_context::<Answered>().filter(|answered| match &answered.outcome {
        Err(Failure::Unauthenticated) => true,
        Err(Failure::Refused { refusal }) => refusal.reason == RefusalView::OTHER_ORGANISATION,
        _ => false,
    })
}

/// Holds what was typed until the reader has signed in, or acts for that organisation again, in another window, and
/// sends it again.
#[component]
pub fn ResumePage(interrupted: Answered) -> impl IntoView {
    if let Err(failure) = &interrupted.outcome {
        set_failure_status(failure);
    }
    let language = use_language();
    let meant = interrupted.typed.get(FOR).and_then(|id| Uuid::parse_str(&id).ok());
    let Told { title, lead, way } = match interrupted.outcome {
        Err(Failure::Refused { .. }) => other(meant),
        _ => Told {
            title: say!(language, request.resume),
            lead: say!(language, request.resume_text).to_owned(),
            way: sign_in(meant),
        },
    };
    let fields = interrupted
        .typed
        .again()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    view! {
        <PageTitle page=title />
        <section class="narrow">
            <h1>{title}</h1>
            <p class="lead">{lead}</p>
            {way}
            <form method="post" action=interrupted.form>
                <input type="hidden" name=HERE value=interrupted.here />
                {fields}
                <button class="button" type="submit">{say!(language, request.resume_send)}</button>
            </form>
        </section>
    }
}

/// What is said before the form is sent again, and what leads there.
struct Told {
    title: &'static str,
    lead: String,
    way: AnyView,
}

/// The reader acts for another organisation than the one that is `meant`, which is named where it is theirs too.
fn other(meant: Option<Uuid>) -> Told {
    let language = use_language();
    let title = say!(language, request.other);
    let now = use_reader().map(|reader| text(language, &reader.organisation_name)).unwrap_or_default();
    let Some(one) = use_elsewhere().into_iter().find(|one| Some(one.organisation) == meant) else {
        let lead = say!(language, request.other_stranger, now = now.as_str()).to_string();
        return Told { title, lead, way: sign_in(meant) };
    };
    let name = text(language, &one.name);
    let lead = say!(language, request.other_text, name = name.as_str(), now = now.as_str()).to_string();
    let words = say!(language, request.other_act, name = name.as_str()).to_string();
    let way = view! {
        <form class="switch" method="post" action=SwitchOrganisation::PATH target="_blank">
            <input type="hidden" name=HERE value=use_link("/account") />
            <input type="hidden" name="organisation" value=one.organisation.to_string() />
            <input type="hidden" name="next" value=use_link("/account") />
            <button class="button quiet" type="submit">{words}</button>
        </form>
    };
    Told { title, lead, way: way.into_any() }
}

/// Signing in in another window, for the organisation that is `meant`.
fn sign_in(meant: Option<Uuid>) -> AnyView {
    let language = use_language();
    let href = sign_in_for(language, &language::link(language, "/account"), meant);
    view! {
        <p>
            <a class="button quiet" target="_blank" href=href>{say!(language, request.resume_sign_in)}</a>
        </p>
    }
    .into_any()
}
