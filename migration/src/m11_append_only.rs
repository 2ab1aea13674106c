//! What was decided and told stays as it was written.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::{append_only_triggers, run};

pub struct AppendOnly;

impl MigrationName for AppendOnly {
    fn name(&self) -> &str {
        "m11_append_only"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for AppendOnly {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, append_only_triggers(manager.get_database_backend())).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
