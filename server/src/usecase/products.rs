//! A company's products, under its own codes. Two campaigns of one product need less set-up between them, so the
//! product is part of the kernel's decision.

use std::collections::BTreeSet;

use app::contract::{Failure, FieldProblem, field};
use domain::{OrganisationId, ProductId, Second};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::IntoCondition,
};
use uuid::Uuid;

use super::Member;
use crate::{
    state::AppState,
    store::{StoreError, Tx, statement, tables::product},
};

/// Longest product code, in characters.
pub(crate) const CODE: u32 = 80;

/// The product of a booking to be made. A new one has no row before the booking has: an order that is refused leaves
/// nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Product {
    pub id: ProductId,
    /// The client's code, once it has given one.
    pub code: Option<String>,
    /// Whether its row is to be written.
    new: bool,
}

impl Product {
    /// The product of a wish: one that the company has, or if it named none, one of the wish's own, under its id.
    pub const fn of_wish(id: ProductId, code: Option<String>) -> Self {
        let new = code.is_none();
        Self { id, code, new }
    }

    /// Writes the row of a product that is new; until it has a code it goes by `reference`. Answers the product's id,
    /// which is another one if the code was taken meanwhile.
    ///
    /// # Errors
    /// The database's failure.
    pub async fn ensure(
        &self,
        tx: &Tx<'_>,
        organisation: OrganisationId,
        reference: &str,
        now: Second,
    ) -> Result<ProductId, StoreError> {
        if !self.new {
            return Ok(self.id);
        }
        let code = self.code.as_deref().unwrap_or(reference);
        if insert(tx, self.id.0, organisation.0, code, now).await? {
            return Ok(self.id);
        }
        let known = find(tx, coded(organisation, code)).await?;
        Ok(known.map_or(self.id, |known| ProductId(known.id)))
    }
}

/// The product that an order names by `code` or `id`: the company's own, new on first use; a fresh one without a code
/// if it names none.
///
/// # Errors
/// [`Failure::Invalid`] if the code is malformed or the two disagree.
pub(crate) async fn of_order(
    state: &AppState,
    organisation: OrganisationId,
    code: &str,
    id: Option<Uuid>,
) -> Result<Product, Failure> {
    let code = field::line("product_code", code, CODE)?;
    if let Some(id) = id {
        let known = find(state.store.read(), product::Column::Id.eq(id)).await?;
        let own = known.filter(|known| known.organisation == organisation.0);
        let own = own.ok_or_else(|| field::unknown("product", &id.to_string()))?;
        if !code.is_empty() && code != own.code {
            return Err(field::unknown("product_code", &code));
        }
        return Ok(Product { id: ProductId(own.id), code: Some(own.code), new: false });
    }
    if code.is_empty() {
        return Ok(Product { id: ProductId(Uuid::now_v7()), code: None, new: true });
    }
    let known = find(state.store.read(), coded(organisation, &code)).await?;
    let (id, new) = known.map_or_else(|| (Uuid::now_v7(), true), |known| (known.id, false));
    Ok(Product { id: ProductId(id), code: Some(code), new })
}

/// Whether a product is the member's company's.
pub(crate) async fn is_of(state: &AppState, product: Uuid, member: Option<&Member>) -> Result<bool, Failure> {
    let Some(member) = member else { return Ok(false) };
    let found = find(state.store.read(), product::Column::Id.eq(product)).await?;
    Ok(found.is_some_and(|found| found.organisation == member.organisation.0))
}

/// The ids of all products of a company.
pub(crate) async fn all_of(
    state: &AppState,
    organisation: OrganisationId,
) -> Result<BTreeSet<ProductId>, Failure> {
    let own = product::Entity::find().filter(product::Column::Organisation.eq(organisation.0)).select_only();
    let ids = own.column(product::Column::Id).into_tuple::<Uuid>().all(state.store.read()).await;
    Ok(ids.map_err(StoreError::from)?.into_iter().map(ProductId).collect())
}

/// Refuses a code by which the company has a product already: had it been named when searching, less set-up might do.
///
/// # Errors
/// [`Failure::Invalid`] naming `product_code` as taken; the database's failure.
pub(crate) async fn refuse_known(
    state: &AppState,
    organisation: OrganisationId,
    code: &str,
) -> Result<(), Failure> {
    match find(state.store.read(), coded(organisation, code)).await? {
        Some(_) => Err(field::invalid("product_code", FieldProblem::Taken)),
        None => Ok(()),
    }
}

/// Gives a product its client's code, if it still goes by `reference`.
///
/// # Errors
/// A conflict on `product_code` if another product of the company has the code.
pub(crate) async fn rename(
    tx: &Tx<'_>,
    product: Uuid,
    reference: &str,
    code: &str,
) -> Result<bool, StoreError> {
    let sql = "UPDATE product SET code = ? WHERE id = ? AND code = ? AND NOT EXISTS \
               (SELECT 1 FROM product other JOIN product own ON own.organisation = other.organisation \
                WHERE own.id = ? AND other.code = ?)";
    let values = [code.into(), product.into(), reference.into(), product.into(), code.into()];
    Ok(tx.execute_raw(statement(tx, sql, values)).await?.rows_affected() == 1)
}

/// Whether it was written: the code may be taken.
async fn insert(
    tx: &Tx<'_>,
    id: Uuid,
    organisation: Uuid,
    code: &str,
    now: Second,
) -> Result<bool, StoreError> {
    let sql = "INSERT INTO product (id, organisation, code, document, created_at) VALUES (?, ?, ?, '{}', ?) \
               ON CONFLICT (organisation, code) DO NOTHING";
    let values = [id.into(), organisation.into(), code.into(), now.into()];
    Ok(tx.execute_raw(statement(tx, sql, values)).await?.rows_affected() == 1)
}

fn coded(organisation: OrganisationId, code: &str) -> Condition {
    Condition::all().add(product::Column::Organisation.eq(organisation.0)).add(product::Column::Code.eq(code))
}

async fn find(
    connection: &impl ConnectionTrait,
    which: impl IntoCondition,
) -> Result<Option<product::Model>, StoreError> {
    Ok(product::Entity::find().filter(which).one(connection).await?)
}
