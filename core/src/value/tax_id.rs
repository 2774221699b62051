//! Tax numbers.

use unicode_normalization::UnicodeNormalization;

use super::character;
use crate::error::{Code, Error, Result};

/// Characters; the longest in use have some twenty.
const LIMIT: usize = 32;

/// A tax number as it was typed: its form differs by country and changes, so that only its characters are checked.
///
/// ```
/// use handfast::value::TaxId;
///
/// let id = TaxId::parse("b-12.345.678")?;
/// assert_eq!((id.as_str(), id.folded().as_str()), ("b-12.345.678", "B12345678"));
/// # Ok::<_, handfast::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaxId(String);

impl TaxId {
    /// Reads 2 to 32 letters, digits, spaces, dots, dashes, slashes and `&` (some of Mexico's hold one), of which
    /// at least two are letters or digits. Errors: `required`, `too_long`, `too_short`, `forbidden_character`.
    pub fn parse(input: &str) -> Result<Self> {
        let text = character::clean(input, LIMIT, &[])?;
        if let Some(c) = text.chars().find(|&c| !is_folded(c) && !matches!(c, ' ' | '.' | '-' | '/')) {
            return Err(character::forbidden(c));
        }
        if text.chars().filter(|c| c.is_alphanumeric()).count() < 2 {
            return Err(Error::because(Code::TooShort, "has fewer than 2 letters or digits"));
        }
        Ok(TaxId(text))
    }

    /// The number as it was typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same number however it was typed: capitals and digits, without what stands between them. Unique keys
    /// and search compare this.
    pub fn folded(&self) -> String {
        self.0.nfkc().flat_map(char::to_uppercase).nfkc().filter(|&c| is_folded(c)).collect()
    }
}

text_value!(TaxId, as_str of 0);

fn is_folded(c: char) -> bool {
    c.is_alphanumeric() || c == '&'
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folded(input: &str) -> String {
        TaxId::parse(input).unwrap().folded()
    }

    #[test]
    fn one_number_folds_alike_however_it_is_typed() {
        assert_eq!(folded("es b-12345678"), folded("ESB12345678"));
        assert_eq!(folded("12.345.678/0001-95"), "12345678000195");
        assert_eq!(folded("ＡＢ１２"), "AB12");
        assert_ne!(folded("A&B010101AAA"), folded("AB010101AAA"));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for (input, code) in [
            ("A", Code::TooShort),
            ("-./", Code::TooShort),
            ("12\u{202e}34", Code::ForbiddenCharacter),
            ("12_34", Code::ForbiddenCharacter),
            ("12\n34", Code::ForbiddenCharacter),
            ("123456789012345678901234567890123", Code::TooLong),
        ] {
            assert_eq!(TaxId::parse(input).expect_err(input).code(), code);
        }
    }

    proptest! {
        #[test]
        fn folding_does_not_depend_on_punctuation(input in "[a-zA-ZñÑ0-9 ./-]{2,32}") {
            if let Ok(id) = TaxId::parse(&input) {
                let bare: String = id.as_str().chars().filter(|c| c.is_alphanumeric()).collect();
                prop_assert_eq!(folded(&bare), id.folded());
                prop_assert_eq!(folded(&id.folded()), id.folded());
            }
        }
    }
}
