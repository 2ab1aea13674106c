//! Which offerings fit what is typed: by their codes, their names in both languages, and how the Chinese one is read.

use serde::{Deserialize, Serialize};

/// An offering to be found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findable {
    pub code: String,
    /// Its name in both languages.
    pub words: String,
    /// How its Chinese name is read aloud: a space between syllables, a slash between the readings of one.
    pub reads: String,
    /// What else it goes by, its family's names included.
    pub also: String,
    /// The family that it is listed under.
    pub family: String,
    /// Whether any platform offers it, so that it can be chosen.
    pub offered: bool,
}

/// What is typed, against what can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit<'a> {
    Nothing,
    None,
    /// Nothing that is called that, but something that is spelt much like it.
    Alike,
    Several,
    NotOffered,
    One(&'a str),
}

/// The choice that `typed` names: by its code or its names as they are, or as the only one that has all of its words.
pub(super) fn fit<'a>(choices: &'a [Findable], typed: &str) -> Fit<'a> {
    let typed = plain(typed);
    if typed.is_empty() {
        return Fit::Nothing;
    }
    let stems = stems(&typed);
    let one = |choice: &'a Findable| if choice.offered { Fit::One(&choice.code) } else { Fit::NotOffered };
    let exact = |choice: &&Findable| {
        let words = self::stems(&plain(&choice.words));
        plain(&choice.code) == typed || is_name(&words, &stems) || sorted(&words) == sorted(&stems)
    };
    if let Some(choice) = choices.iter().find(exact) {
        return one(choice);
    }
    let mut within = choices.iter().filter(|choice| has_all(choice, &typed));
    match (within.next(), within.next()) {
        (Some(choice), None) => one(choice),
        (None, _) if choices.iter().any(|choice| is_alike(choice, &typed)) => Fit::Alike,
        (None, _) => Fit::None,
        _ => Fit::Several,
    }
}

/// The places of those that have all words of `typed`, in their order; of all of them where nothing is typed.
fn hits(choices: &[Findable], typed: &str) -> Vec<usize> {
    let typed = plain(typed);
    let places = choices.iter().enumerate();
    places.filter(|(_, choice)| typed.is_empty() || has_all(choice, &typed)).map(|(at, _)| at).collect()
}

/// What a list shows for `typed`: what fits, or what is spelt much like it, or all of it where nothing is, so that one
/// can be chosen from it.
pub(super) fn listed(choices: &[Findable], typed: &str) -> Vec<usize> {
    let fitting = hits(choices, typed);
    if !fitting.is_empty() {
        return fitting;
    }
    let typed = plain(typed);
    let alike = choices.iter().enumerate().filter(|(_, choice)| is_alike(choice, &typed));
    let alike: Vec<usize> = alike.map(|(at, _)| at).collect();
    if alike.is_empty() { (0..choices.len()).collect() } else { alike }
}

/// Whether each word of `typed` begins the code or a word of the names, or says the Chinese one aloud. Chinese is
/// written without spaces, so that any part of it counts.
fn has_all(choice: &Findable, typed: &str) -> bool {
    let (code, words) = (plain(&choice.code), plain(&format!("{} {}", choice.words, choice.also)));
    typed.split(' ').all(|word| {
        let begins = code.starts_with(word) || words.split(' ').any(|known| begins(known, word));
        begins || is_said(&choice.reads, word) || (!word.is_ascii() && words.contains(word))
    })
}

/// Whether each word of `typed` fits, or is a word of the names but for a slip.
fn is_alike(choice: &Findable, typed: &str) -> bool {
    let words = plain(&format!("{} {}", choice.words, choice.also));
    typed.split(' ').all(|word| {
        has_all(choice, word) || words.split(' ').any(|known| is_misspelt(&spelt(known), &spelt(word)))
    })
}

/// Whether `typed` begins the word `known` but for one slip, or for two in a long word. Hardly anybody mistypes the
/// first letter, and what is short is like too much.
fn is_misspelt(known: &str, typed: &str) -> bool {
    let most = if typed.len() < 8 { 1 } else { 2 };
    let (known, typed) = (known.as_bytes(), typed.as_bytes());
    typed.len() >= 4 && typed.is_ascii() && known.first() == typed.first() && slips(known, typed) <= most
}

/// The fewest slips by which the beginning of `known` becomes `typed`: a letter too many, one too few, another one, or
/// two changed about.
fn slips(known: &[u8], typed: &[u8]) -> usize {
    // For each beginning of what is typed, the slips to each of what is known; the row before the last is for swaps.
    let (mut before, mut last) = (Vec::new(), (0..=known.len()).collect::<Vec<usize>>());
    for (at, letter) in typed.iter().enumerate() {
        let mut row = vec![at + 1];
        for (place, other) in known.iter().enumerate() {
            let written = last[place] + usize::from(letter != other);
            let mut least = written.min(last[place + 1] + 1).min(row[place] + 1);
            if at > 0 && place > 0 && *letter == known[place - 1] && typed[at - 1] == *other {
                least = least.min(before[place - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.into_iter().min().unwrap_or(0)
}

/// Whether `typed` begins the word `known`: as it is written in either English, for one or for several.
fn begins(known: &str, typed: &str) -> bool {
    spelt(known).starts_with(&spelt(typed)) || stem(known).starts_with(&stem(typed))
}

/// The words without what tells how many.
fn stems(words: &str) -> String {
    words.split(' ').map(stem).collect::<Vec<_>>().join(" ")
}

/// An English word as one has of it, spelt as in Britain: `capsules` is `capsule`.
fn stem(word: &str) -> String {
    let word = spelt(word);
    if word.len() < 4 || !word.is_ascii() {
        return word;
    }
    if let Some(start) = word.strip_suffix("ies") {
        return format!("{start}y");
    }
    let hissing = ["ches", "shes", "sses", "uses", "xes"].iter().any(|ending| word.ends_with(ending));
    let several = word.ends_with('s') && !["ss", "us", "is"].iter().any(|ending| word.ends_with(ending));
    let ending = if hissing { 2 } else { usize::from(several) };
    word[..word.len() - ending].to_owned()
}

/// A word in one spelling for Britain and America: `lyophilized` is `lyophilised`.
fn spelt(word: &str) -> String {
    word.replace("iz", "is").replace("yz", "ys")
}

/// Whether `typed` says the syllables of `reads` aloud from one of them on: each whole or only begun, as in `pianji`,
/// `pianj` or `pj`.
fn is_said(reads: &str, typed: &str) -> bool {
    let syllables: Vec<&str> = reads.split(' ').collect();
    (0..syllables.len()).any(|from| goes_on(&syllables[from..], typed))
}

/// Whether `typed`, which isn't empty, says the first of the syllables and those behind it.
fn goes_on(syllables: &[&str], typed: &str) -> bool {
    let Some((first, rest)) = syllables.split_first() else { return false };
    first.split('/').any(|reading| {
        let common = reading.bytes().zip(typed.bytes()).take_while(|(one, other)| one == other).count();
        (1..=common).any(|said| said == typed.len() || goes_on(rest, &typed[said..]))
    })
}

/// `text` as words in lower case with a space between them, whatever stood there, and one between what is Chinese and
/// what isn't. Letters as wide as Chinese ones are what they stand for.
fn plain(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let mut before = None;
    for letter in text.chars().map(narrow).flat_map(char::to_lowercase) {
        if !letter.is_alphanumeric() {
            before = None;
            continue;
        }
        if before != Some(letter.is_ascii()) && !words.is_empty() {
            words.push(' ');
        }
        before = Some(letter.is_ascii());
        words.push(letter);
    }
    words
}

/// The letter for which one of full width stands.
fn narrow(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        _ => letter,
    }
}

/// The words in no order: one may give the names in the other language's first.
fn sorted(words: &str) -> Vec<&str> {
    let mut words: Vec<&str> = words.split(' ').collect();
    words.sort_unstable();
    words
}

/// Whether `typed` is all of the words, or all of their half in one of the two languages.
fn is_name(words: &str, typed: &str) -> bool {
    let other = |rest: &str, edge: Option<char>| {
        rest.is_empty() || edge.is_some_and(|edge| edge.is_ascii() != typed.is_ascii())
    };
    let ahead = words.strip_suffix(typed).map(str::trim_end);
    let behind = words.strip_prefix(typed).map(str::trim_start);
    ahead.is_some_and(|rest| other(rest, rest.chars().next_back()))
        || behind.is_some_and(|rest| other(rest, rest.chars().next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findable((code, words, reads, offered): (&str, &str, &str, bool)) -> Findable {
        let [code, words, reads] = [code, words, reads].map(str::to_owned);
        Findable { code, words, reads, also: String::new(), family: String::new(), offered }
    }

    fn some() -> Vec<Findable> {
        let some = [
            ("TAB", "片剂 tablet", "pan/pian ji", true),
            ("FCT", "薄膜衣片 film-coated tablet", "bao/bo mo yi pan/pian", true),
            ("PEP", "多肽原料药 peptide API", "duo tai yuan liao yao", true),
            ("EXT", "浸膏 extract", "jin gao", true),
            ("PFS", "预灌封 prefilled syringe", "yu guan feng", false),
        ];
        some.map(findable).to_vec()
    }

    #[test]
    fn a_choice_is_made_when_only_one_fits_and_never_by_the_middle_of_a_word() {
        let choices = some();
        let cases = [
            (" pepti", Fit::One("PEP")),
            ("薄膜", Fit::One("FCT")),
            ("tab", Fit::One("TAB")),
            ("fc", Fit::One("FCT")),
            ("coated", Fit::One("FCT")),
            ("tabl", Fit::Several),
            ("tablet", Fit::One("TAB")),
            ("片剂", Fit::One("TAB")),
            ("Film-coated tablet", Fit::One("FCT")),
            ("", Fit::Nothing),
            ("x", Fit::None),
            ("xyz", Fit::None),
            ("ablet", Fit::None),
            ("预灌", Fit::NotOffered),
            ("syringe", Fit::NotOffered),
        ];
        for (typed, expected) in cases {
            assert_eq!(fit(&choices, typed), expected, "{typed}");
        }
    }

    #[test]
    fn a_chinese_name_is_found_by_how_it_is_read() {
        let choices = some();
        let cases = [
            // Whole, begun or by its first letters, from any of its characters on.
            ("pian", Fit::Several),
            ("pianji", Fit::One("TAB")),
            ("pian ji", Fit::One("TAB")),
            ("PianJ", Fit::One("TAB")),
            ("pj", Fit::One("TAB")),
            ("bmyp", Fit::One("FCT")),
            ("moyi", Fit::One("FCT")),
            ("yuanliao", Fit::One("PEP")),
            ("yly", Fit::One("PEP")),
            ("ygf", Fit::NotOffered),
            // By either reading of a character that has several.
            ("bomoyi", Fit::One("FCT")),
            ("baomo", Fit::One("FCT")),
            // Never by the end of a syllable, nor past one.
            ("ian", Fit::None),
            ("pianm", Fit::None),
            ("bmp", Fit::None),
        ];
        for (typed, expected) in cases {
            assert_eq!(fit(&choices, typed), expected, "{typed}");
        }
        assert_eq!(hits(&choices, "pian"), [0, 1]);
        assert_eq!(hits(&choices, " "), [0, 1, 2, 3, 4]);
        assert_eq!(hits(&choices, "xyz"), [0; 0]);
    }

    #[test]
    fn it_is_found_by_ordinary_words_in_any_order() {
        let choices = [
            ("TAB", "tablet", "Solid oral"),
            ("CAPH", "hard capsule", "Solid oral"),
            ("LYO", "lyophilised powder for injection", "Sterile freeze-dried"),
            ("SUP", "suppository", "Topical and rectal"),
            ("CELL", "cell product", "Processes CAR-T"),
            ("VEC", "plasmid or viral vector", "Processes AAV"),
        ]
        .map(|(code, words, also)| Findable { also: also.to_owned(), ..findable((code, words, "", true)) });
        for (typed, code) in [
            ("tablets", "TAB"),
            ("Capsules", "CAPH"),
            ("lyophilized", "LYO"),
            ("Lyophiliz", "LYO"),
            ("freeze dried", "LYO"),
            ("dried freeze", "LYO"),
            ("suppositories", "SUP"),
            ("cells", "CELL"),
            ("CAR-T", "CELL"),
            ("aav vectors", "VEC"),
        ] {
            assert_eq!(fit(&choices, typed), Fit::One(code), "{typed}");
        }
        assert_eq!(hits(&choices, "oral solid"), [0, 1]);
        assert_eq!(hits(&choices, "process"), [4, 5]);
        assert_eq!(listed(&choices, "oral solid"), [0, 1]);
        assert_eq!(listed(&choices, "xyz"), [0, 1, 2, 3, 4, 5], "to be chosen from");
    }

    #[test]
    fn what_is_misspelt_chooses_nothing_and_lists_what_it_is_like() {
        let choices = some();
        for (typed, like) in [
            ("tabelt", vec![0, 1]),
            ("tablt", vec![0, 1]),
            ("Tabblets", vec![0, 1]),
            ("flim coated", vec![1]),
            ("petpide", vec![2]),
            ("prefiled syrnge", vec![4]),
        ] {
            assert_eq!(fit(&choices, typed), Fit::Alike, "{typed}");
            assert_eq!(listed(&choices, typed), like, "{typed}");
        }
        // Another first letter, too little, or too far from it.
        for typed in ["rablet", "tba", "tabular", "syrup"] {
            assert_eq!(fit(&choices, typed), Fit::None, "{typed}");
            assert_eq!(listed(&choices, typed), [0, 1, 2, 3, 4], "{typed}");
        }
    }

    #[test]
    fn it_is_found_however_its_names_are_typed() {
        let choices = [
            ("SUP", "栓剂 suppository", "shuan ji", true),
            ("FCT", "薄膜衣片 film-coated tablet", "bao/bo mo yi pan/pian", true),
            ("ECT", "肠溶衣片 enteric-coated tablet", "chang rong yi pan/pian", true),
            ("TAB", "片剂 tablet", "pan/pian ji", true),
            ("ODT", "口崩片剂 orally disintegrating tablet", "kou beng pan/pian ji", true),
        ]
        .map(findable);
        let cases = [
            ("suppository 栓剂", "SUP"),
            ("栓剂 suppository", "SUP"),
            ("栓剂suppository", "SUP"),
            ("SUPPOSITORY", "SUP"),
            ("ＳＵＰ", "SUP"),
            ("sup  栓", "SUP"),
            ("film coated", "FCT"),
            ("Film\u{2011}Coated", "FCT"),
            ("  tablet   film ", "FCT"),
            ("tab coated ent", "ECT"),
            ("ect tablet", "ECT"),
            // Both names as they are go before what has them among others.
            ("tablet（片剂）", "TAB"),
        ];
        for (typed, code) in cases {
            assert_eq!(fit(&choices, typed), Fit::One(code), "{typed}");
        }
        assert_eq!(fit(&choices, "coated tab"), Fit::Several);
        assert_eq!(fit(&choices, "coated syrup"), Fit::None);
        assert_eq!(fit(&choices, " - "), Fit::Nothing);
    }
}
