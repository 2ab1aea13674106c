//! Between rows and what crosses the wire.

use app::contract::{
    Failure, FieldProblem, Instant, OrganisationKind, OrganisationView, Role, TextView, field,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use crate::{
    store::{
        StoreError, Tx,
        tables::{account, organisation},
    },
    usecase::internal,
};

/// The kind that a row names.
pub(super) fn kind(word: &str) -> Result<OrganisationKind, Failure> {
    field::word("kind", word).map_err(|error| internal("reading an organisation's kind", &error))
}

/// The role that a row names.
pub(super) fn role(word: &str) -> Result<Role, Failure> {
    field::word("role", word).map_err(|error| internal("reading a role", &error))
}

pub(super) fn name(row: &organisation::Model) -> TextView {
    TextView { zh: row.name_zh.clone(), en: row.name_en.clone() }
}

/// The organisation as its own people and those who verify it see it, without its innovation score.
pub(crate) fn organisation_view(row: organisation::Model) -> Result<OrganisationView, Failure> {
    Ok(OrganisationView {
        id: row.id,
        kind: kind(&row.kind)?,
        name: name(&row),
        credit_code: row.credit_code,
        contact: row.contact,
        size: row.size,
        in_district: row.in_district,
        verified_at: row.verified_at.map(Instant),
        created_at: Instant(row.created_at),
        innovation: None,
        turned_away: None,
    })
}

pub(super) async fn find_organisation(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<organisation::Model, Failure> {
    let found = organisation::Entity::find_by_id(id).one(connection).await.map_err(StoreError::from)?;
    found.ok_or(Failure::NotFound)
}

pub(super) async fn find_account(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<account::Model, Failure> {
    let found = account::Entity::find_by_id(id).one(connection).await.map_err(StoreError::from)?;
    found.ok_or(Failure::NotFound)
}

/// The account, locked: what becomes of it, its memberships and its links comes one after the other.
pub(super) async fn lock_account(tx: &Tx<'_>, id: Uuid) -> Result<account::Model, Failure> {
    account::Entity::update_many()
        .col_expr(account::Column::Id, Expr::col(account::Column::Id))
        .filter(account::Column::Id.eq(id))
        .exec(tx)
        .await
        .map_err(StoreError::from)?;
    find_account(tx, id).await
}

pub(super) async fn account_by_email(
    connection: &impl ConnectionTrait,
    email: &str,
) -> Result<Option<account::Model>, Failure> {
    let found = account::Entity::find().filter(account::Column::Email.eq(email)).one(connection).await;
    Ok(found.map_err(StoreError::from)?)
}

/// An e-mail address in lower case. Only its form is checked: ASCII, one `@` with something on both sides.
pub(super) fn email(name: &str, text: &str) -> Result<String, Failure> {
    let email = text.trim().to_ascii_lowercase();
    if email.is_empty() {
        return Err(field::invalid(name, FieldProblem::Missing));
    }
    let sides = email.split_once('@');
    let right = email.len() <= 254
        && email.bytes().all(|byte| byte.is_ascii_graphic())
        && sides.is_some_and(|(user, host)| {
            !user.is_empty()
                && !host.contains('@')
                && !host.starts_with('.')
                && host.contains('.')
                && !host.ends_with('.')
        });
    if right {
        Ok(email)
    } else {
        Err(field::invalid(name, FieldProblem::Malformed { example: "li@example.com".to_owned() }))
    }
}

/// A name, or another single line, that must be there.
pub(super) fn required(name: &str, text: &str, max: u32) -> Result<String, Failure> {
    let text = field::line(name, text, max)?;
    if text.is_empty() { Err(field::invalid(name, FieldProblem::Missing)) } else { Ok(text) }
}

/// A company's size, if stated.
pub(super) fn size(text: Option<&str>) -> Result<Option<String>, Failure> {
    match text.map(str::trim) {
        None | Some("") => Ok(None),
        Some(size @ ("micro" | "small" | "medium" | "large")) => Ok(Some(size.to_owned())),
        Some(other) => Err(field::unknown("size", other)),
    }
}

/// A language of the product; Chinese if none is named.
pub(super) fn locale(text: Option<&str>) -> Result<String, Failure> {
    match text.map(str::trim) {
        None | Some("" | "zh-CN") => Ok("zh-CN".to_owned()),
        Some("en") => Ok("en".to_owned()),
        Some(other) => Err(field::unknown("locale", other)),
    }
}
