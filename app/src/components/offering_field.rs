//! The field in which an offering is chosen: a select by family, for which one to type in stands where scripts run.

use leptos::prelude::*;
use pinyin::ToPinyinMulti;

use super::field::{Choice, Field};
use crate::{
    contract::OfferingView,
    islands::{Findable, Finder, FinderWords},
    language::Language,
    request::use_language,
    words::{self, FAMILIES, say},
};

#[component]
pub fn OfferingField(
    offerings: Vec<OfferingView>,
    chosen: String,
    complaint: Option<String>,
) -> impl IntoView {
    let language = use_language();
    let wrong = complaint.is_some();
    let none_chosen = chosen.is_empty();
    let choices = by_family(&offerings)
        .map(|(family, offering)| Findable {
            code: offering.code.clone(),
            words: both(language, offering),
            reads: reads(&offering.name.zh),
            also: also(family, &offering.code),
            family: words::family(language, family),
            offered: offering.platforms > 0,
        })
        .collect();
    let said = FinderWords {
        label: say!(language, search.offering).to_owned(),
        list: say!(language, find.finder).to_owned(),
        hint: say!(language, find.finder_hint).to_owned(),
        none: say!(language, find.finder_none).to_owned(),
        alike: say!(language, find.finder_alike).to_owned(),
        several: say!(language, find.finder_several).to_owned(),
        not_offered: say!(language, find.finder_not_offered).to_owned(),
        aside: say!(language, search.not_offered).to_owned(),
    };
    let helper = view! { <Finder words=said choices wrong /> }.into_any();
    view! {
        <Field id="offering" label=say!(language, search.offering) complaint helper>
            <select id="offering" name="offering" required aria-describedby="offering-problem">
                <Choice value="" words=say!(language, search.choose) chosen=none_chosen />
                <Offerings offerings chosen />
            </select>
        </Field>
    }
}

/// Each with its family, in the order of these.
fn by_family(offerings: &[OfferingView]) -> impl Iterator<Item = (&'static str, &OfferingView)> {
    FAMILIES.into_iter().flat_map(move |family| {
        offerings.iter().filter(move |offering| offering.family == family).map(move |one| (family, one))
    })
}

/// The name in both languages, the reader's first.
fn both(language: Language, offering: &OfferingView) -> String {
    match language {
        Language::zh_CN => format!("{} {}", offering.name.zh, offering.name.en),
        Language::en => format!("{} {}", offering.name.en, offering.name.zh),
    }
}

/// What else it is looked for by, in either language: its family and what it goes by.
fn also(family: &str, code: &str) -> String {
    let of = |language| [words::family(language, family), words::also(language, code).to_owned()];
    [of(Language::zh_CN), of(Language::en)].concat().join(" ")
}

/// How a Chinese name is read aloud, without tones: a space between syllables, a slash between the readings of one. Who
/// types by sound writes one letter that no keyboard has as another.
fn reads(name: &str) -> String {
    let syllables = name.to_pinyin_multi().flatten().map(|readings| {
        let mut plain: Vec<&str> = readings.into_iter().map(|reading| reading.plain()).collect();
        plain.sort_unstable();
        plain.dedup();
        plain.join("/")
    });
    syllables.collect::<Vec<_>>().join(" ").replace('ü', "v")
}

/// The options, by family; what no platform offers is shown and can't be chosen.
#[component]
fn Offerings(offerings: Vec<OfferingView>, chosen: String) -> impl IntoView {
    let language = use_language();
    FAMILIES
        .into_iter()
        .map(|family| {
            let options = offerings
                .iter()
                .filter(|offering| offering.family == family)
                .map(|offering| {
                    let both = both(language, offering);
                    let offered = offering.platforms > 0;
                    let words = if offered {
                        both
                    } else {
                        say!(language, term.aside, words = both, aside = say!(language, search.not_offered))
                            .to_string()
                    };
                    let chosen = offering.code == chosen;
                    view! { <Choice value=offering.code.clone() words chosen disabled=!offered && !chosen /> }
                })
                .collect_view();
            view! { <optgroup label=words::family(language, family)>{options}</optgroup> }
        })
        .collect_view()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_by_every_reading_of_their_characters() {
        let readings = |name: &str| reads(name).split(' ').map(str::to_owned).collect::<Vec<_>>();
        let of =
            |name: &str, at: usize, reading: &str| readings(name)[at].split('/').any(|one| one == reading);
        assert!(of("片剂", 0, "pian") && of("片剂", 1, "ji"), "{}", reads("片剂"));
        assert!(of("薄膜衣片", 0, "bao") && of("薄膜衣片", 0, "bo"), "{}", reads("薄膜衣片"));
        assert_eq!(readings("质粒/病毒载体").len(), 6, "what is no character has no reading");
        assert_eq!(reads("tablet"), "");
    }

    #[test]
    fn it_goes_by_its_family_and_its_other_names_in_both_languages() {
        let vector = also("process", "VEC");
        for language in [Language::zh_CN, Language::en] {
            assert!(vector.contains(&words::family(language, "process")), "{vector}");
            assert!(vector.contains(words::also(language, "VEC")), "{vector}");
        }
        assert!(vector.contains("AAV"), "{vector}");
        let has_other = |code: &str| !words::also(Language::en, code).is_empty();
        assert!(domain::offering::OFFERINGS.iter().filter(|one| has_other(one.code)).count() > 20);
    }

    #[test]
    fn every_offering_can_be_read() {
        for offering in domain::offering::OFFERINGS {
            let reads = reads(offering.zh);
            let plain = reads.chars().all(|letter| letter.is_ascii_lowercase() || " /".contains(letter));
            assert!(plain && !reads.is_empty(), "{}: {reads}", offering.code);
        }
    }
}
