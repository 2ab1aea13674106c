//! Things of which one that fails holds up no other.

use app::contract::Failure;

/// The last failure of several things that are done one after the other, whatever becomes of each.
#[derive(Debug, Default)]
pub(crate) struct Failures(Option<Failure>);

impl Failures {
    /// What came of one of them; a failure is kept instead.
    pub fn keep<T>(&mut self, done: Result<T, Failure>) -> Option<T> {
        match done {
            Ok(done) => Some(done),
            Err(failure) => {
                self.0 = Some(failure);
                None
            }
        }
    }

    /// What came of all of them.
    ///
    /// # Errors
    /// The last one kept.
    pub fn or<T>(self, done: T) -> Result<T, Failure> {
        self.0.map_or(Ok(done), Err)
    }
}
