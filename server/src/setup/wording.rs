//! The words for each fault: what is wrong, and what to do.

use domain::Text;

use super::problem::{Example, Fault};

fn text(zh: impl Into<String>, en: impl Into<String>) -> Text {
    Text { zh: zh.into(), en: en.into() }
}

fn list<T: AsRef<str>>(values: &[T]) -> String {
    values.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ")
}

/// What is wrong, and what to do about it.
pub(super) fn words(fault: &Fault) -> (Text, Text) {
    match fault {
        Fault::Syntax { message } => (
            text(
                format!("此处写法不符合 TOML 语法，解析器原文（英文）：{message}"),
                format!("not valid TOML: {message}"),
            ),
            text("请修正此处的写法", "correct the notation here"),
        ),
        Fault::Unreadable { message } => (
            text(format!("无法读取此文件，系统给出的原因：{message}"), format!("can't be read: {message}")),
            text("请提供 4 MB 以内的 UTF-8 文本文件", "give a UTF-8 text file of at most 4 MB"),
        ),
        Fault::UnknownKey { key, known } => (
            text(format!("未知的键“{key}”"), format!("unknown key `{key}`")),
            text(
                format!("删除或改名；此处可用：{}", list(known)),
                format!("remove or rename it; known here: {}", list(known)),
            ),
        ),
        Fault::Missing { key } => {
            (text(format!("缺少“{key}”"), format!("`{key}` is missing")), text("请补上", "add it"))
        }
        Fault::Empty { key } => (
            text(format!("“{key}”为空"), format!("`{key}` is empty")),
            text("请填写至少一项", "give at least one"),
        ),
        Fault::WrongType { key, wanted } => (
            text(format!("“{key}”的类型不对"), format!("`{key}` is of the wrong type")),
            text(format!("应为{}", wanted.zh), format!("write {}", wanted.en)),
        ),
        Fault::Malformed { key, value, example } => (
            text(
                format!("“{key}”写作“{value}”，无法理解"),
                format!("`{key}` is \"{value}\", which can't be read"),
            ),
            in_file(*example),
        ),
        Fault::OutOfRange { key, value, min, max } => (
            text(format!("“{key}”为 {value}，超出范围"), format!("`{key}` is {value}, out of range")),
            text(format!("请取 {min} 到 {max}"), format!("give {min} to {max}")),
        ),
        Fault::TooMany { what, max } => (
            text(format!("{}太多", what.name().zh), format!("too many of {}", what.name().en)),
            text(format!("最多 {max} 个"), format!("at most {max}")),
        ),
        Fault::Duplicate { what, code, first } => {
            let (zh_first, en_first) = match first {
                0 => (String::new(), String::new()),
                line => (format!("，首次见第 {line} 行"), format!(", first in line {line}")),
            };
            (
                text(
                    format!("{}“{code}”重复{zh_first}", what.name().zh),
                    format!("{} `{code}` is given twice{en_first}", what.name().en),
                ),
                text("请改用另一个代码或删除其一", "use another code or remove one of them"),
            )
        }
        Fault::Unknown { what, code, known } => (
            text(
                format!("没有{}“{code}”", what.name().zh),
                format!("there is no {} `{code}`", what.name().en),
            ),
            text(format!("已知：{}", list(known)), format!("known: {}", list(known))),
        ),
        _ => meaning(fault),
    }
}

/// What is wrong and what to do in the words of a form, which has labels and neither lines nor keys; `None`: as in a
/// file.
pub(super) fn at_field(fault: &Fault) -> Option<Text> {
    Some(match fault {
        Fault::Missing { .. } | Fault::Empty { .. } => text("请填写", "please fill this in"),
        Fault::WrongType { wanted, .. } => {
            text(format!("应为{}", wanted.zh), format!("this must be {}", wanted.en))
        }
        Fault::Malformed { value, example, .. } => in_form(*example, value),
        Fault::OutOfRange { value, min, max, .. } => text(
            format!("{value} 超出范围，请取 {min} 到 {max}"),
            format!("{value} is out of range; give {min} to {max}"),
        ),
        Fault::DedicatedNotAdmitted { .. } => {
            text("专用的危害也须准入，请勾选", "what the line is dedicated to must be admitted too: tick it")
        }
        Fault::NeedsDedicated { hazard } => text(
            format!("{hazard} 按 GMP 只能用专用设备，请选为专用，或不准入"),
            format!("{hazard} may run on dedicated equipment only (GMP): choose it here, or don't admit it"),
        ),
        Fault::NeverOpen { .. } => text("至少填写一个班次", "give at least one shift in the week"),
        Fault::ClassRemoved { class } => text(
            format!("类别“{class}”已被使用，不能删除；不再使用时让规则不指向它即可"),
            format!("class “{class}” was issued and can't be removed; to retire it, let no rule lead to it"),
        ),
        Fault::NotCapable { line, offering } => text(
            format!("产线“{line}”不能做 {offering}，请先在该产线的能力中加入，或换一条产线"),
            format!(
                "line “{line}” can't make {offering}: add it to what the line makes, or name another line"
            ),
        ),
        Fault::Duplicate { what, code, .. } => text(
            format!("{}“{code}”重复，请换一个或删除其一", what.name().zh),
            format!("{} “{code}” is given twice: choose another or remove one of them", what.name().en),
        ),
        Fault::Unknown { what, code, known } => text(
            format!("没有{}“{code}”，已有：{}", what.name().zh, known.join("、")),
            format!("there is no {} “{code}”; there are: {}", what.name().en, list(known)),
        ),
        Fault::BatchReversed { .. } | Fault::LagReversed { .. } => {
            text("上限小于下限，请对调", "the maximum is below the minimum: swap them")
        }
        Fault::PoolTooSmall { pool, amount, capacity } => text(
            format!("有工序需要共享资源“{pool}” {amount} 份，多于其容量 {capacity} 份；请提高容量或减少用量"),
            format!(
                "a step asks {amount} of pool “{pool}”, more than its {capacity}: raise that, or ask for less"
            ),
        ),
        Fault::ApprovalPointless { hazard } => text(
            format!("批准了未准入的 {hazard}，请先准入，或删除该批准"),
            format!("approves {hazard}, which the line doesn't admit: admit it, or remove the approval"),
        ),
        Fault::MatrixExchanged { line } => text(
            format!("产线“{line}”不能换成另一个矩阵，请修改原矩阵的单元格，或新建产线"),
            format!(
                "line “{line}” can't be given another matrix: change the matrix's cells, or make a new line"
            ),
        ),
        _ => return None,
    })
}

/// How something is written in a file.
fn in_file(example: Example) -> Text {
    let like = |example: &str| text(format!("请写成如 {example}"), format!("write it like {example}"));
    match example {
        Example::Notation(example) => like(example),
        Example::Changeover => text(
            "请写成如 \"12h + 1d\"（人工时间 + 之后等待），禁止则写 \"-\"",
            "write it like \"12h + 1d\" (crew time + wait), or \"-\" where it is forbidden",
        ),
        Example::Batch => like("\"5-50 kg\", \"1 lot\", \"20000-200000 pieces\""),
        Example::Lag => like("\"≤ 24h\", \"2h - 30d\", \"≥ 2h\", \"0\""),
        Example::Grid => text(
            "请写成如 \"4h\" 或 \"1h\"，至少 5min 且能整除一天",
            "write it like \"4h\" or \"1h\": at least 5min, and such that it divides a day",
        ),
        Example::Code => text(
            "请写成如 \"press-2\"：a–z、0–9 和连字符，最多 40 个字符",
            "write it like \"press-2\": a-z, 0-9 and hyphens, at most 40 characters",
        ),
        Example::Plain => text(
            "请写不超过 2000 个字符的文字，不含不可见字符",
            "write text of at most 2,000 characters without invisible ones",
        ),
    }
}

/// The same in a form, where `value` was put together of what several fields say if it has several.
fn in_form(example: Example, value: &str) -> Text {
    let wrong = |advice: Text| {
        text(format!("“{value}”无法理解，{}", advice.zh), format!("“{value}” can't be read; {}", advice.en))
    };
    match example {
        Example::Notation(example) => {
            let example = example.replace('"', "");
            wrong(text(format!("请写成如 {example}"), format!("write it like {example}")))
        }
        Example::Changeover => text(
            "时间无法理解，请写成如 12h 或 1d；两格都留空即禁止",
            "these times can't be read; write each like 12h or 1d, or leave both empty where it is forbidden",
        ),
        Example::Batch => text(
            "批量无法理解，请以数字填写下限和上限，如 5 和 50",
            "this can't be read; give the smallest and the largest batch as figures, such as 5 and 50",
        ),
        Example::Lag => text(
            "时间无法理解，请写成如 2h 或 1d；不限则留空",
            "these times can't be read; write each like 2h or 1d, or leave it empty where there is no bound",
        ),
        Example::Grid => wrong(text(
            "请写成如 4h 或 1h，至少 5min 且能整除一天",
            "write it like 4h or 1h: at least 5min, and such that it divides a day",
        )),
        Example::Code => wrong(text(
            "请写成如 press-2：a–z、0–9 和连字符，最多 40 个字符",
            "write it like press-2: a-z, 0-9 and hyphens, at most 40 characters",
        )),
        Example::Plain => in_file(example),
    }
}

/// The faults that lie in what the parts mean together.
fn meaning(fault: &Fault) -> (Text, Text) {
    match fault {
        Fault::ShiftsOverlap { day, first, second } => (
            text(
                format!("{}的班次 {first} 与 {second} 重叠", day.zh),
                format!("on {} the shifts {first} and {second} overlap", day.en),
            ),
            text("请让一班在另一班开始前结束", "end one before the other starts"),
        ),
        Fault::NeverOpen { calendar } => (
            text(
                format!("日历“{calendar}”没有任何班次"),
                format!("calendar `{calendar}` has no shift at all"),
            ),
            text("请写 every_day、workdays 或某个星期几", "give every_day, workdays or a weekday"),
        ),
        Fault::GridShape { wanted, found } => (
            text(format!("表格为“{found}”"), format!("the grid has \"{found}\"")),
            text(format!("应为 {wanted}"), format!("expected {wanted}")),
        ),
        Fault::CellMissing { leaves, needs } => (
            text(format!("矩阵缺少 {leaves} → {needs}"), format!("the matrix lacks {leaves} → {needs}")),
            text("请写明时间，禁止则写 -", "give its times, or - where it is forbidden"),
        ),
        Fault::CellTwice { leaves, needs } => (
            text(format!("{leaves} → {needs} 给出了两次"), format!("{leaves} → {needs} is given twice")),
            text("请删除其一", "remove one of them"),
        ),
        Fault::RulesNeverReached => (
            text(
                "上一条规则没有条件，后面的规则永远用不到",
                "an earlier rule has no condition, so this one is never reached",
            ),
            text("请把无条件的规则放到最后", "put the rule without conditions last"),
        ),
        Fault::NoCatchAll => (
            text(
                "最后一条规则带有条件，普通产品没有类别",
                "the last rule has conditions, so a plain product has no class",
            ),
            text("请在最后加一条无条件的规则", "add a last rule without conditions"),
        ),
        Fault::NotCapable { line, offering } => (
            text(format!("产线“{line}”不能做 {offering}"), format!("line `{line}` can't make {offering}")),
            text(
                "请在该产线的生产能力（makes）中加入，或换一条产线",
                "add it to what the line makes (`makes`), or name another line",
            ),
        ),
        Fault::NoCommonBatch { offering } => (
            text(
                format!("{offering} 的各工序没有共同的批量范围"),
                format!("the steps for {offering} share no batch size"),
            ),
            text("请让各产线的批量范围（同一单位）相交", "let the lines' batch ranges, in one unit, meet"),
        ),
        Fault::BatchReversed { text: batch } => (
            text(
                format!("批量“{batch}”的上限小于下限"),
                format!("the batch range \"{batch}\" has a maximum below its minimum"),
            ),
            text("请对调", "swap them"),
        ),
        Fault::LagReversed { text: lag } => (
            text(
                format!("间隔“{lag}”的上限小于下限"),
                format!("the lag \"{lag}\" has a maximum below its minimum"),
            ),
            text("请对调", "swap them"),
        ),
        Fault::PoolTooSmall { pool, amount, capacity } => (
            text(
                format!("需要共享资源“{pool}” {amount} 份，只有 {capacity} 份"),
                format!("asks {amount} of pool `{pool}`, which has {capacity}"),
            ),
            text("请减少用量或提高容量", "ask for less or raise the capacity"),
        ),
        Fault::DedicatedNotAdmitted { hazard } => (
            text(
                format!("专用于 {hazard}，却未准入 {hazard}"),
                format!("dedicated to {hazard} but doesn't admit it"),
            ),
            text("请把它加入 admits", "add it to `admits`"),
        ),
        Fault::NeedsDedicated { hazard } => (
            text(
                format!("{hazard} 按 GMP 只能用专用设备"),
                format!("{hazard} may run on dedicated equipment only (GMP)"),
            ),
            text(
                format!("请写 dedicated_to = \"{hazard}\"，或不准入"),
                format!("write dedicated_to = \"{hazard}\", or don't admit it"),
            ),
        ),
        Fault::ApprovalPointless { hazard } => (
            text(
                format!("批准了未准入的 {hazard}"),
                format!("approves {hazard}, which the line doesn't admit"),
            ),
            text("请加入 admits 或删除该批准", "add it to `admits` or remove the approval"),
        ),
        Fault::LadderOrder => (
            text("取消费用阶梯的次序不对", "the cancellation ladder is out of order"),
            text(
                "请按通知天数从多到少、费率不降排列",
                "list the longest notice first, with percentages that never fall",
            ),
        ),
        Fault::NothingToDo => (
            text("文件里没有平台，也没有节假日", "the file has neither a platform nor holidays"),
            text("请写 [platform] 或 [[holidays]]", "give [platform] or [[holidays]]"),
        ),
        Fault::ClassRemoved { class } => (
            text(
                format!("类别“{class}”已被使用，不能删除"),
                format!("class `{class}` was issued and can't be removed"),
            ),
            text("请保留它；不再使用时让规则不指向它即可", "keep it; to retire it, let no rule lead to it"),
        ),
        Fault::MatrixExchanged { line } => (
            text(
                format!("产线“{line}”不能换成另一个矩阵"),
                format!("line `{line}` can't be given another matrix"),
            ),
            text("请修改原矩阵的单元格，或新建产线", "change the matrix's cells, or make a new line"),
        ),
        Fault::Syntax { .. }
        | Fault::Unreadable { .. }
        | Fault::UnknownKey { .. }
        | Fault::Missing { .. }
        | Fault::Empty { .. }
        | Fault::WrongType { .. }
        | Fault::Malformed { .. }
        | Fault::OutOfRange { .. }
        | Fault::TooMany { .. }
        | Fault::Duplicate { .. }
        | Fault::Unknown { .. } => words(fault),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_at_a_field_is_all_in_its_language_and_names_no_notation_of_files() {
        let examples = [
            Example::Changeover,
            Example::Batch,
            Example::Lag,
            Example::Grid,
            Example::Code,
            Example::Plain,
            Example::Notation("\"2h\", \"1d 8h\""),
        ];
        for example in examples {
            let told = in_form(example, "?");
            // Units and codes are shorter than any English word that would tell something.
            let english = told.zh.split(|letter: char| !letter.is_ascii_alphabetic());
            let english: Vec<&str> = english.filter(|word| word.len() > 3 && *word != "press").collect();
            assert_eq!(english, [""; 0], "{told:?}");
            assert!(!told.en.chars().any(|letter| letter > '\u{2fff}'), "{told:?}");
            assert!(!told.zh.contains(['"', '+']) && !told.en.contains(['"', '+']), "{told:?}");
        }
    }
}
