//! Changing one part: its text takes the place of what is in force, and the whole is read, judged and written as an
//! import would be.

use app::contract::{
    Failure, FieldProblem, Instant, SetupChange, SetupHit, SetupPart, SetupPlan, TextView, field,
};
use domain::PlatformId;

use super::super::{Caller, Member};
use crate::{
    setup::{self, Change, Language, Part, Plan, Problem, Setup, SetupError, Source},
    state::AppState,
};

/// Longest text of a part.
const LONGEST: usize = 64 * 1024;

/// A part as text, for the people of its platform.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] for whoever isn't of a platform, [`Failure::NotFound`].
pub async fn one(state: &AppState, caller: &Caller, sort: &str, code: &str) -> Result<SetupPart, Failure> {
    let platform = caller.member()?.platform().ok_or(Failure::Forbidden)?;
    let parts = setup::write(&super::current(state, platform).await?);
    let part = parts.into_iter().find(|part| is(part, sort, code)).ok_or(Failure::NotFound)?;
    Ok(SetupPart { sort: sort.to_owned(), code: part.code, name: part.name.into(), text: part.text })
}

/// What writing `text` as this part would change and touch, or everything that is wrong with it. Writes nothing.
///
/// # Errors
/// As [`one`]; [`Failure::Forbidden`] but for operators; [`Failure::TooLarge`].
pub async fn check(
    state: &AppState,
    caller: &Caller,
    sort: &str,
    code: &str,
    text: &str,
) -> Result<SetupPlan, Failure> {
    let (_, platform) = operator(caller)?;
    match read(state, platform, sort, code, text).await? {
        Err(problems) => Ok(SetupPlan { problems, ..SetupPlan::default() }),
        Ok((whole, first)) => {
            let now = state.clock.now().div_euclid(60);
            outcome(setup::plan(state.store.read(), &whole, now).await, first)
        }
    }
}

/// Writes `text` as this part, unless something is wrong with it.
///
/// # Errors
/// As [`check`]; [`Failure::Invalid`] for `text` if something is wrong with it.
pub async fn save(
    state: &AppState,
    caller: &Caller,
    sort: &str,
    code: &str,
    text: &str,
) -> Result<SetupPlan, Failure> {
    let (member, platform) = operator(caller)?;
    let wrong = || field::invalid("text", FieldProblem::Malformed { example: "code = \"…\"".to_owned() });
    let (whole, first) = read(state, platform, sort, code, text).await?.map_err(|_| wrong())?;
    let origin = format!("{sort} {code}, by account {}", member.account);
    let written = outcome(setup::apply(&state.store, whole, origin, state.clock.now()).await, first)?;
    if written.problems.is_empty() { Ok(written) } else { Err(wrong()) }
}

fn operator(caller: &Caller) -> Result<(&Member, PlatformId), Failure> {
    let platform = caller.member()?.platform().ok_or(Failure::Forbidden)?;
    Ok((caller.operates(platform)?, platform))
}

fn is(part: &Part, sort: &str, code: &str) -> bool {
    part.what.name().en == sort && part.code == code
}

/// The whole set-up with `text` in the part's place, and the line on which it begins; or what is wrong.
async fn read(
    state: &AppState,
    platform: PlatformId,
    sort: &str,
    code: &str,
    text: &str,
) -> Result<Result<(Setup, u32), Vec<TextView>>, Failure> {
    if text.len() > LONGEST {
        return Err(Failure::TooLarge);
    }
    let now = super::current(state, platform).await?;
    let parts = setup::write(&now);
    let at = parts.iter().position(|part| is(part, sort, code)).ok_or(Failure::NotFound)?;
    // Browsers send lines ended by two letters; TOML minds none, but what is written should not differ by them.
    let text = text.replace("\r\n", "\n");
    let before: String = parts[..at].iter().map(|part| format!("{}\n", part.text)).collect();
    let after: String = parts[at + 1..].iter().map(|part| format!("\n{}", part.text)).collect();
    let first = u32::try_from(before.matches('\n').count()).unwrap_or(0);
    let source = Source::new(code, format!("{before}{text}\n{after}"));
    let whole = match setup::read(&[source]) {
        Ok(whole) => whole,
        Err(problems) => return Ok(Err(problems.into_iter().map(|one| words(one, first)).collect())),
    };
    // A part's text says nothing of another platform, nor of everybody's holidays.
    let own = matches!(&whole.platforms[..], [only] if only.id == platform);
    if !own || !whole.holidays.is_empty() {
        return Err(field::unknown("text", "platform, holidays"));
    }
    // What it is called is what everything else refers to.
    let kept = setup::write(&whole.platforms[0]);
    if !kept.iter().any(|part| is(part, sort, code)) {
        return Err(field::unknown("text", code));
    }
    Ok(Ok((whole, first)))
}

/// A problem by its line in the part's own text.
fn words(problem: Problem, first: u32) -> TextView {
    let problem = Problem { line: problem.line.saturating_sub(first), ..problem };
    TextView { zh: problem.line_in(Language::Chinese), en: problem.line_in(Language::English) }
}

fn outcome(planned: Result<Plan, SetupError>, first: u32) -> Result<SetupPlan, Failure> {
    let plan = match planned {
        Ok(plan) => plan,
        Err(SetupError::Problems(problems)) => {
            let problems = problems.into_iter().map(|one| words(one, first)).collect();
            return Ok(SetupPlan { problems, ..SetupPlan::default() });
        }
        Err(SetupError::Store(error)) => return Err(error.into()),
    };
    let changes = plan.items.into_iter().filter_map(|item| {
        let change = match item.change {
            Change::Added => "added",
            Change::Changed => "changed",
            Change::SwitchedOff => "switched_off",
            Change::Kept | Change::Unchanged => return None,
        };
        Some(SetupChange { what: item.what.name().into(), code: item.code, change: change.to_owned() })
    });
    let affected = plan.affected.into_iter().map(|hit| SetupHit {
        reference: hit.reference,
        line: hit.line,
        start: Instant::from_minute(hit.starts_at),
    });
    Ok(SetupPlan { problems: Vec::new(), changes: changes.collect(), affected: affected.collect() })
}
