//! Which addresses a mail may link to.

use crate::error::{Code, Error, Result};

/// Longer ones are cut by some mail programs; the usual limit of browsers and servers.
const LONGEST: usize = 2048;

/// A link that a button may carry: `http`, `https` or `mailto`, with nothing that could end the
/// attribute or the line that it stands in. Otherwise [`Code::NotAWebsite`].
pub(super) fn checked(link: &str) -> Result<&str> {
    match link.split_once(':') {
        Some((scheme, address)) if scheme.eq_ignore_ascii_case("mailto") && clean(link) && address.contains('@') => {
            Ok(link)
        }
        _ => web(link),
    }
}

/// A web address without user info: `https://name@host` shows one site and leads to another.
pub(super) fn web(link: &str) -> Result<&str> {
    let refused = || Error::because(Code::NotAWebsite, "is not a link that begins with `https://` or `http://`");
    let (scheme, rest) = link.split_once("://").ok_or_else(refused)?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let known = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let named = !authority.is_empty() && !authority.contains('@') && !authority.starts_with(':');
    if known && named && clean(link) { Ok(link) } else { Err(refused()) }
}

fn clean(link: &str) -> bool {
    let forbidden = |letter: char| letter.is_whitespace() || letter.is_control() || "\"'<>`\\^{|}".contains(letter);
    link.len() <= LONGEST && !link.contains(forbidden)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_addresses_and_mail_addresses_are_links() {
        for link in [
            "https://a.example",
            "HTTP://a.example:8080/b?c=d&e=f#g",
            "mailto:lola@a.example",
            "https://ñandú.example/é",
        ] {
            assert_eq!(checked(link).unwrap(), link);
        }
    }

    #[test]
    fn nothing_else_is_a_link() {
        for link in [
            "",
            "a.example",
            "/setup",
            "//a.example",
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://a.example",
            "https://",
            "https://:80",
            "https://a@b.example",
            "https://a.example/ b",
            "https://a.example/\"onclick",
            "https://a.example/\n",
            "mailto:",
            "mailto:a@b\r\nBcc:c@d",
            "javascript:alert('://')",
            "https:a.example",
            "https://a\\@b.example",
        ] {
            assert_eq!(checked(link).unwrap_err().code(), Code::NotAWebsite, "{link:?}");
        }
        assert!(checked(&format!("https://a.example/{}", "x".repeat(LONGEST))).is_err());
    }
}
