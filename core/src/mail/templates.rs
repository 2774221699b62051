//! All templates: the shipped ones, and those that a host puts in their place.

use std::{collections::BTreeMap, fmt, iter, sync::Arc};

use serde_json::{Map, Value};

use super::{
    brand::Brand,
    kind::MailKind,
    layout::Layout,
    phrases::{Compiled, Phrase, Phrases, only},
    placeholder::folded,
    template::{ALWAYS, Template, values},
    text,
};
use crate::error::{Code, Error, Result};

/// Used when a mail has no template in the recipient's language.
const FALLBACK: &str = "en";

/// The templates of all mails, compiled. Rendering one takes some tens of microseconds.
///
/// ```
/// use handfast::mail::{MailKind, Templates};
/// # use handfast::mail::{Brand, BrandInput};
/// # let brand = Brand::new(BrandInput {
/// #     product_name: "Lonja".into(), sender_name: "Lonja".into(), logo_url: None,
/// #     sender_address: "mail@lonja.example".into(), base_url: "https://lonja.example".into(),
/// # })?;
///
/// let templates = Templates::shipped()?.replace(
///     MailKind::StaffRemoved,
///     "es-MX",
///     "subject: Hasta luego\n\nYa no trabajas con {{ company }}.",
/// )?;
/// let values = MailKind::StaffRemoved.sample();
/// assert_eq!(templates.render(MailKind::StaffRemoved, "es-MX", &values, &brand)?.subject, "Hasta luego");
///
/// let error = Templates::shipped()?.replace(MailKind::StaffRemoved, "en", "subject: Bye\n\n{{ compani }}").err().unwrap();
/// assert!(error.message().starts_with("line 3: there is no value `compani` here"));
/// # Ok::<_, handfast::Error>(())
/// ```
#[derive(Clone)]
pub struct Templates {
    languages: BTreeMap<String, Language>,
    layout: Layout,
}

#[derive(Clone, Default)]
struct Language {
    mails: BTreeMap<MailKind, Template>,
    footer: Option<Footer>,
}

#[derive(Clone)]
struct Footer(Phrases, Arc<Compiled>);

/// A mail in words: the same content as text and as HTML. [`fmt::Debug`] shows neither, for they hold codes.
#[derive(Clone, PartialEq, Eq)]
pub struct Rendered {
    /// One line, at most 150 characters, never a secret.
    pub subject: String,
    /// Lines of at most 78 columns, ended by a line feed.
    pub text: String,
    /// A whole page.
    pub html: String,
}

impl Templates {
    /// The shipped templates, in English and Spanish.
    pub fn shipped() -> Result<Templates> {
        let layout = Layout::new(include_str!("templates/layout.html"))?;
        let mut templates = Templates { languages: BTreeMap::new(), layout }
            .footer("en", include_str!("templates/en/footer.md"))?
            .footer("es", include_str!("templates/es/footer.md"))?;
        for &kind in MailKind::ALL {
            for (language, source) in kind.shipped() {
                // Not tried out here but by the tests, which is half of the cost of opening.
                templates.language(language)?.mails.insert(kind, Template::new(kind, source)?);
            }
        }
        Ok(templates)
    }

    /// Puts another template in the place of one, or adds one in a further language. It is checked at
    /// once: [`Code::BadTemplate`] tells line and reason, [`Code::NotALocale`] that `language` is none
    /// (`es`, `es-MX`).
    pub fn replace(mut self, kind: MailKind, language: &str, source: &str) -> Result<Templates> {
        let template = Template::new(kind, source)?;
        template.try_out(kind)?;
        self.language(language)?.mails.insert(kind, template);
        Ok(self)
    }

    /// Puts another line at the foot of every mail in a language. It may use `company` (empty in
    /// mails about a person's own login), `product_name` and `base_url`. Errors as [`replace`](Self::replace).
    pub fn footer(mut self, language: &str, line: &str) -> Result<Templates> {
        let mut phrases = Phrases::new();
        let [product_name, base_url] = ALWAYS;
        let known = ["company", product_name, base_url];
        let compiled = phrases.compile(&Phrase { line: 1, text: line.to_owned() }, |used| only(&known, used))?;
        self.language(language)?.footer = Some(Footer(phrases, compiled.into()));
        Ok(self)
    }

    /// Puts another HTML page around all mails; see [`mail`](super) for what it is given.
    /// [`Code::BadTemplate`] when it cannot be used.
    pub fn layout(mut self, source: &str) -> Result<Templates> {
        self.layout = Layout::new(source)?;
        Ok(self)
    }

    /// Writes a mail in the language of `locale`, else in English. [`Code::Internal`] when a required
    /// value is missing or a link is none, [`Code::BadTemplate`] when a host's template fails on a value.
    pub fn render(&self, kind: MailKind, locale: &str, given: &Map<String, Value>, brand: &Brand) -> Result<Rendered> {
        let (language, template) = self
            .nearest(locale, |language| language.mails.get(&kind))
            .ok_or_else(|| Error::because(Code::Internal, format!("there is no template for `{kind}`")))?;
        let values = values(kind, given, brand)?;
        let mail = template.fill(&values)?;
        let footer = match self.nearest(language, |language| language.footer.as_ref()) {
            Some((_, Footer(phrases, line))) => phrases.fill(line, &values)?,
            None => brand.product_name().to_owned(),
        };
        let footer = folded(&footer);
        let html = self.layout.page(&mail, language, &footer, brand)?;
        Ok(Rendered { text: text::written(&mail, &footer), html, subject: mail.subject })
    }

    /// Looks a locale up as RFC 4647, 3.4 does: `es-MX`, then `es`, then English.
    fn nearest<T>(&self, locale: &str, find: impl Fn(&Language) -> Option<&T>) -> Option<(&str, &T)> {
        let locale = locale.to_ascii_lowercase();
        let tags = iter::successors(Some(locale.as_str()), |tag| Some(tag.rsplit_once('-')?.0));
        tags.chain([FALLBACK]).find_map(|tag| {
            let (tag, language) = self.languages.get_key_value(tag)?;
            Some((tag.as_str(), find(language)?))
        })
    }

    fn language(&mut self, tag: &str) -> Result<&mut Language> {
        let mut parts = tag.split('-');
        let language = parts.next().unwrap_or_default();
        let named = (2..=3).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_alphabetic());
        let part = |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !named || !parts.all(part) {
            return Err(Code::NotALocale.into());
        }
        Ok(self.languages.entry(tag.to_ascii_lowercase()).or_default())
    }
}

impl fmt::Debug for Templates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mails = |language: &Language| language.mails.keys().copied().collect::<Vec<_>>();
        f.debug_map().entries(self.languages.iter().map(|(tag, language)| (tag, mails(language)))).finish()
    }
}

impl fmt::Debug for Rendered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rendered").field("subject", &self.subject).finish_non_exhaustive()
    }
}
