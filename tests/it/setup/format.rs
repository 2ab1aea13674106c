//! The import format: the demonstration reads clean, and every mistake is named with its line, all in one go.

use std::collections::BTreeSet;

use app::language::Language;
use server::{
    demo,
    setup::{Source, read},
};

#[test]
fn the_demonstration_reads_clean() {
    let setup = read(&demo::files()).unwrap_or_else(|problems| {
        panic!("{}", problems.iter().map(|problem| format!("{problem}\n")).collect::<String>())
    });
    let codes: Vec<&str> = setup.platforms.iter().map(|platform| platform.code.as_str()).collect();
    assert_eq!(codes, ["hayao", "sanlian", "jiren", "kanglong", "huada-longjiang", "beike", "jixianglong"]);
    assert!(setup.platforms.iter().all(|platform| platform.illustrative));
    assert_eq!(setup.holidays.keys().copied().collect::<Vec<_>>(), [2026, 2027]);
    assert_eq!(
        setup.holidays[&2026].values().filter(|day| day.official).count(),
        3 + 9 + 3 + 5 + 3 + 3 + 7 + 6
    );
    assert!(setup.holidays[&2027].values().all(|day| !day.official));
}

#[test]
fn ids_follow_from_codes_alone() {
    let once = read(&demo::files()).expect("clean");
    let again = read(&demo::files()).expect("clean");
    assert_eq!(once, again);
    let ids: BTreeSet<_> =
        once.platforms.iter().flat_map(|platform| platform.lines.iter().map(|line| line.id)).collect();
    assert_eq!(ids.len(), once.platforms.iter().map(|platform| platform.lines.len()).sum::<usize>());
}

/// The platforms of one sourced sentence differ in nothing but their names.
#[test]
fn no_difference_is_invented() {
    let setup = read(&demo::files()).expect("clean");
    for (one, other) in [("jiren", "kanglong"), ("huada-longjiang", "beike")] {
        let find = |code: &str| setup.platforms.iter().find(|platform| platform.code == code).expect("there");
        let (one, other) = (find(one), find(other));
        let lines = |p: &server::setup::PlatformSetup| {
            p.lines
                .iter()
                .map(|l| {
                    (l.code.clone(), l.name.clone(), l.capabilities.clone(), l.day_rate_fen, l.admits.clone())
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(lines(one), lines(other));
        let cells =
            |p: &server::setup::PlatformSetup| p.matrices.iter().map(|m| m.cells.clone()).collect::<Vec<_>>();
        assert_eq!(cells(one), cells(other));
    }
}

#[test]
fn who_is_asked_to_move_is_the_platforms_to_say() {
    let hayao =
        demo::files().into_iter().find(|file| file.text.contains("ask_most = 3")).expect("it documents this");
    let policy = |text: String| {
        let setup = read(&[Source::new("one", text)]).unwrap_or_else(|problems| panic!("{problems:#?}"));
        setup.platforms[0].policy.clone()
    };
    assert_eq!(
        policy(hayao.text.to_string()),
        domain::policy::Policy::default(),
        "what is written are the defaults"
    );
    let own = hayao.text.replace("ask_answer = \"72h\"", "ask_answer = \"1h\"");
    let own =
        own.replace("ask_reach = \"21d\"", "ask_reach = \"2d\"").replace("move_most = 3", "move_most = 1");
    // Left out, as many are asked as may be moved.
    let own = policy(own.replace("ask_most = 3", ""));
    assert_eq!((own.ask_answer, own.ask_reach, own.move_most, own.ask_most), (60, 2 * 1440, 1, 1));
}

#[test]
fn forty_mistakes_are_all_listed_with_their_lines() {
    let text = include_str!("forty_mistakes.toml");
    let expected: BTreeSet<u32> = (1u32..)
        .zip(text.lines())
        .filter(|(_, line)| line.contains("# wrong"))
        .map(|(number, _)| number)
        .collect();
    let problems = read(&[Source::new("forty.toml", text)]).expect_err("forty mistakes");
    let report: String = problems.iter().map(|problem| format!("{problem}\n")).collect();
    let found: BTreeSet<u32> = problems.iter().map(|problem| problem.line).collect();
    assert_eq!(found, expected, "\n{report}");
    assert_eq!(expected.len(), 40, "the file should hold forty wrong lines");
    assert_eq!(problems.len(), 40, "\n{report}");
    for problem in &problems {
        let (zh, en) = (problem.line_in(Language::zh_CN), problem.line_in(Language::en));
        assert!(zh.starts_with("forty.toml:") && en.starts_with("forty.toml:"));
        assert!(zh.contains('；') && en.contains("; "), "what is wrong; what to do: {en}");
        assert_ne!(zh, en);
    }
}

#[test]
fn broken_notation_is_told_with_its_line_and_nothing_else() {
    let problems =
        read(&[Source::new("broken.toml", "[platform]\ncode = \"x\"\nzh = \n")]).expect_err("broken");
    assert_eq!(problems.iter().map(|problem| problem.line).collect::<Vec<_>>(), [3]);
}

#[test]
fn hostile_files_are_refused() {
    for text in [
        String::new(),
        "\u{0}".to_owned(),
        format!("a = {}", "[".repeat(10_000)),
        format!("x = \"{}\"", "y".repeat(5 << 20)),
        "[platform]\ncode = \"\u{202e}\u{1F9EA}\"\nzh=\"z\"\nen=\"e\"".to_owned(),
        "[[line]]\nplatform = 1".to_owned(),
        "platform = 1979-05-27".to_owned(),
        "holidays = [1, [2], {}]".to_owned(),
    ] {
        let problems = read(&[Source::new("hostile.toml", text)]).expect_err("refused");
        assert!(!problems.is_empty());
    }
}

#[test]
fn a_platform_may_be_given_once() {
    let mut files = demo::files();
    files.push(files[1].clone());
    assert_eq!(read(&files).expect_err("twice").len(), 1);
}
