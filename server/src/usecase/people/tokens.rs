//! Bearer tokens of the API.

use app::contract::{Complaints, Failure, Instant, TokenMade, TokenOrder, TokenView, field};
use domain::{Second, calendar::DAY_SECONDS};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, sea_query::Expr};
use uuid::Uuid;

use super::rows;
use crate::{
    secret::{Hash, Secret},
    state::AppState,
    store::{StoreError, tables::api_token},
    usecase::{
        Caller, Credential, IdempotencyKey, internal,
        protocol::{Attempt, Stop},
    },
};

const USUAL_DAYS: u32 = 90;
const MOST_DAYS: u32 = 366;

/// Makes a token for the account and the organisation of the session. A token can't make another: it would outlive its
/// own end. Under a key it is one, however often it is asked for: of its secret, which nothing keeps, only the last
/// counts, until it is used.
///
/// # Errors
/// [`Failure::Unauthenticated`]; [`Failure::Forbidden`] to a token; [`Failure::Invalid`]; [`Failure::KeyReused`], also
/// for a token that is in use or revoked by now.
pub async fn make_token(
    state: &AppState,
    caller: &Caller,
    order: TokenOrder,
    key: Option<&IdempotencyKey>,
) -> Result<TokenMade, Failure> {
    let member = caller.member()?;
    if matches!(member.credential, Credential::Token { .. }) {
        return Err(Failure::Forbidden);
    }
    let days = order.days.unwrap_or(USUAL_DAYS);
    let mut complaints = Complaints::default();
    let name = complaints.hear(rows::required("name", &order.name, 200));
    if !(1..=MOST_DAYS).contains(&days) {
        let _told = complaints.hear::<()>(Err(field::out_of_range("days", 1, MOST_DAYS)));
    }
    complaints.answer()?;
    let attempt = key.map(|key| Attempt::new(member, key, "make_token", member.account, &order));
    let secret = Secret::generate().map_err(|error| internal("making a token", &error))?;
    let now = state.clock.now();
    let row = api_token::Model {
        id: Uuid::now_v7(),
        token_hash: secret.hash(),
        account: member.account,
        organisation: member.organisation.0,
        name: name?,
        created_at: now,
        expires_at: Some(now + Second::from(days) * DAY_SECONDS),
        last_used_at: None,
        revoked_at: None,
    };
    let (id, token, kept) = (row.id, view(row.clone()), attempt.clone());
    let made = state.store.write(move |tx| {
        let (row, kept) = (row.clone().into_active_model(), kept.clone());
        Box::pin(async move {
            api_token::Entity::insert(row).exec_without_returning(tx).await?;
            if let Some(attempt) = kept {
                attempt.keep(tx, &id, now)?;
            }
            Ok::<_, Stop>(id)
        })
    });
    let work = async { made.await.map_err(|stop| stop.failure(|_| Failure::Busy)) };
    let first = Attempt::maybe_once(attempt.as_ref(), state, work).await?;
    let token = if first == id { token } else { renew(state, first, secret.hash()).await? };
    Ok(TokenMade { token, secret: secret.reveal().to_owned() })
}

/// Gives a token that nobody has used another secret: the first one was on its way to a page that nobody saw.
async fn renew(state: &AppState, id: Uuid, hash: Hash) -> Result<TokenView, Failure> {
    let renewed = state
        .store
        .write(move |tx| {
            let hash = hash.clone();
            Box::pin(async move {
                let renewed = api_token::Entity::update_many()
                    .col_expr(api_token::Column::TokenHash, Expr::value(hash))
                    .filter(api_token::Column::Id.eq(id))
                    .filter(api_token::Column::LastUsedAt.is_null())
                    .filter(api_token::Column::RevokedAt.is_null())
                    .exec(tx)
                    .await?;
                match renewed.rows_affected {
                    0 => Ok(None),
                    _ => Ok::<_, StoreError>(api_token::Entity::find_by_id(id).one(tx).await?),
                }
            })
        })
        .await?;
    renewed.map(view).ok_or(Failure::KeyReused)
}

/// The account's tokens that are good, oldest first.
///
/// # Errors
/// [`Failure::Unauthenticated`].
pub async fn tokens(state: &AppState, caller: &Caller) -> Result<Vec<TokenView>, Failure> {
    let member = caller.member()?;
    let found = api_token::Entity::find()
        .filter(api_token::Column::Account.eq(member.account))
        .filter(api_token::Column::RevokedAt.is_null())
        .filter(api_token::Column::ExpiresAt.gt(state.clock.now()))
        .order_by_asc(api_token::Column::Id)
        .all(state.store.read())
        .await
        .map_err(StoreError::from)?;
    Ok(found.into_iter().map(view).collect())
}

/// Revokes one of the account's tokens.
///
/// # Errors
/// [`Failure::Unauthenticated`]; [`Failure::NotFound`] if it is another account's or revoked already.
pub async fn revoke_token(state: &AppState, caller: &Caller, id: Uuid) -> Result<(), Failure> {
    let account = caller.member()?.account;
    let now = state.clock.now();
    let revoked = state
        .store
        .write(move |tx| {
            Box::pin(async move {
                let revoked = api_token::Entity::update_many()
                    .col_expr(api_token::Column::RevokedAt, Expr::value(now))
                    .filter(api_token::Column::Id.eq(id))
                    .filter(api_token::Column::Account.eq(account))
                    .filter(api_token::Column::RevokedAt.is_null())
                    .exec(tx)
                    .await?;
                Ok::<_, StoreError>(revoked.rows_affected)
            })
        })
        .await?;
    if revoked == 1 { Ok(()) } else { Err(Failure::NotFound) }
}

fn view(row: api_token::Model) -> TokenView {
    TokenView {
        id: row.id,
        name: row.name,
        organisation: row.organisation,
        created_at: Instant(row.created_at),
        expires_at: row.expires_at.map(Instant),
        last_used_at: row.last_used_at.map(Instant),
    }
}
