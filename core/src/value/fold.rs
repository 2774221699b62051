//! Folding: what makes `CAFÉ`, `Café` and `cafe` one word for search, the same on every store.

use std::collections::HashSet;

use unicode_normalization::{
    UnicodeNormalization,
    char::{canonical_combining_class, is_combining_mark},
};

/// Characters of a word that search looks at.
const WORD_LIMIT: usize = 40;
/// Different words of a text that search knows.
const WORDS_LIMIT: usize = 64;

/// The text without case, accents and punctuation: its folded words, one space between them.
///
/// Letters are decomposed (NFKD), lose their marks and become lower case. Words are letters and digits; `_` and `%`
/// belong to a word, so that they are found as themselves and are never wildcards. Folding again changes nothing.
///
/// ```
/// use handfast::value::fold;
///
/// assert_eq!(fold("  Café-Bar „Größe\" 100% "), "cafe bar grosse 100%");
/// ```
pub fn fold(text: &str) -> String {
    let folded = folded(text);
    let words: Vec<_> = split(&folded).collect();
    words.join(" ")
}

/// What makes two names one: the folded text; a name without any letter or digit is itself.
pub(crate) fn name_key(name: &str) -> String {
    let folded = fold(name);
    if folded.is_empty() { name.to_owned() } else { folded }
}

/// The folded words of the text for an index or a search, in their order: each once, cut at 40 characters,
/// the first 64.
///
/// ```
/// use handfast::value::words;
///
/// assert_eq!(words("Bar Bar Más-que_bar"), ["bar", "mas", "que_bar"]);
/// ```
pub fn words(text: &str) -> Vec<String> {
    let folded = folded(text);
    let mut seen = HashSet::new();
    split(&folded).map(cut).filter(|&word| seen.insert(word)).take(WORDS_LIMIT).map(str::to_owned).collect()
}

fn folded(text: &str) -> String {
    // Most texts are ASCII, where only the case is to fold.
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd().filter(|&c| !is_dropped(c)).flat_map(lower_case).collect()
}

fn split(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '%').filter(|word| !word.is_empty())
}

fn cut(word: &str) -> &str {
    word.char_indices().nth(WORD_LIMIT).and_then(|(end, _)| word.get(..end)).unwrap_or(word)
}

/// Accents, and what joins or parts letters unseen. Vowel signs, as the Indic scripts write them, are letters and stay.
fn is_dropped(c: char) -> bool {
    let vowel_sign = canonical_combining_class(c) == 0 && c.is_alphanumeric();
    is_combining_mark(c) && !vowel_sign || matches!(c, '\u{00AD}' | '\u{200C}' | '\u{200D}')
}

/// By way of the capitals of the small letter: only so are `ẞ`, `ß` and `ss` the same, and `ς` and `σ`.
fn lower_case(c: char) -> impl Iterator<Item = char> {
    c.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn case_accents_and_width_do_not_matter() {
        for (one, other) in [
            ("ÁÉÍÓÚ Ñandú", "aeiou nandu"),
            ("STRASSE", "Straße"),
            ("GRÖẞE", "größe"),
            ("ΝΊΚΟΣ", "νικος"),
            ("ＡＢＣ１２３", "abc123"),
            ("ﬁn", "FIN"),
            ("İzmir", "izmir"),
            ("co\u{ad}op", "coop"),
        ] {
            assert_eq!(fold(one), fold(other));
        }
    }

    #[test]
    fn vowel_signs_are_letters() {
        assert_ne!(fold("कि"), fold("का"));
        assert_eq!(words("हिन्दी").len(), 1);
    }

    #[test]
    fn wildcards_are_letters() {
        assert_eq!(words("100%_off, a*b"), ["100%_off", "a", "b"]);
    }

    #[test]
    fn words_are_cut_counted_once_and_limited() {
        let long = "x".repeat(41);
        assert_eq!(words(&format!("{long} {long}y")), ["x".repeat(40)]);
        let many: String = (0..100).map(|number| format!("w{number} ")).collect();
        assert_eq!(words(&many).len(), 64);
        assert!(words(" \0\u{202e}-,. ").is_empty());
        assert_eq!(words(&"é".repeat(50_000)), ["e".repeat(40)]);
    }

    #[test]
    fn folding_every_character_twice_changes_nothing() {
        // Beyond these planes nothing has a case or a decomposition.
        for c in '\0'..='\u{2FFFF}' {
            let once = fold(c.encode_utf8(&mut [0; 4]));
            assert_eq!(fold(&once), once, "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "[\u{0}-\u{24ff}]{0,20}|\\PC{0,20}") {
            let once = fold(&text);
            prop_assert_eq!(&fold(&once), &once);
        }

        #[test]
        fn the_words_of_a_fold_are_the_words_of_the_text(text in "[\u{0}-\u{24ff}]{0,20}|\\PC{0,20}") {
            prop_assert_eq!(words(&fold(&text)), words(&text));
        }
    }
}
