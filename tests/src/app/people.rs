//! Invented people of every role, brought in the way that people come in.

use serde_json::{Value, json};
use server::usecase::people::{credit_code::check_character, make_administrator};
use uuid::Uuid;

use super::{Answer, App, Visitor};

/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery";

/// A right credit code, another for every number below 100,000.
///
/// # Panics
/// For larger numbers.
#[must_use]
pub fn credit_code(number: u32) -> String {
    let leading = format!("91230109MA{number:07}");
    let check = check_character(&leading).expect("17 characters of the alphabet");
    format!("{leading}{check}")
}

/// A company's two people.
#[derive(Clone, Debug)]
pub struct CompanyStaff {
    pub organisation: Uuid,
    pub admin: Visitor,
    pub member: Visitor,
}

/// Makes people.
#[derive(Clone, Debug)]
pub struct People<'a> {
    app: &'a App,
    /// The district's administrator, who lets the others in.
    pub district_admin: Visitor,
}

impl<'a> People<'a> {
    /// With the installation's first administrator.
    ///
    /// # Panics
    /// If it can't be made.
    pub async fn found(app: &'a App) -> Self {
        let link = make_administrator(&app.state, "admin@district.example", "Li Guan", "示例新区").await;
        let token = link.expect("an administrator").token;
        let district_admin = app.visitor();
        let chosen = json!({"token": token, "password": PASSWORD});
        district_admin.post("/api/v1/password-resets/use", chosen).await.expect(204);
        district_admin.sign_in("admin@district.example", PASSWORD).await.expect(201);
        Self { app, district_admin }
    }

    /// The body of a registration.
    #[must_use]
    pub fn registration(number: u32) -> Value {
        json!({
            "company": format!("示例药业{number}有限公司"),
            "company_en": format!("Example Pharma {number}"),
            "credit_code": credit_code(number),
            "contact": "Chen, 0451-0000000",
            "size": "small",
            "name": format!("Admin {number}"),
            "email": format!("admin@company{number}.example"),
            "password": PASSWORD,
        })
    }

    /// A registered company that nobody has verified, and its administrator, signed in.
    ///
    /// # Panics
    /// If it can't register.
    pub async fn unverified_company(&self, number: u32) -> (Uuid, Visitor) {
        let admin = self.app.visitor();
        let made = admin.post("/api/v1/organisations", Self::registration(number)).await;
        made.expect(201);
        admin.sign_in(&format!("admin@company{number}.example"), PASSWORD).await.expect(201);
        (id(&made), admin)
    }

    /// A verified company with an administrator and a member.
    ///
    /// # Panics
    /// If it can't be made.
    pub async fn company(&self, number: u32) -> CompanyStaff {
        let (organisation, admin) = self.unverified_company(number).await;
        let verification = format!("/api/v1/organisations/{organisation}/verification");
        self.district_admin.ask("POST", &verification, None).await.expect(200);
        let email = format!("member@company{number}.example");
        let member = self.invite(&admin, organisation, "company_member", &email).await;
        CompanyStaff { organisation, admin, member }
    }

    /// Someone invited by the district into any organisation, signed in.
    pub async fn staff(&self, organisation: Uuid, role: &str, email: &str) -> Visitor {
        self.invite(&self.district_admin, organisation, role, email).await
    }

    /// Someone invited by `host`, signed in.
    ///
    /// # Panics
    /// If the invitation fails.
    pub async fn invite(&self, host: &Visitor, organisation: Uuid, role: &str, email: &str) -> Visitor {
        let order = json!({"email": email, "role": role, "organisation": organisation});
        let link = host.post("/api/v1/invitations", order).await;
        link.expect(201);
        let guest = self.app.visitor();
        let name = email.split('@').next().unwrap_or_default();
        let acceptance = json!({"token": link.string("token"), "name": name, "password": PASSWORD});
        guest.post("/api/v1/invitations/accept", acceptance).await.expect(201);
        guest
    }

    /// The district's organisation.
    ///
    /// # Panics
    /// If it can't be read.
    pub async fn district(&self) -> Uuid {
        let own = self.district_admin.get("/api/v1/organisations/own").await;
        own.expect(200);
        id(&own)
    }
}

fn id(answer: &Answer) -> Uuid {
    answer.string("id").parse().expect("a UUID")
}
