//! The own organisation.

use app::contract::{Complaints, Failure, OrganisationKind, OrganisationView, ProfileChange, field};
use domain::Second;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use serde_json::json;

use super::{credit_code, innovation, members, register::taken, rejections, rows, submit};
use crate::{
    state::AppState,
    store::Tx,
    usecase::{
        Caller, Member,
        protocol::{Decision, Stop, decide, show_companies},
    },
};

/// The organisation that the caller acts for.
///
/// # Errors
/// [`Failure::Unauthenticated`].
pub async fn own_organisation(state: &AppState, caller: &Caller) -> Result<OrganisationView, Failure> {
    let member = caller.member()?;
    let read = state.store.read();
    let view = rows::organisation_view(rows::find_organisation(read, member.organisation.0).await?)?;
    Ok(innovation::shown(read, vec![view]).await?.remove(0))
}

/// Changes the profile of the own organisation. A company that isn't verified may correct its registered name and its
/// credit code; whatever it corrects of what is verified, how it is reached included, it then waits to be looked at
/// again, even if it was turned away.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] for others than its administrators, and for the name or code of
/// what is verified; [`Failure::Invalid`].
pub async fn change_profile(
    state: &AppState,
    caller: &Caller,
    change: ProfileChange,
) -> Result<OrganisationView, Failure> {
    let by = caller.administrator()?.clone();
    let organisation = by.organisation.0;
    let now = state.clock.now();
    let mut complaints = Complaints::default();
    let name = complaints.hear(change.name.map(|name| rows::required("name", &name, 200)).transpose());
    let code = change.credit_code.map(|code| credit_code::parse("credit_code", &code)).transpose();
    let code = complaints.hear(code);
    let name_en = complaints.hear(change.name_en.map(|name| field::line("name_en", &name, 200)).transpose());
    let contact = change.contact.map(|contact| rows::required("contact", &contact, 200)).transpose();
    let contact = complaints.hear(contact);
    let size = complaints.hear(change.size.map(|size| rows::size(Some(&size))).transpose());
    complaints.answer()?;
    let (name, code, name_en, contact, size) = (name?, code?, name_en?, contact?, size?);
    let changed = state
        .store
        .write(move |tx| {
            let (name_en, contact, size) = (name_en.clone(), contact.clone(), size.clone());
            let (by, name, code) = (by.clone(), name.clone(), code.clone());
            Box::pin(async move {
                // Nobody verifies meanwhile what is corrected.
                members::lock(tx, organisation).await?;
                let known = rows::find_organisation(tx, organisation).await?;
                let open = known.kind == OrganisationKind::Company.word() && known.verified_at.is_none();
                let registered = name.as_ref().is_some_and(|name| *name != known.name_zh)
                    || code.as_ref().is_some_and(|code| known.credit_code.as_ref() != Some(code));
                if registered && !open {
                    return Err(Failure::Forbidden.into());
                }
                let corrects = registered || contact.as_ref().is_some_and(|it| *it != known.contact);
                let copied = known.name_en == known.name_zh;
                // Without one it goes by its registered name.
                let goes_by = name.clone().filter(|_| registered).unwrap_or_else(|| known.name_zh.clone());
                let name_en = name_en.map(|sent| if sent.is_empty() { goes_by } else { sent });
                // A copy of the registered name, which the form sends back as it was, is still no name in English.
                let name_en = name_en.filter(|sent| !copied || *sent != known.name_zh);
                let mut row = known.into_active_model();
                if registered {
                    if let Some(name) = name {
                        if copied {
                            row.name_en = Set(name.clone());
                        }
                        row.name_zh = Set(name);
                    }
                    if let Some(code) = code {
                        row.credit_code = Set(Some(code));
                    }
                }
                if open && corrects {
                    if rejections::submit(tx, organisation, now).await? {
                        submit::told(tx, organisation, now).await?;
                    }
                    correct(tx, &by, now).await?;
                    show_companies(tx, now).await?;
                }
                if let Some(name) = name_en {
                    row.name_en = Set(name);
                }
                if let Some(contact) = contact {
                    row.contact = Set(contact);
                }
                if let Some(size) = size {
                    row.size = Set(size);
                }
                Ok::<_, Stop>(rows::organisation_view(row.update(tx).await.map_err(taken)?)?)
            })
        })
        .await
        .map_err(|stop| stop.failure(|_| Failure::Busy))?;
    Ok(innovation::shown(state.store.read(), vec![changed]).await?.remove(0))
}

/// Puts on record that a company has corrected what it is known by.
async fn correct(tx: &Tx<'_>, by: &Member, now: Second) -> Result<(), Stop> {
    let decision = Decision {
        by: Some(by),
        booking: None,
        action: "correct_registration",
        inputs: json!({ "company": by.organisation }),
        rule: "verification/1",
        versions: &[],
        outcome: json!({ "verified": false }),
    };
    decide(tx, decision, now).await
}
