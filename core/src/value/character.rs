//! Which characters a text may hold, and the checks that every text goes through.
//!
//! Every text that is read from a store goes through them too, and most texts are ASCII or composed already, so each
//! check first asks whether there is anything to do.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::error::{Code, Error, Result};

/// The most bytes that become one character in NFC: some systems send accents and the parts of a Hangul syllable
/// as characters of their own.
const BYTES_A_CHARACTER: usize = 12;

/// Bytes of a country, a locale or a time zone with white space around it; the longest time zone has 32.
const LONGEST_LOOKED_UP: usize = 100;

/// The text trimmed, in NFC, and known to show something, with nothing forbidden but what is `allowed`
/// and at most `limit` characters.
pub(super) fn clean(input: &str, limit: usize, allowed: &[char]) -> Result<String> {
    refuse_oversize(input, limit)?;
    let text = trimmed(input)?;
    refuse_forbidden(text, allowed)?;
    let text = composed(text);
    let fits = text.len() <= limit || text.chars().count() <= limit;
    if fits { Ok(text.into_owned()) } else { Err(too_long(limit)) }
}

/// The text in NFC.
pub(super) fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// Refuses by its bytes alone what cannot be `limit` characters, so that 10 MB cost nothing.
pub(super) fn refuse_oversize(input: &str, limit: usize) -> Result<()> {
    if input.len() > limit.saturating_mul(BYTES_A_CHARACTER) { Err(too_long(limit)) } else { Ok(()) }
}

/// The text without white space around it. Errors: `required`, when it would show nothing.
pub(super) fn trimmed(input: &str) -> Result<&str> {
    let text = input.trim();
    if text.chars().all(|c| c.is_whitespace() || shapes_others(c)) {
        return Err(Error::new(Code::Required));
    }
    Ok(text)
}

/// The few letters of a name that is looked up, without white space around them. What is too long to be any of them is
/// refused by its bytes alone. Errors: `required`, `otherwise`.
pub(super) fn looked_up(input: &str, otherwise: Code) -> Result<&str> {
    if input.len() > LONGEST_LOOKED_UP {
        return Err(Error::new(otherwise));
    }
    let text = input.trim();
    if text.is_empty() { Err(Error::new(Code::Required)) } else { Ok(text) }
}

/// Refuses characters that nobody sees or that change how others are seen.
pub(super) fn refuse_forbidden(text: &str, allowed: &[char]) -> Result<()> {
    if is_printable_ascii(text) {
        return Ok(());
    }
    match text.chars().find(|&c| is_forbidden(c) && !allowed.contains(&c)) {
        Some(c) => Err(forbidden(c)),
        None => Ok(()),
    }
}

/// The error for a character that must not stand there, named by its code point.
/// Whether all of it is between the space and the tilde. Looks at every byte, many at once.
fn is_printable_ascii(text: &str) -> bool {
    text.bytes().fold(true, |printable, byte| printable & matches!(byte, b' '..=b'~'))
}

pub(super) fn forbidden(c: char) -> Error {
    let message = format!("holds the forbidden character U+{:04X}", u32::from(c));
    Error::because(Code::ForbiddenCharacter, message)
}

fn too_long(limit: usize) -> Error {
    Error::because(Code::TooLong, format!("is longer than {limit} characters"))
}

/// Shows nothing by itself, but scripts and emoji need it between or after other characters: the two
/// joiners and the variation selectors.
pub(super) const fn shapes_others(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Controls, what reorders text or breaks lines unseen, what is invisible, and what is no character.
/// Any of these lets two texts look the same, or one text look like what it is not (UTS 39, UTR 36).
const fn is_forbidden(c: char) -> bool {
    match c {
        // C0, DEL and C1.
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => true,
        // Marks, embeddings, overrides and isolates of direction.
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => true,
        // Line and paragraph separator.
        '\u{2028}' | '\u{2029}' => true,
        // Soft hyphen, grapheme joiner, fillers, vowel separator, zero-width space, word joiner,
        // invisible operators, deprecated format characters, byte order mark.
        '\u{00AD}' | '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' => true,
        '\u{180E}' | '\u{200B}' | '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}' => true,
        '\u{2800}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' => true,
        // Annotations, and tags: a whole text can be hidden in them.
        '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}' => true,
        // Noncharacters.
        '\u{FDD0}'..='\u{FDEF}' => true,
        c => c as u32 & 0xFFFE == 0xFFFE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_is_composed_of_more_bytes_than_are_let_in() {
        let composed = ('\0'..='\u{2FFFF}').filter(|&c| std::iter::once(c).nfc().eq([c]));
        let most = composed.map(|c| std::iter::once(c).nfd().map(char::len_utf8).sum::<usize>()).max();
        assert_eq!(most, Some(BYTES_A_CHARACTER));
    }
}
