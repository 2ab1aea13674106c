//! What a session was begun with, so that people can tell their own from one another.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const AGENTS: &[&str] =
    &[r"-- The beginning of the User-Agent header. NULL: there was none, or it began before this was kept.
ALTER TABLE session ADD COLUMN user_agent TEXT"];

pub struct Agents;

impl MigrationName for Agents {
    fn name(&self) -> &str {
        "m34_agents"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Agents {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, AGENTS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
