//! Loading the demonstration into an empty database.

use app::{contract::Failure, language::Language};
use domain::{Second, calendar::DAY_SECONDS};
use rand::RngExt;
use sea_orm::EntityTrait;

use super::{
    History, HistoryReport, files, mark,
    people::{self, Person, accounts, everybody},
};
use crate::{
    password::Passwords,
    settings::Settings,
    setup::{self, Problem, SetupError, report},
    store::{Store, StoreError, tables::organisation},
};

/// What to load.
#[derive(Clone, Debug)]
pub struct Demonstration {
    pub seed: u64,
    /// Campaigns asked for in the history.
    pub campaigns: u32,
    /// The password of every account.
    pub password: String,
    /// The moment of first start: the history ends and the future begins.
    pub now: Second,
}

impl Demonstration {
    /// The usual size.
    #[must_use]
    pub fn new(password: String, now: Second) -> Self {
        Self { seed: 20_251_104, campaigns: 440, password, now }
    }
}

/// Why the demonstration was not loaded.
#[derive(Debug, thiserror::Error)]
pub enum DemonstrationError {
    #[error("the demonstration's files have problems:\n{}", report::problems(.0, Language::en))]
    Files(Vec<Problem>),
    #[error("loading the demonstration was interrupted before; delete this database and start again")]
    Interrupted,
    #[error("the database holds data already; a demonstration needs an empty one")]
    NotEmpty,
    #[error("the history could not be made: {0}")]
    History(Failure),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Loads platforms, people and history, if the database holds no organisation yet. Answers who there is, with what came
/// of the history, or `None` if there was data already, which is never touched.
///
/// The history reaches from half a year and a fortnight before `now`, so that the half year begins in full swing.
///
/// # Errors
/// The database fails; nothing else can go wrong with the files and people that ship with the program.
pub async fn load(
    store: &Store,
    settings: &Settings,
    wanted: &Demonstration,
) -> Result<Option<(Vec<Person>, HistoryReport)>, DemonstrationError> {
    if mark::read(store).await?.as_deref() == Some(mark::LOADING) {
        return Err(DemonstrationError::Interrupted);
    }
    if organisation::Entity::find().one(store.read()).await.map_err(StoreError::from)?.is_some() {
        return Ok(None);
    }
    mark::write(store, mark::LOADING).await?;
    let from = wanted.now - 197 * DAY_SECONDS;
    let setup = setup::read(&files()).map_err(DemonstrationError::Files)?;
    let platforms: Vec<_> =
        setup.platforms.iter().map(|platform| (platform.code.clone(), platform.id.0)).collect();
    setup::apply(store, setup, "demonstration".to_owned(), from).await.map_err(|error| match error {
        SetupError::Problems(problems) => DemonstrationError::Files(problems),
        SetupError::Store(error) => error.into(),
    })?;
    let people = everybody(&platforms);
    let hash =
        Passwords::default().hash("password", &wanted.password).await.map_err(DemonstrationError::History)?;
    people::insert(store, people.clone(), hash, from).await?;
    let history = History { seed: wanted.seed, campaigns: wanted.campaigns, from, until: wanted.now };
    let report = history.write(store, settings, people.clone()).await.map_err(DemonstrationError::History)?;
    mark::keep_accounts(store, accounts(&people, &wanted.password)).await?;
    mark::write(store, mark::LOADED).await?;
    Ok(Some((people, report)))
}

/// A password for a new demonstration, easy to type: four groups of four letters and digits that can't be mistaken.
#[must_use]
pub fn new_password() -> String {
    const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let mut rng = rand::rng();
    let group = |rng: &mut rand::rngs::ThreadRng| -> String {
        (0..4).map(|_| char::from(LETTERS[rng.random_range(0..LETTERS.len())])).collect()
    };
    (0..4).map(|_| group(&mut rng)).collect::<Vec<_>>().join("-")
}
