//! Writes the invented firms and people.

use app::contract::{OrganisationKind, Role};
use domain::Second;
use sea_orm::{EntityTrait, IntoActiveModel};

use super::{DISTRICT, FIRMS, Person};
use crate::{
    demo::demonstration_id,
    store::{
        Store, StoreError, Tx,
        tables::{account, membership, organisation},
    },
    usecase::people::credit_code::check_character,
};

/// Writes everybody. All accounts get the password that `hash` is of.
///
/// # Errors
/// The database fails, or holds one of them already.
pub async fn insert(store: &Store, people: Vec<Person>, hash: String, now: Second) -> Result<(), StoreError> {
    store
        .write(move |tx| {
            let (people, hash) = (people.clone(), hash.clone());
            Box::pin(async move { write(tx, &people, &hash, now).await })
        })
        .await
}

async fn write(tx: &Tx<'_>, people: &[Person], hash: &str, now: Second) -> Result<(), StoreError> {
    let accounts = people.iter().map(|person| {
        let row = account::Model {
            id: person.account(),
            email: person.email(),
            name: person.name.clone(),
            password_hash: Some(hash.to_owned()),
            locale: "zh-CN".to_owned(),
            created_at: now,
            disabled_at: None,
        };
        row.into_active_model()
    });
    account::Entity::insert_many(accounts).exec_without_returning(tx).await?;
    organisation::Entity::insert_many(
        organisations(people, now).into_iter().map(IntoActiveModel::into_active_model),
    )
    .exec_without_returning(tx)
    .await?;
    let memberships = people.iter().map(|person| {
        let role = person.role.word().to_owned();
        let (account, organisation) = (person.account(), person.organisation);
        membership::Model { account, organisation, role, used_at: None }.into_active_model()
    });
    membership::Entity::insert_many(memberships).exec_without_returning(tx).await?;
    Ok(())
}

/// The firms and the district; platforms come by import.
fn organisations(people: &[Person], now: Second) -> Vec<organisation::Model> {
    let verifier = people.iter().find(|person| person.role == Role::DistrictAdmin).map(Person::account);
    let firms = FIRMS.iter().zip(1..).map(|(firm, number)| organisation::Model {
        id: firm.id(),
        kind: OrganisationKind::Company.word().to_owned(),
        name_zh: firm.zh.to_owned(),
        name_en: firm.en.to_owned(),
        credit_code: credit_code(number),
        contact: format!("admin@{}.example", firm.code),
        size: Some(firm.size.to_owned()),
        in_district: firm.in_district,
        verified_at: firm.verified.then_some(now),
        verified_by: verifier.filter(|_| firm.verified),
        created_at: now,
    });
    let district = organisation::Model {
        id: demonstration_id("organisation", DISTRICT),
        kind: OrganisationKind::District.word().to_owned(),
        name_zh: "示范新区（虚构）".to_owned(),
        name_en: "Example District (invented)".to_owned(),
        credit_code: None,
        contact: format!("admin@{DISTRICT}.example"),
        size: None,
        in_district: true,
        verified_at: Some(now),
        verified_by: None,
        created_at: now,
    };
    firms.chain([district]).collect()
}

/// A code with a right check character, of an organisation number that is never given out (all X).
fn credit_code(number: u32) -> Option<String> {
    let leading = format!("91230199{}{number:03}", "X".repeat(6));
    check_character(&leading).map(|check| format!("{leading}{check}"))
}
