//! From a part's form to its text and back, with what is typed there. Writes nothing, and judges no more than whether a
//! text can be read.

use app::contract::{
    Failure, SetupForm, SetupLook,
    setup_form::{STATE, Values},
};

use super::{
    super::Caller,
    edit::{self, Draft, Whole},
    form::{form, keep_code},
};
use crate::{
    setup::{
        self,
        form::{compose, fill},
    },
    state::AppState,
};

/// What is typed into a part's form, as its text: of whatever is wrong with it, too.
///
/// # Errors
/// As [`form`]; [`Failure::Forbidden`] but for operators.
pub async fn as_text(
    state: &AppState,
    caller: &Caller,
    sort: &str,
    code: &str,
    mut values: Values,
) -> Result<SetupLook, Failure> {
    caller.own_platform()?;
    let known = form(state, caller, sort, code).await?;
    keep_code(&known, &mut values);
    let text = compose(sort, &values).text;
    let changed = text != compose(sort, &known.values).text;
    Ok(SetupLook { form: SetupForm { values, ..known }, text, plan: None, overtaken: false, changed })
}

/// What is typed as a part's text, as its form, which was made from the state `opened`. A form has no place for what it
/// can't read, so nothing of such a text is shown rather than a part of it.
///
/// # Errors
/// As [`as_text`]; [`Failure::Refused`] with the reason `setup_unreadable` for a text with anything wrong in it;
/// [`Failure::Invalid`] for one that isn't the part's; [`Failure::TooLarge`].
pub async fn as_form(
    state: &AppState,
    caller: &Caller,
    (sort, code): (&str, &str),
    text: &str,
    opened: String,
) -> Result<SetupLook, Failure> {
    let (_, platform) = caller.own_platform()?;
    let known = form(state, caller, sort, code).await?;
    let whole = Whole::of(state, platform, Draft { sort, code, text: Some(text) }).await?;
    let read = whole.read()?.map_err(|_| Failure::refused("setup_unreadable"))?;
    let typed = read.platforms.first().ok_or(Failure::NotFound)?;
    let parts = setup::write(typed);
    let part = parts.iter().find(|part| edit::is(part, sort, code)).ok_or(Failure::NotFound)?;
    let matrix = typed.matrices.iter().find(|matrix| sort == "matrix" && matrix.code == code);
    let mut values = fill(sort, &part.text, matrix);
    // The state isn't typed.
    let changed = known.values.iter().filter(|(name, _)| *name != STATE).ne(&values);
    values.insert(STATE.to_owned(), opened);
    let form = SetupForm { values, ..known };
    Ok(SetupLook { form, text: text.replace("\r\n", "\n"), plan: None, overtaken: false, changed })
}
