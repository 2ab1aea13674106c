//! Passwords, by argon2id: slow on purpose, so a few at a time and never on the threads that answer requests.

use std::{num::NonZeroUsize, sync::Arc};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;

use app::contract::{Failure, FieldProblem, field};

use crate::usecase::internal;

/// Characters that a password has at least and at most.
const LENGTH: std::ops::RangeInclusive<u32> = 10..=200;

/// Checked against when there is no account, so that the answer takes as long: a hash of nobody's password, made with
/// the parameters that [`Argon2::default`] has.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$\
                      AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Hashes and checks passwords; as many at once as there are processors, each in 19 MiB.
#[derive(Clone, Debug)]
pub struct Passwords {
    argon: Argon2<'static>,
    turns: Arc<Semaphore>,
    most: usize,
}

impl Default for Passwords {
    fn default() -> Self {
        let most = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        Self { argon: Argon2::default(), turns: Arc::new(Semaphore::new(most)), most }
    }
}

impl Passwords {
    /// As cheap as argon2id can be: for tests, where a hash guards nothing and is made by the thousand.
    #[must_use]
    pub fn cheap() -> Self {
        let least = Params::new(Params::MIN_M_COST, Params::MIN_T_COST, Params::MIN_P_COST, None);
        let argon = least.map_or_else(
            |_| Argon2::default(),
            |params| Argon2::new(Algorithm::default(), Version::default(), params),
        );
        Self { argon, ..Self::default() }
    }

    /// Whether a password may be chosen.
    ///
    /// # Errors
    /// [`Failure::Invalid`] for `name` if it is too short or too long.
    pub fn accept(name: &str, password: &str) -> Result<(), Failure> {
        let length = u32::try_from(password.chars().count()).unwrap_or(u32::MAX);
        let (min, max) = (*LENGTH.start(), *LENGTH.end());
        match length {
            _ if length < min => Err(field::invalid(name, FieldProblem::TooShort { min })),
            _ if length > max => Err(field::invalid(name, FieldProblem::TooLong { max })),
            _ => Ok(()),
        }
    }

    /// The hash to keep of a new password.
    ///
    /// # Errors
    /// As [`Self::accept`].
    pub async fn hash(&self, name: &str, password: &str) -> Result<String, Failure> {
        Self::accept(name, password)?;
        let password = password.to_owned();
        let argon = self.argon.clone();
        self.apart(move || argon.hash_password(password.as_bytes()).map(|hash| hash.to_string()))
            .await?
            .map_err(|error| internal("hashing a password", &error))
    }

    /// Whether the password is the one that `known` was made of. Takes as long when there is none.
    ///
    /// # Errors
    /// [`Failure::Internal`] if the hash can't be read.
    pub async fn check(&self, password: &str, known: Option<&str>) -> Result<bool, Failure> {
        let exists = known.is_some();
        let known = known.unwrap_or(NOBODY).to_owned();
        let password: String = password.chars().take(*LENGTH.end() as usize + 1).collect();
        let right = self
            .apart(move || {
                let known = PasswordHash::new(&known)?;
                Ok::<_, argon2::password_hash::phc::Error>(
                    Argon2::default().verify_password(password.as_bytes(), &known).is_ok(),
                )
            })
            .await?
            .map_err(|error| internal("reading a password's hash", &error))?;
        Ok(right && exists)
    }

    /// Whether nothing is being hashed.
    #[must_use]
    pub fn idle(&self) -> bool {
        self.turns.available_permits() == self.most
    }

    async fn apart<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let _turn = self.turns.acquire().await.map_err(|error| internal("waiting to hash", &error))?;
        tokio::task::spawn_blocking(work).await.map_err(|error| internal("hashing apart", &error))
    }
}

#[cfg(test)]
mod tests {
    use super::{NOBODY, Passwords};

    #[tokio::test]
    async fn only_the_right_password_passes_and_nobodys_never() {
        let passwords = Passwords::default();
        let hash = passwords.hash("password", "长密码也可以用中文字符").await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(NOBODY.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "as slow as the others");
        assert_eq!(passwords.check("长密码也可以用中文字符", Some(&hash)).await, Ok(true));
        assert_eq!(passwords.check("长密码也可以用中文字", Some(&hash)).await, Ok(false));
        assert_eq!(passwords.check("anything", None).await, Ok(false));
        assert!(passwords.hash("password", "too short").await.is_err());
    }
}
