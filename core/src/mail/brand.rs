//! How the host's mails look and from whom they come.

use serde::{Deserialize, Serialize};

use super::{link, placeholder::cleaned};
use crate::error::{Code, Error, Faults, Result};

/// Names in mails are at most this long: what mail programs show of a sender.
const LONGEST_NAME: usize = 100;
/// RFC 5321, 4.5.3.1.3: a path is 256 bytes with its brackets.
const LONGEST_ADDRESS: usize = 254;

/// The host's name, logo and sender, not yet checked.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct BrandInput {
    /// The product's name in mails, at most 100 characters.
    pub product_name: String,
    /// A picture for the head of mails, `http` or `https`.
    pub logo_url: Option<String>,
    /// The name that mails come from, at most 100 characters.
    pub sender_name: String,
    /// The address that mails come from.
    pub sender_address: String,
    /// The host's address on the web, `http` or `https`; a slash at its end is dropped.
    pub base_url: String,
}

/// The host's name, logo and sender.
///
/// ```
/// use handfast::mail::{Brand, BrandInput};
///
/// let brand = Brand::new(BrandInput {
///     product_name: "Lonja".into(),
///     logo_url: None,
///     sender_name: "Lonja".into(),
///     sender_address: "mail@lonja.example".into(),
///     base_url: "https://lonja.example/".into(),
/// })?;
/// assert_eq!(brand.base_url(), "https://lonja.example");
///
/// let error = Brand::new(BrandInput::default()).unwrap_err();
/// assert_eq!(error.faults().len(), 4);
/// # Ok::<_, handfast::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brand {
    product_name: String,
    logo_url: Option<String>,
    sender_name: String,
    sender_address: String,
    base_url: String,
}

/// A brand to try things with; a host gives its own.
impl Default for Brand {
    fn default() -> Self {
        Brand {
            product_name: "Handfast".to_owned(),
            logo_url: None,
            sender_name: "Handfast".to_owned(),
            sender_address: "handfast@localhost.localdomain".to_owned(),
            base_url: "http://localhost:8080".to_owned(),
        }
    }
}

impl Brand {
    /// Checks everything at once. The faults are [`Code::Required`], [`Code::TooLong`],
    /// [`Code::ForbiddenCharacter`], [`Code::NotAnEmail`] and [`Code::NotAWebsite`].
    pub fn new(input: BrandInput) -> Result<Brand> {
        let mut faults = Faults::default();
        let product_name = faults.check("product_name", name(&input.product_name));
        let logo_url = faults.check_optional("logo_url", input.logo_url, |url| link::web(&url).map(str::to_owned));
        let sender_name = faults.check("sender_name", name(&input.sender_name));
        let sender_address = faults.check("sender_address", address(&input.sender_address).map(str::to_owned));
        let base_url = faults.check("base_url", base(&input.base_url));
        faults.made(|| {
            Some(Brand {
                product_name: product_name?,
                logo_url: logo_url?,
                sender_name: sender_name?,
                sender_address: sender_address?,
                base_url: base_url?,
            })
        })
    }

    /// The product's name.
    pub fn product_name(&self) -> &str {
        &self.product_name
    }

    /// The picture for the head of mails.
    pub fn logo_url(&self) -> Option<&str> {
        self.logo_url.as_deref()
    }

    /// The name that mails come from.
    pub fn sender_name(&self) -> &str {
        &self.sender_name
    }

    /// The address that mails come from.
    pub fn sender_address(&self) -> &str {
        &self.sender_address
    }

    /// The host's address on the web, without a slash at its end.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The address of one of the host's pages.
    pub fn page(&self, path: &str) -> String {
        format!("{}/{path}", self.base_url)
    }

    /// A brand to try templates out with.
    pub(super) fn sample() -> Brand {
        Brand {
            product_name: "Lonja".to_owned(),
            logo_url: Some("https://lonja.example/logo.png".to_owned()),
            sender_name: "Lonja".to_owned(),
            sender_address: "mail@lonja.example".to_owned(),
            base_url: "https://lonja.example".to_owned(),
        }
    }
}

fn name(text: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Code::Required.into());
    }
    if text.contains('\n') || cleaned(text) != text {
        return Err(Code::ForbiddenCharacter.into());
    }
    if text.chars().count() > LONGEST_NAME {
        return Err(Error::because(Code::TooLong, format!("is longer than {LONGEST_NAME} characters")));
    }
    Ok(text.to_owned())
}

/// An address that is one address and nothing more wherever it is written. Otherwise
/// [`Code::NotAnEmail`].
pub(super) fn address(text: &str) -> Result<&str> {
    let forbidden = |letter: char| letter.is_whitespace() || letter.is_control() || "<>()[],;:\\\"".contains(letter);
    let parts = text.rsplit_once('@').filter(|(local, domain)| !local.is_empty() && !domain.is_empty());
    let refused = parts.is_none_or(|(local, _)| local.contains('@')) || text.contains(forbidden);
    if refused || text.len() > LONGEST_ADDRESS { Err(Code::NotAnEmail.into()) } else { Ok(text) }
}

fn base(url: &str) -> Result<String> {
    let url = link::web(url.trim_end_matches('/'))?;
    if url.contains(['?', '#']) {
        return Err(Error::because(Code::NotAWebsite, "ends before any `?` and `#`: paths are added to it"));
    }
    Ok(url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_wrong_is_told_at_once() {
        let error = Brand::new(BrandInput {
            product_name: "Lon\r\nBcc: x@evil.example".into(),
            logo_url: Some("javascript:alert(1)".into()),
            sender_name: "x".repeat(101),
            sender_address: "mail@lonja.example>, <x@evil.example".into(),
            base_url: "https://user@lonja.example".into(),
        })
        .unwrap_err();
        let faults: Vec<_> = error.faults().iter().map(|fault| (fault.field.as_str(), fault.code)).collect();
        let expected = [
            ("product_name", Code::ForbiddenCharacter),
            ("logo_url", Code::NotAWebsite),
            ("sender_name", Code::TooLong),
            ("sender_address", Code::NotAnEmail),
            ("base_url", Code::NotAWebsite),
        ];
        assert_eq!(faults, expected);
    }

    #[test]
    fn a_base_url_takes_a_path_and_a_port_but_no_query() {
        assert_eq!(base("http://localhost:8080/shop//").unwrap(), "http://localhost:8080/shop");
        for url in ["https://a.example/?x=1", "https://a.example#x", "a.example", "ftp://a.example", ""] {
            assert_eq!(base(url).unwrap_err().code(), Code::NotAWebsite, "{url}");
        }
    }
}
