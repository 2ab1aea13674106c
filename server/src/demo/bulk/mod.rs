//! A made-up database of any scale, for measuring: valid rows of the chain with their bookings, steps and decisions,
//! written past the use cases in large statements. The guard checks every row all the same, and `zhongshi verify` finds
//! the result in order.

mod ids;
mod line;
mod platforms;
mod rows;
mod write;

use domain::Second;
use rand::{SeedableRng, rngs::StdRng};
use sea_orm::EntityTrait;

use super::{
    DemonstrationError, mark,
    people::{self, everybody},
};
use crate::{
    password::Passwords,
    setup::{self, SetupError},
    store::{Store, StoreError, tables::organisation},
};

use ids::Ids;
use line::Rows;
use rows::{Booked, Clients};

/// What to make up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bulk {
    pub lines: u32,
    /// In all; shared out evenly over the lines.
    pub bookings: u32,
    pub seed: u64,
    /// The last bookings are half a year after this.
    pub now: Second,
    /// Of every account.
    pub password: String,
}

/// Bookings in one transaction, at least.
const JOB: usize = 1000;

/// Fills an empty database. Answers how many bookings were written.
///
/// # Errors
/// The database fails, or isn't empty.
pub async fn fill(store: &Store, bulk: &Bulk) -> Result<u32, DemonstrationError> {
    if organisation::Entity::find().one(store.read()).await.map_err(StoreError::from)?.is_some() {
        return Err(DemonstrationError::NotEmpty);
    }
    mark::write(store, mark::LOADING).await?;
    let setup = setup::read(&platforms::files(bulk.lines)).map_err(DemonstrationError::Files)?;
    let platforms: Vec<_> = setup.platforms.iter().map(|p| (p.code.clone(), p.id.0)).collect();
    let parts: Vec<line::Parts> = setup.platforms.iter().flat_map(line::Parts::of).collect();
    setup::apply(store, setup, "benchmark".to_owned(), bulk.now).await.map_err(|error| match error {
        SetupError::Problems(problems) => DemonstrationError::Files(problems),
        SetupError::Store(error) => error.into(),
    })?;
    let people = everybody(&platforms);
    let hash =
        Passwords::default().hash("password", &bulk.password).await.map_err(DemonstrationError::History)?;
    people::insert(store, people.clone(), hash, bulk.now).await?;
    let clients = Clients::new(&people, bulk.now)?;
    write::products(store, &clients).await?;
    let written = write_lines(store, bulk, &parts, &clients).await?;
    mark::write(store, mark::LOADED).await?;
    Ok(written)
}

async fn write_lines(
    store: &Store,
    bulk: &Bulk,
    parts: &[line::Parts],
    clients: &Clients,
) -> Result<u32, StoreError> {
    let mut rng = StdRng::seed_from_u64(bulk.seed);
    let mut ids = Ids::new(bulk.now);
    let mut written = 0;
    let mut job: Vec<Booked> = Vec::with_capacity(2 * JOB);
    for (number, parts) in (0_u32..).zip(parts) {
        let share = bulk.bookings / bulk.lines + u32::from(number < bulk.bookings % bulk.lines);
        for booked in Rows::new(parts, clients, share, bulk.now, &mut rng, &mut ids) {
            job.push(booked);
            // Full jobs only, so that the statements are always the same.
            if job.len() == JOB {
                written += write::bookings(store, std::mem::take(&mut job), clients).await?;
            }
        }
    }
    written += write::bookings(store, job, clients).await?;
    Ok(written)
}
