//! E-mail addresses (RFC 5321, internationalised by RFC 6531).

use std::{
    borrow::Cow,
    cmp::Ordering,
    hash::{Hash, Hasher},
    iter,
};

use idna::{
    AsciiDenyList,
    uts46::{DnsLength, Hyphens, Uts46},
};
use unicode_normalization::UnicodeNormalization;

use super::character;
use crate::error::{Code, Error, Result};

/// Bytes before the `@` (RFC 5321, 4.5.3.1.1).
const LOCAL_LIMIT: usize = 64;
/// Bytes of the whole: a path has 256 with its two brackets (RFC 5321, 4.5.3.1.3; RFC 3696, erratum 1690).
const TOTAL_LIMIT: usize = 254;
/// Bytes above which no input can come down to [`TOTAL_LIMIT`] by trimming and composing.
const INPUT_LIMIT: usize = 2_048;

/// An e-mail address, as it was written and as it is compared.
///
/// Two addresses are equal when their canonical forms are: lower case, NFC, the domain in ASCII (UTS 46).
/// Dots and `+tags` are kept, for only the mailbox's own server knows what they mean. Serde takes and gives
/// the address as it was written.
///
/// Refused are quoted local parts (`"a b"@c.example`) and address literals (`a@[192.0.2.1]`): RFC 5321 allows them, but
/// no mail provider gives them out, and they carry spaces, quotes and internal hosts into headers and logs.
///
/// ```
/// use handfast::value::EmailAddress;
///
/// let written = EmailAddress::parse("Ana+Shop@Example.COM")?;
/// assert_eq!(written.original(), "Ana+Shop@Example.COM");
/// assert_eq!(written.canonical(), "ana+shop@example.com");
/// assert_eq!(written, EmailAddress::parse("ana+shop@example.com")?);
/// # Ok::<_, handfast::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct EmailAddress {
    original: String,
    canonical: String,
}

impl EmailAddress {
    /// Reads an address, with white space around it or not.
    /// Errors: `required`, `too_long` (64 bytes before the `@`, 254 in all), `forbidden_character`, `not_an_email`.
    pub fn parse(input: &str) -> Result<Self> {
        if input.len() > INPUT_LIMIT {
            return Err(too_long());
        }
        let text = character::trimmed(input)?;
        refuse_unseen(text)?;
        let (local, domain) = text.split_once('@').ok_or(Code::NotAnEmail)?;
        let local = character::composed(local);
        if !is_local_part(&local) {
            return Err(Error::new(Code::NotAnEmail));
        }
        let canonical_local = lower_case(&local);
        // Lower case can be longer than upper case, and both forms must be addresses.
        if local.len().max(canonical_local.len()) > LOCAL_LIMIT {
            let message = format!("has more than {LOCAL_LIMIT} bytes before the `@`");
            return Err(Error::because(Code::TooLong, message));
        }
        let original = [&*local, "@", &*character::composed(domain)].concat();
        let canonical = [&*canonical_local, "@", &*ascii_domain(domain)?].concat();
        if original.len().max(canonical.len()) > TOTAL_LIMIT {
            return Err(too_long());
        }
        Ok(EmailAddress { original, canonical })
    }

    /// As it was written, in NFC: what mails are sent to, and what people see.
    pub fn original(&self) -> &str {
        &self.original
    }

    /// As it is compared and looked up: one mailbox, one canonical form.
    pub fn canonical(&self) -> &str {
        &self.canonical
    }
}

text_value!(EmailAddress, original of original);

fn too_long() -> Error {
    Error::because(Code::TooLong, format!("is longer than {TOTAL_LIMIT} bytes"))
}

/// What is unseen is refused everywhere, the joiners too: in an address they could only deceive.
fn refuse_unseen(text: &str) -> Result<()> {
    character::refuse_forbidden(text, &[])?;
    if text.is_ascii() {
        return Ok(());
    }
    match text.chars().find(|&c| character::shapes_others(c)) {
        Some(c) => Err(character::forbidden(c)),
        None => Ok(()),
    }
}

/// `Dot-string` of RFC 5321 with the characters of RFC 6531: words of `atext` between single dots.
fn is_local_part(local: &str) -> bool {
    local.split('.').all(|word| !word.is_empty() && word.chars().all(is_word_character))
}

fn is_word_character(c: char) -> bool {
    match c {
        '!' | '#'..='\'' | '*' | '+' | '-' | '/' | '=' | '?' | '^'..='`' | '{'..='~' => true,
        c if c.is_ascii() => c.is_ascii_alphanumeric(),
        // a look-alike of `@` or `,` becomes one for whoever normalizes the address later, and the address another's
        c => !c.is_whitespace() && iter::once(c).nfkc().all(|c| !c.is_ascii() || is_word_character(c)),
    }
}

/// Character by character, so that no letter depends on its neighbours (a final sigma would); in NFC,
/// for a mark can compose with a small letter and not with the capital.
fn lower_case(local: &str) -> String {
    if local.is_ascii() {
        return local.to_ascii_lowercase();
    }
    let small: String = local.chars().flat_map(char::to_lowercase).collect();
    character::composed(&small).into_owned()
}

/// The domain by UTS 46: letters, digits and hyphens, at least two labels, the last not a number, so that
/// neither a host of the local network nor an IP address is taken for a mail domain (RFC 3696, 2).
fn ascii_domain(domain: &str) -> Result<Cow<'_, str>> {
    let ascii = Uts46::new()
        .to_ascii(domain.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast, DnsLength::Verify)
        .map_err(|_| Error::new(Code::NotAnEmail))?;
    match ascii.rsplit_once('.') {
        Some((_, last)) if !last.bytes().all(|byte| byte.is_ascii_digit()) => Ok(ascii),
        _ => Err(Error::new(Code::NotAnEmail)),
    }
}

impl PartialEq for EmailAddress {
    fn eq(&self, other: &Self) -> bool {
        self.canonical == other.canonical
    }
}

impl Eq for EmailAddress {}

impl Hash for EmailAddress {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.canonical.hash(state);
    }
}

impl PartialOrd for EmailAddress {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for EmailAddress {
    fn cmp(&self, other: &Self) -> Ordering {
        self.canonical.cmp(&other.canonical)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn canonical(input: &str) -> String {
        EmailAddress::parse(input).unwrap().canonical().to_owned()
    }

    fn refusal(input: &str) -> Code {
        EmailAddress::parse(input).expect_err(input).code()
    }

    #[test]
    fn the_original_is_kept_and_the_canonical_form_is_lower_case_ascii_after_the_at() {
        let email = EmailAddress::parse("\t JOSE\u{301}.Ruiz@BÜCHER.Example\r\n").unwrap();
        assert_eq!(email.original(), "JOSÉ.Ruiz@BÜCHER.Example");
        assert_eq!(email.canonical(), "josé.ruiz@xn--bcher-kva.example");
        assert_eq!(canonical("Δοκιμή@Παράδειγμα.Δοκιμή"), "δοκιμή@xn--hxajbheg2az3al.xn--jxalpdlp");
        assert_eq!(canonical("a@ｅｘａｍｐｌｅ。com"), "a@example.com");
    }

    #[test]
    fn case_does_not_depend_on_the_place_in_the_word() {
        assert_eq!(canonical("ΟΔΟΣ@example.gr"), canonical("οδοσ@example.gr"));
    }

    #[test]
    fn a_mark_composes_with_the_small_letter_too() {
        assert_eq!(canonical("J\u{30c}an@b.com"), "\u{1f0}an@b.com");
    }

    #[test]
    fn dots_and_tags_are_kept() {
        assert_ne!(canonical("a.b@gmail.com"), canonical("ab@gmail.com"));
        assert_ne!(canonical("a+b@gmail.com"), canonical("a@gmail.com"));
    }

    #[test]
    fn equal_addresses_hash_and_sort_alike() {
        let all =
            ["Ana@Example.com", "ana@example.COM", "bo@example.com"].map(|text| EmailAddress::parse(text).unwrap());
        let set = std::collections::HashSet::from(all.clone());
        assert_eq!(set.len(), 2);
        assert_eq!(all[0].cmp(&all[1]), Ordering::Equal);
        assert!(all[1] < all[2]);
    }

    #[test]
    fn what_rfc_5321_allows_is_taken() {
        for input in [
            "a@b.co",
            "!#$%&'*+-/=?^_`{|}~@example.com",
            "x@a-b.example",
            "用户@例子.广告",
            "1@1.example",
            "a@r3---sn.example",
        ] {
            assert!(EmailAddress::parse(input).is_ok(), "{input}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for input in [
            "nobody",
            "@example.com",
            "a@",
            "a@b@c.com",
            ".a@b.com",
            "a.@b.com",
            "a..b@c.com",
            "a b@c.com",
            "a@b c.com",
            "a\u{a0}b@c.com",
            "\"a b\"@c.com",
            "a@[1.2.3.4]",
            "a@1.2.3.4",
            "a@localhost",
            "a@-b.com",
            "a@b-.com",
            "a@b..com",
            "a@.com",
            "a@b.com.",
            "a@b_c.com",
            "a@xn--a.com",
            "a(c)@b.com",
            "<a@b.com>",
            "a,b@c.com",
            "a\\@b.com",
            "a\u{37e}b@c.com",
            "a\u{ff20}b@c.com",
            "a\u{fe6b}b@c.com",
            "a\u{ff0c}b@c.com",
            "a\u{2026}b@c.com",
        ] {
            assert_eq!(refusal(input), Code::NotAnEmail, "{input}");
        }
    }

    #[test]
    fn what_is_unseen_is_refused() {
        for input in [
            "a\0@b.com",
            "a@b.com\r\nBcc: x@y.com",
            "\u{202e}a@b.com",
            "a\u{200d}b@c.com",
            "a@b\u{ad}c.com",
            "a@b\u{200b}.com",
        ] {
            assert_eq!(refusal(input), Code::ForbiddenCharacter, "{input:?}");
        }
    }

    #[test]
    fn limits_are_counted_in_bytes() {
        let local = "é".repeat(32);
        assert!(EmailAddress::parse(&format!("{local}@b.com")).is_ok());
        assert_eq!(refusal(&format!("{local}e@b.com")), Code::TooLong);
        // 22 dotless Ⱥ of two bytes become ⱥ of three.
        assert_eq!(refusal(&format!("{}@b.com", "Ⱥ".repeat(22))), Code::TooLong);

        let label = "b".repeat(61);
        let total = |local: usize| format!("{}@{label}.{label}.{label}.com", "a".repeat(local));
        assert_eq!(total(64).len(), 254);
        assert!(EmailAddress::parse(&total(64)).is_ok());
        assert_eq!(refusal(&format!("{}c", total(64))), Code::TooLong);
        assert_eq!(refusal(&format!("a@{}.com", "b".repeat(64))), Code::NotAnEmail);
        // 24 labels of two bytes take seven in ASCII.
        assert_eq!(refusal(&format!("{}@{}com", "a".repeat(60), "é.".repeat(24))), Code::TooLong);
    }

    proptest! {
        #[test]
        fn the_canonical_form_is_its_own_canonical_form(
            local in "[a-zA-Z0-9À-ʯΆ-ώЀ-ӿ\u{300}-\u{345}+_-]{1,20}(\\.\\PC{1,3})?",
            domain in "([a-zA-Z0-9À-ʯΆ-ώ-]{1,8}\\.){1,3}[a-zA-Zà-ÿ]{2,6}",
        ) {
            if let Ok(email) = EmailAddress::parse(&format!("{local}@{domain}")) {
                let again = EmailAddress::parse(email.canonical()).unwrap();
                prop_assert_eq!(again.canonical(), email.canonical());
                prop_assert_eq!(again.original(), email.canonical());
                let written = EmailAddress::parse(email.original()).unwrap();
                prop_assert_eq!((written.original(), written.canonical()), (email.original(), email.canonical()));
            }
        }

        #[test]
        fn nothing_panics_and_nothing_unseen_passes(input in "\\PC{0,9}@?\\PC{0,9}|.{0,20}") {
            if let Ok(email) = EmailAddress::parse(&input) {
                prop_assert!(!email.original().chars().any(|c| c.is_control() || c.is_whitespace()));
                prop_assert!(email.canonical().len() <= TOTAL_LIMIT);
            }
        }
    }
}
