//! A text in several languages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Locale, Text};
use crate::error::{Code, Error, Faults, Result};

/// A text in one or more languages, each under its tag (`en`, `es-MX`); at most 2,000 characters in each.
///
/// ```
/// use handfast::value::{Line, Texts};
///
/// let given = [("en", "Good day"), ("es", "Buenos días")].map(|(tag, text)| (tag.to_owned(), text.to_owned()));
/// let texts = Texts::parse(&given.into(), Line::<200>::parse)?;
/// assert_eq!(texts.in_language("es-MX"), "Buenos días");
/// assert_eq!(texts.in_first_of(&["de", "es"]), "Buenos días");
/// # Ok::<_, handfast::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<Locale, Text<2000>>")]
pub struct Texts(BTreeMap<String, String>);

impl Texts {
    /// The most languages of one text that comes from outside.
    pub const MOST: usize = 20;

    /// Checks a text in each of its languages as `parse` does. Errors: `required` (there is none), `too_many`;
    /// `invalid_input` with every fault at once, each under its tag: `not_a_locale`, `duplicate_entry`, those of `parse`.
    pub fn parse<T: Into<String>>(given: &BTreeMap<String, String>, parse: impl Fn(&str) -> Result<T>) -> Result<Self> {
        if given.len() > Texts::MOST {
            return Err(Error::because(Code::TooMany, format!("has more than {} languages", Texts::MOST)));
        }
        let (mut faults, mut texts) = (Faults::default(), BTreeMap::new());
        for (tag, text) in given {
            let locale = Locale::parse(tag);
            // what is no tag comes from outside and is not repeated
            let shown = locale.as_ref().map_or_else(|_| "?".to_owned(), ToString::to_string);
            let (locale, text) = (faults.check(&shown, locale), faults.check(&shown, parse(text)));
            if let Some((locale, text)) = locale.zip(text)
                && texts.insert(locale.into(), text.into()).is_some()
            {
                faults.add(&shown, Code::DuplicateEntry);
            }
        }
        faults.finish()?;
        Texts::new(texts)
    }

    /// Texts that were checked. Errors: `required`, when there is none.
    pub(crate) fn new(texts: BTreeMap<String, String>) -> Result<Self> {
        if texts.is_empty() { Err(Error::because(Code::Required, "has no text")) } else { Ok(Texts(texts)) }
    }

    /// The text for a reader of the language `wanted`, found as RFC 4647 section 3.4 looks up: `es-MX` falls back to
    /// `es`, then to `en`, then to the first there is. There is always one.
    pub fn in_language(&self, wanted: &str) -> &str {
        self.in_first_of(&[wanted, "en"])
    }

    /// The same for a reader of several languages, the dearest first: each falls back before the next is looked for.
    pub fn in_first_of(&self, wanted: &[&str]) -> &str {
        let found = wanted.iter().find_map(|wanted| self.nearest(wanted));
        found.or_else(|| self.iter().next().map(|(_, text)| text)).unwrap_or_default()
    }

    /// The text in this language, or in the same without its region.
    fn nearest(&self, wanted: &str) -> Option<&str> {
        let wanted = wanted.trim().replace('_', "-");
        let mut ever_shorter = std::iter::successors(Some(wanted.as_str()), |tag| Some(tag.rsplit_once('-')?.0));
        let found = ever_shorter.find_map(|range| self.iter().find(|(tag, _)| tag.eq_ignore_ascii_case(range)));
        found.map(|(_, text)| text)
    }

    /// Whether there is a text in this language, or in the same without its region.
    pub fn has(&self, language: &Locale) -> bool {
        self.nearest(language.as_str()).is_some()
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
    fn who_reads_several_languages_gets_the_dearest_there_is() {
        let texts = texts(&["en", "es", "fr"]);
        assert_eq!(texts.in_first_of(&["de", "es-EC"]), "in es");
        assert_eq!(texts.in_first_of(&["fr-CA", "es"]), "in fr");
        assert_eq!(texts.in_first_of(&["de", "pt"]), "in en", "the first there is");
        let has = |tag: &str| texts.has(&tag.parse().unwrap());
        assert!(has("es-EC") && has("fr") && !has("de"));
    }

    #[test]
    fn everything_wrong_with_a_text_from_outside_is_told_under_its_language() {
        let parse = |given: &[(&str, &str)]| {
            let given = given.iter().map(|(tag, text)| ((*tag).to_owned(), (*text).to_owned())).collect();
            Texts::parse(&given, Text::<3>::parse)
        };
        assert_eq!(parse(&[("es_ec", " a ")]).unwrap().get("es-EC"), Some("a"));
        assert_eq!(parse(&[]).unwrap_err().code(), Code::Required);
        let error =
            parse(&[("en", "long"), ("es", " "), ("es-EC", "a"), ("es_ec", "b"), ("english", "c")]).unwrap_err();
        let told: Vec<_> = error.faults().iter().map(|fault| (fault.field.as_str(), fault.code)).collect();
        let (long, blank) = (("en", Code::TooLong), ("es", Code::Required));
        assert_eq!(told, [long, ("?", Code::NotALocale), blank, ("es-EC", Code::DuplicateEntry)]);
        let many: Vec<_> = (0..21).map(|at| (format!("a{}", char::from(b'a' + at)), "a")).collect();
        let many: Vec<_> = many.iter().map(|(tag, text)| (tag.as_str(), *text)).collect();
        assert_eq!(parse(&many).unwrap_err().code(), Code::TooMany);
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
