//! What people do with their organisation and their account. `key` makes a double click one deed.

use leptos::prelude::*;
use uuid::Uuid;

use super::session::own;
use crate::{
    backend::use_backend,
    contract::{
        AccountChange, Failure, InvitationOrder, LinkView, PasswordChange, ProfileChange, ResetOrder, Role,
        TokenMade, TokenOrder,
    },
};

/// Changes the organisation's profile.
#[server(name = ChangeProfile, prefix = "/do", endpoint = "change-profile")]
pub async fn change_profile(
    #[server(default)] name: Option<String>,
    #[server(default)] credit_code: Option<String>,
    #[server(default)] name_en: Option<String>,
    #[server(default)] contact: Option<String>,
    #[server(default)] size: Option<String>,
) -> Result<bool, Failure> {
    use_backend().change_profile(ProfileChange { name, credit_code, name_en, contact, size }).await?;
    Ok(true)
}

/// Gives a colleague another role.
#[server(name = ChangeRole, prefix = "/do", endpoint = "change-role")]
pub async fn change_role(account: Uuid, role: Role) -> Result<bool, Failure> {
    use_backend().change_role(account, role).await?;
    Ok(true)
}

/// Takes a colleague out of the organisation.
#[server(name = RemoveMember, prefix = "/do", endpoint = "remove-member")]
pub async fn remove_member(account: Uuid) -> Result<bool, Failure> {
    use_backend().remove_member(account).await?;
    Ok(true)
}

/// Makes an invitation, by the district also into another organisation; its link is shown this once.
#[server(name = Invite, prefix = "/do", endpoint = "invite")]
pub async fn invite(
    email: String,
    role: Role,
    #[server(default)] organisation: Option<Uuid>,
    key: String,
) -> Result<LinkView, Failure> {
    use_backend().invite(InvitationOrder { email, role, organisation }, key).await
}

/// Takes back an invitation.
#[server(name = WithdrawInvitation, prefix = "/do", endpoint = "withdraw-invitation")]
pub async fn withdraw_invitation(id: Uuid) -> Result<(), Failure> {
    use_backend().withdraw_invitation(id).await
}

/// Makes a link by which a colleague chooses a new password, shown this once.
#[server(name = OrderReset, prefix = "/do", endpoint = "order-reset")]
pub async fn order_reset(email: String, key: String) -> Result<LinkView, Failure> {
    use_backend().order_reset(ResetOrder { email }, key).await
}

/// Changes the own name and language.
#[server(name = ChangeAccount, prefix = "/do", endpoint = "change-account")]
pub async fn change_account(name: String, locale: String) -> Result<bool, Failure> {
    use_backend().change_account(AccountChange { name: Some(name), locale: Some(locale) }).await?;
    Ok(true)
}

/// Changes the own password.
#[server(name = ChangePassword, prefix = "/do", endpoint = "change-password")]
pub async fn change_password(current: String, new: String) -> Result<bool, Failure> {
    use_backend().change_password(PasswordChange { current, new }).await?;
    Ok(true)
}

/// Ends one of the own sessions.
#[server(name = EndSession, prefix = "/do", endpoint = "end-session")]
pub async fn end_session(id: Uuid) -> Result<(), Failure> {
    use_backend().end_session(id).await
}

/// Makes a token; its secret is shown this once.
#[server(name = MakeToken, prefix = "/do", endpoint = "make-token")]
pub async fn make_token(
    name: String,
    #[server(default)] days: String,
    key: String,
) -> Result<TokenMade, Failure> {
    // What is no number is out of range, and said to be.
    let days = Some(days.trim()).filter(|days| !days.is_empty()).map(|days| days.parse().unwrap_or(0));
    use_backend().make_token(TokenOrder { name, days }, key).await
}

/// Revokes a token.
#[server(name = RevokeToken, prefix = "/do", endpoint = "revoke-token")]
pub async fn revoke_token(id: Uuid) -> Result<(), Failure> {
    use_backend().revoke_token(id).await
}

/// Marks a notice as read, and leads on to what it is about if that is asked for.
#[server(name = ReadNotice, prefix = "/do", endpoint = "read-notice")]
pub async fn read_notice(id: Uuid, #[server(default)] next: String) -> Result<(), Failure> {
    use_backend().read_notice(id).await?;
    if !next.is_empty() {
        leptos_axum::redirect(own(&next));
    }
    Ok(())
}

/// Marks all notices up to `until` as read.
#[server(name = ReadNotices, prefix = "/do", endpoint = "read-notices")]
pub async fn read_notices(until: Uuid) -> Result<(), Failure> {
    use_backend().read_notices(until).await
}
