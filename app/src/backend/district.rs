//! What the district, those who register and the demonstration's visitors may ask of the server.

use async_trait::async_trait;
use uuid::Uuid;

use crate::contract::{
    DemandReport, Failure, FreeCapacityView, InnovationOrder, OccupancyReport, OrganisationView, Page,
    PageQuery, QuarterQuery, Registration, Rejection, VerificationView, Viewer,
};

/// The district's view, and the way in.
#[async_trait]
pub trait District: Send + Sync {
    async fn occupancy(&self, quarter: QuarterQuery) -> Result<OccupancyReport, Failure>;
    async fn demand(&self, quarter: QuarterQuery) -> Result<DemandReport, Failure>;
    async fn free_capacity(&self) -> Result<Vec<FreeCapacityView>, Failure>;
    /// The companies that wait to be verified, oldest first.
    async fn waiting(&self, page: PageQuery) -> Result<Page<OrganisationView>, Failure>;
    /// How many wait.
    async fn waiting_count(&self) -> Result<u32, Failure>;
    /// Verified companies with their innovation scores, in an order of [`CompanyFilter`]; only those that have `find`
    /// in their names, or as their credit code.
    ///
    /// [`CompanyFilter`]: crate::contract::CompanyFilter
    async fn companies(
        &self,
        find: String,
        order: &'static str,
        page: PageQuery,
    ) -> Result<Page<OrganisationView>, Failure>;
    /// Companies that were turned away, or whose verification was withdrawn, and that don't wait again.
    async fn turned_away(&self, page: PageQuery) -> Result<Page<OrganisationView>, Failure>;
    async fn record_innovation(&self, company: Uuid, order: InnovationOrder) -> Result<(), Failure>;
    async fn clear_innovation(&self, company: Uuid) -> Result<(), Failure>;
    async fn verify(&self, company: Uuid) -> Result<(), Failure>;
    async fn reject(&self, company: Uuid, why: Rejection) -> Result<(), Failure>;
    /// Registers a company with its first administrator, and starts their session.
    async fn register(&self, asked: Registration) -> Result<Viewer, Failure>;
    /// How far the own company's verification is.
    async fn verification(&self) -> Result<VerificationView, Failure>;
    /// Submits the own company for verification again.
    async fn submit_again(&self) -> Result<(), Failure>;
    /// From where an open page listens for what changes.
    async fn mark(&self) -> Result<Uuid, Failure>;
    /// Starts a session as one of the demonstration's invented people, `firm`, `operator`, `qa` or `district`; those of
    /// a platform are of the one named, if any. Nowhere else.
    async fn try_as(&self, audience: &str, platform: Option<Uuid>) -> Result<Viewer, Failure>;
    /// Deletes the demonstration and loads it again, once this request is answered; nowhere else.
    async fn begin_anew(&self) -> Result<(), Failure>;
}
