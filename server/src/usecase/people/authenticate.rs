//! Who a cookie or a token stands for. One query a request, by primary or unique key.

use app::contract::{Failure, OrganisationKind};
use domain::{OrganisationId, Second};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryResult, sea_query::Expr};
use uuid::Uuid;

use super::rows;
use crate::{
    secret::{hash, public_id},
    state::AppState,
    store::{
        StoreError, statement,
        tables::{api_token, session},
    },
    usecase::{Caller, Credential, Member},
};

/// A session is lengthened, and a token's use noted, at most this often.
const NOTE_SECONDS: Second = 300;

const BY_SESSION: &str = "SELECT s.account, s.organisation, s.created_at, s.expires_at, m.role, o.kind, o.verified_at \
    FROM session s \
    JOIN account a ON a.id = s.account AND a.disabled_at IS NULL \
    JOIN membership m ON m.account = s.account AND m.organisation = s.organisation \
    JOIN organisation o ON o.id = s.organisation \
    WHERE s.token_hash = ? AND s.expires_at > ?";

const BY_TOKEN: &str = "SELECT t.id, t.account, t.organisation, t.last_used_at, m.role, o.kind, o.verified_at \
    FROM api_token t \
    JOIN account a ON a.id = t.account AND a.disabled_at IS NULL \
    JOIN membership m ON m.account = t.account AND m.organisation = t.organisation \
    JOIN organisation o ON o.id = t.organisation \
    WHERE t.token_hash = ? AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > ?)";

/// Whoever the session's secret belongs to; anonymous if the session is unknown or over.
///
/// # Errors
/// The store fails.
pub async fn by_session(state: &AppState, secret: &str) -> Result<Caller, Failure> {
    let now = state.clock.now();
    let token_hash = hash(secret);
    let Some(row) = one(state, BY_SESSION, token_hash.clone(), now).await? else {
        return Ok(Caller::Anonymous);
    };
    let member = member(&row, Credential::Session { id: public_id(&token_hash) })?;
    let created: Second = get(&row, "created_at")?;
    let ends: Second = get(&row, "expires_at")?;
    let lengthened = session_end(state, created, now);
    if lengthened >= ends + NOTE_SECONDS {
        state
            .store
            .write(move |tx| {
                let token_hash = token_hash.clone();
                Box::pin(async move {
                    session::Entity::update_many()
                        .col_expr(session::Column::ExpiresAt, Expr::value(lengthened))
                        .filter(session::Column::TokenHash.eq(token_hash))
                        .exec(tx)
                        .await?;
                    Ok::<_, StoreError>(())
                })
            })
            .await?;
    }
    Ok(Caller::Member(member))
}

/// Whoever the bearer token belongs to.
///
/// # Errors
/// [`Failure::Unauthenticated`] if it is unknown, over or revoked.
pub async fn by_token(state: &AppState, secret: &str) -> Result<Caller, Failure> {
    let now = state.clock.now();
    let row = one(state, BY_TOKEN, hash(secret), now).await?.ok_or(Failure::Unauthenticated)?;
    let id: Uuid = get(&row, "id")?;
    let used: Option<Second> = get(&row, "last_used_at")?;
    if used.is_none_or(|used| now - used >= NOTE_SECONDS) {
        state
            .store
            .write(move |tx| {
                Box::pin(async move {
                    api_token::Entity::update_many()
                        .col_expr(api_token::Column::LastUsedAt, Expr::value(now))
                        .filter(api_token::Column::Id.eq(id))
                        .exec(tx)
                        .await?;
                    Ok::<_, StoreError>(())
                })
            })
            .await?;
    }
    Ok(Caller::Member(member(&row, Credential::Token { id })?))
}

/// When a session of `created` that is used `now` ends: after its idle time, and never after its longest.
pub(super) fn session_end(state: &AppState, created: Second, now: Second) -> Second {
    let session = &state.settings.session;
    (now + i64::from(session.idle_hours) * 3600).min(created + i64::from(session.longest_hours) * 3600)
}

async fn one(
    state: &AppState,
    sql: &str,
    hash: Vec<u8>,
    now: Second,
) -> Result<Option<QueryResult>, StoreError> {
    let read = state.store.read();
    Ok(read.query_one_raw(statement(read, sql, [hash.into(), now.into()])).await?)
}

fn member(row: &QueryResult, credential: Credential) -> Result<Member, Failure> {
    let kind = rows::kind(&get::<String>(row, "kind")?)?;
    let verified_at: Option<Second> = get(row, "verified_at")?;
    Ok(Member {
        account: get(row, "account")?,
        organisation: OrganisationId(get(row, "organisation")?),
        kind,
        role: rows::role(&get::<String>(row, "role")?)?,
        verified: kind != OrganisationKind::Company || verified_at.is_some(),
        credential,
    })
}

fn get<T: sea_orm::TryGetable>(row: &QueryResult, column: &str) -> Result<T, StoreError> {
    Ok(row.try_get("", column)?)
}
