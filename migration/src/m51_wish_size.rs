//! For a call a firm's size counts as it was when its wish was handed in or changed last: what it says of itself once
//! the call has closed changes nothing.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const WISH_SIZE: &[&str] = &[
    r"-- Of its firm, as that stated it then; NULL: it didn't.
ALTER TABLE wish ADD COLUMN size TEXT",
    r"UPDATE wish SET size = (SELECT o.size FROM organisation o WHERE o.id = wish.organisation)",
];

pub struct WishSize;

impl MigrationName for WishSize {
    fn name(&self) -> &str {
        "m51_wish_size"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for WishSize {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, WISH_SIZE).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
