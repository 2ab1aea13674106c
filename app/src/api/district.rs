//! The district decides about companies, and records their scores.

use leptos::prelude::*;
use uuid::Uuid;

use super::session::own;
use crate::{
    backend::use_backend,
    contract::{Failure, InnovationOrder, Rejection},
    deed::{Deed, done, done_with},
};

/// Verifies a company. Done again it changes nothing.
#[server(name = VerifyCompany, prefix = "/do", endpoint = "verify-company")]
pub async fn verify_company(company: Uuid, next: String) -> Result<(), Failure> {
    use_backend().verify(company).await?;
    done(own(&next), Deed::CompanyVerified);
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
    done(own(&next), Deed::CompanyTurnedAway);
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
    done_with(own(&next), Deed::InnovationRecorded, &[score]);
    Ok(())
}

/// Clears a company's innovation score. Done again it changes nothing.
#[server(name = ClearInnovation, prefix = "/do", endpoint = "clear-innovation")]
pub async fn clear_innovation(company: Uuid, next: String) -> Result<(), Failure> {
    use_backend().clear_innovation(company).await?;
    done(own(&next), Deed::InnovationCleared);
    Ok(())
}

/// Submits the own company for verification again. Done again it changes nothing.
#[server(name = SubmitAgain, prefix = "/do", endpoint = "submit-again")]
pub async fn submit_again(next: String) -> Result<(), Failure> {
    use_backend().submit_again().await?;
    done(own(&next), Deed::SubmittedAgain);
    Ok(())
}
