//! The district decides about companies, and records their scores.

use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    backend::use_backend,
    contract::{Failure, InnovationOrder, Rejection},
};

/// Verifies a company. Done again it changes nothing.
#[server(name = VerifyCompany, prefix = "/do", endpoint = "verify-company")]
pub async fn verify_company(company: Uuid, next: String) -> Result<(), Failure> {
    use_backend().verify(company).await?;
    leptos_axum::redirect(super::session::own(&next));
    Ok(())
}

/// Turns a company away. Done again it changes nothing.
#[server(name = RejectCompany, prefix = "/do", endpoint = "reject-company")]
pub async fn reject_company(
    company: Uuid,
    #[server(default)] reason: String,
    next: String,
) -> Result<(), Failure> {
    use_backend().reject(company, Rejection { reason }).await?;
    leptos_axum::redirect(super::session::own(&next));
    Ok(())
}

/// Records a company's innovation score.
#[server(name = RecordInnovation, prefix = "/do", endpoint = "record-innovation")]
pub async fn record_innovation(
    company: Uuid,
    score: u32,
    assessed_on: String,
    next: String,
) -> Result<(), Failure> {
    use_backend().record_innovation(company, InnovationOrder { score, assessed_on }).await?;
    leptos_axum::redirect(super::session::own(&next));
    Ok(())
}
