//! By what a call is decided.

use serde::{
    Deserialize, Serialize,
    de::{Error as _, value::Error},
};

/// By what a call is decided, with the figures that are published with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "rule", try_from = "Sent")]
pub enum CallRule {
    /// Whoever came first goes first.
    FirstCome,
    /// As many points as can be placed; a wish has so many more for every earlier call of the platform in which its
    /// firm got nothing.
    ScoreWithAgeing { per_call: u32 },
    /// As many points as can be placed, while no firm takes more than `per_firm` percent of the line time on offer, and
    /// `reserved` percent are left to newcomers and small firms: by the size that a firm states when its wish is
    /// handed in or changed.
    Shares { per_firm: u8, reserved: u8 },
    /// An order drawn by lot, from a seed to which the platform has committed.
    Lottery,
}

/// A rule as it is sent. By the tag alone serde would overlook what the rule has no figure for.
#[derive(Clone, Copy, Debug, Deserialize)]
struct Sent {
    rule: Name,
    #[serde(default)]
    per_call: Option<u32>,
    #[serde(default)]
    per_firm: Option<u8>,
    #[serde(default)]
    reserved: Option<u8>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Name {
    FirstCome,
    ScoreWithAgeing,
    Shares,
    Lottery,
}

impl Name {
    /// The figures that are published with it.
    const fn figures(self) -> &'static [&'static str] {
        match self {
            Self::FirstCome | Self::Lottery => &[],
            Self::ScoreWithAgeing => &["per_call"],
            Self::Shares => &["per_firm", "reserved"],
        }
    }
}

impl TryFrom<Sent> for CallRule {
    type Error = Error;

    fn try_from(sent: Sent) -> Result<Self, Error> {
        let Sent { rule, per_call, per_firm, reserved } = sent;
        let figures = [
            ("per_call", per_call.is_some()),
            ("per_firm", per_firm.is_some()),
            ("reserved", reserved.is_some()),
        ];
        let known = rule.figures();
        if let Some((other, _)) = figures.iter().find(|(name, sent)| *sent && !known.contains(name)) {
            return Err(Error::unknown_field(other, known));
        }
        Ok(match rule {
            Name::FirstCome => Self::FirstCome,
            Name::ScoreWithAgeing => {
                Self::ScoreWithAgeing { per_call: per_call.ok_or_else(|| Error::missing_field("per_call"))? }
            }
            Name::Shares => Self::Shares {
                per_firm: per_firm.ok_or_else(|| Error::missing_field("per_firm"))?,
                reserved: reserved.ok_or_else(|| Error::missing_field("reserved"))?,
            },
            Name::Lottery => Self::Lottery,
        })
    }
}
