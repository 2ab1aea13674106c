//! Inviting people into an organisation.

use app::contract::{Failure, Instant, InvitationOrder, InvitationView, LinkView, Page, Role, field};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{
    link::{self, INVITE},
    rows,
};
use crate::{
    state::AppState,
    store::{StoreError, tables::invitation},
    usecase::{Caller, IdempotencyKey, Paging, internal, protocol::Attempt},
};

/// Makes a link by which someone joins with a role: into the own organisation, or by the district's administrator into
/// any.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`]; [`Failure::Invalid`] for a role that the organisation's kind
/// does not have; [`Failure::KeyReused`].
pub async fn invite(
    state: &AppState,
    caller: &Caller,
    order: InvitationOrder,
    key: Option<&IdempotencyKey>,
) -> Result<LinkView, Failure> {
    let member = caller.administrator()?;
    let organisation = order.organisation.unwrap_or(member.organisation.0);
    if organisation != member.organisation.0 && member.role != Role::DistrictAdmin {
        return Err(Failure::Forbidden);
    }
    let kind = rows::kind(&rows::find_organisation(state.store.read(), organisation).await?.kind)?;
    if order.role.kind() != kind {
        return Err(field::unknown("role", order.role.word()));
    }
    let mut made = link::new(state, INVITE, rows::email("email", &order.email)?, Some(member.account))?;
    made.row.organisation = Some(organisation);
    made.row.role = Some(order.role.word().to_owned());
    let attempt = key.map(|key| Attempt::new(member, key, "invite", organisation, &order));
    link::make(state, made, attempt.as_ref()).await
}

/// Invitations into the own organisation, oldest first.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`].
pub async fn invitations(
    state: &AppState,
    caller: &Caller,
    paging: Paging,
) -> Result<Page<InvitationView>, Failure> {
    let member = caller.administrator()?;
    let mut query = invitation::Entity::find()
        .filter(invitation::Column::Purpose.eq(INVITE))
        .filter(invitation::Column::Organisation.eq(member.organisation.0))
        .order_by_asc(invitation::Column::Id)
        .limit(paging.rows());
    if let Some(after) = paging.after {
        query = query.filter(invitation::Column::Id.gt(after));
    }
    let found = query.all(state.store.read()).await.map_err(StoreError::from)?;
    let page = paging.page(found, |row| row.id);
    let items = page.items.into_iter().map(view).collect::<Result<_, _>>()?;
    Ok(Page { items, next: page.next })
}

/// Takes back an invitation that nobody has used.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`]; [`Failure::NotFound`] if it is another organisation's or used.
pub async fn withdraw_invitation(state: &AppState, caller: &Caller, id: Uuid) -> Result<(), Failure> {
    let organisation = caller.administrator()?.organisation.0;
    let gone = state
        .store
        .write(move |tx| {
            Box::pin(async move {
                let gone = invitation::Entity::delete_many()
                    .filter(invitation::Column::Id.eq(id))
                    .filter(invitation::Column::Purpose.eq(INVITE))
                    .filter(invitation::Column::Organisation.eq(organisation))
                    .filter(invitation::Column::UsedAt.is_null())
                    .exec(tx)
                    .await?;
                Ok::<_, StoreError>(gone.rows_affected)
            })
        })
        .await?;
    if gone == 1 { Ok(()) } else { Err(Failure::NotFound) }
}

fn view(row: invitation::Model) -> Result<InvitationView, Failure> {
    let lacks = |what: &str| internal("reading an invitation", &format!("it lacks its {what}"));
    Ok(InvitationView {
        id: row.id,
        email: row.email,
        role: rows::role(&row.role.ok_or_else(|| lacks("role"))?)?,
        organisation: row.organisation.ok_or_else(|| lacks("organisation"))?,
        created_at: Instant(row.created_at),
        expires_at: Instant(row.expires_at),
        used_at: row.used_at.map(Instant),
    })
}
