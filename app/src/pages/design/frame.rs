//! Samples of what surrounds every page: its head as each reader has it, what it says of itself, and its foot.

use leptos::{context::Provider, prelude::*, server_fn::ServerFn};
use uuid::Uuid;

use super::{Part, both, sample};
use crate::{
    answered::{Answered, Typed},
    api::SignIn,
    components::{Colophon, Lost, Masthead, SampleHead, Told},
    contract::{Failure, MembershipView, OrganisationKind, Role, Viewer},
    deed::Deed,
    request::{Elsewhere, MANY_UNREAD, Reader, ToVerify, Unread, use_language},
    words::say,
};

#[component]
pub fn Frames() -> impl IntoView {
    let language = use_language();
    view! {
        <Part id="frame-heads" name=say!(language, design.heads)>
            <Heads />
        </Part>
        <Part id="frame-language" name=say!(language, design.other_language)>
            <OtherLanguage />
        </Part>
        <Part id="frame-told" name=say!(language, design.told)>
            <Told deed=Deed::RequestSent focus=false />
        </Part>
        <Part id="frame-lost" name=say!(language, design.cut_off)>
            <Lost sample=true />
        </Part>
        <Part id="frame-foot" name=say!(language, design.foot)>
            <Colophon />
        </Part>
    }
}

/// Somebody with this role, by their name.
fn somebody(role: Role, verified: bool) -> Reader {
    let name = say!(use_language(), design.person).to_owned();
    Reader(Some(Viewer { name, email: "name@example.com".to_owned(), verified, ..sample::viewer(role) }))
}

/// Whoever is signed out; a firm with nothing to read, one that waits to be verified with something, and somebody who
/// acts for several with more than is counted; a platform; the district, for which somebody waits.
#[component]
fn Heads() -> impl IntoView {
    let language = use_language();
    let visitor = SampleHead { name: say!(language, design.head_visitor), here: "/" };
    let firm = SampleHead { name: say!(language, design.head_firm), here: "/campaigns" };
    let waiting = SampleHead { name: say!(language, design.head_waiting), here: "/" };
    let several = SampleHead { name: say!(language, design.head_several), here: "/notices" };
    let platform = SampleHead { name: say!(language, design.head_platform), here: "/desk" };
    let district = SampleHead { name: say!(language, design.head_district), here: "/district/waiting" };
    let others = vec![MembershipView {
        organisation: Uuid::nil(),
        name: both(|language| say!(language, design.platform)),
        kind: OrganisationKind::Platform,
        role: Role::Operator,
    }];
    view! {
        <Head reader=Reader(None) sample=visitor />
        <Head reader=somebody(Role::CompanyMember, true) sample=firm />
        <Head reader=somebody(Role::CompanyAdmin, false) sample=waiting unread=3 />
        <Head reader=somebody(Role::CompanyMember, true) sample=several unread=MANY_UNREAD + 1 others />
        <Head reader=somebody(Role::Operator, true) sample=platform unread=12 reach=" dense-page" />
        <Head reader=somebody(Role::DistrictAdmin, true) sample=district to_verify=2 />
    }
}

/// The head as `reader` has it.
#[component]
fn Head(
    reader: Reader,
    sample: SampleHead,
    #[prop(optional)] unread: u32,
    #[prop(optional)] to_verify: u32,
    #[prop(optional)] others: Vec<MembershipView>,
    #[prop(optional)] reach: &'static str,
) -> impl IntoView {
    view! {
        <h3>{sample.name}</h3>
        <Provider value=reader>
            <Provider value=Unread(unread)>
                <Provider value=ToVerify(to_verify)>
                    <Provider value=Elsewhere(others)>
                        <Masthead reach sample />
                    </Provider>
                </Provider>
            </Provider>
        </Provider>
    }
    .into_any()
}

/// The way to the other language where a form was refused: it takes along what was typed.
#[component]
fn OtherLanguage() -> impl IntoView {
    let language = use_language();
    let sample = SampleHead { name: say!(language, design.head_refused), here: "/" };
    let refused = Answered {
        form: SignIn::PATH.to_owned(),
        here: String::new(),
        outcome: Err(Failure::Busy),
        typed: Typed::default(),
    };
    view! { <Provider value=refused><Head reader=Reader(None) sample /></Provider> }
}
