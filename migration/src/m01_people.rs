//! Organisations, accounts and what lets them in.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect::define;

pub const PEOPLE: &[&str] = &[
    r"CREATE TABLE organisation (
  id UUID NOT NULL,
  kind TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  credit_code TEXT,                     -- unified social credit code
  contact TEXT NOT NULL,
  size TEXT,                            -- micro, small, medium, large; NULL: not stated
  in_district BOOLEAN NOT NULL,
  verified_at BIGINT,
  verified_by UUID,                     -- the account that verified it
  created_at BIGINT NOT NULL,
  CONSTRAINT organisation_key PRIMARY KEY (id),
  CONSTRAINT organisation_credit_code UNIQUE (credit_code),
  CONSTRAINT organisation_kind CHECK (kind IN ('company', 'platform', 'district')),
  CONSTRAINT organisation_size CHECK ((size IS NULL OR size IN ('micro', 'small', 'medium', 'large')) IS TRUE),
  CONSTRAINT organisation_name CHECK (length(name_zh) BETWEEN 1 AND 200 AND length(name_en) BETWEEN 1 AND 200)
)",
    r"CREATE TABLE platform (
  id UUID NOT NULL,
  code TEXT NOT NULL,
  illustrative BOOLEAN NOT NULL,
  document TEXT NOT NULL,
  CONSTRAINT platform_key PRIMARY KEY (id),
  CONSTRAINT platform_code UNIQUE (code),
  CONSTRAINT platform_organisation FOREIGN KEY (id) REFERENCES organisation (id),
  CONSTRAINT platform_code_length CHECK (length(code) BETWEEN 1 AND 40)
)",
    r"CREATE TABLE account (
  id UUID NOT NULL,
  email TEXT NOT NULL,
  name TEXT NOT NULL,
  password_hash TEXT,
  locale TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  disabled_at BIGINT,
  CONSTRAINT account_key PRIMARY KEY (id),
  CONSTRAINT account_email UNIQUE (email),
  CONSTRAINT account_email_form CHECK (email = lower(email) AND length(email) BETWEEN 3 AND 254),
  CONSTRAINT account_name CHECK (length(name) BETWEEN 1 AND 200)
)",
    r"CREATE TABLE membership (
  account UUID NOT NULL,
  organisation UUID NOT NULL,
  role TEXT NOT NULL,
  CONSTRAINT membership_key PRIMARY KEY (account, organisation),
  CONSTRAINT membership_account FOREIGN KEY (account) REFERENCES account (id),
  CONSTRAINT membership_organisation FOREIGN KEY (organisation) REFERENCES organisation (id),
  CONSTRAINT membership_role CHECK (length(role) BETWEEN 1 AND 40)
)",
    r"CREATE INDEX membership_of ON membership (organisation)",
    r"CREATE TABLE invitation (
  id UUID NOT NULL,
  token_hash BYTEA NOT NULL,
  purpose TEXT NOT NULL,
  email TEXT NOT NULL,
  organisation UUID,
  role TEXT,
  account UUID,                         -- whose password is reset
  created_by UUID,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT,
  CONSTRAINT invitation_key PRIMARY KEY (id),
  CONSTRAINT invitation_token UNIQUE (token_hash),
  CONSTRAINT invitation_organisation FOREIGN KEY (organisation) REFERENCES organisation (id),
  CONSTRAINT invitation_account FOREIGN KEY (account) REFERENCES account (id),
  CONSTRAINT invitation_purpose CHECK ((
       (purpose = 'invite' AND organisation IS NOT NULL AND role IS NOT NULL)
    OR (purpose = 'reset' AND account IS NOT NULL)) IS TRUE)
)",
    r"CREATE TABLE session (
  token_hash BYTEA NOT NULL,
  account UUID NOT NULL,
  organisation UUID NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  CONSTRAINT session_key PRIMARY KEY (token_hash),
  CONSTRAINT session_account FOREIGN KEY (account) REFERENCES account (id),
  CONSTRAINT session_organisation FOREIGN KEY (organisation) REFERENCES organisation (id)
)",
    r"CREATE INDEX session_of ON session (account)",
    r"CREATE INDEX session_expiry ON session (expires_at)",
    r"CREATE TABLE api_token (
  id UUID NOT NULL,
  token_hash BYTEA NOT NULL,
  account UUID NOT NULL,
  organisation UUID NOT NULL,
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  last_used_at BIGINT,
  revoked_at BIGINT,
  CONSTRAINT api_token_key PRIMARY KEY (id),
  CONSTRAINT api_token_token UNIQUE (token_hash),
  CONSTRAINT api_token_account FOREIGN KEY (account) REFERENCES account (id),
  CONSTRAINT api_token_organisation FOREIGN KEY (organisation) REFERENCES organisation (id),
  CONSTRAINT api_token_name CHECK (length(name) BETWEEN 1 AND 200)
)",
    r"CREATE INDEX api_token_of ON api_token (account)",
];

pub struct People;

impl MigrationName for People {
    fn name(&self) -> &str {
        "m01_people"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for People {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        define(manager, PEOPLE).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
