//! A part of a platform's set-up as a form: which fields it has, and what they are filled with. Names are paths in the
//! part's text, so that whatever is wrong with a line of it is wrong with a field.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{SetupPlan, TextView};

/// Values by path, such as `makes.0.batch.min`. A box that isn't ticked has none.
pub type Values = BTreeMap<String, String>;

/// The key of the state that the part was in when the form was opened; a form of a new part has none.
pub const STATE: &str = "state";
/// The key by which a row without values is there.
pub const NEW: &str = "new";
/// The key under which the form has the path of the row that was asked for last.
pub const NEWEST: &str = "newest";
/// Path under which a form asks for one more row of the list that is named there.
pub const MORE: &str = "more";
/// Path under which a form asks for the row that is named there to go.
pub const LESS: &str = "less";

/// How a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Text,
    Number,
    /// Yuan, fen after the point.
    Money,
    /// A plant day.
    Day,
    /// A length of time, such as `1d 8h`.
    Span,
    /// Ticked or not, and what it is when the text doesn't say.
    Tick(bool),
    /// One of several; `None` may be left open.
    One(Choices),
    /// Any of several, each a box under the field's path by its code.
    Any(Choices),
    /// `min`, `max` and `unit` under the field's path.
    Batch,
    /// `min` and `max` under the field's path; a first step has none.
    Lag,
    /// `from` and `to` under the field's path and a number each.
    Shifts,
}

/// What there is to choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choices {
    /// Words of the format.
    Words(&'static [&'static str]),
    Matrices,
    Calendars,
    Pools,
    Lines,
    /// The matrix's own classes.
    Classes,
    Offerings,
    Hazards,
}

/// One field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormField {
    pub key: &'static str,
    pub sort: Sort,
}

/// Fields that belong together, once or in rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    pub key: &'static str,
    /// Numbered rows; else it is there once or not at all.
    pub rows: bool,
    pub layout: Layout,
}

/// What a part, or a group of it, is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    pub fields: &'static [FormField],
    pub groups: &'static [Group],
}

/// The days of a week as the format names them.
pub const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const fn field(key: &'static str, sort: Sort) -> FormField {
    FormField { key, sort }
}

const fn rows(key: &'static str, fields: &'static [FormField]) -> Group {
    Group { key, rows: true, layout: Layout { fields, groups: &[] } }
}

const fn once(key: &'static str, fields: &'static [FormField], groups: &'static [Group]) -> Group {
    Group { key, rows: false, layout: Layout { fields, groups } }
}

const CODE: FormField = field("code", Sort::Text);
const ZH: FormField = field("zh", Sort::Text);
const EN: FormField = field("en", Sort::Text);
const CREW: FormField = field("crew", Sort::Span);
const WAIT: FormField = field("wait", Sort::Span);

const PLATFORM: Layout = Layout {
    fields: &[CODE, ZH, EN, field("contact", Sort::Text), field("illustrative", Sort::Tick(false))],
    groups: &[],
};

const CALENDAR: Layout = Layout {
    fields: &[
        CODE,
        ZH,
        EN,
        field(DAYS[0], Sort::Shifts),
        field(DAYS[1], Sort::Shifts),
        field(DAYS[2], Sort::Shifts),
        field(DAYS[3], Sort::Shifts),
        field(DAYS[4], Sort::Shifts),
        field(DAYS[5], Sort::Shifts),
        field(DAYS[6], Sort::Shifts),
        field("working_weekend_as", Sort::One(Choices::Words(&DAYS))),
        field("observes_holidays", Sort::Tick(true)),
    ],
    groups: &[],
};

const MATRIX: Layout = Layout {
    fields: &[CODE, ZH, EN, field("initial", Sort::One(Choices::Classes)), field("clean_hold", Sort::Span)],
    groups: &[
        once("reclean", &[CREW, WAIT], &[]),
        once(
            "campaign_cap",
            &[field("batches", Sort::Number), field("time", Sort::Span)],
            &[once("full_clean", &[CREW, WAIT], &[])],
        ),
        rows("class", &[CODE, ZH, EN]),
        rows(
            "rule",
            &[
                field("needs", Sort::One(Choices::Classes)),
                field("leaves", Sort::One(Choices::Classes)),
                field("oeb_at_least", Sort::Number),
                field("hazards", Sort::Any(Choices::Hazards)),
                field("offerings", Sort::Any(Choices::Offerings)),
            ],
        ),
    ],
};

const POOL: Layout = Layout {
    fields: &[
        CODE,
        ZH,
        EN,
        field("calendar", Sort::One(Choices::Calendars)),
        field("per", Sort::One(Choices::Words(&["shift", "day"]))),
        field("capacity", Sort::Number),
    ],
    groups: &[],
};

const LINE: Layout = Layout {
    fields: &[
        CODE,
        ZH,
        EN,
        field("matrix", Sort::One(Choices::Matrices)),
        field("calendar", Sort::One(Choices::Calendars)),
        field("day_rate_yuan", Sort::Money),
        field("start_every", Sort::Span),
        field("media_fill_valid_until", Sort::Day),
        field("oeb_max", Sort::Number),
        field("gmp", Sort::Tick(false)),
        field("dedicated_to", Sort::One(Choices::Hazards)),
        field("admits", Sort::Any(Choices::Hazards)),
    ],
    groups: &[
        rows("approvals", &[field("hazard", Sort::One(Choices::Hazards)), field("until", Sort::Day)]),
        rows("makes", &[field("batch", Sort::Batch), field("offerings", Sort::Any(Choices::Offerings))]),
    ],
};

const ROUTE: Layout = Layout {
    fields: &[CODE, ZH, EN, field("offerings", Sort::Any(Choices::Offerings))],
    groups: &[Group {
        key: "step",
        rows: true,
        layout: Layout {
            fields: &[CODE, ZH, EN, field("lag", Sort::Lag)],
            groups: &[
                rows(
                    "on",
                    &[
                        field("line", Sort::One(Choices::Lines)),
                        field("setup", Sort::Span),
                        field("batch", Sort::Span),
                        field("running", Sort::One(Choices::Words(&["crew", "unattended"]))),
                        WAIT,
                    ],
                ),
                rows("uses", &[field("pool", Sort::One(Choices::Pools)), field("amount", Sort::Number)]),
            ],
        },
    }],
};

const POLICY: Layout = Layout {
    fields: &[
        field("hold", Sort::Span),
        field("max_holds", Sort::Number),
        field("reply_working_days", Sort::Number),
        field("reservation_percent", Sort::Number),
        field("free_move_days", Sort::Number),
        field("min_notice", Sort::Span),
        field("horizon", Sort::Span),
        field("ask_answer", Sort::Span),
        field("ask_reach", Sort::Span),
        field("move_most", Sort::Number),
        field("ask_most", Sort::Number),
        field("auto_confirm", Sort::Tick(false)),
        field("plan_freeze_days", Sort::Number),
        field("plan_discount_percent", Sort::Number),
    ],
    groups: &[
        rows("ladder", &[field("notice_days", Sort::Number), field("percent", Sort::Number)]),
        once(
            "use_or_lose",
            &[field("times", Sort::Number), field("within", Sort::Span), field("horizon", Sort::Span)],
            &[],
        ),
    ],
};

/// What parts of this sort are made of; `None` for no sort of part.
#[must_use]
pub fn layout(sort: &str) -> Option<&'static Layout> {
    Some(match sort {
        "platform" => &PLATFORM,
        "calendar" => &CALENDAR,
        "matrix" => &MATRIX,
        "pool" => &POOL,
        "line" => &LINE,
        "route" => &ROUTE,
        "policy" => &POLICY,
        _ => return None,
    })
}

/// Whether fields of this key are chosen, from a list, by boxes or on a calendar, rather than typed.
#[must_use]
pub fn is_chosen(key: &str) -> bool {
    let all = [&PLATFORM, &CALENDAR, &MATRIX, &POOL, &LINE, &ROUTE, &POLICY];
    all.into_iter().any(|layout| has_chosen(layout, key))
}

fn has_chosen(layout: &Layout, key: &str) -> bool {
    let chosen = |sort: Sort| matches!(sort, Sort::One(_) | Sort::Any(_) | Sort::Day);
    layout.fields.iter().any(|field| field.key == key && chosen(field.sort))
        || layout.groups.iter().any(|group| has_chosen(&group.layout, key))
}

/// `key` below `path`.
#[must_use]
pub fn under(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// The numbers of the rows of the list at `path`, ascending.
#[must_use]
pub fn row_numbers(values: &Values, path: &str) -> Vec<u32> {
    let start = format!("{path}.");
    let numbers = values.range(start.clone()..).map_while(|(name, _)| name.strip_prefix(&start));
    let mut numbers: Vec<u32> = numbers.filter_map(|rest| rest.split('.').next()?.parse().ok()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// A code with the name that people read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedCode {
    pub code: String,
    pub name: TextView,
}

/// A part, filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupForm {
    pub sort: String,
    /// Empty: a new part.
    pub code: String,
    pub name: TextView,
    pub values: Values,
    pub matrices: Vec<NamedCode>,
    pub calendars: Vec<NamedCode>,
    pub pools: Vec<NamedCode>,
    pub lines: Vec<NamedCode>,
}

/// A form that was looked at: as it stands now, its text, and what writing that would do; no plan if it only asked for
/// another row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupLook {
    pub form: SetupForm,
    pub text: String,
    pub plan: Option<SetupPlan>,
    /// Whether the part has been changed since the form was opened.
    pub overtaken: bool,
    /// Whether it says anything else than what is in force.
    pub changed: bool,
}
