//! Idempotency: a double click books once. Only committed answers are stored, in the commit that they tell of.

use app::contract::Failure;
use domain::{PlatformId, Second};
use sea_orm::ConnectionTrait;
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Stop;
use crate::{
    state::AppState,
    store::{StoreError, Tx, statement},
    usecase::{IdempotencyKey, Member, internal},
};

/// One of possibly several tries to do the same thing.
#[derive(Clone, Debug)]
pub(crate) struct Attempt {
    account: Uuid,
    key: String,
    /// Of what is to be done, to what, and how.
    hash: Vec<u8>,
    /// Whose desk the conflict is on that it deals with, and which one.
    conflict: Option<(Uuid, Uuid)>,
}

impl Attempt {
    /// `action` on `target` with `body`, as `member` asks under `key`.
    pub fn new(
        member: &Member,
        key: &IdempotencyKey,
        action: &str,
        target: Uuid,
        body: &impl Serialize,
    ) -> Self {
        let mut hash = Sha256::new();
        for part in [action.as_bytes(), &[0], target.as_bytes(), member.organisation.0.as_bytes()] {
            hash.update(part);
        }
        hash.update(serde_json::to_vec(body).unwrap_or_default());
        let (key, hash) = (key.as_str().to_owned(), hash.finalize().to_vec());
        Self { account: member.account, key, hash, conflict: None }
    }

    /// The same, dealing with a conflict of `platform`'s desk: once it is done, colleagues who come second are told.
    pub fn dealing_with(self, platform: PlatformId, conflict: Uuid) -> Self {
        Self { conflict: Some((platform.0, conflict)), ..self }
    }

    /// Runs `work` unless it was done before under this key: then the first answer. The key is looked up only when
    /// the work fails, because a second run fails at the latest when it stores its answer.
    ///
    /// # Errors
    /// What `work` fails with; [`Failure::KeyReused`] if the key belongs to something else.
    pub async fn once<T: DeserializeOwned>(
        &self,
        state: &AppState,
        work: impl Future<Output = Result<T, Failure>> + Send,
    ) -> Result<T, Failure> {
        match work.await {
            Ok(answer) => Ok(answer),
            Err(failure) => match self.first_answer(state).await? {
                Some(answer) => Ok(answer),
                None => Err(failure),
            },
        }
    }

    /// As [`Self::once`] where a key is optional.
    ///
    /// # Errors
    /// As [`Self::once`].
    pub async fn maybe_once<T: DeserializeOwned>(
        attempt: Option<&Self>,
        state: &AppState,
        work: impl Future<Output = Result<T, Failure>> + Send,
    ) -> Result<T, Failure> {
        match attempt {
            Some(attempt) => attempt.once(state, work).await,
            None => work.await,
        }
    }

    async fn first_answer<T: DeserializeOwned>(&self, state: &AppState) -> Result<Option<T>, Failure> {
        let read = state.store.read();
        let sql = "SELECT body_hash, response FROM idempotency WHERE account = ? AND key = ?";
        let found = read
            .query_one_raw(statement(read, sql, [self.account.into(), self.key.clone().into()]))
            .await
            .map_err(StoreError::from)?;
        let Some(row) = found else { return Ok(None) };
        let column = |error: sea_orm::DbErr| internal("reading a stored answer", &error);
        let hash: Vec<u8> = row.try_get("", "body_hash").map_err(column)?;
        if hash != self.hash {
            return Err(Failure::KeyReused);
        }
        let response: String = row.try_get("", "response").map_err(column)?;
        serde_json::from_str(&response).map(Some).map_err(|error| internal("reading a stored answer", &error))
    }

    /// Stores the answer, sent together with what else the change leaves; if the key is taken, that stops the change
    /// with [`Stop::KeyTaken`].
    ///
    /// # Errors
    /// [`Stop::Failed`] if the answer can't be written as JSON.
    pub fn keep<T: Serialize>(&self, tx: &Tx<'_>, answer: &T, now: Second) -> Result<(), Stop> {
        let response = serde_json::to_string(answer)
            .map_err(|error| Stop::Failed(internal("storing an answer", &error)))?;
        let sql = "INSERT INTO idempotency (account, key, body_hash, status, response, created_at) \
                   VALUES (?, ?, ?, 200, ?, ?)";
        let values = [
            self.account.into(),
            self.key.clone().into(),
            self.hash.clone().into(),
            response.into(),
            now.into(),
        ];
        tx.insert_later(sql, values);
        if let Some((platform, conflict)) = self.conflict {
            let dealt = "INSERT INTO conflict_dealt (platform, conflict, at, by_account) VALUES (?, ?, ?, ?) \
                         ON CONFLICT (platform, conflict) \
                         DO UPDATE SET at = excluded.at, by_account = excluded.by_account";
            tx.insert_later(dealt, [platform.into(), conflict.into(), now.into(), self.account.into()]);
        }
        Ok(())
    }
}
