//! What makes a password easy to guess.
//!
//! Nobody forbids a known word in a long password. What counts is what a guesser does not expect: the
//! characters that are left once common passwords, words about the person and sequences are taken out.

use std::collections::BTreeSet;

use zeroize::Zeroizing;

/// Passwords and parts of passwords that are tried first, a line each, in lower case.
const COMMON: &str = include_str!("common_passwords.txt");

/// Whole passwords that were stolen somewhere and are tried next, a line each, in lower case; those of eight characters
/// and more from the list of zxcvbn (MIT licence) that nothing else here refuses.
const BREACHED: &str = include_str!("breached_passwords.txt");

/// So many different characters must be left that nobody expects.
const UNEXPECTED: usize = 6;

/// Why a password is easy to guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weakness {
    /// It holds fewer different characters than must be unexpected.
    FewCharacters,
    /// It is one short part over and over.
    Repetition,
    /// Little is left without common passwords and sequences.
    Common,
    /// It is one that was stolen before, perhaps with digits and signs around it.
    Breached,
    /// Little is left without those and the words about the person.
    Personal,
}

/// The first weakness found in `text`; `about` are words that belong to the person or the product.
pub(super) fn weakness(text: &str, about: &[&str]) -> Option<Weakness> {
    let text = fold(text);
    let common: Vec<&str> = COMMON.lines().collect();
    let personal: Vec<Zeroizing<String>> = about.iter().flat_map(|words| parts_of(words)).collect();
    let known: Vec<&str> = common.iter().copied().chain(personal.iter().map(|word| word.as_str())).collect();

    if text.chars().collect::<BTreeSet<_>>().len() < UNEXPECTED {
        Some(Weakness::FewCharacters)
    } else if repeats(&text) {
        Some(Weakness::Repetition)
    } else if unexpected(&text, &common) < UNEXPECTED {
        Some(Weakness::Common)
    } else if breached(&text) {
        Some(Weakness::Breached)
    } else if unexpected(&text, &known) < UNEXPECTED {
        Some(Weakness::Personal)
    } else {
        None
    }
}

/// In lower case.
fn fold(text: &str) -> Zeroizing<String> {
    // Lower case makes UTF-8 at most twice as long: room for all of it, so that no copy is left by growing.
    let mut folded = Zeroizing::new(String::with_capacity(2 * text.len()));
    folded.extend(text.chars().flat_map(char::to_lowercase));
    folded
}

/// The letter that a digit or sign usually stands for. Both take one byte, so that no position moves.
fn undisguise(character: char) -> char {
    match character {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

/// Whether the whole text, disguised or not, is a stolen password; digits and signs at its ends hide nothing.
fn breached(text: &str) -> bool {
    let bare = text.trim_matches(|character: char| !character.is_alphabetic());
    let undisguised = |text: &str| Zeroizing::new(text.chars().map(undisguise).collect::<String>());
    let forms = [undisguised(text), undisguised(bare)];
    let known = |entry: &str| entry == text || entry == bare || forms.iter().any(|form| form.as_str() == entry);
    BREACHED.lines().any(known)
}

/// The words of a name or address, whole and in parts. Parts of one or two letters are in every text.
fn parts_of(words: &str) -> impl Iterator<Item = Zeroizing<String>> {
    let parts = words.split(|character: char| !character.is_alphanumeric());
    parts.chain([words]).filter(|part| part.chars().count() >= 3).map(fold)
}

/// How many different characters are left of `text` without `words`, disguised or not, sequences and spaces.
fn unexpected(text: &str, words: &[&str]) -> usize {
    let mut undisguised = Zeroizing::new(String::with_capacity(text.len()));
    undisguised.extend(text.chars().map(undisguise));
    let (mut left, mut at) = (BTreeSet::new(), 0);
    while let (Some(rest), Some(meant)) = (text.get(at..), undisguised.get(at..)) {
        let Some(first) = rest.chars().next() else { break };
        let found = words.iter().filter(|word| rest.starts_with(**word) || meant.starts_with(**word));
        let expected = found.map(|word| word.len()).max().unwrap_or(0).max(sequence(rest));
        if expected == 0 && !first.is_whitespace() {
            left.insert(first);
        }
        at += expected.max(first.len_utf8());
    }
    left.len()
}

/// Bytes of the sequence that `text` begins with, three characters or more: `aaa`, `abc`, `321`.
fn sequence(text: &str) -> usize {
    let steps = text
        .chars()
        .zip(text.chars().skip(1))
        .map(|(one, next)| i64::from(u32::from(next)) - i64::from(u32::from(one)));
    let mut steps = steps.peekable();
    let Some(step) = steps.peek().copied().filter(|step| step.abs() <= 1) else { return 0 };
    let characters = 1 + steps.take_while(|next| *next == step).count();
    if characters < 3 { 0 } else { text.chars().take(characters).map(char::len_utf8).sum() }
}

/// Whether `text` is one part of it at least twice, the last time perhaps cut off, as in `sesame.sesame`.
fn repeats(text: &str) -> bool {
    let boundaries = text.char_indices().map(|(at, _)| at).skip(1).take_while(|at| 2 * at <= text.len() + 1);
    boundaries.into_iter().any(|at| text.get(at..).is_some_and(|rest| text.starts_with(rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABOUT: [&str; 3] = ["María Keller", "sales+es@keller-tools", "Handfast"];

    fn found(text: &str) -> Option<Weakness> {
        weakness(text, &ABOUT)
    }

    #[test]
    fn common_passwords_and_sequences_are_found_however_they_are_joined() {
        for text in [
            "passwordpassword1234",
            "qwertyuiop123456789",
            "P@$$w0rd_2!P@$$w0rd",
            "dr@g0n-12345678",
            "iloveyou princess",
            "abcdefghijklmnop",
            "9876543210fedcba",
            "Welcome-Admin-123",
            "letmeinletmein!!1",
            "1qaz2wsx3edc4rfv",
        ] {
            assert!(matches!(found(text), Some(Weakness::Common | Weakness::Repetition)), "{text}: {:?}", found(text));
        }
    }

    #[test]
    fn stolen_passwords_are_found_whatever_digits_and_signs_are_around_them() {
        for text in ["wonderwoman", "WonderWoman!2024", "w0nd3rw0man", "**goldfish-99**", "4815162342", "corvette"] {
            assert_eq!(found(text), Some(Weakness::Breached), "{text}");
        }
        for text in ["wonderwoman and the goldfish", "goldfishwonder", "my corvette"] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn every_stolen_password_is_found_by_nothing_else_and_stands_there_once_in_order() {
        let entries: Vec<_> = BREACHED.lines().collect();
        assert!(entries.len() > 5_000, "{}", entries.len());
        assert!(entries.windows(2).all(|pair| pair[0] < pair[1]));
        for entry in entries.iter().step_by(97) {
            assert_eq!(weakness(entry, &[]), Some(Weakness::Breached), "{entry}");
        }
    }

    #[test]
    fn words_about_the_person_are_found_in_parts_and_in_capitals() {
        for text in ["keller-tools-2026", "MARÍA.keller.123", "Handfast!Keller!", "sales@handfast-es"] {
            assert_eq!(found(text), Some(Weakness::Personal), "{text}");
            assert_eq!(weakness(text, &[]).filter(|found| *found != Weakness::Personal), weakness(text, &[]));
        }
        assert_eq!(weakness("sales@handfast-es", &[]), None);
    }

    #[test]
    fn repetition_is_found_also_when_it_is_cut_off() {
        assert_eq!(found("kfwpzqxkfwpzqx"), Some(Weakness::Repetition));
        assert_eq!(found("kfwpzqxkfwpzqxkfw"), Some(Weakness::Repetition));
        assert_eq!(found("kfwpzqx!kfwpzqx"), Some(Weakness::Repetition));
        assert_eq!(found("öüäßéêöüäßéê"), Some(Weakness::Repetition));
        assert_eq!(found("kfwpzqxkfwpzq7"), None);
    }

    #[test]
    fn few_different_characters_are_found() {
        assert_eq!(found("xvxvxvxvkvkvkvkxx"), Some(Weakness::FewCharacters));
        assert_eq!(found("                "), Some(Weakness::FewCharacters));
    }

    #[test]
    fn a_common_word_among_unexpected_ones_does_no_harm() {
        for text in [
            "correct horse battery staple",
            "my dragon eats purple shadows",
            "keller grows blue onions",
            "x7!kQ_pw2m#Zt9r",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn a_context_without_words_takes_nothing_away() {
        assert_eq!(weakness("correct horse battery staple", &["", "a", "- -", "é"]), None);
    }

    #[test]
    fn every_common_entry_is_found_by_itself_and_stands_there_once() {
        let mut seen = BTreeSet::new();
        for entry in COMMON.lines() {
            assert!(entry.chars().count() >= 3 && entry == entry.to_lowercase() && !entry.contains(' '), "`{entry}`");
            assert!(seen.insert(entry), "`{entry}` twice");
            assert_eq!(unexpected(entry, &[entry]), 0);
        }
        assert!(seen.len() >= 200, "{}", seen.len());
    }
}
