//! The organisation, the account and their notices.

use app::{
    backend::Office,
    contract::{
        AccountChange, AccountView, Failure, InvitationOrder, InvitationView, LinkView, MemberView,
        MembershipView, NoticeFilter, NoticeView, OrganisationView, Page, PageQuery, PasswordChange,
        ProfileChange, ResetOrder, Role, SessionView, TokenMade, TokenOrder, TokenView, Viewer,
    },
};
use async_trait::async_trait;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use uuid::Uuid;

use super::{PageBackend, set_cookie};
use crate::{
    http::session,
    usecase::{IdempotencyKey, Paging, notices, people},
};

#[async_trait]
impl Office for PageBackend {
    async fn organisation(&self) -> Result<OrganisationView, Failure> {
        people::own_organisation(&self.state, &self.caller).await
    }

    async fn change_profile(&self, change: ProfileChange) -> Result<OrganisationView, Failure> {
        people::change_profile(&self.state, &self.caller, change).await
    }

    async fn members(&self) -> Result<Vec<MemberView>, Failure> {
        people::members(&self.state, &self.caller).await
    }

    async fn change_role(&self, account: Uuid, role: Role) -> Result<(), Failure> {
        people::change_role(&self.state, &self.caller, account, role).await
    }

    async fn remove_member(&self, account: Uuid) -> Result<(), Failure> {
        people::remove_member(&self.state, &self.caller, account).await
    }

    async fn invitations(&self, page: PageQuery) -> Result<Page<InvitationView>, Failure> {
        people::invitations(&self.state, &self.caller, Paging::try_from(page)?).await
    }

    async fn invite(&self, order: InvitationOrder, key: String) -> Result<LinkView, Failure> {
        let key = IdempotencyKey::parse(&key)?;
        people::invite(&self.state, &self.caller, order, Some(&key)).await
    }

    async fn withdraw_invitation(&self, id: Uuid) -> Result<(), Failure> {
        people::withdraw_invitation(&self.state, &self.caller, id).await
    }

    async fn order_reset(&self, order: ResetOrder, key: String) -> Result<LinkView, Failure> {
        let key = IdempotencyKey::parse(&key)?;
        people::order_reset(&self.state, &self.caller, order, Some(&key)).await
    }

    async fn account(&self) -> Result<AccountView, Failure> {
        people::account(&self.state, &self.caller).await
    }

    async fn elsewhere(&self) -> Result<Vec<MembershipView>, Failure> {
        people::elsewhere(&self.state, &self.caller).await
    }

    async fn switch(&self, organisation: Uuid) -> Result<Viewer, Failure> {
        // Before anything is awaited: the response of this request is known to the task that asks, and to no other.
        let response = use_context::<ResponseOptions>();
        let (caller, device) = (&self.caller, self.device.clone());
        let signed_in = people::switch(&self.state, caller, organisation, device).await?;
        set_cookie(response, session::begin(&self.state.settings, &signed_in.secret)?);
        Ok(signed_in.viewer)
    }

    async fn change_account(&self, change: AccountChange) -> Result<AccountView, Failure> {
        people::change_account(&self.state, &self.caller, change).await
    }

    async fn change_password(&self, change: PasswordChange) -> Result<(), Failure> {
        people::change_password(&self.state, &self.caller, self.address, change).await
    }

    async fn sessions(&self) -> Result<Vec<SessionView>, Failure> {
        people::sessions(&self.state, &self.caller).await
    }

    async fn end_session(&self, id: Uuid) -> Result<(), Failure> {
        people::end_session(&self.state, &self.caller, id).await
    }

    async fn tokens(&self) -> Result<Vec<TokenView>, Failure> {
        people::tokens(&self.state, &self.caller).await
    }

    async fn make_token(&self, order: TokenOrder, key: String) -> Result<TokenMade, Failure> {
        let key = IdempotencyKey::parse(&key)?;
        people::make_token(&self.state, &self.caller, order, Some(&key)).await
    }

    async fn revoke_token(&self, id: Uuid) -> Result<(), Failure> {
        people::revoke_token(&self.state, &self.caller, id).await
    }

    async fn notices(&self, filter: NoticeFilter) -> Result<Page<NoticeView>, Failure> {
        notices::list(&self.state, &self.caller, &filter).await
    }

    async fn unread(&self, most: u32) -> Result<u32, Failure> {
        notices::unread(&self.state, &self.caller, most).await
    }

    async fn read_notices(&self, until: Uuid) -> Result<(), Failure> {
        notices::read_all(&self.state, &self.caller, until).await
    }

    async fn read_notice(&self, id: Uuid) -> Result<(), Failure> {
        notices::read(&self.state, &self.caller, id).await
    }
}
