//! A text in several languages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    error::{Code, Error, Result},
    value::{Locale, Text},
};

/// A text in one or more languages, each under its tag (`en`, `es-MX`).
///
/// Within a course a title has at most 200 characters on one line, any other text 2,000 on any number of lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<Locale, Text<2000>>")]
pub struct Texts(BTreeMap<String, String>);

impl Texts {
    /// Texts that were checked. Errors: `required`, when there is none.
    pub(super) fn new(texts: BTreeMap<String, String>) -> Result<Self> {
        if texts.is_empty() { Err(Error::because(Code::Required, "has no text")) } else { Ok(Texts(texts)) }
    }

    /// The text for a reader of the language `wanted`, found as RFC 4647 section 3.4 looks up: `es-MX` falls back to
    /// `es`, then to `en`, then to the first there is. There is always one.
    pub fn in_language(&self, wanted: &str) -> &str {
        let wanted = wanted.trim().replace('_', "-");
        let ever_shorter = std::iter::successors(Some(wanted.as_str()), |tag| Some(tag.rsplit_once('-')?.0));
        let mut ranges = ever_shorter.chain(["en"]);
        let found = ranges.find_map(|range| self.iter().find(|(tag, _)| tag.eq_ignore_ascii_case(range)));
        found.or_else(|| self.iter().next()).map_or("", |(_, text)| text)
    }

    /// The text in exactly this language.
    pub fn get(&self, language: &str) -> Option<&str> {
        self.0.get(language).map(String::as_str)
    }

    /// The languages, by their tags.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Every language with its text.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(language, text)| (language.as_str(), text.as_str()))
    }
}

impl TryFrom<BTreeMap<Locale, Text<2000>>> for Texts {
    type Error = Error;
    fn try_from(texts: BTreeMap<Locale, Text<2000>>) -> Result<Self> {
        Texts::new(texts.into_iter().map(|(language, text)| (language.into(), text.into())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(tags: &[&str]) -> Texts {
        Texts::new(tags.iter().map(|tag| ((*tag).to_owned(), format!("in {tag}"))).collect()).unwrap()
    }

    #[test]
    fn a_reader_gets_the_nearest_language() {
        let texts = texts(&["en", "es", "es-MX", "pt"]);
        for (wanted, found) in [
            ("es-MX", "in es-MX"),
            ("es_mx", "in es-MX"),
            ("es-EC", "in es"),
            ("ES", "in es"),
            ("pt-Latn-BR", "in pt"),
            ("de", "in en"),
            ("", "in en"),
            ("-", "in en"),
        ] {
            assert_eq!(texts.in_language(wanted), found, "{wanted}");
        }
    }

    #[test]
    fn english_is_shown_to_others_and_where_there_is_none_the_first() {
        assert_eq!(texts(&["de", "en"]).in_language("fr"), "in en");
        assert_eq!(texts(&["fr", "es"]).in_language("de"), "in es");
    }

    #[test]
    fn no_text_at_all_is_none() {
        assert!(serde_json::from_str::<Texts>("{}").is_err());
        assert!(serde_json::from_str::<Texts>(r#"{"en":"a\u202eb"}"#).is_err());
        assert!(serde_json::from_str::<Texts>(r#"{"english":"a"}"#).is_err());
        let texts: Texts = serde_json::from_str(r#"{"en":"a","es":"b\nc"}"#).unwrap();
        assert_eq!(serde_json::to_string(&texts).unwrap(), r#"{"en":"a","es":"b\nc"}"#);
    }
}
