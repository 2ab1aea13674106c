//! Everything that people read is in the locale files: what is written in a page, a component or an island is markup,
//! what the contract and the use cases say are names, and what is Chinese is nowhere else, but for what [`STAYS`] says
//! why. There one thing has one name.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// A string literal, with what stands before it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Literal {
    line: usize,
    before: String,
    text: String,
}

/// The string literals of Rust source, comments left out.
fn literals(source: &str) -> Vec<Literal> {
    let (mut found, mut code, mut line) = (Vec::new(), String::new(), 1);
    let mut rest = source.chars().peekable();
    while let Some(letter) = rest.next() {
        line += usize::from(letter == '\n');
        match letter {
            '/' if rest.peek() == Some(&'/') => {
                while rest.peek().is_some_and(|letter| *letter != '\n') {
                    rest.next();
                }
            }
            // A quote as a character is no text's beginning.
            '\'' if rest.peek() == Some(&'"') => {
                rest.next();
            }
            '"' => {
                let (at, mut text) = (line, String::new());
                while let Some(letter) = rest.next() {
                    line += usize::from(letter == '\n');
                    match letter {
                        '"' => break,
                        '\\' => text.extend(rest.next().filter(|letter| !matches!(letter, 'n' | '\n'))),
                        letter => text.push(letter),
                    }
                }
                let before: String = code.trim_end().chars().rev().take(24).collect();
                found.push(Literal { line: at, before: before.chars().rev().collect(), text });
                code.push('"');
            }
            letter => code.push(letter),
        }
    }
    found
}

/// The complaint about a literal that stands where a page has its text.
const TEXT: &str = "text of a page";
/// About one with a word in capitals, and about one that words are put together with.
const CAPITALS: &str = "a word in capitals";
const TOGETHER: &str = "words put together";

/// Whether it is a character of Chinese, its punctuation included.
fn is_chinese(letter: char) -> bool {
    ('\u{3000}'..='\u{9fff}').contains(&letter) || ('\u{ff00}'..='\u{ffef}').contains(&letter)
}

/// Why a literal is words that people read, if it is.
fn complaint(literal: &Literal) -> Option<&'static str> {
    let Literal { before, text, .. } = literal;
    let has_letters = text.chars().any(char::is_alphabetic);
    let is_text = before.ends_with('>') && !before.ends_with("=>") && !before.ends_with("->");
    let is_text = is_text || before.ends_with('}') || before.ends_with("\" \"") || before.ends_with(">\"");
    let attributes = ["aria-label=", "placeholder=", "title=", "alt=", "label=", "words=", "hint="];
    let first_words: Vec<&str> = text.split(' ').take(2).collect();
    let is_sentence = matches!(first_words[..], [one, two]
        if one.len() > 1 && one.starts_with(|letter: char| letter.is_ascii_uppercase())
            && one[1..].chars().all(|letter| letter.is_ascii_lowercase())
            && !two.is_empty() && two.chars().all(|letter| letter.is_ascii_alphabetic()));
    let is_example = before.ends_with("example =") || before.ends_with("example:");
    let is_word = |word: &&str| word.len() > 1 && word.chars().all(char::is_alphabetic);
    let own = bare(text);
    if text.chars().any(is_chinese) {
        Some("Chinese")
    } else if is_example && text.split(' ').filter(is_word).count() > 1 {
        Some("an example in words")
    } else if is_text && has_letters && !before.ends_with("<code>") {
        Some(TEXT)
    } else if has_letters && attributes.iter().any(|name| before.ends_with(name)) {
        Some("an attribute that is read")
    } else if is_sentence {
        Some("a sentence")
    } else if own.split(' ').any(|word| is_word(&word) && word.chars().all(|one| one.is_ascii_uppercase())) {
        Some(CAPITALS)
    } else if is_put_together(before, &own) && own.split(' ').any(|word| is_word(&word)) {
        Some(TOGETHER)
    } else {
        None
    }
}

/// What a text to be filled in says by itself.
fn bare(text: &str) -> String {
    let kept = text.split('{').enumerate().map(|(at, part)| match part.split_once('}') {
        Some((_, rest)) if at > 0 => rest,
        _ => part,
    });
    kept.collect()
}

/// Whether it is filled in and read: a class is not, nor an address or a command.
fn is_put_together(before: &str, bare: &str) -> bool {
    let is_read = bare.contains(' ') && !bare.contains(['/', '=', '|', '#']);
    before.ends_with("format!(") && is_read && !before.contains("class")
}

/// Every file of Rust below `folder`.
pub fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The literals of every file below `folders`, the modules of tests left out, by the file's path below the workspace.
fn literals_below(folders: &[&str]) -> Vec<(String, Literal)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    for folder in folders {
        let path = root.join(folder);
        if path.is_file() { files.push(path) } else { sources(&path, &mut files) }
    }
    assert!(files.len() > 20, "the sources are elsewhere");
    let of = |file: &PathBuf| {
        let source = fs::read_to_string(file).expect("a source");
        let told = source.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        let path = file.strip_prefix(&root).expect("a file of it").display().to_string();
        literals(told).into_iter().map(|literal| (path.clone(), literal)).collect::<Vec<_>>()
    };
    files.iter().flat_map(of).collect()
}

#[test]
fn no_visible_string_is_outside_of_the_locale_files() {
    let marked = ["app/src/pages", "app/src/components", "app/src/islands"];
    let samples = ["app/src/pages/design", "app/src/islands"];
    let chosen = ["app/src/words", "app/src/contract", "app/src/query", "app/src/api", "app/src/error.rs"];
    let shown: Vec<&str> = marked.into_iter().chain(chosen).chain(["server/src/usecase"]).collect();
    let wrong: Vec<String> = literals_below(&shown)
        .iter()
        .filter_map(|(file, literal)| {
            // No markup is made where words are chosen: a name after a bracket is a pattern. Of the samples some are
            // codes, and the islands read names of elements.
            let is_markup = marked.iter().any(|folder| file.starts_with(folder));
            let is_sample = samples.iter().any(|folder| file.starts_with(folder));
            let is_name = |complaint: &&str| match *complaint {
                TEXT => !is_markup,
                CAPITALS | TOGETHER => !is_markup || is_sample,
                _ => false,
            };
            let complaint = complaint(literal).filter(|complaint| !is_name(complaint))?;
            Some(format!("{file}:{}: {complaint}: {:?}", literal.line, literal.text))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn scripts_beside_the_islands_say_nothing_of_their_own() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src");
    let (mut scripts, mut wrong) = (0, Vec::new());
    for entry in fs::read_dir(folder).expect("the app") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|ending| ending != "js") {
            continue;
        }
        scripts += 1;
        let script = fs::read_to_string(&path).expect("a script");
        let lines = script.lines().zip(1..).filter(|(line, _)| !line.trim_start().starts_with("//"));
        let said = lines.filter(|(line, _)| says(line));
        wrong.extend(said.map(|(line, at)| format!("{}:{at}: {line}", path.display())));
    }
    assert!(scripts > 3, "the scripts are elsewhere");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for line in ["note.textContent = 'saved';", "const words = 'Not saved yet';", "const words = `好`;"] {
        assert!(says(line), "{line}");
    }
    for line in ["if (form.id === 'compare') keep(form);", "note.textContent = fresh.textContent;"] {
        assert!(!says(line), "{line}");
    }
}

/// Whether a line of a script has words that people read.
fn says(line: &str) -> bool {
    let shown = ["textContent = ", "innerText = ", "title = ", "placeholder = ", "alert(", "confirm("];
    let quotes = ['\'', '"', '`'];
    let behind = |place: &&str| line.split_once(*place).is_some_and(|(_, rest)| rest.starts_with(quotes));
    let is_shown = shown.iter().any(behind);
    let mut literals = line.split(quotes).skip(1).step_by(2);
    is_shown
        || literals.any(|text| {
            let literal = Literal { line: 0, before: String::new(), text: text.to_owned() };
            matches!(complaint(&literal), Some("Chinese" | "a sentence"))
        })
}

/// What is Chinese outside of the locale files, and why it stays there.
const STAYS: [(&str, &str); 6] = [
    ("app/domain/src/offering.rs", "names of forms and processes are terms of the field, like their codes"),
    ("app/domain/src/calendar/holidays.rs", "names of statutory holidays, as a notice has them"),
    ("server/src/setup/notation.rs", "units as a file of the set-up may write them"),
    ("server/src/cli/admin.rs", "what the district is called where it isn't told"),
    ("server/src/demo/", "the demonstration's invented people, firms and what they write"),
    ("server/src/store/verify/", "findings, each beside its query, for whoever runs `zhongshi verify`"),
];

#[test]
fn what_is_chinese_is_in_the_locale_files_but_for_what_has_its_reason() {
    let all = literals_below(&["app/src", "app/domain/src", "migration/src", "server/src"]);
    let (stays, wrong): (Vec<_>, Vec<_>) = all
        .iter()
        .filter(|(_, literal)| literal.text.chars().any(is_chinese))
        .partition(|(file, _)| STAYS.iter().any(|(place, _)| file.starts_with(place)));
    let line = |(file, literal): &&(String, Literal)| format!("{file}:{}: {:?}", literal.line, literal.text);
    assert!(wrong.is_empty(), "{}", wrong.iter().map(line).collect::<Vec<_>>().join("\n"));
    for (place, reason) in STAYS {
        assert!(stays.iter().any(|(file, _)| file.starts_with(place)), "{place}: nothing there is {reason}");
    }
}

/// What isn't said in Chinese, and what is instead: one thing has one name, and the glossary has it.
const ONE_NAME: [(&str, &str); 21] = [
    ("预订", "预约"),
    ("预约费", "预约金"),
    ("档期", "排期"),
    ("移动", "改期"),
    ("婉拒", "谢绝"),
    ("停工", "停用"),
    ("关闭时段", "停用时段"),
    ("关闭产线", "停用产线"),
    ("共享池", "共享资源"),
    ("共用资源", "共享资源"),
    ("质量保证", "质量部门"),
    ("运营方", "平台"),
    ("平台时间", "厂区时间"),
    ("培养基灌装", "培养基模拟灌装"),
    ("冲突台", "冲突处理台"),
    ("所有者", "所属企业"),
    ("贵公司", "贵企业"),
    ("搜索", "检索"),
    ("查询", "检索"),
    ("审核", "核验"),
    ("园区", "新区"),
];

#[test]
fn in_chinese_one_thing_has_one_name_and_punctuation_is_chinese() {
    let said = texts_of("zh-CN").into_iter().collect::<Vec<_>>();
    let elsewhere = literals_below(&["server/src"]);
    let elsewhere = elsewhere.into_iter().map(|(file, literal)| (file, literal.text));
    let mut wrong = Vec::new();
    for (place, text) in said.into_iter().chain(elsewhere) {
        for (name, better) in ONE_NAME {
            if text.contains(name) {
                wrong.push(format!("{place}: {better} instead of {name}: {text}"));
            }
        }
        let letters: Vec<char> = text.chars().collect();
        let is_han = |letter: char| ('\u{4e00}'..='\u{9fff}').contains(&letter);
        if letters.windows(2).any(|pair| is_han(pair[0]) && matches!(pair[1], ',' | ':' | ';' | '?' | '!')) {
            wrong.push(format!("{place}: punctuation of another script: {text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_in_markup_are_found_and_markup_is_not() {
    let of = |source: &str| literals(source).iter().filter_map(complaint).collect::<Vec<_>>();
    assert_eq!(of(r#"view! { <p>"Hello"</p> }"#), ["text of a page"]);
    assert_eq!(of(r#"view! { <p>{name} " of " {count}</p> }"#), ["text of a page"]);
    assert_eq!(of(r#"view! { <input placeholder="for example" /> }"#), ["an attribute that is read"]);
    assert_eq!(of(r#"let words = "没有找到";"#), ["Chinese"]);
    assert_eq!(of(r#"let words = "Nothing found";"#), ["a sentence"]);
    assert_eq!(of(r#"let example = "a role of another".to_owned();"#), ["an example in words"]);
    assert_eq!(of(r#"Malformed { example: "+86 451 0000 0000".to_owned() }"#), [""; 0]);
    assert_eq!(of(r#"let grade = if gmp { "GMP" } else { other };"#), [CAPITALS]);
    assert_eq!(of(r#"words.push(format!("OEB ≤ {band}"));"#), [CAPITALS]);
    assert_eq!(of(r#"let words = format!("up to {days} days");"#), [TOGETHER]);
    let filled_in = r#"let class = format!("status {state}"); format!("{id}-hint"); format!("/x/{id} y")"#;
    assert_eq!(of(filled_in), [""; 0]);
    let markup = r#"view! { <p class="note bad">{name} " · " "→"</p> } match x { A => "held", '"' => "b" } // "Or this"
        <code>"zhongshi demo --reset"</code> .expect("a calendar") say!(language, a.b, name = name)"#;
    assert_eq!(of(markup), [""; 0]);
}

/// The texts of a locale file with the path of their keys.
fn texts(value: &serde_json::Value, path: &str, found: &mut BTreeMap<String, String>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                texts(value, &format!("{path}.{name}"), found);
            }
        }
        serde_json::Value::String(text) => {
            found.insert(path.to_owned(), text.clone());
        }
        _ => panic!("{path} is no text"),
    }
}

/// Whether an English text counts something that one of would be worded differently: `{{ count }} days`.
fn counts(text: &str) -> bool {
    text.split("}}").skip(1).any(|rest| {
        let word: String =
            rest.strip_prefix(' ').unwrap_or_default().chars().take_while(char::is_ascii_lowercase).collect();
        word.len() > 3 && word.ends_with('s')
    })
}

/// The texts of a language by the path of their keys.
fn texts_of(language: &str) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/locales").join(language);
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("the locale files") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("a locale file");
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned();
        texts(&serde_json::from_str(&text).expect("JSON"), &name, &mut found);
    }
    found
}

#[test]
fn nothing_that_is_typed_is_cut() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src"), &mut files);
    // A browser cuts what is pasted without a word; the server says at the field what is too long.
    let cuts = |file: &PathBuf| fs::read_to_string(file).expect("a source").contains("maxlength");
    let wrong: Vec<_> = files.into_iter().filter(cuts).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn every_text_is_said_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    sources(&root.join("app/src"), &mut files);
    sources(&root.join("server/src"), &mut files);
    let mut said = BTreeSet::new();
    for file in files {
        let source = fs::read_to_string(&file).expect("a source");
        // A key may be broken over lines.
        let source: String = source.split_whitespace().collect::<Vec<_>>().join(" ").replace(" .", ".");
        let paths = source.split(|letter: char| !(letter.is_alphanumeric() || "_.".contains(letter)));
        said.extend(paths.map(str::to_owned));
    }
    let unsaid = |key: &&String| !said.contains(*key);
    let found = texts_of("en");
    let wrong: Vec<_> = found.keys().filter(unsaid).collect();
    assert!(wrong.is_empty(), "nobody says {wrong:#?}");
}

#[test]
fn what_is_counted_in_english_is_worded_for_one_too() {
    let found = texts_of("en");
    // No field may have one character only, a range is of several, and no run takes a minute.
    let never_one =
        ["failure.too_long", "problem.field.too_long", "problem.field.too_narrow", "terms.between"];
    let counting = found.iter().filter(|(key, text)| counts(text) && !never_one.contains(&key.as_str()));
    let wrong: Vec<_> = counting.filter(|(key, _)| !found.contains_key(&format!("{key}_one"))).collect();
    assert!(wrong.is_empty(), "words for one are missing: {wrong:#?}");
    assert!(counts("{{ count }} days") && counts("In {{ n }} hours.") && !counts("{{ who }} was {{ what }}"));
}
