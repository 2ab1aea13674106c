//! The sorts of things that a set-up names by code.

use domain::Text;

/// A sort of thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Platform,
    Calendar,
    Matrix,
    Class,
    Pool,
    Line,
    Route,
    Step,
    Offering,
    Hazard,
    Policy,
    Year,
    Date,
}

impl What {
    /// Its name, for sentences.
    #[must_use]
    pub fn name(self) -> Text {
        let (zh, en) = match self {
            Self::Platform => ("平台", "platform"),
            Self::Calendar => ("日历", "calendar"),
            Self::Matrix => ("换产矩阵", "matrix"),
            Self::Class => ("状态类别", "class"),
            Self::Pool => ("共享资源", "pool"),
            Self::Line => ("产线", "line"),
            Self::Route => ("工艺路线", "route"),
            Self::Step => ("工序", "step"),
            Self::Offering => ("剂型或工艺", "offering"),
            Self::Hazard => ("危害标签", "hazard"),
            Self::Policy => ("政策", "policy"),
            Self::Year => ("年份", "year"),
            Self::Date => ("日期", "date"),
        };
        Text { zh: zh.to_owned(), en: en.to_owned() }
    }
}
