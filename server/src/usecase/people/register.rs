//! A company registers itself, with its first administrator. It books only after somebody has verified it.

use std::net::IpAddr;

use app::contract::{Complaints, Failure, FieldProblem, OrganisationView, Registration, Role, field};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::{credit_code, rows};
use crate::{
    password::Passwords,
    state::AppState,
    store::{
        StoreError,
        tables::{account, membership, organisation},
    },
    usecase::protocol::show_companies,
};

/// Registers.
///
/// # Errors
/// [`Failure::TooMany`]; [`Failure::Invalid`] naming every field, `Taken` for an e-mail address or credit code that is
/// registered already.
pub async fn register(
    state: &AppState,
    address: Option<IpAddr>,
    asked: Registration,
) -> Result<OrganisationView, Failure> {
    state.limits.attempt(address, None)?;
    let now = state.clock.now();
    let mut complaints = Complaints::default();
    let company = complaints.hear(rows::required("company", &asked.company, 200));
    let company_en = asked.company_en.as_deref().unwrap_or_default();
    let company_en = complaints.hear(field::line("company_en", company_en, 200));
    let credit_code = complaints.hear(credit_code::parse("credit_code", &asked.credit_code));
    let contact = complaints.hear(rows::required("contact", &asked.contact, 200));
    let size = complaints.hear(rows::size(asked.size.as_deref()));
    let name = complaints.hear(rows::required("name", &asked.name, 200));
    let email = complaints.hear(rows::email("email", &asked.email));
    let password = complaints.hear(Passwords::accept("password", &asked.password));
    let locale = complaints.hear(rows::locale(asked.locale.as_deref()));
    complaints.answer()?;
    password?;
    let (company, company_en) = (company?, company_en?);
    let organisation = organisation::Model {
        id: Uuid::now_v7(),
        kind: Role::CompanyAdmin.kind().word().to_owned(),
        name_en: if company_en.is_empty() { company.clone() } else { company_en },
        name_zh: company,
        credit_code: Some(credit_code?),
        contact: contact?,
        size: size?,
        in_district: asked.in_district,
        verified_at: None,
        verified_by: None,
        created_at: now,
    };
    let account = account::Model {
        id: Uuid::now_v7(),
        name: name?,
        email: email?,
        locale: locale?,
        password_hash: Some(state.passwords.hash("password", &asked.password).await?),
        created_at: now,
        disabled_at: None,
    };
    let membership = membership::Model {
        account: account.id,
        organisation: organisation.id,
        role: Role::CompanyAdmin.word().to_owned(),
        used_at: None,
    };
    let made = organisation.clone();
    state
        .store
        .write(move |tx| {
            let (organisation, account, membership) =
                (organisation.clone(), account.clone(), membership.clone());
            Box::pin(async move {
                refuse_taken(tx, &organisation, &account.email).await?;
                let organisation = organisation.into_active_model();
                organisation::Entity::insert(organisation).exec_without_returning(tx).await.map_err(taken)?;
                account::Entity::insert(account.into_active_model())
                    .exec_without_returning(tx)
                    .await
                    .map_err(taken)?;
                let membership = membership.into_active_model();
                membership::Entity::insert(membership).exec_without_returning(tx).await.map_err(taken)?;
                show_companies(tx, now).await.map_err(|stop| stop.failure(|_| Failure::Busy))
            })
        })
        .await?;
    rows::organisation_view(made)
}

async fn refuse_taken(
    tx: &impl ConnectionTrait,
    organisation: &organisation::Model,
    email: &str,
) -> Result<(), Failure> {
    let same_code = organisation::Column::CreditCode.eq(organisation.credit_code.clone());
    let same = organisation::Entity::find().filter(same_code).one(tx).await.map_err(StoreError::from)?;
    let mut complaints = Complaints::default();
    for (name, known) in
        [("credit_code", same.is_some()), ("email", rows::account_by_email(tx, email).await?.is_some())]
    {
        let free = if known { Err(field::invalid(name, FieldProblem::Taken)) } else { Ok(()) };
        let _ = complaints.hear(free);
    }
    complaints.answer()
}

/// What the schema says when another registration was faster.
pub(super) fn taken(error: sea_orm::DbErr) -> Failure {
    let error = StoreError::from(error);
    if error.is_conflict_on("account_email") {
        field::invalid("email", FieldProblem::Taken)
    } else if error.is_conflict_on("organisation_credit_code") {
        field::invalid("credit_code", FieldProblem::Taken)
    } else {
        error.into()
    }
}
