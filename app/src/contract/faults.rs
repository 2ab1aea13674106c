//! Everything that is wrong with a form, told at once.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Failure, FieldProblem};

/// One field, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct FieldFault {
    /// The field's name; one in a part of the body is named by its path: `query.batch_size`.
    pub field: String,
    /// What is wrong with it.
    pub problem: FieldProblem,
    /// What was sent for it, shortened, where that can't be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<String>,
}

impl FieldFault {
    /// The name by which a form knows the field, whatever part of the body it is in.
    #[must_use]
    pub fn name(&self) -> &str {
        self.field.rsplit('.').next().unwrap_or(&self.field)
    }
}

/// What is wrong with a form, in the order of its fields: at least one fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Faults {
    first: FieldFault,
    #[serde(default)]
    more: Vec<FieldFault>,
}

impl Faults {
    #[must_use]
    pub const fn one(fault: FieldFault) -> Self {
        Self { first: fault, more: Vec::new() }
    }

    #[must_use]
    pub const fn first(&self) -> &FieldFault {
        &self.first
    }

    pub fn iter(&self) -> impl Iterator<Item = &FieldFault> {
        std::iter::once(&self.first).chain(&self.more)
    }

    /// The fault of the field that a form knows by `name`.
    #[must_use]
    pub fn about(&self, name: &str) -> Option<&FieldFault> {
        self.iter().find(|fault| fault.name() == name)
    }
}

impl fmt::Display for Faults {
    /// For the log.
    fn fmt(&self, form: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.iter().try_for_each(|fault| write!(form, "field {}: {:?}; ", fault.field, fault.problem))
    }
}

/// Hears the fields of a form one after the other, so that whoever filled it in learns of all that is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Complaints {
    faults: Option<Faults>,
    /// What fails whatever the fields say.
    other: Option<Failure>,
}

impl Complaints {
    /// Keeps what is wrong with the field that was `read`, and hands it on. A field is complained of once.
    ///
    /// # Errors
    /// That of `read`.
    pub fn hear<T>(&mut self, read: Result<T, Failure>) -> Result<T, Failure> {
        match &read {
            Ok(_) => {}
            Err(Failure::Invalid { faults }) => faults.iter().for_each(|fault| self.keep(fault)),
            Err(other) => {
                self.other.get_or_insert_with(|| other.clone());
            }
        }
        read
    }

    /// Whether the field was complained of.
    #[must_use]
    pub fn about(&self, name: &str) -> bool {
        self.faults.as_ref().is_some_and(|faults| faults.about(name).is_some())
    }

    /// The same in the order in which a form has these fields; what is none of them comes behind.
    #[must_use]
    pub fn in_order(mut self, fields: &[&str]) -> Self {
        if let Some(faults) = self.faults.take() {
            let mut all: Vec<FieldFault> = std::iter::once(faults.first).chain(faults.more).collect();
            let place = |fault: &FieldFault| fields.iter().position(|field| *field == fault.name());
            all.sort_by_key(|fault| place(fault).unwrap_or(fields.len()));
            let mut all = all.into_iter();
            self.faults = all.next().map(|first| Faults { first, more: all.collect() });
        }
        self
    }

    fn keep(&mut self, fault: &FieldFault) {
        match &mut self.faults {
            None => self.faults = Some(Faults::one(fault.clone())),
            Some(faults) if faults.iter().any(|known| known.field == fault.field) => {}
            Some(faults) => faults.more.push(fault.clone()),
        }
    }

    /// Whether nothing was wrong.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with every fault heard, or the first failure that is about no field.
    pub fn answer(self) -> Result<(), Failure> {
        match (self.other, self.faults) {
            (Some(other), _) => Err(other),
            (None, Some(faults)) => Err(Failure::Invalid { faults }),
            (None, None) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::field, *};

    fn missing(name: &str) -> Result<(), Failure> {
        Err(field::invalid(name, FieldProblem::Missing))
    }

    #[test]
    fn every_fault_is_kept_once_and_in_order() {
        let mut complaints = Complaints::default();
        assert_eq!(complaints.hear(Ok(7)), Ok(7));
        for name in ["query.unit", "from", "query.unit"] {
            assert!(complaints.hear(missing(name)).is_err());
        }
        let Err(Failure::Invalid { faults }) = complaints.answer() else { panic!("faults") };
        assert_eq!(faults.iter().map(|fault| fault.name()).collect::<Vec<_>>(), ["unit", "from"]);
        assert_eq!(faults.about("unit").map(|fault| fault.field.as_str()), Some("query.unit"));
        assert_eq!(faults.about("to"), None);
    }

    #[test]
    fn faults_come_in_the_order_of_the_form() {
        let mut complaints = Complaints::default();
        for name in ["else", "query.to", "unit", "from"] {
            assert!(complaints.hear(missing(name)).is_err());
        }
        let ordered = complaints.in_order(&["unit", "from", "to"]).answer();
        let Err(Failure::Invalid { faults }) = ordered else { panic!("faults") };
        assert_eq!(
            faults.iter().map(|fault| fault.name()).collect::<Vec<_>>(),
            ["unit", "from", "to", "else"]
        );
        assert_eq!(Complaints::default().in_order(&["unit"]).answer(), Ok(()));
    }

    #[test]
    fn what_is_no_fields_fault_comes_first() {
        let mut complaints = Complaints::default();
        assert!(complaints.hear(missing("from")).is_err());
        assert!(complaints.hear::<()>(Err(Failure::Busy)).is_err());
        assert_eq!(complaints.answer(), Err(Failure::Busy));
        assert_eq!(Complaints::default().answer(), Ok(()));
    }
}
