use std::collections::BTreeSet;

use handfast_contract::{BrandInput, CHOICES, IDS, OPERATIONS, PolicyInput, RECORDS, Settings, shape::camel_case};

use crate::reserved::{LANGUAGES, Language};

/// Reserved, and a good name all the same: why.
const ALLOWED: &[(&str, &str)] = &[
    // a modifier, which Swift takes for a name wherever one can stand: the Swift tests call `invites.open(slug:)`
    ("Swift", "open"),
];

/// Every name that becomes one in another language, with where it stands.
fn names() -> BTreeSet<(String, &'static str)> {
    let mut names = BTreeSet::new();
    for operation in OPERATIONS {
        let at = operation.name();
        names.extend([(at.clone(), operation.group), (at.clone(), operation.verb)]);
        names.extend(operation.parameters.iter().map(|parameter| (at.clone(), parameter.name)));
    }
    for record in RECORDS.iter().chain(&[Settings::TYPE, PolicyInput::TYPE, BrandInput::TYPE]) {
        names.extend(record.fields.iter().map(|field| (record.name.to_owned(), field.name)));
    }
    for ty in CHOICES {
        names.extend(ty.choices.iter().map(|choice| (ty.name.to_owned(), (choice.text)())));
    }
    names
}

#[test]
fn no_name_is_a_reserved_word_in_any_language() {
    let mut reserved = Vec::new();
    for (at, name) in names() {
        for Language { name: language, words } in LANGUAGES {
            let taken = words.split_whitespace().any(|word| word == name || word == camel_case(name));
            if taken && !ALLOWED.contains(&(language, name)) {
                reserved.push(format!("{at}: `{name}` is reserved in {language}"));
            }
        }
    }
    assert!(reserved.is_empty(), "{reserved:#?}");
}

#[test]
fn every_allowance_is_needed() {
    for (language, name) in ALLOWED {
        let language = LANGUAGES.iter().find(|known| known.name == *language).unwrap();
        assert!(language.words.split_whitespace().any(|word| word == *name), "{name}");
        assert!(names().iter().any(|(_, known)| known == name), "{name}");
    }
}

#[test]
fn names_are_plain_words_in_snake_case() {
    for (at, name) in names() {
        let plain = name.split('_').all(|word| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        });
        assert!(plain && name.starts_with(|first: char| first.is_ascii_lowercase()), "{at}: `{name}`");
    }
}

#[test]
fn no_type_has_the_name_of_another_or_of_one_that_a_language_has() {
    // every Swift file knows these, and what uniffi makes of an error is called so in Kotlin
    let mut known: BTreeSet<_> = ["Any", "Error", "Exception", "Protocol", "Self", "Type"].into();
    let records = RECORDS.iter().map(|record| record.name);
    for name in records.chain(CHOICES.iter().map(|choice| choice.name)).chain(IDS.iter().map(|id| id.name)) {
        assert!(known.insert(name), "{name}");
    }
}
