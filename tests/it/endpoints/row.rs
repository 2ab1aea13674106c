//! One endpoint: what is asked, and what each role gets.

use serde_json::Value;

use super::world::{ROLES, Role, Subject, World, id};

/// Statuses in the order of [`ROLES`].
pub type Expected = [u16; ROLES.len()];

/// Path and body for one role, of what the row is about.
pub type Request = Box<dyn Fn(&World, Role, &Value) -> (String, Option<Value>)>;

/// A row of the table.
pub struct Row {
    pub method: &'static str,
    /// The template, as in the OpenAPI document.
    pub path: &'static str,
    /// What exists, and is asked about by everybody.
    pub subject: Option<Subject>,
    pub request: Request,
    pub expected: Expected,
}

impl Row {
    /// Asks `path` as it is, without a body.
    pub fn plain(method: &'static str, path: &'static str, expected: Expected) -> Self {
        Self::new(method, path, expected, move |_, _| (path.to_owned(), None))
    }

    /// Asks `path` as it is, with a body.
    pub fn body(
        method: &'static str,
        path: &'static str,
        expected: Expected,
        body: impl Fn(&World, Role) -> Value + 'static,
    ) -> Self {
        Self::new(method, path, expected, move |world, role| (path.to_owned(), Some(body(world, role))))
    }

    /// Asks whatever `request` says.
    pub fn new(
        method: &'static str,
        path: &'static str,
        expected: Expected,
        request: impl Fn(&World, Role) -> (String, Option<Value>) + 'static,
    ) -> Self {
        Self {
            method,
            path,
            subject: None,
            request: Box::new(move |world, role, _| request(world, role)),
            expected,
        }
    }

    /// Asks about a subject, its id filled in for `{id}`, with the body that `body` makes of it.
    pub fn about(
        subject: Subject,
        method: &'static str,
        path: &'static str,
        expected: Expected,
        body: impl Fn(&Value) -> Option<Value> + 'static,
    ) -> Self {
        let request = move |_: &World, _, subject: &Value| (path.replace("{id}", id(subject)), body(subject));
        Self { method, path, subject: Some(subject), request: Box::new(request), expected }
    }

    /// Whether a path fits the template.
    pub fn is_for(&self, path: &str) -> bool {
        let path = path.split('?').next().unwrap_or_default();
        let (ours, theirs): (Vec<_>, Vec<_>) = (self.path.split('/').collect(), path.split('/').collect());
        ours.len() == theirs.len()
            && ours.iter().zip(theirs).all(|(ours, theirs)| ours.starts_with('{') || *ours == theirs)
    }
}

/// The same for everybody.
pub const fn all(status: u16) -> Expected {
    [status; ROLES.len()]
}

/// For everybody who is signed in; the others must do so first.
pub const fn signed_in(status: u16) -> Expected {
    let mut expected = [status; ROLES.len()];
    expected[0] = 401;
    expected
}

/// For some roles only; the others are forbidden, or must sign in first.
pub fn only(roles: &[Role], status: u16) -> Expected {
    let mut expected = signed_in(403);
    for (cell, role) in expected.iter_mut().zip(ROLES) {
        if roles.contains(&role) {
            *cell = status;
        }
    }
    expected
}

/// Some cells changed.
pub fn but(mut expected: Expected, roles: &[Role], status: u16) -> Expected {
    for (cell, role) in expected.iter_mut().zip(ROLES) {
        if roles.contains(&role) {
            *cell = status;
        }
    }
    expected
}
