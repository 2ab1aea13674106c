//! Changing one part: its text takes the place of what is in force, or joins it, or goes; and the whole is read, judged
//! and written as an import would be.

use std::ops::RangeInclusive;

use app::{
    contract::{
        Failure, FieldProblem, Instant, RefusalView, SetupChange, SetupHit, SetupPart, SetupPlan,
        SetupProblem, TextView, field,
    },
    language::Language,
    words::say,
};
use domain::{PlatformId, Text, booking::Status};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    super::{Caller, Member, booking, ground, late, repair, words::word},
    fields,
};
use crate::{
    setup::{self, Change, Part, Plan, PlatformSetup, Problem, Setup, SetupError, Source, What},
    state::AppState,
    store::{StoreError, tables::booking as booking_table},
};

/// Longest text of a part.
const LONGEST: usize = 256 * 1024;
/// How often a set-up may change while one of its parts is saved.
const TRIES: u32 = 5;

/// What is to become of a part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draft<'a> {
    pub sort: &'a str,
    /// Empty: a new part, whose text says its code.
    pub code: &'a str,
    /// `None`: it is left out, which switches a route off.
    pub text: Option<&'a str>,
}

/// The whole set-up with a part's text in its place.
pub(super) struct Whole {
    source: Source,
    /// Lines before the part's text, and how many it has.
    first: u32,
    lines: u32,
    /// The lines of each other part, with what it is and what it is called.
    others: Vec<(RangeInclusive<u32>, What, Text)>,
    /// The platform as it is now.
    before: PlatformSetup,
    /// Sort and code of the part.
    part: (String, String),
    /// Parts that have to be there, by sort and code.
    kept: Vec<(What, String)>,
}

/// A part as text, for the people of its platform. A route that is switched off is there too.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] for whoever isn't of a platform, [`Failure::NotFound`].
pub async fn one(state: &AppState, caller: &Caller, sort: &str, code: &str) -> Result<SetupPart, Failure> {
    let platform = caller.member()?.platform().ok_or(Failure::Forbidden)?;
    let parts = super::parts(state, platform).await?;
    let part = parts.into_iter().find(|part| is(part, sort, code)).ok_or(Failure::NotFound)?;
    Ok(SetupPart { sort: sort.to_owned(), code: part.code, name: part.name.into(), text: part.text })
}

/// What writing `text` as this part would change and touch, or everything that is wrong with it; without text, what
/// leaving the part out would. Writes nothing.
///
/// # Errors
/// As [`one`]; [`Failure::Forbidden`] but for operators; [`Failure::TooLarge`]; [`Failure::Invalid`] for `text` that
/// isn't this part's.
pub async fn check(
    state: &AppState,
    caller: &Caller,
    sort: &str,
    code: &str,
    text: Option<&str>,
) -> Result<SetupPlan, Failure> {
    let (member, platform) = caller.own_platform()?;
    let whole = Whole::of(state, platform, Draft { sort, code, text }).await?;
    let planned = whole.plan(state, member).await?;
    Ok(planned.unwrap_or_else(|problems| {
        let problems = problems.into_iter().map(|problem| whole.words(problem)).collect();
        SetupPlan { problems, ..SetupPlan::default() }
    }))
}

/// Writes `text` as this part, unless something is wrong with it. `shown` is the state of the part with which it was
/// compared, as of [`app::contract::setup_form::STATE`]; `None`: whatever it is in.
///
/// # Errors
/// As [`check`]; [`Failure::Invalid`] for `text` if something is wrong with it; [`Failure::Refused`] with the reason
/// `setup_changed` if the part is in another state by now.
pub async fn save(
    state: &AppState,
    caller: &Caller,
    (sort, code): (&str, &str),
    text: Option<&str>,
    shown: Option<&str>,
) -> Result<SetupPlan, Failure> {
    let (member, platform) = caller.own_platform()?;
    for _ in 0..TRIES {
        let as_of = ground::catalogue(state).await?.version;
        let written = save_as_of(state, (member, platform), Draft { sort, code, text }, shown, as_of).await?;
        if let Some(plan) = written {
            return Ok(plan);
        }
        // Somebody else has changed the set-up meanwhile: what is written is the whole of it, so it is made anew.
    }
    Err(Failure::Busy)
}

/// Saves on the catalogue of version `as_of`; `None` if it has another by then.
async fn save_as_of(
    state: &AppState,
    (member, platform): (&Member, PlatformId),
    draft: Draft<'_>,
    shown: Option<&str>,
    as_of: i64,
) -> Result<Option<SetupPlan>, Failure> {
    let Draft { sort, code, .. } = draft;
    if let Some(shown) = shown {
        let parts = super::parts(state, platform).await?;
        let part = parts.iter().find(|part| is(part, sort, code));
        if shown != part.map(|part| digest(&part.text)).unwrap_or_default() {
            return Err(Failure::Refused { refusal: RefusalView::named("setup_changed") });
        }
    }
    let wrong = || field::invalid("text", FieldProblem::Malformed { example: "code = \"…\"".to_owned() });
    let whole = Whole::of(state, platform, draft).await?;
    let read = whole.read()?.map_err(|_| wrong())?;
    let origin = format!("{sort} {code}, by account {}", member.account);
    let after = read.platforms[0].clone();
    let written = setup::apply_as_of(&state.store, read, (origin, as_of), state.clock.now()).await;
    match outcome(written)?.map_err(|_| wrong())? {
        None => Ok(None),
        Some(plan) => {
            // Whose campaign fits again by this is asked no more to leave. What can't be done now the sweep does.
            if let Err(failure) = repair::close_lapsed(state).await {
                tracing::error!(
                    ?failure,
                    "what is asked needlessly could not be ended after the set-up changed"
                );
            }
            whole.told((state, member), plan, &after).await.map(Some)
        }
    }
}

/// What stands for the state of a part's text.
pub(super) fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn is(part: &Part, sort: &str, code: &str) -> bool {
    part.what.code() == sort && part.code == code
}

impl Whole {
    pub async fn of(state: &AppState, platform: PlatformId, draft: Draft<'_>) -> Result<Self, Failure> {
        let text = draft.text.unwrap_or_default();
        if text.len() > LONGEST {
            return Err(Failure::TooLarge);
        }
        let before_it = super::current(state, platform).await?;
        let parts = setup::write(&before_it);
        let at = parts.iter().position(|part| is(part, draft.sort, draft.code));
        let retired = match at {
            Some(_) => None,
            None => super::retired(state, platform)
                .await?
                .into_iter()
                .find(|part| is(part, draft.sort, draft.code)),
        };
        // Only routes can be left out, and only one of each platform has a policy.
        let possible = match (at, draft.text) {
            (Some(_), Some(_)) => true,
            (Some(at), None) => parts[at].what == What::Route,
            (None, Some(_)) => retired.is_some() || (draft.code.is_empty() && is_addable(draft.sort)),
            (None, None) => false,
        };
        if !possible {
            return Err(Failure::NotFound);
        }
        // Browsers send lines ended by two letters; TOML minds none, but what is written should not differ by them.
        let text = text.replace("\r\n", "\n");
        let at = at.unwrap_or(parts.len());
        let before: String = parts[..at].iter().map(|part| format!("{}\n", part.text)).collect();
        let after: String = parts.iter().skip(at + 1).map(|part| format!("\n{}", part.text)).collect();
        let count = |text: &str| u32::try_from(text.matches('\n').count()).unwrap_or(0);
        let mut kept: Vec<(What, String)> = parts
            .iter()
            .enumerate()
            .filter(|(number, _)| *number != at || draft.text.is_some())
            .map(|(_, part)| (part.what, part.code.clone()))
            .collect();
        kept.extend(retired.map(|part| (part.what, part.code)));
        let mut others = Vec::new();
        let mut next = 1;
        for (number, part) in parts.iter().enumerate() {
            let text = if number == at { &text } else { &part.text };
            next += u32::from(number > at);
            let last = next + count(text);
            if number != at {
                others.push((next..=last, part.what, part.name.clone()));
            }
            next = last + u32::from(number <= at);
        }
        Ok(Self {
            others,
            first: count(&before),
            lines: count(&text) + 1,
            source: Source::new(draft.code, format!("{before}{text}\n{after}")),
            before: before_it,
            part: (draft.sort.to_owned(), draft.code.to_owned()),
            kept,
        })
    }

    /// The set-up, or what is wrong with it.
    ///
    /// # Errors
    /// [`Failure::Invalid`] if the text is more than the one part, or not that one.
    pub fn read(&self) -> Result<Result<Setup, Vec<Problem>>, Failure> {
        let whole = match setup::read(std::slice::from_ref(&self.source)) {
            Ok(whole) => whole,
            Err(problems) => return Ok(Err(problems)),
        };
        // A part's text says nothing of another platform, nor of everybody's holidays.
        let own = matches!(&whole.platforms[..], [only] if only.id == self.before.id);
        if !own || !whole.holidays.is_empty() {
            return Err(field::unknown("text", "platform, holidays"));
        }
        // What a part is called is what everything else refers to.
        let now = setup::write(&whole.platforms[0]);
        let lost = self
            .kept
            .iter()
            .find(|(what, code)| !now.iter().any(|part| part.what == *what && part.code == *code));
        match lost {
            Some((_, code)) => Err(field::unknown("text", code)),
            None => Ok(Ok(whole)),
        }
    }

    /// What writing it would do, or what is wrong.
    ///
    /// # Errors
    /// [`Failure::Invalid`] if the text is more than the one part; the database's failure.
    pub async fn plan(
        &self,
        state: &AppState,
        member: &Member,
    ) -> Result<Result<SetupPlan, Vec<Problem>>, Failure> {
        match self.read()? {
            Err(problems) => Ok(Err(problems)),
            Ok(whole) => {
                let now = state.clock.now().div_euclid(60);
                let planned = outcome(setup::plan(state.store.read(), &whole, now).await)?;
                match planned {
                    Ok(plan) => Ok(Ok(self.told((state, member), plan, &whole.platforms[0]).await?)),
                    Err(problems) => Ok(Err(problems)),
                }
            }
        }
    }

    /// The plan with the names that people know: `after` is the platform as it would be.
    async fn told(
        &self,
        (state, member): (&AppState, &Member),
        plan: Plan,
        after: &PlatformSetup,
    ) -> Result<SetupPlan, Failure> {
        let (was, is) = (setup::write(&self.before), setup::write(after));
        let name = |what: What, code: &str| -> TextView {
            let part = is.iter().chain(&was).find(|part| part.what == what && part.code == code);
            part.map_or_else(
                || TextView { zh: code.to_owned(), en: code.to_owned() },
                |part| part.name.clone().into(),
            )
        };
        let mut changes: Vec<SetupChange> = Vec::new();
        for item in &plan.items {
            let change = match item.change {
                Change::Added => "added",
                Change::Changed => "changed",
                Change::SwitchedOff => "switched_off",
                Change::Kept | Change::Unchanged => continue,
            };
            // A route that makes several forms is stored once for each.
            let code = item.code.rsplit_once('/').map_or(item.code.as_str(), |(base, _)| base);
            let change = SetupChange {
                what: item.what.name(),
                code: code.to_owned(),
                name: name(item.what, code),
                change: change.to_owned(),
            };
            if !changes.contains(&change) {
                changes.push(change);
            }
        }
        let hit: Vec<Uuid> = plan.affected.iter().map(|hit| hit.booking).collect();
        let names = booking::names(state.store.read(), member, &hit).await?;
        let affected = plan.affected.into_iter().map(|hit| {
            let line = self.before.lines.iter().find(|line| line.code == hit.line);
            SetupHit {
                booking: hit.booking,
                reference: hit.reference,
                campaign: names.get(&hit.booking).cloned(),
                line: line.map_or_else(
                    || TextView { zh: hit.line.clone(), en: hit.line.clone() },
                    |line| line.name.clone().into(),
                ),
                start: Instant::from_minute(hit.starts_at),
                trouble: word(hit.trouble),
            }
        });
        let part = is.iter().find(|part| self::is(part, &self.part.0, &self.part.1));
        let fields = part.map(|part| fields::changed(&self.before, after, part)).unwrap_or_default();
        let policy = plan.items.iter().any(|one| one.what == What::Policy && one.change == Change::Changed);
        let on_new_terms = if policy { undecided(state, member).await? } else { 0 };
        let limited = self.limited(state, after).await?;
        let (problems, affected) = (Vec::new(), affected.collect());
        Ok(SetupPlan { problems, changes, fields, affected, on_new_terms, limited })
    }

    /// How many firms the rule "use it or lose it" of `after` limits today, if it is another than the one in force.
    async fn limited(&self, state: &AppState, after: &PlatformSetup) -> Result<Option<u32>, Failure> {
        let rule = after.policy.use_or_lose;
        if rule.is_none() || rule == self.before.policy.use_or_lose {
            return Ok(None);
        }
        let limited =
            late::curbed(state.store.read(), &after.policy, self.before.id, state.clock.now()).await?;
        Ok(Some(u32::try_from(limited.len()).unwrap_or(u32::MAX)))
    }

    /// The line of the part's own text that a problem is in; `None`: in another part, which this one broke.
    pub fn line(&self, problem: &Problem) -> Option<u32> {
        let line = problem.line.checked_sub(self.first)?;
        (1..=self.lines).contains(&line).then_some(line)
    }

    /// A problem by its line in the part's own text, or by the name of the part that this one broke.
    fn words(&self, problem: Problem) -> SetupProblem {
        let words = match self.line(&problem) {
            Some(line) => worded(&Problem { line, ..problem }, Problem::line_in),
            None => self.elsewhere(&problem, worded(&problem, Problem::words_in)),
        };
        SetupProblem { field: None, words }
    }

    /// `words` with the name of the other part that the problem is in.
    pub fn elsewhere(&self, problem: &Problem, words: TextView) -> TextView {
        let Some((_, what, name)) = self.others.iter().find(|(lines, ..)| lines.contains(&problem.line))
        else {
            return words;
        };
        let (what, name) = (what.name(), TextView::from(name.clone()));
        let told = |language: Language, what: &str, name: &str, wrong: &str| {
            say!(language, import.elsewhere, what = what, name = name, wrong = wrong).to_string()
        };
        TextView {
            zh: told(Language::zh_CN, &what.zh, &name.zh, &words.zh),
            en: told(Language::en, &what.en, &name.en, &words.en),
        }
    }
}

/// Whether there may be more than one part of this sort.
fn is_addable(sort: &str) -> bool {
    matches!(sort, "calendar" | "matrix" | "pool" | "line" | "route")
}

/// A problem in both languages.
pub(super) fn worded(problem: &Problem, words: impl Fn(&Problem, Language) -> String) -> TextView {
    TextView { zh: words(problem, Language::zh_CN), en: words(problem, Language::en) }
}

fn outcome<T>(planned: Result<T, SetupError>) -> Result<Result<T, Vec<Problem>>, Failure> {
    match planned {
        Ok(done) => Ok(Ok(done)),
        Err(SetupError::Problems(problems)) => Ok(Err(problems)),
        Err(SetupError::Store(error)) => Err(error.into()),
    }
}

/// Holds and requests of firms on the member's platform: none of them has terms of its own yet.
async fn undecided(state: &AppState, member: &Member) -> Result<u32, Failure> {
    let open = [Status::Held, Status::Requested].map(Status::name);
    let count = booking_table::Entity::find()
        .filter(booking_table::Column::Platform.eq(member.organisation.0))
        .filter(booking_table::Column::Organisation.is_not_null())
        .filter(booking_table::Column::Status.is_in(open))
        .count(state.store.read())
        .await;
    Ok(u32::try_from(count.map_err(StoreError::from)?).unwrap_or(u32::MAX))
}
