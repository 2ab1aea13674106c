//! Made-up platforms of ten lines each, as set-up files like any other.

use std::fmt::Write as _;

use crate::setup::Source;

const LINES: u32 = 10;

/// Enough platforms for `lines` lines.
pub(super) fn files(lines: u32) -> Vec<Source> {
    (0..lines.div_ceil(LINES))
        .map(|number| {
            let here = LINES.min(lines - number * LINES);
            Source::new(format!("benchmark-{number}.toml"), file(number, here))
        })
        .collect()
}

fn file(number: u32, lines: u32) -> String {
    let mut text = HEAD.replace("$number", &format!("{number:04}"));
    for line in 0..lines {
        text += &LINE.replace("$line", &format!("{line:02}"));
    }
    let on = |from: u32, to: u32| {
        let mut on = String::new();
        for line in from..to {
            let _infallible =
                writeln!(on, "  {{ line = \"line-{line:02}\", setup = \"2h\", batch = \"8h\" }},");
        }
        on
    };
    text += &ROUTE.replace("$on", &on(0, lines));
    // Three steps need a line each.
    if lines >= 3 {
        let third = lines / 3;
        text += &ROUTE_OF_THREE
            .replace("$first", &on(0, third))
            .replace("$second", &on(third, 2 * third))
            .replace("$third", &on(2 * third, lines));
    }
    text
}

const HEAD: &str = r#"
[platform]
code = "benchmark-$number"
zh = "测试平台 $number（虚构）"
en = "Benchmark platform $number (invented)"
illustrative = true

[policy]
max_holds = 1000

[[calendar]]
code = "continuous"
zh = "连续"
en = "Day and night"
every_day = ["00:00-08:00", "08:00-16:00", "16:00-24:00"]
observes_holidays = false

[[matrix]]
code = "oral"
zh = "清洁"
en = "Cleaning"
initial = "plain"
same_product = '''
left \ needed | plain | hormone | potent
plain         | 2h    | 4h      | 4h
hormone       | 4h    | 2h      | 4h
potent        | 4h    | 4h      | 2h
'''
other_product = '''
left \ needed | plain   | hormone | potent
plain         | 4h      | 4h      | 6h
hormone       | 6h + 2h | 6h + 2h | 6h
potent        | 8h + 4h | 8h + 4h | 8h
'''

[[matrix.class]]
code = "plain"
zh = "普通"
en = "Low hazard"

[[matrix.class]]
code = "hormone"
zh = "激素"
en = "Hormone"

[[matrix.class]]
code = "potent"
zh = "高活性"
en = "High potency"

[[matrix.rule]]
hazards = ["high_activity"]
needs = "potent"
leaves = "potent"

[[matrix.rule]]
hazards = ["hormone"]
needs = "hormone"
leaves = "hormone"

[[matrix.rule]]
needs = "plain"
leaves = "plain"

[[pool]]
code = "qc"
zh = "质检"
en = "QC"
calendar = "continuous"
per = "day"
capacity = 1000
"#;

const LINE: &str = r#"
[[line]]
code = "line-$line"
zh = "产线 $line"
en = "Line $line"
matrix = "oral"
calendar = "continuous"
makes = [{ offerings = ["TAB", "FCT"], batch = "5-50 kg" }]
admits = ["hormone", "high_activity"]
approvals = [{ hazard = "hormone", until = 2099-12-31 }, { hazard = "high_activity", until = 2099-12-31 }]
gmp = true
day_rate_yuan = "9000"
"#;

const ROUTE: &str = r#"
[[route]]
code = "one"
zh = "一步"
en = "One step"
offerings = ["TAB"]

[[route.step]]
code = "make"
zh = "生产"
en = "Make"
on = [
$on]
"#;

const ROUTE_OF_THREE: &str = r#"
[[route]]
code = "three"
zh = "三步"
en = "Three steps"
offerings = ["FCT"]

[[route.step]]
code = "granulate"
zh = "制粒"
en = "Granulate"
on = [
$first]

[[route.step]]
code = "press"
zh = "压片"
en = "Press"
lag = "≤ 7d"
on = [
$second]

[[route.step]]
code = "coat"
zh = "包衣"
en = "Coat"
lag = "≤ 7d"
on = [
$third]
uses = [{ pool = "qc", amount = 1 }]
"#;
