//! Languages as people read them.

use super::character;
use crate::error::{Code, Error, Result};

/// A language with or without a region (the part of BCP 47 that mails and dates are chosen by).
///
/// ```
/// use handfast::value::Locale;
///
/// let locale = Locale::parse("EN_us")?;
/// assert_eq!((locale.as_str(), locale.language(), locale.region()), ("en-US", "en", Some("US")));
/// # Ok::<_, handfast::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locale(String);

impl Locale {
    /// Reads two or three letters and an optional region of two letters or three digits, after `-` or `_`.
    /// The codes are not looked up: an unknown language falls back like a known one without a translation.
    /// Errors: `required`, `not_a_locale`.
    pub fn parse(input: &str) -> Result<Self> {
        let text = character::looked_up(input, Code::NotALocale)?;
        let (language, region) = match text.split_once(['-', '_']) {
            Some((language, region)) => (language, Some(region)),
            None => (text, None),
        };
        if !is_language(language) || region.is_some_and(|region| !is_region(region)) {
            return Err(Error::new(Code::NotALocale));
        }
        let language = language.to_ascii_lowercase();
        Ok(Locale(match region {
            Some(region) => format!("{language}-{}", region.to_ascii_uppercase()),
            None => language,
        }))
    }

    /// What is spoken where nobody has said.
    pub fn english() -> Self {
        Locale("en".to_owned())
    }

    /// The locale: `es`, `en-US`, `es-419`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language alone: `en`.
    pub fn language(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }

    /// The region alone, where there is one: `US`, `419`.
    pub fn region(&self) -> Option<&str> {
        self.0.split('-').nth(1)
    }
}

text_value!(Locale, as_str of 0);

fn is_language(text: &str) -> bool {
    matches!(text.len(), 2 | 3) && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn is_region(text: &str) -> bool {
    match text.len() {
        2 => text.bytes().all(|byte| byte.is_ascii_alphabetic()),
        3 => text.bytes().all(|byte| byte.is_ascii_digit()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_has_one_spelling() {
        for (input, locale) in [("ES", "es"), ("en-us", "en-US"), (" es_419 ", "es-419"), ("gsw-CH", "gsw-CH")] {
            assert_eq!(Locale::parse(input).unwrap().as_str(), locale);
        }
        assert_eq!(Locale::parse("es").unwrap().region(), None);
    }

    #[test]
    fn what_is_no_locale_is_refused() {
        for input in ["e", "english", "en-", "-US", "en-USA", "en-US-x", "zh-Hant", "ñu", "en\0", "en-1"] {
            assert_eq!(Locale::parse(input).expect_err(input).code(), Code::NotALocale);
        }
    }
}
