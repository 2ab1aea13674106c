//! One's organisation, one's account, and the notices to both.

use async_trait::async_trait;
use uuid::Uuid;

use crate::contract::{
    AccountChange, AccountView, Failure, InvitationOrder, InvitationView, LinkView, MemberView,
    MembershipView, NoticeFilter, NoticeView, OrganisationView, Page, PageQuery, PasswordChange,
    ProfileChange, ResetOrder, Role, SessionView, TokenMade, TokenOrder, TokenView, Viewer,
};

/// What everybody does for themselves, and an administrator for the organisation.
#[async_trait]
pub trait Office: Send + Sync {
    async fn organisation(&self) -> Result<OrganisationView, Failure>;
    async fn change_profile(&self, change: ProfileChange) -> Result<OrganisationView, Failure>;
    async fn members(&self) -> Result<Vec<MemberView>, Failure>;
    async fn change_role(&self, account: Uuid, role: Role) -> Result<(), Failure>;
    async fn remove_member(&self, account: Uuid) -> Result<(), Failure>;
    async fn invitations(&self, page: PageQuery) -> Result<Page<InvitationView>, Failure>;
    /// The link is shown this once. `key` is always the idempotency key that the form was rendered with.
    async fn invite(&self, order: InvitationOrder, key: String) -> Result<LinkView, Failure>;
    async fn withdraw_invitation(&self, id: Uuid) -> Result<(), Failure>;
    /// A link by which a colleague chooses a new password, shown this once.
    async fn order_reset(&self, order: ResetOrder, key: String) -> Result<LinkView, Failure>;

    async fn account(&self) -> Result<AccountView, Failure>;
    /// The other organisations to which the account belongs.
    async fn elsewhere(&self) -> Result<Vec<MembershipView>, Failure>;
    /// Lets the session act for another of them; its new cookie goes out with the response.
    async fn switch(&self, organisation: Uuid) -> Result<Viewer, Failure>;
    async fn change_account(&self, change: AccountChange) -> Result<AccountView, Failure>;
    async fn change_password(&self, change: PasswordChange) -> Result<(), Failure>;
    async fn sessions(&self) -> Result<Vec<SessionView>, Failure>;
    async fn end_session(&self, id: Uuid) -> Result<(), Failure>;
    async fn tokens(&self) -> Result<Vec<TokenView>, Failure>;
    /// The secret is shown this once.
    async fn make_token(&self, order: TokenOrder, key: String) -> Result<TokenMade, Failure>;
    async fn revoke_token(&self, id: Uuid) -> Result<(), Failure>;

    async fn notices(&self, filter: NoticeFilter) -> Result<Page<NoticeView>, Failure>;
    /// How many are unread, counted up to `most`.
    async fn unread(&self, most: u32) -> Result<u32, Failure>;
    /// Marks all up to the notice `until` as read.
    async fn read_notices(&self, until: Uuid) -> Result<(), Failure>;
    async fn read_notice(&self, id: Uuid) -> Result<(), Failure>;
}
