//! Free text of one line, and of several.

use super::character;
use crate::error::Result;

/// One line of at most `LIMIT` characters: trimmed, in NFC, not blank, and nothing unseen in it.
///
/// Refused are control characters (tabs and line ends too), overrides and marks of direction, invisible
/// characters and noncharacters; the joiners U+200C and U+200D stay, since scripts need them.
///
/// ```
/// use handfast::{Code, value::Line};
///
/// assert_eq!(Line::<10>::parse("  Acme  ")?.as_str(), "Acme");
/// let error = Line::<3>::parse("Acme").unwrap_err();
/// assert_eq!((error.code(), error.message()), (Code::TooLong, "is longer than 3 characters"));
/// # Ok::<_, handfast::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Line<const LIMIT: usize>(String);

/// The name of a company, a person or a thing, short enough for a line of a list or a mail's subject.
pub type Name = Line<120>;

impl<const LIMIT: usize> Line<LIMIT> {
    /// The most characters it can have.
    pub const LIMIT: usize = LIMIT;

    /// Checks one line. Errors: `required`, `too_long`, `forbidden_character`.
    pub fn parse(input: &str) -> Result<Self> {
        character::clean(input, LIMIT, &[]).map(Line)
    }

    /// The line.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

text_value!(Line<LIMIT>, as_str of 0, const LIMIT);

/// Text of at most `LIMIT` characters on any number of lines: as [`Line`], with line ends and tabs.
/// A line ends with LF; CRLF is taken as one.
///
/// ```
/// use handfast::value::Text;
///
/// assert_eq!(Text::<100>::parse("Dear all,\r\n\tgood day\r\n")?.as_str(), "Dear all,\n\tgood day");
/// # Ok::<_, handfast::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text<const LIMIT: usize>(String);

impl<const LIMIT: usize> Text<LIMIT> {
    /// The most characters it can have.
    pub const LIMIT: usize = LIMIT;

    /// Checks a text. Errors: `required`, `too_long`, `forbidden_character`.
    pub fn parse(input: &str) -> Result<Self> {
        character::refuse_oversize(input, LIMIT)?;
        character::clean(&input.replace("\r\n", "\n"), LIMIT, &['\n', '\t']).map(Text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

text_value!(Text<LIMIT>, as_str of 0, const LIMIT);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Code;

    #[test]
    fn a_line_is_trimmed_and_composed() {
        let line = Line::<4>::parse("\u{a0} Cafe\u{301}\n").unwrap();
        assert_eq!(line.as_str(), "Café");
    }

    #[test]
    fn a_line_counts_characters_after_composing_them() {
        let hangul = "\u{1112}\u{1161}\u{11ab}".repeat(120);
        assert_eq!(Name::parse(&hangul).unwrap().as_str().chars().count(), 120);
        assert!(Name::parse(&"é".repeat(120)).is_ok());
        assert_eq!(Name::parse(&"é".repeat(121)).unwrap_err().code(), Code::TooLong);
    }

    #[test]
    fn nothing_unseen_stands_in_a_line() {
        let unseen = "\0 \t \n \r \u{7f} \u{85} \u{ad} \u{61c} \u{200b} \u{200e} \u{200f} \u{2028} \u{202a} \u{202e} \
                      \u{2060} \u{2066} \u{2069} \u{3164} \u{feff} \u{fdd0} \u{ffff} \u{e0041} \u{10fffe}";
        for c in unseen.chars().filter(|&c| c != ' ') {
            let error = Name::parse(&format!("Ac{c}me")).unwrap_err();
            assert_eq!(error.code(), Code::ForbiddenCharacter, "{c:?}");
            assert!(error.message().contains(&format!("U+{:04X}", u32::from(c))), "{error}");
        }
    }

    #[test]
    fn joiners_stand_within_a_line_but_are_none_by_themselves() {
        assert_eq!(Name::parse("می\u{200c}خواهم").unwrap().as_str(), "می\u{200c}خواهم");
        assert!(Name::parse("I ❤\u{fe0f} shoes").is_ok());
        assert_eq!(Name::parse("\u{200d} \u{200c}\u{fe0f}").unwrap_err().code(), Code::Required);
    }

    #[test]
    fn a_text_keeps_its_lines_and_no_lone_carriage_return() {
        assert_eq!(Text::<5>::parse("a\r\nb\tc").unwrap().as_str(), "a\nb\tc");
        assert_eq!(Text::<5>::parse("a\rb").unwrap_err().code(), Code::ForbiddenCharacter);
        assert_eq!(Text::<5>::parse("a\n\u{202e}b").unwrap_err().code(), Code::ForbiddenCharacter);
        assert_eq!(Text::<5>::parse("abcdef").unwrap_err().message(), "is longer than 5 characters");
    }

    proptest! {
        #[test]
        fn a_parsed_line_parses_to_itself(input in any::<String>()) {
            if let Ok(line) = Name::parse(&input) {
                prop_assert!(line.as_str().chars().count() <= Name::LIMIT);
                prop_assert_eq!(&Name::parse(line.as_str()).unwrap(), &line);
            }
        }

        #[test]
        fn a_parsed_text_parses_to_itself(input in "(\\PC|[\r\n\t]|\r\n){0,60}") {
            if let Ok(text) = Text::<50>::parse(&input) {
                prop_assert!(!text.as_str().contains('\r'));
                prop_assert_eq!(&Text::<50>::parse(text.as_str()).unwrap(), &text);
            }
        }
    }
}
