//! Names as they are read aloud: by that people sort Chinese ones, and no database does.

use pinyin::ToPinyin;

/// What `name` is sorted by: its Chinese letters as syllables without tones, each compared whole, the others in lower
/// case.
#[must_use]
pub fn sounds(name: &str) -> String {
    let mut sounds = String::new();
    for letter in name.chars() {
        if let Some(syllable) = letter.to_pinyin() {
            sounds.push_str(syllable.plain());
            sounds.push(' ');
        } else {
            sounds.extend(letter.to_lowercase());
        }
    }
    sounds
}

#[cfg(test)]
mod tests {
    use super::sounds;

    #[test]
    fn chinese_names_stand_as_they_are_read_and_others_by_their_letters() {
        let mut names = ["子细胞", "甲生物", "Beta", "检验", "丙细胞", "alpha"];
        names.sort_by_key(|name| sounds(name));
        assert_eq!(names, ["alpha", "Beta", "丙细胞", "甲生物", "检验", "子细胞"]);
    }
}
