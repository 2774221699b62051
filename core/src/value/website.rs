//! Web addresses.

use url::{Host, Url};

use super::character;
use crate::error::{Code, Error, Result};

/// Bytes: the limit of sitemaps.org, well within the 8,000 that RFC 9110, 4.1 asks everyone to take.
const LIMIT: usize = 2_048;

/// The address of a web site: `http` or `https`, a domain, and what follows, as the URL Standard writes it.
///
/// A user name in front of the host is refused (`https://bank.example@evil.example` goes to the second one), and so
/// are IP addresses and hosts without a dot, which would lead into the network of whoever opens them.
///
/// ```
/// use handfast::value::Website;
///
/// assert_eq!(Website::parse("Café.example/menu")?.as_str(), "https://xn--caf-dma.example/menu");
/// assert!(Website::parse("javascript:alert(1)").is_err());
/// # Ok::<_, handfast::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Website(String);

impl Website {
    /// Reads an address; without a scheme it is `https`. At most 2,048 bytes.
    /// Errors: `required`, `too_long`, `forbidden_character`, `not_a_website`.
    pub fn parse(input: &str) -> Result<Self> {
        if input.len() > LIMIT {
            return Err(too_long());
        }
        let text = character::trimmed(input)?;
        character::refuse_forbidden(text, &[])?;
        let url = Url::parse(&with_scheme(text)?).map_err(|_| Error::new(Code::NotAWebsite))?;
        let anonymous = url.username().is_empty() && url.password().is_none();
        let named = matches!(url.host(), Some(Host::Domain(domain)) if is_public(domain));
        if !anonymous || !named {
            return Err(Error::new(Code::NotAWebsite));
        }
        // Letters outside ASCII are written in three to nine bytes each.
        if url.as_str().len() > LIMIT { Err(too_long()) } else { Ok(Website(url.into())) }
    }

    /// The address, with its scheme.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

text_value!(Website, as_str of 0);

/// The text with its scheme. The URL Standard repairs backslashes, spaces and missing or repeated slashes, and then
/// the host is not the one that people see: what needs repair is refused.
fn with_scheme(text: &str) -> Result<String> {
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) if scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()) => (scheme, rest),
        _ => ("https", text),
    };
    let known = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let repaired = rest.starts_with('/') || rest.chars().any(|c| c == '\\' || c.is_whitespace());
    if known && !repaired { Ok(format!("{scheme}://{rest}")) } else { Err(Error::new(Code::NotAWebsite)) }
}

/// At least two labels, none of them empty but the root.
fn is_public(domain: &str) -> bool {
    let labels = domain.strip_suffix('.').unwrap_or(domain);
    labels.contains('.') && labels.split('.').all(|label| !label.is_empty())
}

fn too_long() -> Error {
    Error::because(Code::TooLong, format!("is longer than {LIMIT} bytes"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_has_one_spelling() {
        for (input, website) in [
            (" Example.COM ", "https://example.com/"),
            ("HTTP://example.com:80/a", "http://example.com/a"),
            ("example.com:8443", "https://example.com:8443/"),
            ("example.com/?next=http://a.example", "https://example.com/?next=http://a.example"),
            ("bücher.example/ä#ü", "https://xn--bcher-kva.example/%C3%A4#%C3%BC"),
        ] {
            assert_eq!(Website::parse(input).unwrap().as_str(), website);
        }
    }

    #[test]
    fn what_leads_elsewhere_is_refused() {
        for input in [
            "javascript:alert(1)",
            "data:text/html,x",
            "mailto:a@b.example",
            "ftp://example.com",
            "file:///etc/passwd",
            "https://bank.example@evil.example",
            "https://a:b@evil.example",
            "https://bank.example\\@evil.example",
            "https:///example.com",
            "https:example.com",
            "//example.com",
            "http://localhost/",
            "http://127.0.0.1/",
            "http://0x7f.1/",
            "http://[::1]/",
            "https://a b.example",
            "https://.example",
            "https://a..example",
            "https://",
            "example",
            "https://xn--a.example",
        ] {
            assert_eq!(Website::parse(input).expect_err(input).code(), Code::NotAWebsite);
        }
    }

    #[test]
    fn what_is_unseen_is_refused_and_the_written_form_is_limited() {
        for input in
            ["example\0.com", "https://exa\nmple.com", "https://example.com/\u{202e}gpj", "exam\u{200b}ple.com"]
        {
            assert_eq!(Website::parse(input).unwrap_err().code(), Code::ForbiddenCharacter);
        }
        assert_eq!(Website::parse(&format!("a.example/{}", "é".repeat(700))).unwrap_err().code(), Code::TooLong);
    }

    proptest! {
        #[test]
        fn a_website_parses_to_itself(input in "(https?://)?[a-zA-Zà-ü0-9.-]{1,12}\\.[a-z]{2,3}(:[0-9]{1,5})?\\PC{0,12}") {
            if let Ok(website) = Website::parse(&input) {
                prop_assert!(website.as_str().starts_with("http"));
                prop_assert_eq!(&Website::parse(website.as_str()).unwrap(), &website);
            }
        }
    }
}
